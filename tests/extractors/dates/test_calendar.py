"""Calendar units and holidays."""

from datetime import date

import pytest

from extractors.dates import calendar as cal


@pytest.mark.parametrize(
    ("period", "value", "start", "end"),
    [
        (cal.week_of(date(2018, 12, 31)), "2019-W01", date(2018, 12, 31), date(2019, 1, 7)),
        (cal.weekend_of(date(2018, 5, 10)), "2018-W19-WE", date(2018, 5, 12), date(2018, 5, 14)),
        (cal.month_of(2018, 13), "2019-01", date(2019, 1, 1), date(2019, 2, 1)),
        (cal.quarter_of(2018, 5), "2019-Q1", date(2019, 1, 1), date(2019, 4, 1)),
        (cal.half_of(2018, 2), "2018-H2", date(2018, 7, 1), date(2019, 1, 1)),
        (cal.season_of(2018, "WI"), "2018-WI", date(2017, 12, 1), date(2018, 3, 1)),
        (cal.decade_of(1994), "199", date(1990, 1, 1), date(2000, 1, 1)),
        (cal.century_of(1994), "19", date(1900, 1, 1), date(2000, 1, 1)),
    ],
    ids=["week", "weekend", "month", "quarter", "half", "winter", "decade", "century"],
)
def test_a_unit_has_its_value_and_half_open_interval(
    period: cal.Period, value: str, start: date, end: date
) -> None:
    assert (period.value, period.start, period.end) == (value, start, end)


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, date(1961, 4, 2)), (2000, date(2000, 4, 23)), (2018, date(2018, 4, 1))],
)
def test_easter_falls_on_its_sunday(year: int, day: date) -> None:
    assert cal.easter_of(year) == day


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("07-01", date(2018, 7, 1)),
        ("easter-2", date(2018, 3, 30)),
        ("11/4/4", date(2018, 11, 22)),
        ("05/1/-1", date(2018, 5, 28)),
    ],
    ids=["fixed", "by Easter", "fourth Thursday", "last Monday"],
)
def test_a_holiday_is_computed_from_its_rule(rule: str, day: date) -> None:
    assert cal.holiday_of(2018, rule) == day


def test_a_month_later_ends_on_the_last_day_of_a_shorter_month() -> None:
    assert cal.shift_months(date(2018, 1, 31), 1) == date(2018, 2, 28)


@pytest.mark.parametrize(
    ("unit", "count", "day"),
    [
        ("day", -90, date(2018, 2, 9)),
        ("week", 2, date(2018, 5, 24)),
        ("month", 6, date(2018, 11, 10)),
        ("year", -2, date(2016, 5, 10)),
        ("hour", 5, date(2018, 5, 10)),
    ],
)
def test_a_day_moves_by_units(unit: str, count: int, day: date) -> None:
    assert cal.shift_unit(date(2018, 5, 10), unit, count) == day
