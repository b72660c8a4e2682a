"""The year of a day that names none: across new year, by tense, ahead for what is to come."""

from datetime import date

import pytest

from tests.extractors.dates.marked import dates_in

CASES = [
    ("en", date(2018, 12, 20), "The deal takes effect on Jan. 1.", "2019-01-01"),
    ("en", date(2019, 1, 10), "The deal was signed on Nov. 30.", "2018-11-30"),
    ("en", date(2019, 11, 20), "The tariffs have been in force since Jan. 1.", "2019-01-01"),
    ("en", date(2025, 11, 5), "The July 1 review hangs over the talks.", "2026-07-01"),
    ("en", date(2025, 11, 5), "Officials said the July 1 review could fail.", "2026-07-01"),
    ("en", date(2025, 11, 5), "The July 1 election was won by the left.", "2025-07-01"),
    ("en", date(2025, 12, 20), "The Oct. 2 attack shook the town.", "2025-10-02"),
    ("en", date(2025, 8, 20), "Talks will resume on July 1.", "2026-07-01"),
    ("en", date(2025, 8, 20), "He was arrested on July 1.", "2025-07-01"),
    ("es", date(2018, 12, 20), "El acuerdo entrará en vigor el 1 de enero.", "2019-01-01"),
    ("es", date(2019, 1, 10), "El acuerdo se firmó el 30 de noviembre.", "2018-11-30"),
    ("es", date(2025, 8, 20), "La revisión comenzará el 1 de julio.", "2026-07-01"),
    ("fr", date(2026, 6, 26), "Prévue le 15 juin, la réunion a été repoussée.", "2026-06-15"),
    ("fr", date(2018, 12, 20), "L'accord entrera en vigueur le 1er janvier.", "2019-01-01"),
    ("fr", date(2019, 1, 10), "L'accord a été signé le 30 novembre.", "2018-11-30"),
    ("fr", date(2025, 8, 20), "L'examen commencera le 1er juillet.", "2026-07-01"),
]


@pytest.mark.parametrize(("lang", "published", "text", "value"), CASES)
def test_a_day_without_a_year_has_the_year_that_the_words_mean(
    lang: str, published: date, text: str, value: str
) -> None:
    assert [item.value for item in dates_in(text, lang, published)] == [value]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "on November 31"),
        ("en", "on Feb. 29, 2019"),
        ("en", "on February 30"),
        ("es", "el 31 de noviembre"),
        ("es", "el 29 de febrero de 2019"),
        ("fr", "le 31 novembre"),
        ("fr", "le 29 février 2019"),
    ],
)
def test_a_day_that_no_calendar_has_keeps_its_span_and_has_no_value(lang: str, text: str) -> None:
    (item,) = dates_in(text, lang)
    assert (item.value, item.start, item.end) == (None, None, None)


def test_a_leap_day_is_in_the_nearest_leap_year() -> None:
    assert [item.value for item in dates_in("on Feb. 29", "en", date(2019, 3, 1))] == ["2020-02-29"]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "The ministry said elections scheduled for Sunday would go ahead.", "2018-05-13"),
        ("en", "The ministry said the court sat on Tuesday.", "2018-05-08"),
        ("es", "El ministro dijo que el plan se redujo el martes.", "2018-05-08"),
        ("es", "Los ministros condujeron el lunes la ronda.", "2018-05-07"),
        ("fr", "Ils avaient conclu mardi un accord.", "2018-05-08"),
    ],
)
def test_a_weekday_is_on_the_side_of_its_own_verb(lang: str, text: str, value: str) -> None:
    assert [item.value for item in dates_in(text, lang)] == [value]


@pytest.mark.parametrize("text", ["in the next five hours", "the next two nights", "coming hours"])
def test_an_interval_is_never_empty(text: str) -> None:
    (item,) = dates_in(text, "en")
    assert item.start is not None
    assert item.end is None or item.start < item.end
