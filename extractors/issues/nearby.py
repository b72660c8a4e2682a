"""Things of a document found by their place, at once."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from extractors.types import Quote, Span

Item = TypeVar("Item")


class Nearby(Generic[Item]):
    """Things of a text in order, so that those in a part of it are found at once."""

    def __init__(self, items: Iterable[Item], start_of: Callable[[Item], int]) -> None:
        self._items = sorted(items, key=start_of)
        self._starts = [start_of(item) for item in self._items]

    def within(self, span: Span) -> list[Item]:
        """Those that begin in *span*, in order."""
        first = bisect_left(self._starts, span.start)
        return self._items[first : bisect_left(self._starts, span.end)]


def quotes_by_sentence(
    sentences: Sequence[Span], starts: Sequence[int], quotes: Iterable[Quote]
) -> Mapping[int, list[Quote]]:
    """The quotes that each sentence holds a part of, in order, by where it *starts*."""
    found: dict[int, list[Quote]] = defaultdict(list)
    for quote in quotes:
        for span in quote.spans:
            number = max(0, bisect_right(starts, span.start) - 1)
            while number < len(sentences) and sentences[number].start < span.end:
                sentence = sentences[number]
                held = found[sentence.start]
                if sentence.overlaps(span) and not (held and held[-1] is quote):
                    held.append(quote)
                number += 1
    return found
