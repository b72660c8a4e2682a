"""A part of a period widened to the period that its value names."""

import pytest

from extractors.dates import whole_period
from tests.extractors.dates.marked import dates_in, summary


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("in early May", "2018-05 2018-05-01 2018-06-01"),
        ("by the end of the year", "2018 2018-01-01 2019-01-01"),
        ("later this week", "2018-W19 2018-05-07 2018-05-14"),
        ("in the late 1980s", "198 1980-01-01 1990-01-01"),
        ("in mid-2019", "2019 2019-01-01 2020-01-01"),
        ("at the end of the third quarter of 2017", "2017-Q3 2017-07-01 2017-10-01"),
    ],
)
def test_a_part_is_widened_to_the_period_of_its_value(text: str, meaning: str) -> None:
    (item,) = dates_in(text, "en")
    assert summary(whole_period(item)) == meaning


@pytest.mark.parametrize(
    "text",
    ["May 7-11", "on May 14", "in 2019", "in the coming weeks", "from May 3 to June 1", "now"],
)
def test_what_is_no_part_stays_as_it_is(text: str) -> None:
    (item,) = dates_in(text, "en")
    assert whole_period(item) == item
