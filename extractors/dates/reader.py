"""The tokens of a paragraph, with their places and meanings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from extractors.dates.chunks import Chunk
from extractors.dates.lexicon import Classes
from extractors.dates.phrases import NOTHING, Word
from extractors.types import Span


@dataclass(slots=True)
class Passage:
    """The tokens of a paragraph, by their number: each has a character in *signs*."""

    start: int
    signs: str
    words: Sequence[Word]
    chunks: Sequence[Chunk]
    # The chunk last asked for: its number, how many tokens stand before it, and where it begins.
    _reached: tuple[int, int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._reached = (0, 0, self.start)

    def _begin(self, index: int) -> int:
        """Where the token at *index* begins in the text; at little cost for one after the other."""
        if index < self._reached[1]:
            self._reached = (0, 0, self.start)
        number, tokens, start = self._reached
        while tokens + len(self.chunks[number].signs) <= index:
            tokens += len(self.chunks[number].signs)
            start += len(self.chunks[number].written) + 1
            number += 1
        self._reached = (number, tokens, start)
        return start + self.words[index].begin

    def meaning(self, index: int) -> Classes:
        """The classes of the token at *index* and its values in them."""
        return self.words[index].classes if 0 <= index < len(self.signs) else NOTHING

    def word(self, index: int) -> str:
        """The folded token at *index*; "" out of range."""
        return self.words[index].low if 0 <= index < len(self.signs) else ""

    def written(self, index: int) -> str:
        """The token at *index* as written; "" out of range."""
        return self.words[index].written if 0 <= index < len(self.signs) else ""

    def span(self, first: int, last: int) -> Span:
        """From the token *first* to the token *last*, which must be there."""
        closing = self.words[last]
        return Span(self._begin(first), self._begin(last) + closing.end - closing.begin)


def passage_of(start: int, signs: str, chunks: Sequence[Chunk]) -> Passage:
    """The tokens of a paragraph that begins at *start*, from its signs and chunks."""
    words = list(chain.from_iterable([chunk.words for chunk in chunks]))
    return Passage(start, signs, words, chunks)
