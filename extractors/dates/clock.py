"""Times of day."""

from dataclasses import replace

from extractors.dates import calendar as cal
from extractors.dates.anchoring import Discourse
from extractors.dates.capture import Capture, Meaning
from extractors.dates.relative import FROM_TEXT, SHIFT, deictic_day
from extractors.dates.weekdays import weekday_date
from extractors.types import Precision, TimeExpression, TimexType

# The rules whose expressions may have their day right behind them.
RULES = frozenset({"clock", "daypart"})


def clock_time(capture: Capture, discourse: Discourse) -> Meaning | None:
    """5 p.m., 16:08 UTC, 17 h 30, las tres de la tarde: with the day last named."""
    hour, minute = _hour_and_minute(capture)
    if hour is None or hour > 24 or minute > 59:
        return None
    half = capture.get("ampm") or {"MO": "am", "AF": "pm", "EV": "pm", "NI": "pm"}.get(
        capture.get("daypart") or ""
    )
    if half == "pm" and hour < 12:
        hour += 12
    elif hour == 12 and capture.get("daypart") == "NI":
        hour = 24
    elif half == "am" and hour == 12:
        hour = 0
    if capture.get("minus"):
        hour, minute = (hour - 1) % 24, 60 - minute
    zone = capture.get("zone") or ""
    day = discourse.near or discourse.published
    time = f"T{hour:02d}:{minute:02d}{zone}"
    if day is None:
        return Meaning(TimexType.TIME, time)
    return _at(day_period(capture, discourse) or cal.day_of(day), time)


def _at(day: cal.Period, time: str) -> Meaning:
    return Meaning(TimexType.TIME, f"{day.value}{time}", day.start, day.end, Precision.DAY, day)


def day_period(capture: Capture, discourse: Discourse) -> cal.Period | None:
    """The day that the expression itself names beside its time, or None."""
    meaning = None
    if capture.get("weekday"):
        meaning = weekday_date(capture, discourse)
    elif capture.get("deictic"):
        meaning = deictic_day(capture, discourse)
    return meaning.period if meaning else None


def names_day(capture: Capture) -> bool:
    """Whether a time of day has its day within the same expression."""
    return bool(capture.get("weekday") or capture.get("deictic") or capture.get("rel"))


def on_day(time: TimeExpression, day: TimeExpression) -> TimeExpression:
    """*time* on the *day* named right after it; as it was where that is no single day."""
    if day.type is not TimexType.DATE or day.precision is not Precision.DAY:
        return time
    if time.value is None or day.value is None or "T" not in time.value:
        return time
    value = f"{day.value}T{time.value.partition('T')[2]}"
    return replace(time, value=value, start=day.start, end=day.end)


def _hour_and_minute(capture: Capture) -> tuple[int | None, int]:
    clock = capture.get("clock") or capture.get("dotclock")
    if clock:
        parts = clock.split(":")
        return int(parts[0]), int(parts[1])
    together = capture.get("hhmm")
    if together:
        return int(together[:2]), int(together[2:])
    named = capture.get("dayhour")
    if named:
        return int(named), 0
    hour = capture.number("hour") if capture.get("hour") else capture.number("num")
    minutes = capture.number("minute") or int(capture.get("quarterhour") or 0)
    return hour, minutes


def part_of_day(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The morning, la soirée, dans la nuit: of the day last named or of publication."""
    part = capture.get("daypart") or ""
    day = discourse.near or discourse.published
    rel = capture.get("rel")
    if rel is not None:
        day = (discourse.day if rel in FROM_TEXT else None) or discourse.published
    if day is None:
        return Meaning(TimexType.TIME, None)
    if rel is not None:
        day += SHIFT[rel] * cal.ONE_DAY
    return _at(cal.day_of(day), f"T{part}")
