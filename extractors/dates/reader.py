"""A paragraph as a string of signs, with the places and meanings of its tokens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extractors.dates.chunks import NOTHING, Chunk, Word, chunks_in
from extractors.dates.lexicon import Classes, Entry, Lexicon
from extractors.dates.numerals import LONGEST, merge_numerals
from extractors.types import Span

_UNKNOWN: Mapping[str, str] = MappingProxyType({})
# A token, and where its chunk begins.
_Token = tuple[int, Word]


@dataclass(slots=True)
class Passage:
    """The tokens of a paragraph, by their number: each has a character in *signs*.

    Where they stand is worked out when it is asked: most paragraphs have no time in them.
    """

    text: str
    folded: str
    signs: str
    chunks: Sequence[tuple[int, Chunk]]
    tokens: Sequence[_Token] | None = None

    def _token(self, index: int) -> tuple[int, int, Word] | None:
        """The edges of the token at *index* in the text, and the token; None out of range."""
        if self.tokens is None:
            self.tokens = _flat(self.chunks)
        if not 0 <= index < len(self.tokens):
            return None
        place, word = self.tokens[index]
        return place + word.begin, place + word.end, word

    def meaning(self, index: int) -> Classes:
        """The classes of the token at *index* and its values in them."""
        token = self._token(index)
        entry = token[2].entry if token else None
        return entry.classes if entry else _UNKNOWN

    def word(self, index: int) -> str:
        """The folded token at *index*; "" out of range."""
        token = self._token(index)
        return self.folded[token[0] : token[1]] if token else ""

    def written(self, index: int) -> str:
        """The token at *index* as written; "" out of range."""
        token = self._token(index)
        return self.text[token[0] : token[1]] if token else ""

    def span(self, first: int, last: int) -> Span:
        """From the token *first* to the token *last*, which must be there."""
        begin, end = self._token(first), self._token(last)
        return Span(begin[0], end[1]) if begin and end else Span(0, 0)


def read_passage(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> Passage:
    """The tokens of ``text[start:end]``, phrases and number words joined."""
    chunks = list(chunks_in(text, folded, start, end, lexicon))
    if not _may_join(chunks, lexicon):
        return Passage(text, folded, "".join([chunk.signs for _, chunk in chunks]), chunks)
    tokens = list(_joined(_flat(chunks), text, lexicon))
    return Passage(text, folded, "".join([word.sign for _, word in tokens]), chunks, tokens)


def _flat(chunks: Sequence[tuple[int, Chunk]]) -> list[_Token]:
    return [(place, word) for place, chunk in chunks for word in chunk.words]


def _may_join(chunks: Sequence[tuple[int, Chunk]], lexicon: Lexicon) -> bool:
    """Whether tokens may be one phrase or number; a quick look that leaves most out."""
    joining = NOTHING
    for number, (_, chunk) in enumerate(chunks):
        if chunk.is_joined:
            return True
        if joining and chunk.words[0].low in joining:
            near = _flat(chunks[number - 1 : number + LONGEST])
            last = len(chunks[number - 1][1].words) - 1
            if _together(near[last : last + LONGEST], "", lexicon):
                return True
        joining = chunk.joining
    return False


def _joined(tokens: Sequence[_Token], text: str, lexicon: Lexicon) -> Iterator[_Token]:
    """*tokens*, those that are one phrase or number made one."""
    after = 0
    joining = lexicon.joining
    for index in [at for at, (_, word) in enumerate(tokens) if word.low in joining]:
        if index < after:
            continue
        place, word = tokens[index]
        near = tokens[index : index + LONGEST]
        found = _together(near, text[place + word.begin], lexicon)
        if found:
            yield from tokens[after:index]
            used, entry = found
            after = index + used
            last_place, last = tokens[after - 1]
            yield place, word._replace(end=last_place + last.end - place, entry=entry)
    yield from tokens[after:]


def _together(
    tokens: Sequence[_Token], initial: str, lexicon: Lexicon
) -> tuple[int, Entry | None] | None:
    """How many tokens from the first are one phrase or number, and what they mean together."""
    first = tokens[0][1].low
    if len(tokens) == 1 or tokens[1][1].low not in lexicon.joining[first]:
        return None
    lows = [word.low for _, word in tokens]
    for parts in lexicon.phrases.get(first, ()):
        if tuple(lows[: len(parts)]) == parts:
            return len(parts), lexicon.as_written(" ".join(parts), initial)
    if first in lexicon.numerals:
        merged, value, ordinal = merge_numerals(lows, lexicon.numerals)
        if merged > 1:
            return merged, lexicon.entry(_merged_classes(value, ordinal))
    return None


def _merged_classes(value: int, ordinal: bool) -> Classes:
    if ordinal:
        return {"ord": str(value)}
    return {"num": str(value)} | ({"year4": str(value)} if 1000 <= value <= 2199 else {})
