"""What is due as a short phrase that can be read by itself."""

import re
from functools import lru_cache

from extractors.deadlines.lexicon import Lexicon
from extractors.text.folding import fold
from extractors.types import Span

_LONGEST = 14
# How many words of a clause stand for it where no better phrase is found.
_CUT = 12
# So many words that are not small make a phrase that says something.
_TELLING = 2
_EDGE = " \t\u00a0\u202f,;:.!?–—-\"“”«»'’()"
_ELISION = re.compile(r"^(?:[a-z]|qu)'")
_STOP = (",", ";", ":", "—", "–")


def cleaned(text: str) -> str:
    """*text* on one line, without marks at its edges."""
    return " ".join(text.split()).strip(_EDGE)


def phrase(text: str, words: Lexicon, telling: int = _TELLING) -> str | None:
    """*text* as a phrase: no small words at its edges, at most 14 words from a good beginning on.

    None where fewer than *telling* of its words say something.
    """
    tokens = _trimmed(_from_good_beginning(cleaned(text).split(), words), words)
    if tokens and _letters(tokens[0]) in words.openings:
        telling = 1  # "a hearing"
    if sum([_tells(token, words) for token in tokens]) < telling:
        return None
    return cleaned(" ".join(tokens)) or None


def around(text: str, scope: Span, time: Span) -> str:
    """The words of *scope* around *time* and without it: twelve at most, for want of better."""
    before = cleaned(text[scope.start : time.start]).split()
    after = cleaned(text[time.end : scope.end]).split()
    behind = min(len(after), max(_CUT // 2, _CUT - len(before)))
    kept = [*before[-(_CUT - behind) :], *after[:behind]] if before else after[:_CUT]
    return cleaned(" ".join(kept))


def _from_good_beginning(tokens: list[str], words: Lexicon) -> list[str]:
    """The last words of a long phrase, from behind a comma or a small word on if there is one."""
    if len(tokens) <= _LONGEST:
        return tokens
    first = len(tokens) - _LONGEST
    for number in range(first, len(tokens) - 3):
        if tokens[number - 1].endswith(_STOP):
            return tokens[number:]
    for number in range(first, len(tokens) - 3):
        if _is_small(tokens[number - 1], words) and not _is_small(tokens[number], words):
            return tokens[number:]
    return tokens[-_CUT:]


def _trimmed(tokens: list[str], words: Lexicon) -> list[str]:
    start, end = 0, len(tokens)
    while start < end and _is_dull(tokens[start], words):
        start += 1
    while end > start and (
        _is_small(tokens[end - 1], words) or (end < len(tokens) and tokens[end - 1].isdigit())
    ):
        end -= 1
    return tokens[start:end]


def _is_dull(token: str, words: Lexicon) -> bool:
    """Whether a word is no good beginning: a small one, but for an article before its noun."""
    return _is_small(token, words) and _letters(token) not in words.openings


def _is_small(token: str, words: Lexicon) -> bool:
    letters = _letters(token)
    return not letters or letters in words.small_words


def _tells(token: str, words: Lexicon) -> bool:
    letters = _letters(token)
    return len(letters) > 1 and letters.isalpha() and letters not in words.small_words


@lru_cache(maxsize=8192)
def _letters(token: str) -> str:
    folded = fold(token).strip(_EDGE)
    return _ELISION.sub("", folded).replace("-", "").replace("'", "").replace(".", "")
