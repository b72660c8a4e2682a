"""Calendar units as half-open intervals with TIMEX3 values.

Every function raises ``ValueError`` or ``OverflowError`` for a day that no calendar has (30
February, year 0); the caller takes that as "not a date".
"""

from dataclasses import dataclass
from datetime import date, timedelta

from extractors.types import Precision

ONE_DAY = timedelta(1)
# Northern hemisphere, by whole months: how newspapers use the words. Winter begins in December of
# the year before, so that "winter 2018" holds January 2018.
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 0}


@dataclass(slots=True)
class Period:
    """A stretch of the calendar: first day, day after the last, TIMEX3 value.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    start: date
    end: date
    value: str
    precision: Precision


def day_of(day: date) -> Period:
    """One day."""
    return Period(day, day + ONE_DAY, day.isoformat(), Precision.DAY)


def week_of(day: date) -> Period:
    """The ISO week that holds *day*."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(weekday - 1)
    return Period(monday, monday + timedelta(7), f"{year:04d}-W{week:02d}", Precision.WEEK)


def week_numbered(year: int, number: int) -> Period:
    """The ISO week of that number."""
    return week_of(date.fromisocalendar(year, number, 1))


def weekend_of(day: date) -> Period:
    """Saturday and Sunday of the ISO week that holds *day*."""
    week = week_of(day)
    return Period(week.start + timedelta(5), week.end, f"{week.value}-WE", Precision.DAY)


def months_of(year: int, month: int, count: int) -> tuple[date, date]:
    """First day and day after the last of *count* months; *month* may run out of 1 to 12."""
    first, last = (year * 12 + month - 1), (year * 12 + month - 1 + count)
    return date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, 1)


def month_of(year: int, month: int) -> Period:
    """One month; *month* may run out of 1 to 12 and is carried into the year."""
    start, end = months_of(year, month, 1)
    return Period(start, end, f"{start.year:04d}-{start.month:02d}", Precision.MONTH)


def quarter_of(year: int, quarter: int) -> Period:
    """One quarter; numbers out of 1 to 4 are carried into the year."""
    start, end = months_of(year, quarter * 3 - 2, 3)
    return Period(start, end, f"{start.year:04d}-Q{start.month // 3 + 1}", Precision.QUARTER)


def half_of(year: int, half: int) -> Period:
    """One half year; numbers out of 1 and 2 are carried into the year."""
    start, end = months_of(year, half * 6 - 5, 6)
    return Period(start, end, f"{start.year:04d}-H{start.month // 6 + 1}", Precision.SEASON)


def season_of(year: int, season: str) -> Period:
    """One season of three whole months."""
    start, end = months_of(year, _SEASON_MONTH[season], 3)
    return Period(start, end, f"{year:04d}-{season}", Precision.SEASON)


def year_of(year: int) -> Period:
    """One year."""
    start, end = months_of(year, 1, 12)
    return Period(start, end, f"{year:04d}", Precision.YEAR)


def years_of(first: int, count: int, value: str) -> Period:
    """Several years: a decade, a century."""
    start, end = months_of(first, 1, 12 * count)
    return Period(start, end, value, Precision.YEAR)


def decade_of(year: int) -> Period:
    """The decade that holds *year*; its value is the year without its last digit."""
    return years_of(year // 10 * 10, 10, f"{year // 10:03d}")


def century_of(year: int) -> Period:
    """The hundred years that share *year*'s first two digits."""
    return years_of(year // 100 * 100, 100, f"{year // 100:02d}")


def shift_months(day: date, months: int) -> date:
    """*day* moved by *months*; the last day of a shorter month where the number does not exist."""
    start, end = months_of(day.year, day.month + months, 1)
    return min(start + timedelta(day.day - 1), end - ONE_DAY)


def unit_of(day: date, unit: str) -> Period:  # noqa: PLR0911 - a table of units
    """The calendar unit (as a language's file names units) that holds *day*."""
    match unit:
        case "week" | "fortnight":
            return week_of(day)
        case "weekend":
            return weekend_of(day)
        case "month":
            return month_of(day.year, day.month)
        case "quarter":
            return quarter_of(day.year, (day.month + 2) // 3)
        case "half":
            return half_of(day.year, (day.month + 5) // 6)
        case "year":
            return year_of(day.year)
        case "decade":
            return decade_of(day.year)
        case "century":
            return century_of(day.year)
        case _:
            return day_of(day)


_DAYS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def shift_unit(day: date, unit: str, count: float) -> date:
    """*day* moved by *count* units; hours and less do not move it."""
    if unit in _DAYS:
        return day + timedelta(round(_DAYS[unit] * count))
    if unit in _MONTHS:
        return shift_months(day, round(_MONTHS[unit] * count))
    if unit == "hour":
        return day + timedelta(int(count / 24) if count > 0 else -int(-count / 24))
    return day


def easter_of(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    golden, (century, years) = year % 19, divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, left = divmod(years, 4)
    weekday = (32 + 2 * rest + 2 * leaps - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday_of(year: int, rule: str) -> date:
    """The day of a holiday in *year*.

    *rule* is ``MM-DD``, ``easter+N``, ``MM/weekday/N`` (the Nth such weekday of the month, Monday
    being 1, or counted from its end where N is negative; ``+K`` behind it is K days later), or a
    full ``YYYY-MM-DD`` for an event that goes by the name of its day.
    """
    if rule.startswith("easter"):
        return easter_of(year) + timedelta(int(rule.removeprefix("easter") or 0))
    if rule.count("-") == 2:
        return date.fromisoformat(rule)
    if "/" not in rule:
        return date(year, *map(int, rule.split("-")))
    rule, _, later = rule.partition("+")
    if later:
        return holiday_of(year, rule) + timedelta(int(later))
    month, weekday, count = map(int, rule.split("/"))
    start, end = months_of(year, month, 1)
    if count > 0:
        return start + timedelta((weekday - start.isoweekday()) % 7 + 7 * (count - 1))
    last = end - ONE_DAY
    return last - timedelta((last.isoweekday() - weekday) % 7 + 7 * (-count - 1))
