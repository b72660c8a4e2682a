"""Where a time expression stands: its sentence, its clause, and the words that lead to it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from extractors.deadlines.lexicon import Lexicon, Role
from extractors.deadlines.said import Said
from extractors.reading import Reading
from extractors.types import Span, TimeExpression

# How far from a date, in words, a limit noun such as "deadline" still speaks of it.
NEAR_WORDS = 8
# How many characters, and how many other dates, on each side of a date are looked at.
_SCOPE = 500
_BESIDE = 60
# How long the words that announce a consequence may be.
_CONSEQUENCE = 60
# How many characters before a participle its auxiliary may stand.
_AUXILIARY = 12
# How many characters may part a date at the head of an entry from what is said of it.
_HEAD_GAP = 1
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
    # What stands before and behind the expression, folded, in its sentence: 60 characters at most.
    lead: str
    tail: str
    others: tuple[Span, ...] = ()
    # What the sentence before says.
    said_before: Said | None = None

    @cached_property
    def _limit(self) -> re.Match[str] | None:
        return self.words.limit_before.search(self.lead)

    @cached_property
    def limit(self) -> str | None:
        """The limit word right before the expression ("by", "d'ici"), or None."""
        match = self._limit
        return None if match is None or self._measures(match.start()) else match["limit"]

    @property
    def limit_end(self) -> int:
        """Where that limit word ends; without one, where the expression begins."""
        start, match = self.time.span.start, self._limit
        return start - len(self.lead) + match.end("limit") if match else start

    @property
    def limit_start(self) -> int:
        """Where that limit word stands; without one, where the expression does."""
        start, match = self.time.span.start, self._limit
        return start - len(self.lead) + match.start() if match else start

    @cached_property
    def tells_of_past(self) -> bool:
        """Whether a verb of the clause stands in a past tense."""
        clause = self.clause
        return (
            self.words.words["past_tense"].search(self.text, clause.start, clause.end) is not None
        )

    @cached_property
    def is_done(self) -> bool:
        """Whether a verb of what has happened stands right before the expression.

        "Must be signed", "wants it signed" are yet to come.
        """
        begin = self.time.span.start - len(self.lead)
        done = self.words.done_before.search(self.text[begin : self.time.span.start])
        if done is None or self.words.words["to_be"].search(
            self.lead[: done.start()][-_AUXILIARY:]
        ):
            return False
        if self.says(
            "hopes", Span(self.clause.start, max(self.clause.start, begin + done.start()))
        ):
            return False
        between = Span(begin + done.end("done"), self.time.span.start)
        return not any(cue.role is Role.KIND for cue, _ in self.said.senses(between))

    @property
    def threatens(self) -> bool:
        """Whether the sentence goes on with what follows else ("by Friday or face tariffs").

        The next one may begin with it ("Otherwise …").
        """
        words, end = self.words.consequence, self.sentence.end
        if words.search(self.folded, self.time.span.end, self.scope.end) is not None:
            return True
        return words.match(self.folded, end + 1, end + 1 + _CONSEQUENCE) is not None

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
            and not self.is_beyond_another(word.start, word.end)
            for word in self.said.words(name, Span(floor, self.scope.end))
        )

    def says_before(self, name: str) -> bool:
        """Whether a word of the list *name* stands in the clause before the expression."""
        return self.says(name, self.before_in(self.clause))

    def before_in(self, span: Span) -> Span:
        """What of *span* stands before the expression."""
        return Span(min(span.start, self.time.span.start), self.time.span.start)

    def _measures(self, start: int) -> bool:
        """Whether a length stands right before the limit at *start*: "30 days before the vote"."""
        at = self.time.span.start - len(self.lead) + start
        return any(0 <= at - other.end <= 1 for other in self.others)

    def is_beyond_another(self, start: int, end: int) -> bool:
        """Whether another time expression stands between ``[start, end)`` and this one."""
        own = self.time.span
        return any(
            end <= other.start < own.start or own.end <= other.start < start
            for other in self.others
        )

    def distance(self, start: int, end: int) -> int:
        """The words between the expression and ``[start, end)``; 0 where they touch or overlap.

        A name of several words counts as one.
        """
        if end <= self.time.span.start:
            return _words(self.text[end : self.time.span.start])
        if start >= self.time.span.end:
            return _words(self.text[self.time.span.end : start])
        return 0


def _words(text: str) -> int:
    count, named = 0, False
    for word in text.split():
        capital = word[0].isupper()
        count += not (capital and named)
        named = capital
    return count


def _heads(sentence: Span, following: Span, times: Set[Span]) -> bool:
    """Whether a sentence is a date alone, at the head of an entry ("Nov. 6. Elections")."""
    near = following.start - sentence.end <= _HEAD_GAP
    return near and any(Span(sentence.start, sentence.end - mark) in times for mark in (0, 1))


def _unbroken(sentences: Sequence[Span], times: Sequence[TimeExpression]) -> Iterator[Span]:
    """The *sentences*, those made one that part a time expression ("Aug. 31-Sept. 2")."""
    starts = [time.span.start for time in times]
    alone = {time.span for time in times}
    pending: Span | None = None
    for sentence in sentences:
        if pending is not None:
            number = bisect_left(starts, pending.end) - 1
            parted = number >= 0 and times[number].span.end > sentence.start
            if parted or _heads(pending, sentence, alone):
                pending = Span(pending.start, sentence.end)
                continue
            yield pending
        pending = sentence
    if pending is not None:
        yield pending


def places(
    reading: Reading,
    dates: Sequence[TimeExpression],
    words: Lexicon,
    matters: Callable[[TimeExpression], bool],
) -> Iterator[Place]:
    """The *dates* that *matter*, with their sentences and clauses, in order.

    Those outside any sentence are left out.
    """
    times = sorted(dates, key=lambda t: (t.span.start, t.span.end))
    starts = [time.span.start for time in times]
    before: Said | None = None
    for sentence in _unbroken(reading.sentences, times):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        said = Said(reading.text, reading.folded, sentence, words)
        for number in range(first, last):
            time = times[number]
            if not sentence.covers(time.span) or not matters(time):
                continue
            scope = Span(
                max(sentence.start, time.span.start - _SCOPE),
                min(sentence.end, time.span.end + _SCOPE),
            )
            near = times[max(first, number - _OTHERS) : min(last, number + _OTHERS + 1)]
            others = tuple(t.span for t in near if scope.covers(t.span) and t.span != time.span)
            clause = said.clause_of(time.span, scope)
            yield Place(
                text=reading.text,
                folded=reading.folded,
                time=time,
                sentence=sentence,
                scope=scope,
                clause=clause,
                words=words,
                said=said,
                lead=reading.folded[max(scope.start, time.span.start - _BESIDE) : time.span.start],
                tail=reading.folded[time.span.end : min(scope.end, time.span.end + _BESIDE)],
                others=others,
                said_before=before,
            )
        before = said
