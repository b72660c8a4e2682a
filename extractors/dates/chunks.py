"""The tokens of what stands between two blanks, taken apart once and remembered."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extractors.dates.lexicon import CAPITAL, LOWER, OTHER, Entry, Lexicon, number_classes

_LONGEST_CHUNK, _MOST_CHUNKS = 40, 1 << 15
# The kinds of tokens that have no digit in them.
_WORDS = frozenset({"word", "dotted", "mark"})
# The only token that a blank may stand in is a number ("10 000").
_SPACED = re.compile(r"\d \d{3}")
NOTHING: frozenset[str] = frozenset()


class Word(NamedTuple):
    """A token: where it stands in its chunk, its folded form, what it means, its sign without."""

    begin: int
    end: int
    low: str
    entry: Entry | None
    plain: str

    @property
    def sign(self) -> str:
        """The sign that stands for it in patterns."""
        return self.entry.sign if self.entry else self.plain


class Chunk(NamedTuple):
    """The tokens between two blanks and their signs.

    ``joining`` are the words that may make one of the last token and them, ``is_joined`` says
    that two tokens inside may be one.
    """

    words: tuple[Word, ...]
    signs: str
    joining: frozenset[str]
    is_joined: bool


def chunks_in(
    text: str, folded: str, start: int, end: int, lexicon: Lexicon
) -> Iterator[tuple[int, Chunk]]:
    """The chunks of ``text[start:end]`` that have tokens, each with its place."""
    if _SPACED.search(folded, start, end):
        yield start, _taken_apart(text[start:end], folded[start:end], lexicon)
        return
    known = lexicon.chunks
    place = start
    for written in text[start:end].split(" "):
        after = place + len(written)
        chunk = known.get(written)
        if chunk is None:
            chunk = _taken_apart(written, folded[place:after], lexicon)
            if len(written) <= _LONGEST_CHUNK:
                if len(known) >= _MOST_CHUNKS:
                    known.clear()
                known[written] = chunk
        if chunk.words:
            yield place, chunk
        place = after + 1


def _taken_apart(written: str, folded: str, lexicon: Lexicon) -> Chunk:
    words = tuple(_words(written, folded, lexicon))
    joining = lexicon.joining.get(words[-1].low, NOTHING) if words else NOTHING
    is_joined = any(
        second.low in lexicon.joining.get(first.low, NOTHING) for first, second in pairwise(words)
    )
    return Chunk(words, "".join(word.sign for word in words), joining, is_joined)


def _words(written: str, folded: str, lexicon: Lexicon) -> Iterator[Word]:
    for match in lexicon.scanner.matches(folded, 0, len(folded)):
        begin, end = match.span()
        low, initial = match.group(), written[begin]
        plain = OTHER
        if match.lastgroup == "word":
            plain = CAPITAL if initial.isupper() else LOWER
        known = match.lastgroup in _WORDS
        entry = lexicon.as_written(low, initial) if known else _number(match, lexicon)
        yield Word(begin, end, low, entry, plain)


def _is_time(hour: str, minute: str) -> bool:
    return len(hour) <= 2 and len(minute) == 2 and int(hour) < 24 and int(minute) < 60


def _number(match: re.Match[str], lexicon: Lexicon) -> Entry | None:
    """What a token with digits means."""
    word = match.group()
    match match.lastgroup:
        case "digits":
            return lexicon.entry(number_classes(word))
        case "ordnum":
            digits = word.rstrip("abcdefghijklmnopqrstuvwxyzºª°")
            day = {"day": digits} if 1 <= int(digits) <= 31 else {}
            return lexicon.entry({"ordnum": digits, **day})
        case "amount":
            hour, _, minute = word.partition(".")
            clock = {"dotclock": f"{hour}:{minute}"} if _is_time(hour, minute) else {}
            return lexicon.entry({"amount": word, "num": word, **clock})
        case kind:
            return lexicon.entry({kind or "mark": word})
