"""Where a time expression stands: its sentence, its clause, and the words that lead to it."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import and_

from extractors.deadlines.lexicon import Lexicon, in_small_letters
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


@dataclass(slots=True)
class Place:
    """A time expression in its sentence.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

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
    others: tuple[Span, ...]
    # The limit word right before the expression ("by", "d'ici"), or None; and where such a word
    # stands even where it only measures ("30 days before the vote"). Without one, both of these
    # are where the expression begins.
    limit: str | None
    limit_start: int
    limit_end: int
    # What several rules ask, once it is known.
    _is_past: bool | None = field(default=None, init=False)
    _is_done: bool | None = field(default=None, init=False)
    _is_equated: bool | None = field(default=None, init=False)
    _threatens: bool | None = field(default=None, init=False)
    _consequence: int | None = field(default=None, init=False)
    _before: Span | None = field(default=None, init=False)
    _core: Span | None = field(default=None, init=False)

    @property
    def tells_of_past(self) -> bool:
        """Whether a verb of the clause stands in a past tense."""
        if self._is_past is None:
            self._is_past = self._tells_of_past()
        return self._is_past

    def _tells_of_past(self) -> bool:
        verb, clause = self.words.words["past_tense"], self.clause
        if "past_tense" not in self.words.accented:
            return verb.search(self.text, clause.start, clause.end) is not None
        begin = max(0, clause.start - 1)
        written = in_small_letters(self.text[begin : clause.end])
        return verb.search(written, clause.start - begin) is not None

    @property
    def is_done(self) -> bool:
        """Whether a verb of what has happened stands right before the expression.

        "Must be signed", "wants it signed" are yet to come.
        """
        if self._is_done is None:
            self._is_done = self._has_happened()
        return self._is_done

    def _has_happened(self) -> bool:
        begin = self.time.span.start - len(self.lead)
        written = in_small_letters(self.text[begin : self.time.span.start])
        done = self.words.done_before.search(written)
        if done is None or self.words.words["to_be"].search(
            self.lead[: done.start()][-_AUXILIARY:]
        ):
            return False
        if self.says(
            "hopes", Span(self.clause.start, max(self.clause.start, begin + done.start()))
        ):
            return False
        between = Span(begin + done.end("done"), self.time.span.start)
        return not any(sense.is_sure for sense in self.said.senses(between))

    @property
    def threatens(self) -> bool:
        """Whether the sentence goes on with what follows else ("by Friday or face tariffs").

        The next one may begin with it ("Otherwise …").
        """
        if self._threatens is None:
            self._threatens = self._has_consequence()
        return self._threatens

    def _has_consequence(self) -> bool:
        if self.consequence_start >= 0:
            return True
        behind = self.sentence.end + 1
        return (
            self.words.consequence.pattern.match(self.folded, behind, behind + _CONSEQUENCE)
            is not None
        )

    @property
    def consequence_start(self) -> int:
        """Where the words begin that announce a consequence behind the expression; else -1."""
        if self._consequence is None:
            found = self.words.consequence.search(self.folded, self.time.span.end, self.scope.end)
            self._consequence = found.start() if found else -1
        return self._consequence

    @property
    def is_equated(self) -> bool:
        """Whether a form of "to be" stands right before the expression."""
        if self._is_equated is None:
            self._is_equated = (
                self.lead.rstrip().endswith(self.words.copulas)
                and self.words.copula_before.search(self.lead) is not None
            )
        return self._is_equated

    def says(self, name: str, within: Span | None = None) -> bool:
        """Whether a word of the list *name* stands in the clause (or in *within*).

        Words that need their accents are looked for in the text too: "sera" is no "será".
        """
        if not self.said.has(name):
            return False
        return self._says(name, within or self.clause)

    def _says(self, name: str, within: Span) -> bool:
        for start, end in self.said.exact_ends(name, within):
            if not self.is_time(start, end):
                return True
        return False

    def is_time(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` belongs to a time expression: "May" is no "may"."""
        own = self.time.span
        if start < own.end and own.start < end:
            return True
        others = self.others
        return bool(others) and True in [start < o.end and o.start < end for o in others]

    def near(self, name: str, reach: int = NEAR_WORDS, *, within_clause: bool = False) -> bool:
        """Whether a word of the list *name* stands in the sentence, at most *reach* words away.

        A word beyond another date is about that one, and does not count; nor does one behind
        the expression in another clause, or before it where *within_clause* is asked for.
        """
        if not self.said.has(name):
            return False
        floor = self.clause.start if within_clause else self.scope.start
        for start, end in self.said.ends(name, Span(floor, self.scope.end)):
            if (
                start < self.clause.end
                and self.distance(start, end) <= reach
                and not self.is_beyond_another(start, end)
            ):
                return True
        return False

    def says_before(self, name: str) -> bool:
        """Whether a word of the list *name* stands in the clause before the expression."""
        return self.said.has(name) and self._says(name, self.before)

    @property
    def before(self) -> Span:
        """What of the clause stands before the expression."""
        if self._before is None:
            start = self.time.span.start
            self._before = Span(min(self.clause.start, start), start)
        return self._before

    @property
    def core(self) -> Span:
        """The clause up to an "and" behind the expression."""
        if self._core is None:
            behind = self.said.words("joins", Span(self.time.span.end, self.clause.end))
            end = behind[0].start if behind else self.clause.end
            self._core = Span(self.clause.start, end)
        return self._core

    def is_beyond_another(self, start: int, end: int) -> bool:
        """Whether another time expression stands between ``[start, end)`` and this one."""
        own = self.time.span
        for other in self.others:
            if end <= other.start < own.start or own.end <= other.start < start:
                return True
        return False

    def distance(self, start: int, end: int) -> int:
        """The words between the expression and ``[start, end)``; 0 where they touch or overlap.

        A name of several words counts as one.
        """
        own = self.time.span
        if end <= own.start:
            return _words(self.text[end : own.start])
        return _words(self.text[own.end : start]) if start >= own.end else 0


# Several rules ask for the same words of a sentence; those of other texts are not worth keeping.
@lru_cache(maxsize=64)
def _words(text: str) -> int:
    """How many words a text has, a name of several counted as one."""
    words = text.split()
    if text.islower() or len(words) < 2:
        return len(words)
    named = [word[0].isupper() for word in words]
    count: int = len(named) - sum(map(and_, named, named[1:]))
    return count


def _runs_on(sentence: Span, following: Span, last: Span) -> bool:
    """Whether a sentence, whose *last* time expression is given, and the next are one.

    They are where that is parted, and where the first is a date alone, at the head of an entry
    ("Nov. 6. Elections").
    """
    if last.end > following.start:
        return True
    is_alone = last.start == sentence.start and sentence.end - last.end in (0, 1)
    return is_alone and following.start - sentence.end <= _HEAD_GAP


def _unbroken(
    sentences: Sequence[Span], times: Sequence[TimeExpression]
) -> Iterator[tuple[Span, int, int]]:
    """The *sentences*, those made one that part a time expression ("Aug. 31-Sept. 2").

    With each the numbers of the first of the *times* that begin before its end and in none
    before, and of the first behind it.
    """
    starts = [time.span.start for time in times]
    pending: Span | None = None
    first = last = 0
    for sentence in sentences:
        if pending is not None:
            if first < last and _runs_on(pending, sentence, times[last - 1].span):
                pending = Span(pending.start, sentence.end)
                last = bisect_left(starts, pending.end, last)
                continue
            yield pending, first, last
        first, pending = last, sentence
        last = bisect_left(starts, sentence.end, first)
    if pending is not None:
        yield pending, first, last


def places(
    reading: Reading,
    times: Sequence[TimeExpression],
    words: Lexicon,
    matters: Callable[[TimeExpression], bool],
) -> Iterator[Place]:
    """Those of *times*, which are in order, that *matter*, with their sentences and clauses.

    Those outside any sentence are left out.
    """
    earlier: Span | None = None
    for sentence, first, last in _unbroken(reading.sentences, times):
        inside = first < last and [
            number
            for number in range(first, last)
            if sentence.covers(times[number].span) and matters(times[number])
        ]
        if inside:
            said = Said(reading.text, reading.folded, sentence, words, earlier)
            for number in inside:
                near = times[max(first, number - _OTHERS) : min(last, number + _OTHERS + 1)]
                yield _place(reading, times[number], near, said, words)
        earlier = sentence


def _place(
    reading: Reading,
    time: TimeExpression,
    near: Sequence[TimeExpression],
    said: Said,
    words: Lexicon,
) -> Place:
    """A time expression in its sentence, of which *near* are the others beside it, and itself."""
    text, folded, sentence = reading.text, reading.folded, said.whole
    start, end = time.span.start, time.span.end
    scope = Span(max(sentence.start, start - _SCOPE), min(sentence.end, end + _SCOPE))
    others = tuple(
        [
            span
            for span in [other.span for other in near]
            if scope.covers(span) and (span.start != start or span.end != end)
        ]
    )
    lead = folded[max(scope.start, start - _BESIDE) : start]
    limit, limit_start, limit_end = None, start, start
    match = words.limit_before.search(lead)
    if match is not None:
        begin = start - len(lead)
        limit_start, limit_end = begin + match.start(), begin + match.end("limit")
        if not any(0 <= limit_start - other.end <= 1 for other in others):
            limit = match["limit"]
    return Place(
        text,
        folded,
        time,
        sentence,
        scope,
        said.clause_of(time.span, scope),
        words,
        said,
        lead,
        folded[end : min(scope.end, end + _BESIDE)],
        others,
        limit,
        limit_start,
        limit_end,
    )
