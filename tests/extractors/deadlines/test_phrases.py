"""What is due can be read by itself: short, and with no small words at its edges."""

import pytest

from extractors.dates import find_dates
from extractors.deadlines import find_deadlines
from extractors.deadlines.lexicon import lexicon
from extractors.deadlines.phrases import around, phrase
from extractors.types import Span
from tests.extractors.issues.small_pack import KNOWLEDGE, reading_of


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("en", "is how", None),
        ("en", "it has", None),
        ("en", "said the ministers will meet", "the ministers will meet"),
        ("en", "a hearing", "a hearing"),
        ("en", "Canada must sign on to the text and", "Canada must sign on to the text"),
        ("fr", "est envisagé", None),
        ("fr", "que les comptes rendus sont publiés", "les comptes rendus sont publiés"),
        ("es", "es decir", None),
        ("es", "que el acuerdo concluya en", "el acuerdo concluya"),
    ],
)
def test_phrase_begins_and_ends_with_words_that_say_something(
    lang: str, text: str, said: str | None
) -> None:
    assert phrase(text, lexicon(lang)) == said


def test_long_phrase_begins_behind_a_comma() -> None:
    text = (
        "After many weeks of hard work in several cities, the tired ministers want to sign the deal"
    )
    assert phrase(text, lexicon("en")) == "the tired ministers want to sign the deal"


def test_no_phrase_is_longer_than_fourteen_words() -> None:
    said = phrase(" ".join(["talks"] * 40), lexicon("en"))
    assert said is not None
    assert len(said.split()) <= 14


def test_words_around_a_date_stand_in_for_a_phrase() -> None:
    text = "So it is on May 1 then."
    assert around(text, Span(0, len(text)), Span(12, 17)) == "So it is on then"


def test_many_dates_in_one_sentence_are_each_looked_at() -> None:
    reading = reading_of("NAFTA talks. " + "May 1, if no deal, " * 800, "en")
    dates = find_dates(reading)
    assert len(dates) == 800
    found = find_deadlines(reading, dates, (), KNOWLEDGE)
    assert {item.span for item in found} <= {item.span for item in dates}
