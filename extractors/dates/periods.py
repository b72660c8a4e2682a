"""Periods longer than a month, and named days: years, quarters, seasons, centuries, holidays."""

from datetime import date, timedelta

from extractors.dates import calendar as cal
from extractors.dates.absolute import AHEAD, BACK, full_year
from extractors.dates.anchoring import WEAK, Discourse, Side
from extractors.dates.capture import Capture, Meaning, of_period
from extractors.dates.lexicon import CAPITAL, LOWER
from extractors.types import Precision, TimexType


def year_date(capture: Capture, _discourse: Discourse) -> Meaning | None:
    """A year alone, unless the words beside it make it a quantity."""
    year = full_year(capture)
    if year is None:
        return None
    if capture.get("yy") is None and not 1500 <= year <= 2150 and not capture.get("theyear"):
        return None
    if capture.get("theyear") is None and _is_quantity(capture):
        return None
    till = capture.number("till")
    if till is not None and till == (year + 1) % 100:
        return of_period(cal.years_of(year, 2, f"{year:04d}"))
    return of_period(cal.year_of(year))


def _is_quantity(capture: Capture) -> bool:
    """Whether the words beside a number of four digits say that it counts or numbers something."""
    passage = capture.passage
    place = capture.places.get("year", capture.core)
    before = passage.meaning(place - 1)
    after = passage.meaning(capture.last + 1)
    if before.keys() & {"money", "numbered"} or after.keys() & {"money", "counted"}:
        return True
    signs = passage.signs
    sign_before = signs[place - 1 : place] if place else ""
    sign_after = signs[capture.last + 1 : capture.last + 2]
    if sign_before == CAPITAL and capture.number("year") == 2000:
        return True
    plain = sign_before == LOWER or "tense" in before
    if not plain or sign_after != LOWER or "licence" in before:
        return False
    # "An influential 2009 paper" has its year; "bought 2018 trucks" has a number.
    return passage.word(capture.last + 1).endswith(("s", "x"))


def decade_date(capture: Capture, _discourse: Discourse) -> Meaning | None:
    """The 1990s, les années 80, los noventa."""
    written = capture.get("decade") or capture.get("yy") or capture.get("year") or ""
    digits = written.rstrip("'s")
    if "'" in written and len(digits) == 4 and capture.first == capture.places["decade"]:
        return of_period(cal.year_of(int(digits)))  # "2020's first round", but "the 1990's"
    if capture.get("tens"):
        digits = capture.get("tens") or ""
    if not digits.isdecimal() or int(digits) % 10:
        return None
    year = int(digits)
    if year < 100:
        year += 1900 if year >= 20 else 2000
    return of_period(cal.decade_of(year))


def century_date(capture: Capture, _discourse: Discourse) -> Meaning | None:
    """The 21st century, le XXe siècle, el siglo XX."""
    number = capture.number("ordinal") or capture.number("roman") or capture.number("num")
    if number is None or not 1 < number <= 30:
        return None
    return of_period(cal.century_of((number - 1) * 100))


_PARTS = {"half": 2, "quarter": 4}


def part_of_year(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The third quarter of 2018, Q3, le premier semestre, el segundo trimestre de este año."""
    number = capture.number("ordinal") or capture.number("num")
    unit = capture.get("unit")
    published = discourse.published
    year = full_year(capture)
    if capture.get("month") is not None:
        unit, number = "quarter", _quarter_of_months(capture)
    if number is None or unit not in _PARTS or not 1 <= number <= _PARTS[unit]:
        return None
    rel = capture.get("rel") or capture.get("yearrel")
    if year is None and published is not None:
        year = published.year + (-1 if rel in BACK else 1 if rel in AHEAD else 0)
        if rel is None and not capture.get("theyear"):
            year = _year_of_part(capture, discourse, published, unit, number)
    if year is None:
        letter = "H" if unit == "half" else "Q"
        return Meaning(TimexType.DATE, f"XXXX-{letter}{number}")
    period = cal.half_of(year, number) if unit == "half" else cal.quarter_of(year, number)
    return of_period(period)


def _quarter_of_months(capture: Capture) -> int | None:
    """The quarter of "October-December"; None for months that make none."""
    first, last = capture.number("month") or 0, capture.number("till") or 0
    return last // 3 if last == first + 2 and last % 3 == 0 else None


def _year_of_part(
    capture: Capture, discourse: Discourse, published: date, unit: str, number: int
) -> int:
    """The year of the nearest such quarter or half, or of the next where the clause looks ahead."""
    period_of = cal.half_of if unit == "half" else cal.quarter_of
    near = [period_of(published.year + shift, number) for shift in (-1, 0, 1)]
    side = discourse.side(capture, ignoring=WEAK, heed_limits=False)
    if side is Side.FUTURE:
        near = [period for period in near if period.end > published]
    elif side is Side.PAST:
        near = [period for period in near if period.start <= published]
    return min(near, key=lambda period: _distance(period, published)).start.year


def season_date(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The summer, le printemps 2018, el otoño pasado."""
    season = capture.get("season")
    published, year = discourse.published, full_year(capture)
    if season is None:
        return None
    if year is None and published is None:
        return Meaning(TimexType.DATE, f"XXXX-{season}", precision=Precision.SEASON)
    if year is None and published is not None:
        year = _year_of_season(capture, discourse, published, season)
    return of_period(cal.season_of(year or 0, season))


def _year_of_season(capture: Capture, discourse: Discourse, published: date, season: str) -> int:
    near = [cal.season_of(published.year + shift, season) for shift in (-1, 0, 1)]
    rel = capture.get("rel")
    side = Side.PAST if rel in BACK else Side.FUTURE if rel in AHEAD else Side.UNKNOWN
    if rel is None:
        side = discourse.side(capture, ignoring=WEAK)
    if side is Side.PAST:
        near = [period for period in near if (period.end if rel else period.start) <= published]
    elif side is Side.FUTURE:
        near = [period for period in near if (period.start if rel else period.end) > published]
    return int(min(near, key=lambda period: _distance(period, published)).value[:4])


def _distance(period: cal.Period, day: date) -> timedelta:
    if period.start <= day < period.end:
        return timedelta(0)
    return period.start - day if day < period.start else day - period.end + cal.ONE_DAY


def holiday_date(capture: Capture, discourse: Discourse) -> Meaning | None:
    """A holiday whose day is fixed or can be computed."""
    rule = capture.get("holiday")
    published, year = discourse.published, full_year(capture)
    if rule is None or (year is None and published is None):
        return None
    unit = capture.get("unit")
    if unit not in {None, "weekend"}:
        return None
    if year is not None:
        return _holiday(cal.holiday_of(year, rule), weekend=unit is not None)
    assert published is not None
    days = [cal.holiday_of(published.year + shift, rule) for shift in (-1, 0, 1)]
    rel = capture.get("rel")
    if rel in BACK:
        days = [day for day in days if day < published]
    elif rel in AHEAD:
        days = [day for day in days if day > published]
    elif rel == "this":
        days = [days[1]]
    elif discourse.side(capture, ignoring=WEAK) is Side.FUTURE:
        days = [day for day in days if day >= published]
    nearest = min(days, key=lambda day: abs(day - published))
    return _holiday(nearest, weekend=unit is not None)


def _holiday(day: date, *, weekend: bool) -> Meaning:
    """A holiday, or the weekend beside it: before it where it is a Monday or Tuesday."""
    if not weekend:
        return of_period(cal.day_of(day))
    return of_period(cal.weekend_of(day - timedelta(3) if day.isoweekday() < 3 else day))


def fiscal_year(capture: Capture, discourse: Discourse) -> Meaning | None:
    """A fiscal year: its value; no interval, for whose year it is the words do not say."""
    year = full_year(capture)
    rel = capture.get("rel")
    if year is None and rel and discourse.published:
        year = discourse.published.year + (-1 if rel in BACK else 1 if rel in AHEAD else 0)
    if year is None:
        return None
    return Meaning(TimexType.DATE, f"FY{year:04d}", precision=Precision.YEAR)
