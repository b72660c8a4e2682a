"""Weekdays, numbered days and weeks, counted from publication."""

from datetime import date, timedelta

from extractors.dates import absolute, periods
from extractors.dates import calendar as cal
from extractors.dates.amounts import amount_of
from extractors.dates.anchoring import Discourse, Side
from extractors.dates.capture import Capture, Meaning, of_period
from extractors.dates.relative import SHIFT, SHORT, with_daypart
from extractors.types import Precision, TimexType


def weekday_date(capture: Capture, discourse: Discourse) -> Meaning | None:
    """A weekday: of the week that the words name, else the last one, else the next."""
    weekday = capture.number("weekday")
    if weekday is None:
        return None
    published = discourse.published
    if published is None:
        return Meaning(TimexType.DATE, f"XXXX-WXX-{weekday}", precision=Precision.DAY)
    found = _weekday_near(capture, discourse, published, weekday)
    return with_daypart(of_period(cal.day_of(found)), capture.get("daypart"))


def _weekday_near(capture: Capture, discourse: Discourse, published: date, weekday: int) -> date:
    monday = published - timedelta(published.isoweekday() - 1)
    weekrel, rel = capture.get("weekrel"), capture.get("rel")
    if weekrel is not None:
        return monday + timedelta(7 * SHIFT[weekrel] + weekday - 1)
    back = (published.isoweekday() - weekday) % 7
    past, future = published - timedelta(back), published + timedelta((-back) % 7)
    if rel in {"last", "past", "previous"}:
        return past if back else past - timedelta(7)
    if rel in {"next", "following"}:
        if discourse.settings["next_weekday"] == "week":
            return monday + timedelta(7 + weekday - 1)
        # Tomorrow would be called so: "vendredi prochain" on a Thursday is the week after.
        return future if back and (future - published).days > 1 else future + timedelta(7)
    if rel == "coming":
        return future if back else future + timedelta(7)
    if rel == "this":
        return monday + timedelta(weekday - 1)
    if not back:
        return published
    return _by_side(discourse.side(capture), past, future, published, discourse)


def _by_side(side: Side, past: date, future: date, published: date, discourse: Discourse) -> date:
    if side is Side.FUTURE:
        return future
    if side is Side.PAST or discourse.settings["weekday"] == "past":
        return past
    return past if published - past <= future - published else future


def weekday_number(capture: Capture, discourse: Discourse) -> Meaning | None:
    """Friday the 26th, mardi 15, el jueves 14: the nearest day that is both."""
    weekday, number, published = (
        capture.number("weekday"),
        capture.number("day"),
        discourse.published,
    )
    if weekday is None or number is None or published is None:
        return None
    days = [day for day in _days_numbered(published, number, 6) if day.isoweekday() == weekday]
    if not days:
        return None
    found = min(days, key=lambda day: abs(day - published))
    return with_daypart(of_period(cal.day_of(found)), capture.get("daypart"))


def day_number(capture: Capture, discourse: Discourse) -> Meaning | None:
    """On the 4th, el día 18: the nearest such day on the side that the clause speaks of."""
    number, published = capture.number("day") or capture.number("running"), discourse.published
    if number is None or published is None:
        return None
    rel, dayrel = capture.get("rel"), capture.get("dayrel")
    side = (
        Side.FUTURE if dayrel in absolute.AHEAD else Side.PAST if dayrel in absolute.BACK else None
    )
    if side is not None:
        return of_period(cal.day_of(_nearest_numbered(published, number, side)))
    if capture.get("running"):
        # The month of the day last named in the paragraph, or nothing at all.
        if discourse.near is None:
            return None
        return of_period(cal.day_of(discourse.near.replace(day=number)))
    if rel is not None:
        month = published.replace(day=1)
        start = cal.unit_of(cal.shift_unit(month, "month", SHIFT[rel]), "month").start
        return of_period(cal.day_of(start.replace(day=number)))
    side = discourse.side(capture)
    return of_period(cal.day_of(_nearest_numbered(published, number, side)))


def _nearest_numbered(published: date, number: int, side: Side) -> date:
    days = absolute.on_side(_days_numbered(published, number, 2), published, side)
    return min(days, key=lambda day: abs(day - published))


def _days_numbered(published: date, number: int, months: int) -> list[date]:
    """The days with that number in the months around publication, in order."""
    days = []
    for shift in range(-months, months + 1):
        start, end = cal.months_of(published.year, published.month + shift, 1)
        day = start + timedelta(number - 1)
        if day < end:
            days.append(day)
    return days


def named_week(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The week of May 7, la semaine du 18, week 31."""
    published = discourse.published
    year = absolute.full_year(capture) or (published.year if published else None)
    if capture.get("yearrel") and published is not None:
        year = published.year + SHIFT[capture.get("yearrel") or "this"]
    if capture.get("day") is None:
        number = capture.number("num")
        if number is None or year is None:
            return None
        return of_period(cal.week_numbered(year, number))
    named = absolute.day_date if capture.get("month") else day_number
    day = named(capture, discourse)
    if day is None or day.start is None:
        return None
    week = cal.week_of(day.start)
    if capture.get("starting"):
        return Meaning(
            TimexType.DATE, week.value, day.start, day.start + timedelta(7), Precision.WEEK, week
        )
    return of_period(week)


def nth_week(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The first week of May, la dernière semaine de 2019: weeks with most of their days in it."""
    whole = (
        absolute.month_date(capture, discourse)
        if capture.get("month")
        else periods.year_date(capture, discourse)
    )
    if whole is None or whole.start is None or whole.end is None:
        return None
    # A week's days lie for the most part where its Thursday does.
    number = capture.number("ordinal")
    if number is None:
        return of_period(cal.week_of(whole.end - timedelta(4)))
    return of_period(cal.week_of(whole.start + timedelta(3 + 7 * (number - 1))))


def nth_weekday(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The first Tuesday of November, le dernier lundi de mai 2019."""
    month = absolute.month_date(capture, discourse)
    weekday, number = capture.number("weekday"), capture.number("ordinal")
    if month is None or month.start is None or month.end is None or weekday is None:
        return None
    count = -1 if number is None else number
    rule = f"{month.start.month}/{weekday}/{count}"
    day = cal.holiday_of(month.start.year, rule)
    return of_period(cal.day_of(day)) if month.start <= day < month.end else None


def offset_from_day(capture: Capture, discourse: Discourse) -> Meaning | None:
    """A week from Monday, three days after tomorrow, lundi en huit: counted from a named day."""
    unit, published = capture.get("anyunit") or "week", discourse.published
    weekday, deictic = capture.number("weekday"), capture.get("deictic")
    if published is None or unit in SHORT:
        return None
    holiday = periods.holiday_date(capture, discourse) if capture.get("holiday") else None
    if holiday is not None and holiday.start is not None:
        start = holiday.start
    elif weekday is not None:
        start = published + timedelta((weekday - published.isoweekday()) % 7 or 7)
    else:
        start = published + timedelta(int(deictic or 0))
    direction = int(capture.get("offset") or capture.get("shift") or 1)
    return of_period(cal.day_of(cal.shift_unit(start, unit, direction * (amount_of(capture) or 1))))
