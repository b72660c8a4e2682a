"""The time expressions of a text that are deadlines."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from extractors.deadlines.anchoring import joined, put_ahead
from extractors.deadlines.choosing import chosen
from extractors.deadlines.clocks import clock_of, is_clock
from extractors.deadlines.context import Context, context_of
from extractors.deadlines.implied import implied_day
from extractors.deadlines.judging import judged, may_matter
from extractors.deadlines.kinds import certainty_of
from extractors.deadlines.lexicon import lexicon
from extractors.deadlines.milestones import milestone_of
from extractors.deadlines.place import Place, places
from extractors.deadlines.weighing import Reason
from extractors.deadlines.wording import consequence_of, span_of, what_is_due, who_set
from extractors.languages import SUPPORTED
from extractors.reading import Knowledge, Reading
from extractors.types import (
    Certainty,
    Clock,
    Deadline,
    DeadlineKind,
    Precision,
    Quote,
    Span,
    TimeExpression,
)

# From here on the words around a date call it a deadline outright.
_EXPLICIT = 0.8
# Two dates with so few words between them may share their verb.
_SHARED = 6
_NAMED = frozenset({"day", "month", "numeric", "year", "quarter"})


def find_deadlines(
    reading: Reading,
    dates: tuple[TimeExpression, ...],
    quotes: tuple[Quote, ...],
    knowledge: Knowledge,
) -> tuple[Deadline, ...]:
    """The *dates* of *reading* by or on which something is due, and the lengths laid down.

    A date counts that lies ahead of publication, or that the text names as a deadline just
    passed; one that is only reported, denied or replaced does not. Raises nothing.
    """
    if reading.lang not in SUPPORTED:
        return ()
    context = context_of(reading, quotes, knowledge)
    words = lexicon(reading.lang)
    times = list(joined(dates, reading.folded, words))
    found: list[Deadline] = []
    lengths: set[str] = set()
    moved: dict[date, TimeExpression] = {}
    for place in places(reading, times, words, partial(may_matter, reading)):
        if is_clock(place) and context.touched:
            clock = clock_of(place, context)
            if not _is_repeated(clock, lengths):
                found.append(_run(place, times, context, clock))
            lengths.add(_count(clock))
            continue
        reasoned = judged(_with_antecedent(place, moved), context)
        reasoned = _like_the_last(place, reasoned, found)
        if reasoned is not None and (context.touched or _is_explicit(reasoned[1])):
            if place.time.start and reasoned[0].time.start != place.time.start:
                moved[place.time.start] = reasoned[0].time
            own, reason = reasoned
            found.append(_deadline(own, chosen(own, reason, context), context, None))
    return tuple(found)


def _run(place: Place, times: Sequence[TimeExpression], context: Context, clock: Clock) -> Deadline:
    """A length laid down, with the day that it runs to where the text dates its beginning."""
    implied = implied_day(place, times)
    if implied is None:
        return _deadline(place, Reason(DeadlineKind.CLOCK, 1.0, "clock"), context, clock)
    reason = Reason(DeadlineKind.CLOCK, 1.0, f"clock: {implied.explanation}")
    found = _deadline(place, reason, context, replace(clock, computed=True))
    end = implied.day + timedelta(days=1)
    return replace(found, start=implied.day, end=end, precision=Precision.DAY)


def _is_explicit(reason: Reason) -> bool:
    """Whether the words call the date a deadline outright."""
    return reason.kind is DeadlineKind.DEADLINE and reason.weight >= _EXPLICIT


def _with_antecedent(place: Place, moved: Mapping[date, TimeExpression]) -> Place:
    """*place* with the date of the one before that it points back to ("the same day")."""
    time = place.time
    known = moved.get(time.start) if time.start else None
    if known is None or any(c.isdigit() for c in time.span.of(place.folded)):
        return place
    return replace(place, time=replace(time, start=known.start, end=known.end, value=None))


def _like_the_last(
    place: Place, reasoned: tuple[Place, Reason] | None, found: Sequence[Deadline]
) -> tuple[Place, Reason] | None:
    """A date that shares its verb with the one before it: "votes on June 7, Quebec on Oct. 1"."""
    last = found[-1] if found else None
    if last is None or last.clock or last.start is None or not place.sentence.covers(last.span):
        return reasoned
    if place.time.rule not in _NAMED or place.time.precision is not last.precision:
        return reasoned
    between = Span(last.span.end, max(last.span.end, place.time.span.start))
    said = place.said
    silent = not (said.senses(between) or said.aspects(between) or said.topics(between))
    if not silent or len(between.of(place.folded).split()) > _SHARED:
        return reasoned
    if reasoned is not None:
        own, reason = reasoned
        weak = reason.weight < _EXPLICIT and not place.limit
        return (own, Reason(last.kind, reason.weight, "shared")) if weak else reasoned
    time = put_ahead(place.time, place.time.span.of(place.folded), last.start)
    if time.start is None or time.start <= last.start:
        return None
    return replace(place, time=time), Reason(last.kind, 0.5, "shared")


def _is_repeated(clock: Clock, lengths: set[str]) -> bool:
    """Whether a clock only points back at one named before ("that 195-day clock")."""
    return "-" in clock.length and _count(clock) in lengths


def _count(clock: Clock) -> str:
    return clock.length.split("-")[0].split()[0]


def _deadline(place: Place, reason: Reason, context: Context, clock: Clock | None) -> Deadline:
    time = place.time
    return Deadline(
        span=span_of(place),
        kind=reason.kind,
        what=what_is_due(place, reason.kind),
        start=None if clock else time.start,
        end=None if clock else time.end,
        precision=None if clock else time.precision,
        set_by=who_set(place, context),
        consequence=consequence_of(place, context.reading),
        certainty=Certainty.FIXED if clock else certainty_of(place, reason.kind),
        clock=clock,
        milestone=None if clock else milestone_of(place, reason.kind, context),
        sentence=place.sentence,
        confidence=round(min(0.95, 0.4 + 0.5 * reason.weight), 2),
        rule=reason.rule,
    )
