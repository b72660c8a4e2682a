"""What stands among an article's paragraphs and is none of them."""

import re
from functools import cache

from monitor.articles.cues import cue

# What sells or points elsewhere is short; a longer line is the reporter's.
_LONGEST_ASIDE = 200
_NO_LETTERS = re.compile(r"[\W_]+")


def trimmed(text: str, title: str | None) -> str:
    """*text* without the *title* over it and without asides.

    Asides are advertisements, calls to read more, to subscribe or to share, and marks of
    copyright, as the language data ``pages`` has them. Paragraphs are left out whole or kept as
    they are.
    """
    paragraphs = text.split("\n\n")
    if len(paragraphs) > 1 and title and _letters(paragraphs[0]) == _letters(title):
        del paragraphs[0]
    return "\n\n".join(part for part in paragraphs if not _is_aside(part))


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()


def _is_aside(paragraph: str) -> bool:
    return len(paragraph) <= _LONGEST_ASIDE and bool(_asides().fullmatch(paragraph.strip()))


@cache
def _asides() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{cue('asides').pattern})\W*", re.IGNORECASE)
