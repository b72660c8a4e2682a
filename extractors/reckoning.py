"""Reckoning legal clocks: from an anchor to the day that a rule gives, and back.

The day of the anchor is not counted. A month ends on the same day number, or on the last day of
a shorter month. Days on which a parliament sits can't be had from a calendar alone: without a
list of them every weekday counts, and the result is the earliest day that is possible.
"""

import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.packs.types import ClockRule

_ONE = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day that a clock gives, the steps that led there, and whether it is only the earliest."""

    day: date
    steps: tuple[str, ...]
    earliest: bool = False


class UnreckonableError(ValueError):
    """A clock cannot be reckoned; the message says why."""


def reckon(
    rule: ClockRule,
    given: date,
    *,
    backwards: bool = False,
    sitting_days: Sequence[date] = (),
    lang: str = "en",
) -> Reckoned:
    """The day that *rule* gives from its anchor on *given*; *backwards* from the act to the anchor.

    *sitting_days* are the days on which the body sits, for rules that count those. Raises
    :class:`UnreckonableError` where they end before the clock does, the unit is unknown, or the
    result lies outside the calendar.
    """
    anchor = rule.anchor.get(lang) or rule.anchor["en"]
    name = rule.names.get(lang) or rule.names["en"]
    forwards = (rule.direction == "after") != backwards
    length = rule.length if forwards else -rule.length
    try:
        day = _counter(rule.unit, sitting_days)(given, length)
    except (OverflowError, ValueError) as error:
        raise UnreckonableError(f"The clock {rule.id} cannot be reckoned: {error}.") from error
    unit = rule.unit.replace("-", " ")
    start, end = (name, anchor) if backwards else (anchor, name)
    steps = [
        f"{start}: {_long(given)}",
        f"{'plus' if forwards else 'minus'} {rule.length} {unit} (the first day is not counted)",
        f"{end}: {_long(day)}",
        *_remarks(rule, day),
    ]
    estimated = "session" in rule.unit and not sitting_days
    if estimated:
        steps.append("the earliest day possible: every weekday was taken for a sitting day")
    return Reckoned(day, tuple(steps), estimated)


def shifted(day: date, length: int, unit: str) -> date:
    """*day* moved by *length* of a clock's *unit*, backwards where it is negative.

    Raises :class:`UnreckonableError` where the unit is unknown, or the result lies outside the
    calendar.
    """
    try:
        return _counter(unit, ())(day, length)
    except (OverflowError, ValueError) as error:
        raise UnreckonableError(f"{length} {unit} cannot be reckoned: {error}.") from error


def _long(day: date) -> str:
    return f"{calendar.day_name[day.weekday()]}, {day.isoformat()}"


def _remarks(rule: ClockRule, day: date) -> Iterator[str]:
    yield f"source: {rule.source}"
    if rule.note:
        yield f"note: {rule.note}"
    if day.weekday() >= _SATURDAY:
        monday = day + _ONE * (7 - day.weekday())
        yield f"the day is no working day; the next one is {_long(monday)}"


def _counter(unit: str, sitting_days: Sequence[date]) -> Callable[[date, int], date]:
    if unit == "calendar-days":
        return lambda day, length: day + timedelta(days=length)
    if unit == "weeks":
        return lambda day, length: day + timedelta(weeks=length)
    if unit == "months":
        return _add_months
    if unit == "years":
        return lambda day, length: _add_months(day, 12 * length)
    if unit == "business-days":
        return lambda day, length: _step(day, length, _is_weekday)
    if unit == "session-days":
        return lambda day, length: _sit(day, length, sitting_days)
    raise ValueError(f"nobody knows how long {unit!r} are")


def _add_months(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


def _step(day: date, length: int, counts: Callable[[date], bool]) -> date:
    step = _ONE if length > 0 else -_ONE
    left = abs(length)
    while left:
        day += step
        left -= counts(day)
    return day


def _sit(day: date, length: int, sitting_days: Sequence[date]) -> date:
    if not sitting_days:
        return _step(day, length, _is_weekday)
    if length > 0:
        ahead = sorted({sitting for sitting in sitting_days if sitting > day})
    else:
        ahead = sorted({sitting for sitting in sitting_days if sitting < day}, reverse=True)
    if len(ahead) < abs(length):
        raise ValueError(f"only {len(ahead)} sitting days are listed on that side of {day}")
    return ahead[abs(length) - 1]
