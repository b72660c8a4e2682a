"""What holds for every text in every language."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates.finding import RULES
from extractors.dates.forms import forms_of
from extractors.languages import SUPPORTED, language_data
from extractors.types import Precision, TimexType
from tests.extractors.dates.marked import PUBLISHED, dates_in

_WORDS = sorted(
    {
        word
        for lang in SUPPORTED
        for table in language_data(lang, "dates")["words"].values()
        for words in table.values()
        for word in words
    }
)
_PIECES = st.sampled_from(
    [*_WORDS, "1", "30", "31", "05", "99", "1994", "2018", "9999", "0000", "12/31/2018", "16:08",
     "2018-02-30", "1st", "1er", "3e", "1990s", "10 000", "2,5", "the", "la", "l'", "de", "el",
     "-", ",", ".", "\n", "…", "İ", "\u00a0", "x"]
)  # fmt: skip
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=30).map(" ".join))


@given(text=_TEXTS, lang=st.sampled_from(SUPPORTED), published=st.none() | st.dates())
def test_expressions_lie_in_the_text_in_order_and_apart(
    text: str, lang: str, published: date | None
) -> None:
    reach = 0
    for item in dates_in(text, lang, published):
        assert reach <= item.span.start < item.span.end <= len(text)
        reach = item.span.end
        assert item.start is None or item.end is None or item.start < item.end


@given(text=_TEXTS, lang=st.sampled_from(SUPPORTED))
def test_the_same_text_gives_the_same_expressions(text: str, lang: str) -> None:
    assert dates_in(text, lang) == dates_in(text, lang)


def test_an_unsupported_language_has_no_expressions() -> None:
    assert dates_in("Heute ist der 10. Mai 2018.", "de") == ()


def test_without_publication_a_relative_day_stays_unresolved() -> None:
    (item,) = dates_in("They meet tomorrow.", "en", None)
    assert (item.type, item.value, item.start, item.end) == (TimexType.DATE, None, None, None)


def test_without_publication_a_full_date_is_resolved() -> None:
    (item,) = dates_in("They met on May 1, 2018.", "en", None)
    assert item.start == date(2018, 5, 1)


def test_expressions_do_not_cross_paragraphs() -> None:
    text = "They met in May\n\n2018 was a good year"
    assert [item.span.of(text) for item in dates_in(text, "en")] == ["May", "2018"]


def test_a_publication_day_at_the_end_of_the_calendar_raises_nothing() -> None:
    for day in (date.min, date.max):
        for item in dates_in(
            "tomorrow, yesterday, next year, Monday, in May, last week", "en", day
        ):
            assert item.span.end > 0


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("on May 14", Precision.DAY),
        ("next week", Precision.WEEK),
        ("in June", Precision.MONTH),
        ("this summer", Precision.SEASON),
        ("in the third quarter of 2018", Precision.QUARTER),
        ("in 2019", Precision.YEAR),
    ],
)
def test_an_expression_says_how_precise_it_is(text: str, precision: Precision) -> None:
    (item,) = dates_in(text, "en")
    assert item.precision is precision


@pytest.mark.parametrize("lang", SUPPORTED)
def test_a_language_has_forms_for_known_rules_only(lang: str) -> None:
    assert {form.rule for form in forms_of(lang)} <= set(RULES)


@pytest.mark.parametrize("table", ["words", "forms", "prefixes", "settings", "tense", "joins"])
def test_languages_have_the_same_keys(table: str) -> None:
    keys = [set(language_data(lang, "dates")[table]) for lang in SUPPORTED]
    assert all(found == keys[0] for found in keys)


@pytest.mark.parametrize(
    "piece",
    ["May 1, 2018 and ", "9" * 50, "1/1/", "the end of ", "Monday ", "two ", "1.", "in the ", "a"],
)
def test_odd_texts_are_read_to_their_end(piece: str) -> None:
    text = piece * (160_000 // len(piece))
    found = dates_in(text, "en")
    assert all(0 <= item.span.start < item.span.end <= len(text) for item in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_a_hundred_thousand_dates_are_all_found() -> None:
    text = "May 1, 2018; " * 10_000
    assert len(dates_in(text, "en")) == 10_000


def test_weekday_of_publication_is_that_day() -> None:
    (item,) = dates_in("the minister said Thursday", "en")
    assert item.start == PUBLISHED
