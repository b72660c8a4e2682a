"""The tokens of what stands between two blanks, taken apart once and remembered."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.dates.lexicon import (
    CAPITAL,
    LOWER,
    OTHER,
    Entry,
    Lexicon,
    lexicon_of,
    number_classes,
)
from extractors.dates.numerals import LONGEST
from extractors.dates.phrases import NOTHING, Word, going_on, joined
from extractors.text.folding import fold

# How many characters of chunks are remembered.
_ROOM = 1 << 18
# The kinds of tokens that have no digit in them.
_WORDS = frozenset({"word", "dotted", "mark"})
# The only token that a blank may stand in is a number ("10 000").
_SPACED = re.compile(r" (?<=\d )\d{3}")
_BLANK = re.compile(r" (?!(?<=\d )\d{3})")


class Chunks(dict[str, tuple[Word, ...]]):
    """The tokens of a language's chunks that have been met, phrases and numbers joined.

    A chunk is known by what was written. Most are asked for nothing but their ``signs``.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._signs = _Signs(self)
        # Its first token alone, and the words that may make one of its last tokens and them.
        self._firsts: dict[str, str] = {}
        self._joining: dict[str, frozenset[str]] = {}
        self._room = _ROOM

    def __missing__(self, written: str) -> tuple[Word, ...]:
        folded, lexicon = fold(written), self._lexicon
        single = list(_words(written, folded, lexicon))
        words = self[written] = tuple(joined(single, written, folded, lexicon))
        self._signs[written] = "".join([word.sign for word in words])
        self._firsts[written] = single[0].low if single else ""
        joining = going_on(single, lexicon)
        if joining:
            self._joining[written] = joining
        self._room -= len(written)
        return words

    def read(self, written: str) -> tuple[str, list[str]]:
        """The signs of a text, and what was written of each of its chunks.

        Between two chunks stands a blank; those whose tokens are one are one chunk.
        """
        if self._room < 0:
            self._forget()
        pieces = _BLANK.split(written) if _SPACED.search(written) else written.split(" ")
        signs = list(map(self._signs.__getitem__, pieces))
        for first, after in reversed(self._runs(pieces)):
            whole = " ".join(pieces[first:after])
            pieces[first:after] = [whole]
            signs[first:after] = [self._signs[whole]]
        return "".join(signs), pieces

    def _runs(self, pieces: list[str]) -> list[tuple[int, int]]:
        """From where to where the tokens of *pieces* are one, in order."""
        joining, last = self._joining, len(pieces) - 1
        runs: list[tuple[int, int]] = []
        after = 0
        for number in [at for at, piece in enumerate(pieces) if piece in joining]:
            if number < after or number == last:
                continue
            if self._firsts[pieces[number + 1]] in joining[pieces[number]]:
                count = self._grown(pieces[number : number + LONGEST + 1])
                if count > LONGEST:
                    return [(0, len(pieces))]
                if count > 1:
                    after = number + count
                    runs.append((number, after))
        return runs

    def _grown(self, pieces: list[str]) -> int:
        """How many of the *pieces* have tokens that are one with those of the next.

        All of them, too, where they are many and more would have to be known of the text.
        """
        count, written = 1, pieces[0]
        for number in range(1, len(pieces)):
            if self._firsts[pieces[number]] not in self._joining.get(written, ()):
                return count
            blank = len(written)
            written = f"{written} {pieces[number]}"
            if any(word.begin < blank < word.end for word in self[written]):
                count = number + 1
        unknown = len(pieces) > LONGEST and written in self._joining
        return len(pieces) if unknown else count

    def _forget(self) -> None:
        self.clear()
        self._signs.clear()
        self._firsts.clear()
        self._joining.clear()
        self._room = _ROOM


class _Signs(dict[str, str]):
    """The signs of some chunks; those of a new one are there when it is taken apart."""

    def __init__(self, chunks: Chunks) -> None:
        super().__init__()
        self._chunks = chunks

    def __missing__(self, written: str) -> str:
        self._chunks[written]
        return self[written]


@cache
def chunks_of(lang: str) -> Chunks:
    """The chunks of a supported language."""
    return Chunks(lexicon_of(lang))


def _words(written: str, folded: str, lexicon: Lexicon) -> Iterator[Word]:
    for match in lexicon.scanner.matches(folded, 0, len(folded)):
        begin, end = match.span()
        low, initial = match.group(), written[begin]
        plain = OTHER
        if match.lastgroup == "word":
            plain = CAPITAL if initial.isupper() else LOWER
        known = match.lastgroup in _WORDS
        entry = lexicon.as_written(low, initial) if known else _number(match, lexicon)
        classes, sign = entry or (NOTHING, plain)
        yield Word(begin, end, low, written[begin:end], classes, sign, plain)


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
