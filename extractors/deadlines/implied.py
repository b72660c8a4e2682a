"""Days that a text leaves to be reckoned: a length and the dated event from which it runs.

"Sept. 17 … a 45-day comment period", "180 days before the July 1 review".
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.deadlines.place import Place
from extractors.reckoning import UnreckonableError, shifted
from extractors.types import Precision, Span, TimeExpression

_LENGTH = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "calendar-days", "W": "weeks", "M": "months", "Y": "years"}
# How many characters from a length its event may stand in the same sentence, and how many words
# from the event its day.
_NEAR = 80
_REACH = 6
# How far before an act a verb may stand that says it is yet to come.
_LEAD = 25
# How many acts of a sentence, and how many times near each, are looked at.
_FEW = 12
_STOP = re.compile(r"[,;:—(\"“«]|\.\s")


@dataclass(frozen=True, slots=True)
class Implied:
    """The day that a length gives, and how it was reckoned."""

    day: date
    explanation: str


def implied_day(place: Place, times: Sequence[TimeExpression]) -> Implied | None:
    """The day to which the length at *place* runs, where the text dates its beginning.

    *times* are those of the document. The event is the one that the length is said to lie before
    or after; else the only act in this sentence or the one before that a length may run from
    (a notice, a publication, a signature) and whose day is given.
    """
    length = _LENGTH.fullmatch(place.time.value or "")
    if length is None:
        return None
    count, unit = int(length[1]), _unit(place, length[2])
    beside = _beside(place, times)
    anchor, sign = beside or (_only(_acts(place, times)), 1)
    if anchor is None:
        return None
    try:
        day = shifted(anchor, sign * count, unit)
    except UnreckonableError:
        return None
    words = unit.replace("-", " ")
    return Implied(day, f"{anchor.isoformat()} {'plus' if sign > 0 else 'minus'} {count} {words}")


def _unit(place: Place, letter: str) -> str:
    around = place.time.span.of(place.folded) + place.tail
    working = place.words.words["working"].match(around.lstrip("0123456789 -"))
    return "business-days" if letter == "D" and working else _UNITS[letter]


def _beside(place: Place, times: Sequence[TimeExpression]) -> tuple[date, int] | None:
    """The day behind "before" or "after" a length, and the direction."""
    offset = place.words.clock_offset.match(place.folded, place.time.span.end)
    if offset is None:
        return None
    behind = Span(offset.end(), min(place.clause.end, offset.end() + _NEAR))
    day = next((time for time in _inside(times, behind) if _is_day(time)), None)
    if day is None or day.start is None:
        return None
    between = place.folded[offset.end() : day.span.start]
    apart = _STOP.search(between) or place.words.words["joins"].search(between)
    if apart or len(between.split()) > _REACH:
        return None
    return day.start, -1 if place.words.clock_ahead.match(place.tail) else 1


def _acts(place: Place, times: Sequence[TimeExpression]) -> Iterator[date]:
    """The days of the acts that a length may run from, in the sentence and the one before."""
    counted_from = place.words.clock_offset.match(place.folded, place.time.span.end)
    if counted_from and not place.words.clock_ahead.match(place.tail):
        return  # "90 days after the signing": no other act will do
    earlier = place.said.before
    for sentence in [place.said] if earlier is None else [earlier, place.said]:
        for act in sentence.words("acts", sentence.whole)[:_FEW]:
            before = place.folded[max(sentence.whole.start, act.start - _LEAD) : act.start]
            if not place.words.words["future"].search(before):
                near = Span(max(sentence.whole.start, act.start - _NEAR), act.end + _NEAR)
                yield from _days_of(place, act, _inside(times, near))


def _days_of(place: Place, act: Span, times: Iterable[TimeExpression]) -> Iterator[date]:
    for time in times:
        if not _is_day(time) or time.start is None:
            continue
        first, last = sorted((act, time.span), key=lambda span: span.start)
        between = Span(first.end, last.start)
        far = len(between.of(place.folded).split()) > _REACH
        if not far and not _STOP.search(place.folded, first.end, last.start):
            yield time.start


def _inside(times: Sequence[TimeExpression], span: Span) -> Iterator[TimeExpression]:
    """Those of *times*, which are in order, that lie in *span*."""
    first = bisect_left(times, span.start, key=lambda time: time.span.start)
    for time in times[first : first + _FEW]:
        if span.covers(time.span):
            yield time


def _only(days: Iterable[date]) -> date | None:
    """The one day of *days*; None where there are several or none."""
    found = set(days)
    return found.pop() if len(found) == 1 else None


def _is_day(time: TimeExpression) -> bool:
    return time.precision is Precision.DAY and time.start is not None
