"""The tokens of what stands between two blanks, taken apart once and remembered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
_DIGITS = re.compile(r"\d{3}")
_SPACED = re.compile(r" (?<=\d )\d{3}")
_BLANK = re.compile(r" (?!(?<=\d )\d{3})")


@dataclass(slots=True)
class Chunk:
    """The tokens of what was *written* between two blanks, phrases and numbers joined.

    ``first`` is its first token alone, folded; ``joining`` are the words that may make one of its
    last tokens and them; ``goes_on`` says that it begins with three digits, as what stands behind
    the blank of a number does; ``is_open`` that either may be. No value changes; it is not frozen
    because that doubles the cost of making one.
    """

    written: str
    words: tuple[Word, ...]
    signs: str
    first: str
    joining: frozenset[str]
    goes_on: bool
    is_open: bool


class Chunks(dict[str, Chunk]):
    """A language's chunks that have been met, each by what was written."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._room = _ROOM

    def __missing__(self, written: str) -> Chunk:
        folded, lexicon = fold(written), self._lexicon
        single = list(_words(written, folded, lexicon))
        words = tuple(joined(single, written, folded, lexicon))
        signs = "".join([word.sign for word in words])
        first = single[0].low if single else ""
        joining, goes_on = going_on(single, lexicon), _DIGITS.match(written) is not None
        is_open = goes_on or bool(joining)
        chunk = self[written] = Chunk(written, words, signs, first, joining, goes_on, is_open)
        self._room -= len(written)
        return chunk

    def read(self, written: str) -> list[Chunk]:
        """The chunks of a text.

        Between two chunks stands a blank; those whose tokens are one are one chunk.
        """
        if self._room < 0:
            self.clear()
            self._room = _ROOM
        pieces = written.split(" ")
        chunks = list(map(self.__getitem__, pieces))
        are_open = [at for at, chunk in enumerate(chunks) if chunk.is_open]
        if True in [chunks[at].goes_on for at in are_open] and _SPACED.search(written):
            pieces = _BLANK.split(written)
            chunks = list(map(self.__getitem__, pieces))
            are_open = [at for at, chunk in enumerate(chunks) if chunk.joining]
        for first, after in reversed(self._runs(chunks, are_open)):
            chunks[first:after] = [self[" ".join(pieces[first:after])]]
        return chunks

    def _runs(self, chunks: list[Chunk], are_open: list[int]) -> list[tuple[int, int]]:
        """From where to where the tokens of *chunks* are one, in order.

        Only with those that *are open* may the tokens of the next be one.
        """
        runs: list[tuple[int, int]] = []
        after = 0
        last = len(chunks) - 1
        for number in are_open:
            joining = chunks[number].joining
            if not joining or number < after or number == last:
                continue
            if chunks[number + 1].first not in joining:
                continue
            count = self._grown(chunks[number : number + LONGEST + 1])
            if count > LONGEST:
                return [(0, len(chunks))]
            if count > 1:
                after = number + count
                runs.append((number, after))
        return runs

    def _grown(self, chunks: list[Chunk]) -> int:
        """How many of the *chunks* have tokens that are one with those of the next.

        All of them, too, where they are many and more would have to be known of the text.
        """
        count, whole = 1, chunks[0]
        for number, chunk in enumerate(chunks[1:], 1):
            if chunk.first not in whole.joining:
                return count
            blank = len(whole.written)
            whole = self[f"{whole.written} {chunk.written}"]
            if any(word.begin < blank < word.end for word in whole.words):
                count = number + 1
        return len(chunks) if len(chunks) > LONGEST and whole.joining else count


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
