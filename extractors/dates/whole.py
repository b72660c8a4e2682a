"""The whole calendar period that a partial expression takes a part of."""

import re
from collections.abc import Callable
from dataclasses import replace

from extractors.dates import calendar as cal
from extractors.types import TimeExpression, TimexType

_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], cal.Period]], ...] = (
    (re.compile(r"(\d{4})"), lambda found: cal.year_of(int(found[1]))),
    (re.compile(r"(\d{4})-(\d\d)"), lambda found: cal.month_of(int(found[1]), int(found[2]))),
    (re.compile(r"(\d{4})-W(\d\d)"), lambda found: cal.week_numbered(int(found[1]), int(found[2]))),
    (re.compile(r"(\d{4})-Q(\d)"), lambda found: cal.quarter_of(int(found[1]), int(found[2]))),
    (re.compile(r"(\d{4})-H(\d)"), lambda found: cal.half_of(int(found[1]), int(found[2]))),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), lambda found: cal.season_of(int(found[1]), found[2])),
    (re.compile(r"(\d{3})"), lambda found: cal.decade_of(int(found[1]) * 10)),
    (re.compile(r"(\d\d)"), lambda found: cal.century_of(int(found[1]) * 100)),
)


def whole_period(item: TimeExpression) -> TimeExpression:
    """*item* with the interval of its value: for "early May" all of May, as TIMEX3 counts it.

    What names no part of its value's period ("May 7-11", a day, a length) comes back as it was.
    """
    if item.type is not TimexType.DATE or item.value is None:
        return item
    if item.start is None or item.end is None:
        return item
    for pattern, period_of in _PERIODS:
        found = pattern.fullmatch(item.value)
        if found is None:
            continue
        try:
            period = period_of(found)
        except (ValueError, OverflowError):
            return item
        inside = period.start <= item.start and item.end <= period.end
        return replace(item, start=period.start, end=period.end) if inside else item
    return item
