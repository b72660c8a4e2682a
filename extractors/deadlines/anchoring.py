"""Dates that the words around them put ahead of publication.

"The United States holds elections in November", written in March, is about the November to come.
A bare weekday or month is resolved to the nearest; where the clause says that something is due,
the next one after publication is meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from extractors.types import Precision, TimeExpression, TimexType

_YEAR = re.compile(r"\d{4}")
_DIGIT = re.compile(r"\d")
# How many characters may part two expressions that name one limit (", le ", " del ").
_GAP = 6


def put_ahead(time: TimeExpression, wording: str, published: date) -> TimeExpression:
    """*time* as the next one after *published*, where its *wording* leaves that open.

    A full date, an interval that is open or not yet over, or a year stays as it is.
    """
    start, end = time.start, time.end
    if start is None or end is None or end > published or _YEAR.search(wording):
        return time
    if time.precision is Precision.DAY and not _DIGIT.search(wording):
        weeks = (published - start).days // 7 + 1
        return _moved(time, start + timedelta(weeks=weeks), end + timedelta(weeks=weeks))
    if time.precision in (Precision.DAY, Precision.MONTH, Precision.SEASON):
        years = 1
        while end.year + years <= published.year + 1 and _year_on(end, years) <= published:
            years += 1
        return _moved(time, _year_on(start, years), _year_on(end, years))
    return time


def _moved(time: TimeExpression, start: date, end: date) -> TimeExpression:
    return replace(time, start=start, end=end, value=None)


def _year_on(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def joined(
    times: Sequence[TimeExpression], folded: str, joins: re.Pattern[str]
) -> Iterator[TimeExpression]:
    """*times* with those that name one limit together made one.

    That is a day named twice ("lundi prochain, le 3 novembre"), a clock time with its day
    ("11:59 p.m. on Monday"), and neighbouring days of choice ("Feb. 19 or 20").
    """
    pending: TimeExpression | None = None
    for time in sorted(times, key=lambda t: (t.span.start, t.span.end)):
        together = _together(pending, time, folded, joins) if pending else None
        if together is None and pending is not None:
            yield pending
        pending = together or time
    if pending is not None:
        yield pending


def _together(
    first: TimeExpression, second: TimeExpression, folded: str, joins: re.Pattern[str]
) -> TimeExpression | None:
    if second.span.start < first.span.end:
        return None
    gap = folded[first.span.end : second.span.start]
    if len(gap) > _GAP or "." in gap:
        return None
    span = replace(first.span, end=second.span.end)
    exact = _DIGIT.search(first.span.of(folded)) or first.start == second.start
    if first.type is TimexType.TIME and exact and second.type is TimexType.DATE and second.start:
        return replace(second, span=span)
    if first.start is None or second.start is None:
        return None
    if first.start == second.start and gap.startswith(","):
        return replace(first, span=span, end=second.end or first.end)
    if first.end == second.start and joins.fullmatch(gap.strip()):
        return replace(first, span=span, end=second.end)
    return None
