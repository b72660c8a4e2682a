"""The words of a sentence that say something of its dates, each list found once."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from extractors.deadlines.lexicon import Lexicon
from extractors.types import DeadlineKind, Span


class Said:
    """What a sentence says, for all of its dates.

    A sentence may hold thousands of dates, so that nothing here is looked for once a date.
    """

    def __init__(self, text: str, folded: str, sentence: Span, words: Lexicon) -> None:
        self._texts = (folded, text)
        self._sentence = sentence
        self._words = words
        self._lists: dict[str, list[Span]] = {}

    @cached_property
    def _kinds(self) -> list[tuple[int, DeadlineKind, Span]]:
        found = self._words.kinds.find(self._texts[0], self._sentence)
        ordered = sorted(found, key=lambda item: (item[1].start, -item[1].end))
        return list(_outermost(ordered))

    @cached_property
    def _breaks(self) -> list[Span]:
        pattern = self._words.clause_break
        places = pattern.finditer(self._texts[0], self._sentence.start, self._sentence.end)
        return [Span(*match.span()) for match in places]

    def kinds(self, within: Span) -> list[tuple[DeadlineKind, Span]]:
        """The words of *within* that say a kind, in order."""
        first = bisect_left(self._kinds, within.start, key=_start)
        last = bisect_left(self._kinds, within.end, key=_start)
        return [(kind, span) for _, kind, span in self._kinds[first:last] if span.end <= within.end]

    def words(self, name: str, within: Span, *, exact: bool = False) -> list[Span]:
        """The words of the list *name* in *within*, in order.

        *exact* adds those that match the text as it is, where the list's words have accents.
        """
        return _inside(self._list(name, exact=exact and name in self._words.accented), within)

    def clause_of(self, span: Span, scope: Span) -> Span:
        """The clause of *scope* that holds *span*; a break inside *span* counts for nothing."""
        breaks = _inside(self._breaks, scope)
        start = max((b.start for b in breaks if b.end <= span.start), default=scope.start)
        end = min((b.start for b in breaks if b.start >= span.end), default=scope.end)
        return Span(start, end)

    def _list(self, name: str, *, exact: bool) -> list[Span]:
        key = f"{name}!" if exact else name
        if key not in self._lists:
            pattern = self._words.words[name]
            start, end = self._sentence.start, self._sentence.end
            found = {
                Span(*match.span())
                for text in (self._texts if exact else self._texts[:1])
                for match in pattern.finditer(text, start, end)
            }
            self._lists[key] = sorted(found, key=lambda span: span.start)
        return self._lists[key]


def _outermost(
    found: Iterable[tuple[DeadlineKind, Span]],
) -> Iterator[tuple[int, DeadlineKind, Span]]:
    """Those of the ordered words that are no part of longer ones."""
    widest = Span(0, 0)
    for kind, span in found:
        if span == widest or not widest.covers(span):
            widest = span
            yield span.start, kind, span


def _start(item: tuple[int, DeadlineKind, Span]) -> int:
    return item[0]


def _inside(spans: Sequence[Span], within: Span) -> list[Span]:
    first = bisect_left(spans, within.start, key=lambda span: span.start)
    last = bisect_left(spans, within.end, key=lambda span: span.start)
    return [span for span in spans[first:last] if span.end <= within.end]
