"""What stands among an article's paragraphs and is none of them."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from monitor.articles.cues import byline_word, cue
from monitor.articles.pruning import letters_of
from monitor.articles.times import read_time

# What sells or points elsewhere is short; a longer line is the reporter's.
_LONGEST_ASIDE = 200
# Before the headline that is repeated over the text there stand names of sections.
_HEAD = 10
_LABEL = 80
# At either end of the text, so many paragraphs may tell who wrote it, and when.
_END = 3
_LETTERS_AROUND_A_NAME = 36
_WORDS_OF_A_NAME = 7
_LONGEST_SIGNATURE = 120
_TWO_DAYS = 2 * 86_400
_LONGEST_PORTRAIT = 300
# The same words twice, by chance, are fewer letters than these.
_REPEATED = 25
_MOST_COMPARED = 500
_INITIALS = 6
# Words inside of names that begin small.
_SMALL = frozenset("and et y e de del la las los du des van von der da dos".split())
_SENTENCE = re.compile(r"[.!?…»”\"]\W*$")
_MARKED = re.compile(r"[\"“”«»]")


def trimmed(
    text: str, title: str | None, byline: str | None = None, published: datetime | None = None
) -> str:
    """*text* without the *title* over it, lines that sign and date it, asides, and repetitions.

    Asides are advertisements, calls to read more, to subscribe or to share, and marks of
    copyright, as the language data ``pages`` has them. Repeated are the words of a quotation that
    the page shows large beside the text. Paragraphs are left out whole or kept as they are.
    """
    paragraphs = _below_title(text.split("\n\n"), title)
    kept = list(_once([part for part in paragraphs if not _is_aside(part)]))
    names = [letters_of(name) for name in re.split(r",\s*", byline or "") if name.strip()]
    last = len(kept) - 1
    body = [
        part
        for at, part in enumerate(kept)
        if not (
            (min(at, last - at) < _END and _is_signature(part, names, published))
            or (last - at < _END and _is_portrait(part, names))
            or (at == last > 0 and _is_initials(part))
        )
    ]
    return "\n\n".join(body or kept)


def without_walls(text: str) -> str:
    """*text* without the last lines that ask for a subscription, if any other is left."""
    parts = text.split("\n\n")
    cut = len(parts) - _END - 1
    kept = [
        part
        for at, part in enumerate(parts)
        if at < cut or len(part) > _LONGEST_ASIDE or not cue("walls").search(part)
    ]
    return "\n\n".join(kept or parts)


def _below_title(paragraphs: list[str], title: str | None) -> list[str]:
    """*paragraphs* below the one that is the title, if there are only labels above it."""
    sought = letters_of(title or "")
    for at, part in enumerate(paragraphs[:_HEAD]):
        if sought and letters_of(part) == sought:
            return paragraphs[at + 1 :] or paragraphs
        if len(part) > _LABEL or _SENTENCE.search(part):
            break
    return paragraphs


def _is_aside(paragraph: str) -> bool:
    if len(paragraph) > _LONGEST_ASIDE:
        return False
    whole = paragraph.strip()
    return all(_asides().fullmatch(cell.strip()) for cell in whole.split(" | ")) or bool(
        _asides().fullmatch(whole)
    )


@cache
def _asides() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{cue('asides').pattern})\W*", re.IGNORECASE)


def _once(paragraphs: list[str]) -> Iterator[str]:
    """*paragraphs* without those whose words another one has as well."""
    if len(paragraphs) > _MOST_COMPARED:
        yield from paragraphs
        return
    letters = [letters_of(part) for part in paragraphs]
    for at, own in enumerate(letters):
        if len(own) < _REPEATED or not _is_repeated(at, own, letters):
            yield paragraphs[at]


def _is_repeated(at: int, own: str, letters: list[str]) -> bool:
    """Whether the words at *at* are a part of another paragraph, or all of an earlier one."""
    longer = (other for place, other in enumerate(letters) if place != at and len(other) > len(own))
    return own in letters[:at] or any(own in other for other in longer)


def _is_signature(part: str, names: list[str], published: datetime | None) -> bool:
    """Whether *part* only says who wrote the text, or when."""
    if len(part) > _LONGEST_SIGNATURE or _MARKED.search(part):
        return False
    time = read_time(part) if published is not None and len(part) < _LABEL else None
    if time is not None and published is not None and not _SENTENCE.search(part):
        return abs((time.at - published).total_seconds()) < _TWO_DAYS
    letters = letters_of(part)
    named = sum(len(name) for name in names if name in letters)
    if named:
        return len(letters) - named < _LETTERS_AROUND_A_NAME and part[-1:] != "."
    after = byline_word().sub("", part)
    return after != part and part[-1:] != "." and _is_name(after, _WORDS_OF_A_NAME)


def _is_name(part: str, most: int) -> bool:
    """Whether all words of *part* begin large, as those of a name do."""
    words = part.split()
    return len(words) <= most and all(
        word[:1].isupper() or not word[:1].isalpha() or word in _SMALL for word in words
    )


def _is_portrait(part: str, names: list[str]) -> bool:
    """Whether *part* tells something of the author, whose name it begins with."""
    letters = letters_of(part)
    return len(part) < _LONGEST_PORTRAIT and any(letters.startswith(name) for name in names)


def _is_initials(part: str) -> bool:
    """Whether *part*, the last one, is the initials or the name of whoever wrote the text."""
    if _SENTENCE.search(part) or any(letter.isdigit() for letter in part):
        return False
    return len(part) < _INITIALS or (len(part.split()) > 1 and _is_name(part, 4))
