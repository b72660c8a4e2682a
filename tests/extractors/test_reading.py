"""What several extractors ask of a document is worked out once."""

from datetime import date

from extractors.issues.holders import find_holders
from extractors.relevance import is_in_view
from extractors.terms import TermKind
from extractors.text.folding import fold
from extractors.types import Span
from tests.extractors.issues.small_pack import KNOWLEDGE, reading_of

TEXT = "Canada met Mexico. NAFTA is old.\n\nDairy came up."


def test_something_is_made_once_for_a_document() -> None:
    reading, made = reading_of(TEXT), list[str]()
    for _ in range(2):
        assert reading.once("name", lambda: made.append("made") or "made") == "made"
    assert made == ["made"]
    assert reading_of(TEXT).once("name", lambda: "again") == "again"


def test_holders_are_looked_for_once_for_the_same_quotes() -> None:
    reading = reading_of(TEXT)
    assert find_holders(reading, (), KNOWLEDGE) is find_holders(reading, (), KNOWLEDGE)


def test_what_is_kept_for_the_texts_to_come_follows_the_day() -> None:
    text = "Dan Webb rejected the sunset clause of NAFTA."
    readings = [reading_of(text, published=date(2018, 1, n)) for n in (1, 2)]
    sides = [find_holders(reading, (), KNOWLEDGE)[0].party for reading in readings]
    assert sides == ["US", "US"]


def test_sentence_is_found_by_a_place() -> None:
    reading = reading_of(TEXT)
    assert reading.sentence_at(TEXT.index("NAFTA")) == Span(19, 32)
    assert reading.sentence_at(TEXT.index("\n")) is None
    assert reading.sentence_at(len(TEXT) + 5) is None


def test_terms_are_kept_by_kind_and_by_place() -> None:
    reading = reading_of(TEXT)
    parties = reading.hits_by_kind[TermKind.PARTY]
    assert [hit.ids(TermKind.PARTY) for hit in parties] == [("CA",), ("MX",)]
    assert list(reading.hits_in(Span(0, 6))) == [parties[0]]
    assert is_in_view(reading, KNOWLEDGE)


def test_folding_moves_no_offset_whatever_the_letters() -> None:
    text = "ÉLAN İstanbul — “Œuvre” ΣΑΣ ЖУК 각설탕 ǅ… À"
    assert len(fold(text)) == len(text)
    assert fold(text) == "".join(fold(letter) for letter in text)


def test_folding_a_text_of_very_many_letters_is_the_same() -> None:
    text = "".join(map(chr, range(0xC0, 0x400)))
    assert fold(text) == "".join(fold(letter) for letter in text)
