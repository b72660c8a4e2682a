"""Paragraphs and sentences as spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text.segments import paragraphs, sentences
from extractors.types import Span


def split(text: str, lang: str = "en") -> list[str]:
    return [span.of(text) for span in sentences(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Robert Hale, the U.S. Trade Representative, left."),
        ("en", "He met U.S. Rep. Ann Lee in Ottawa."),
        ("en", "The U.S. Congress must vote."),
        ("en", "It is due at 5 p.m. Monday in Ottawa."),
        ("en", "Sen. Ann Lee met Mr. Roy at No. 10."),
        ("en", "J. R. Smith of Acme Inc. left early."),
        ("fr", "M. Roy a rencontré Mme Lee à l'art. 5 du texte."),
        ("es", "El Sr. Ruiz llegó a EE.UU. el lunes."),
    ],
)
def test_abbreviation_inside_a_sentence_does_not_end_it(lang: str, text: str) -> None:
    assert split(text, lang) == [text]


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("en", "He left the U.S. The trip was long, the trade small.", 2),
        ("en", "He lives in the U.S. It is far.", 2),
        ("en", "It ends at 5 p.m. The others follow the lead.", 2),
        ("en", "He joined Acme Inc. They paid well.", 2),
        ("en", '"We will wait." He left.', 2),
        ("en", "Really? Yes! Well…  Then go.", 4),
        ("en", "She said no. He left.", 2),
        ("es", "Dijo que no. El tren se fue.", 2),
        ("fr", "« C'est fini. » Il est parti.", 2),
        ("es", "¿Quién llegó? ¡Nadie! El tren se fue.", 3),
    ],
)
def test_sentences_end_at_their_marks(lang: str, text: str, count: int) -> None:
    assert len(split(text, lang)) == count


def test_sentence_never_crosses_a_paragraph() -> None:
    assert split("No stop here\n\nNew paragraph.") == ["No stop here", "New paragraph."]


def test_sentences_within_a_part_keep_the_texts_offsets() -> None:
    text = "One. Two. Three."
    found = list(sentences(text, "en", Span(5, 9)))
    assert [span.of(text) for span in found] == ["Two."]


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "es"]))
def test_sentences_cover_everything_but_blanks_in_order(text: str, lang: str) -> None:
    end = 0
    for span in sentences(text, lang):
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        end = span.end
    assert not text[end:].strip()


@given(st.text(max_size=300))
def test_paragraphs_hold_no_line_break_and_no_outer_blank(text: str) -> None:
    for span in paragraphs(text):
        part = span.of(text)
        assert part == part.strip()
        assert not set(part) & set("\r\n\u2028\u2029")
