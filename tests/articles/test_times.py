"""Times as they are written, and what is read in them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.times import read_time


@pytest.mark.parametrize(
    "written",
    [
        *("Wed, 28 Mar 2018 23:05:00 CEST", "Wed, 28 Mar 2018 22:05:00 BST"),
        *("Wed, 28 Mar 2018 23:05:00 GMT+0200", "Wed, 28 Mar 2018 23:05:00 UTC+2"),
        *("Wed, 28 Mar 2018 17:05:00 -04:00", "Wed, 28 Mar 2018 17:05:00 -4"),
        *("Wed Mar 28 2018 17:05:00 GMT-0400 (EDT)", "Wed Mar 28 21:05:00 +0000 2018"),
        *("2018-03-28 17:05:00 EDT", "2018-03-28T21:05:00.123Z", "2018-03-28t21:05:00z"),
        *("2018-03-28T21:05:00+00:00Z", "2018-03-28 05:05 PM EDT", "2018-3-28T21:5:0Z"),
        *("Wed, 28 Mar 2018 21:05:00.500 GMT", "Wed, 28 Mar 2018 21:05:00 (UTC)"),
        *("Wed, 28 Mar 2018 21:04:60 GMT", "28 mars 2018, 23h05 CEST"),
        *("Wed, 28 Mar 2018 17:35:00 ADT".replace("17:35", "18:05"), "28-Mar-2018 21:05 GMT"),
    ],
)
def test_a_clock_with_a_zone_is_a_moment(written: str) -> None:
    time = read_time(written)
    assert time is not None
    assert (time.at, time.precision) == (datetime(2018, 3, 28, 21, 5, tzinfo=UTC), "second")


@pytest.mark.parametrize(
    "written",
    [
        *("2018/3/28", "2018.03.28", "28.03.2018", "28/03/2018", "03/28/2018", "28-03-2018"),
        *("28.03.2018 17:05", "2018-03-28, 17:05", "Wed, 28 Mar 2018 17:05:00 XYZT"),
        *("28 mars 2018 à 17h05", "March 28, 2018 5:05 p.m.", "28 de marzo de 2018, 17:05 hs"),
    ],
)
def test_without_a_zone_the_day_is_sure(written: str) -> None:
    time = read_time(written)
    assert time is not None
    assert (time.at.date().isoformat(), time.precision) == ("2018-03-28", "day")


@pytest.mark.parametrize("written", ["01/02/2018", "1/2/2018 10:00 AM", "02/03/2018 10:00"])
def test_slashes_that_could_mean_two_days_mean_none(written: str) -> None:
    assert read_time(written) is None


@pytest.mark.parametrize("written", ["Wed, 28 Mar 2018 24:00:00 GMT", "2018-03-28T24:00:00Z"])
def test_midnight_at_the_end_of_a_day_is_the_next_day(written: str) -> None:
    time = read_time(written)
    assert time is not None
    assert time.at == datetime(2018, 3, 29, tzinfo=UTC)


@given(st.text(max_size=80) | st.from_regex(r"[\dTZGMTapm:/., +-]{1,40}"))
def test_no_text_makes_it_raise(written: str) -> None:
    time = read_time(written)
    assert time is None or time.at.tzinfo is UTC
