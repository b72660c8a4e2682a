"""The tokens of a paragraph, with their places and meanings."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from extractors.dates.chunks import Chunks
from extractors.dates.lexicon import Classes
from extractors.dates.phrases import NOTHING, Word
from extractors.types import Span


@dataclass(slots=True)
class Passage:
    """The tokens of a paragraph, by their number: each has a character in *signs*.

    ``counts`` has for each of its chunks how many tokens there are up to its end, ``lengths`` how
    many characters without the blanks between.
    """

    start: int
    signs: str
    words: Sequence[Word]
    counts: Sequence[int]
    lengths: Sequence[int]

    def _begin(self, index: int) -> int:
        """Where the token at *index* begins in the text."""
        number = bisect_right(self.counts, index)
        before = self.lengths[number - 1] + number if number else 0
        return self.start + before + self.words[index].begin

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


def passage_of(start: int, signs: str, pieces: Sequence[str], chunks: Chunks) -> Passage:
    """The tokens of a paragraph that begins at *start*, from its signs and chunks."""
    each = list(map(chunks.__getitem__, pieces))
    words = list(chain.from_iterable(each))
    counts, lengths = list(accumulate(map(len, each))), list(accumulate(map(len, pieces)))
    return Passage(start, signs, words, counts, lengths)
