"""Where a time expression stands: its sentence, its clause, and the words that lead to it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.deadlines.lexicon import Lexicon
from extractors.deadlines.said import Said
from extractors.reading import Reading
from extractors.types import Span, TimeExpression

# How far from a date, in words, a limit noun such as "deadline" still speaks of it.
NEAR_WORDS = 8
# How many characters, and how many other dates, on each side of a date are looked at.
_SCOPE = 500
_OTHERS = 12


@dataclass(frozen=True)
class Place:
    """A time expression in its sentence."""

    text: str
    folded: str
    time: TimeExpression
    sentence: Span
    # The part of the sentence that is near enough to speak of the expression.
    scope: Span
    clause: Span
    words: Lexicon
    said: Said
    others: tuple[Span, ...] = ()

    @cached_property
    def lead(self) -> str:
        """What stands before the expression, folded, in its sentence: at most 60 characters."""
        start = max(self.scope.start, self.time.span.start - 60)
        return self.folded[start : self.time.span.start]

    @cached_property
    def tail(self) -> str:
        """What stands behind the expression, folded, in its sentence: at most 60 characters."""
        return self.folded[self.time.span.end : min(self.scope.end, self.time.span.end + 60)]

    @cached_property
    def limit(self) -> str | None:
        """The limit word right before the expression ("by", "d'ici"), or None."""
        match = self.words.limit_before.search(self.lead)
        return match["limit"] if match else None

    @cached_property
    def limit_start(self) -> int:
        """Where that limit word stands; without one, where the expression does."""
        match = self.words.limit_before.search(self.lead)
        begin = self.time.span.start - len(self.lead)
        return begin + match.start() if match else self.time.span.start

    @cached_property
    def is_equated(self) -> bool:
        """Whether a form of "to be" stands right before the expression."""
        return self.words.copula_before.search(self.lead) is not None

    def says(self, name: str, within: Span | None = None) -> bool:
        """Whether a word of the list *name* stands in the clause (or in *within*).

        Words that need their accents are looked for in the text too: "sera" is no "será".
        """
        span = within or self.clause
        found = self.said.words(name, span, exact=True)
        return any(not self.is_time(word.start, word.end) for word in found)

    def is_time(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` belongs to a time expression: "May" is no "may"."""
        return any(start < time.end and time.start < end for time in (self.time.span, *self.others))

    def near(self, name: str, reach: int = NEAR_WORDS, *, within_clause: bool = False) -> bool:
        """Whether a word of the list *name* stands in the sentence, at most *reach* words away.

        A word beyond another date is about that one, and does not count; nor does one behind
        the expression in another clause, or before it where *within_clause* is asked for.
        """
        floor = self.clause.start if within_clause else self.scope.start
        return any(
            self.distance(word.start, word.end) <= reach
            and word.start < self.clause.end
            and not self._is_beyond_another(word.start, word.end)
            for word in self.said.words(name, Span(floor, self.scope.end))
        )

    def says_before(self, name: str) -> bool:
        """Whether a word of the list *name* stands in the clause before the expression."""
        return self.says(name, self.before_in(self.clause))

    def before_in(self, span: Span) -> Span:
        """What of *span* stands before the expression."""
        return Span(min(span.start, self.time.span.start), self.time.span.start)

    def _is_beyond_another(self, start: int, end: int) -> bool:
        own = self.time.span
        return any(
            end <= other.start < own.start or own.end <= other.start < start
            for other in self.others
        )

    def distance(self, start: int, end: int) -> int:
        """The words between the expression and ``[start, end)``; 0 where they touch or overlap."""
        if end <= self.time.span.start:
            return len(self.folded[end : self.time.span.start].split())
        if start >= self.time.span.end:
            return len(self.folded[self.time.span.end : start].split())
        return 0


def places(reading: Reading, dates: Sequence[TimeExpression], words: Lexicon) -> Iterator[Place]:
    """The *dates* with their sentences and clauses, in order; those outside any are left out."""
    times = sorted(dates, key=lambda t: (t.span.start, t.span.end))
    starts = [time.span.start for time in times]
    for sentence in reading.sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        said = Said(reading.text, reading.folded, sentence, words)
        for number in range(first, last):
            time = times[number]
            if not sentence.covers(time.span):
                continue
            scope = Span(
                max(sentence.start, time.span.start - _SCOPE),
                min(sentence.end, time.span.end + _SCOPE),
            )
            near = times[max(first, number - _OTHERS) : min(last, number + _OTHERS + 1)]
            others = tuple(t.span for t in near if scope.covers(t.span) and t.span != time.span)
            clause = said.clause_of(time.span, scope)
            yield Place(
                reading.text, reading.folded, time, sentence, scope, clause, words, said, others
            )
