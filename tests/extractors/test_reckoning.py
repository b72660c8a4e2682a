"""Legal clocks, held against days on the public record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.packs import load_packs
from config.packs.types import ClockRule
from extractors.reckoning import UnreckonableError, reckon

RULES = {rule.id: rule for rule in load_packs(["nafta"])[0].clocks}
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "given_day", "backwards", "expected"),
    [
        # Notice of 18 May 2017: talks from 16 August on.
        ("tpa-notice-negotiate", "2017-05-18", True, "2017-08-16"),
        ("tpa-notice-negotiate", "2017-08-16", False, "2017-05-18"),
        ("tpa-objectives", "2017-08-16", False, "2017-07-17"),
        ("tpa-notice-sign", "2018-08-31", True, "2018-11-29"),
        ("tpa-law-changes", "2018-11-29", False, "2019-01-28"),
        ("tpa-itc-report", "2018-11-29", False, "2019-03-14"),
        ("tpa-notice-sign", "2021-07-01", False, "2021-04-02"),
        ("first-joint-review", "2020-07-01", False, "2026-07-01"),
        ("term", "2020-07-01", False, "2036-07-01"),
        ("review-recommendations", "2026-07-01", False, "2026-06-01"),
        ("review-consultation", "2026-07-01", False, "2025-10-04"),
        ("review-report", "2026-07-01", False, "2026-01-02"),
        ("comment-period", "2025-09-17", False, "2025-11-01"),
        ("withdrawal-notice", "2026-08-31", False, "2027-02-28"),
    ],
)
def test_a_clock_gives_the_day_on_record(
    rule: str, given_day: str, backwards: bool, expected: str
) -> None:
    assert reckon(RULES[rule], day(given_day), backwards=backwards).day == day(expected)


def test_195_days_before_the_new_congress() -> None:
    found = reckon(RULES["tpa-195-days"], day("2019-01-03"), backwards=True)
    assert found.day == day("2018-06-22")


def test_the_steps_explain_the_day() -> None:
    told = "\n".join(reckon(RULES["comment-period"], day("2025-09-17")).steps)
    assert "45 calendar days" in told
    assert "no working day; the next one is Monday, 2025-11-03" in told
    assert "source:" in told


def test_sitting_days_count_only_days_on_the_list() -> None:
    rule = replace(RULES["tpa-house-vote"], length=3)
    sitting = [day(f"2019-12-{number:02}") for number in (3, 4, 10, 12)]
    found = reckon(rule, day("2019-12-03"), sitting_days=sitting)
    assert found.day == day("2019-12-12")
    assert not found.earliest


def test_without_a_list_of_sitting_days_the_earliest_day_is_marked() -> None:
    found = reckon(RULES["tpa-house-vote"], day("2019-12-02"))
    assert found.earliest
    assert found.day == day("2019-12-23")  # fifteen weekdays on


def test_a_list_that_ends_too_soon_is_told() -> None:
    with pytest.raises(UnreckonableError, match="only 1 sitting days"):
        reckon(RULES["tpa-house-vote"], day("2019-12-02"), sitting_days=[day("2019-12-03")])


@given(DAYS, st.integers(1, 500))
def test_business_days_there_and_back(start: date, length: int) -> None:
    rule = ClockRule(
        "x", {"en": "x"}, length, "business-days", {"en": "y"}, "after", "a test", None, None
    )
    there = reckon(rule, start).day
    assert there.weekday() < 5
    back = reckon(rule, there, backwards=True).day
    assert abs((back - start).days) <= 2
    assert (there - start) >= timedelta(days=length)


@given(DAYS, st.integers(1, 600))
def test_months_keep_the_day_or_end_the_month(start: date, months: int) -> None:
    rule = ClockRule("x", {"en": "x"}, months, "months", {"en": "y"}, "after", "a test", None, None)
    found = reckon(rule, start).day
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day == start.day or (found + timedelta(days=1)).day == 1


def test_an_unknown_unit_and_the_end_of_time_are_told() -> None:
    with pytest.raises(UnreckonableError, match="fortnights"):
        reckon(replace(RULES["term"], unit="fortnights"), day("2020-07-01"))
    with pytest.raises(UnreckonableError):
        reckon(RULES["term"], date(9999, 1, 1))
