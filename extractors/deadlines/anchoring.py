"""Dates that the words around them put ahead of publication.

"The United States holds elections in November", written in March, is about the November to come.
A bare weekday or month is resolved to the nearest; where the clause says that something is due,
the next one after publication is meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from extractors.deadlines.lexicon import Lexicon
from extractors.deadlines.reports import has_number
from extractors.types import Precision, TimeExpression, TimexType

_YEAR = re.compile(r"\d{4}")
_DIGIT = re.compile(r"\d")
# How many characters may part two expressions that name one limit (", le ", " del ").
_GAP = 6
# Words alone name no day that is longer ago.
_LONG_AGO = timedelta(days=370)
# How far before two dates a verb may stand that makes them the old one and the new one.
_MOVED = 80


def put_ahead(time: TimeExpression, wording: str, published: date) -> TimeExpression:
    """*time* as the next one after *published*, where its *wording* leaves that open.

    A full date, an interval that is open or not yet over, or a year stays as it is.
    """
    start, end = time.start, time.end
    if start is None or end is None or end > published or _YEAR.search(wording):
        return time
    if published - end > _LONG_AGO:
        return time  # "Black Monday"
    if time.precision is Precision.DAY and not has_number(wording):
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
    times: Sequence[TimeExpression], folded: str, words: Lexicon
) -> Iterator[TimeExpression]:
    """*times* with those that name one limit together made one.

    That is a day named twice ("lundi prochain, le 3 novembre"), a clock time with its day
    ("11:59 p.m. on Monday"), neighbouring days ("Feb. 19 or 20"), and the days from one through
    another ("du 1er au 5 septembre").
    """
    pending: TimeExpression | None = None
    for time in sorted(times, key=lambda t: (t.span.start, t.span.end)):
        near = pending is not None and time.span.start - pending.span.end <= _GAP
        together = _together(pending, time, folded, words) if near and pending else None
        if together is None and pending is not None:
            yield pending
        pending = together or time
    if pending is not None:
        yield pending


def _together(
    first: TimeExpression, second: TimeExpression, folded: str, words: Lexicon
) -> TimeExpression | None:
    if second.span.start < first.span.end:
        return None
    gap = folded[first.span.end : second.span.start]
    if "." in gap:
        return None
    span = replace(first.span, end=second.span.end)
    together = _named_twice(first, second, gap, folded) or _neighbours(
        first, second, gap, folded, words
    )
    return replace(together, span=span) if together else None


def _named_twice(
    first: TimeExpression, second: TimeExpression, gap: str, folded: str
) -> TimeExpression | None:
    """A day with its other name or with its time of day."""
    exact = _DIGIT.search(first.span.of(folded)) or first.start == second.start
    if first.type is TimexType.TIME and exact and second.type is TimexType.DATE and second.start:
        return second
    if first.start is None or first.start != second.start:
        return None
    if second.type is TimexType.TIME:
        return first
    return replace(first, end=second.end or first.end) if gap.startswith(",") else None


def _neighbours(
    first: TimeExpression, second: TimeExpression, gap: str, folded: str, words: Lexicon
) -> TimeExpression | None:
    """Days side by side ("Feb. 19 or 20"), or from one through another ("du 1er au 5")."""
    days = first.precision is Precision.DAY and second.precision is Precision.DAY
    if first.start is None or second.start is None:
        return None
    joined = words.words["joins"].fullmatch(gap.strip())
    if joined and days and first.rule == second.rule == "weekday":
        second = _following(first, second)
    if first.end == second.start and joined:
        return replace(first, end=second.end)
    start = first.span.start
    sentence = max(0, start - _MOVED, folded.rfind(". ", 0, start))
    moved = words.words["moved"].search(folded, sentence, start)
    until = second.start
    if days and not moved and until and first.start < until and words.through.fullmatch(gap):
        return replace(first, end=second.end)
    return None


def _following(first: TimeExpression, second: TimeExpression) -> TimeExpression:
    """The weekday *second* in the week behind the day *first* ("on Thursday and Friday")."""
    if first.end is None or second.start is None or second.end is None:
        return second
    weeks = -((second.start - first.end).days // 7)
    try:
        return _moved(
            second, second.start + timedelta(weeks=weeks), second.end + timedelta(weeks=weeks)
        )
    except OverflowError:
        return second
