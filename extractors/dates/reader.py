"""The tokens of a paragraph, with their places and meanings."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

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
    # How many tokens stand before the end of each chunk, and where it begins in the text; worked
    # out for the first token whose place is asked for.
    _counts: Sequence[int] = field(default=(), init=False)
    _begins: Sequence[int] = field(default=(), init=False)

    def _begin(self, index: int) -> int:
        """Where the token at *index* begins in the text."""
        if not self._counts:
            self._counts = list(accumulate([len(chunk.signs) for chunk in self.chunks]))
            lengths = [len(chunk.written) + 1 for chunk in self.chunks]
            self._begins = list(accumulate(lengths, initial=self.start))
        return self._begins[bisect_right(self._counts, index)] + self.words[index].begin

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
    words: list[Word] = []
    for chunk in chunks:
        words += chunk.words
    return Passage(start, signs, words, chunks)
