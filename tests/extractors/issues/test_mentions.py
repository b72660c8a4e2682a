"""Which words of a text name an issue."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.issues import find_issues
from tests.extractors.issues.small_pack import KNOWLEDGE, reading_of


def issues(text: str, lang: str = "en") -> list[tuple[str, str]]:
    found = find_issues(reading_of(text, lang), (), KNOWLEDGE)
    return [(m.span.of(text), m.issue) for m in found]


def test_span_is_the_words_that_name_the_matter() -> None:
    assert issues("Canada rejects a five-year sunset clause.") == [("sunset clause", "sunset")]


def test_exception_over_the_term_says_it_is_something_else() -> None:
    assert issues("NAFTA is old. The firm filed for bankruptcy under Chapter 19.") == []
    assert issues("NAFTA is old. Bankruptcies rose, and Chapter 19 survives.") == [
        ("Chapter 19", "panels")
    ]


def test_chapter_number_needs_the_negotiation_in_view() -> None:
    assert issues("The judge read Chapter 19.") == []
    assert issues("The judge read Chapter 19 of NAFTA.") == [("Chapter 19", "panels")]


def test_weak_term_needs_the_negotiation_in_view() -> None:
    assert issues("Canada wants energy.") == []
    assert issues("In the NAFTA talks Canada wants energy.") == [("energy", "energy")]
    assert issues("Canada and Mexico meet. Canada wants energy.") == [("energy", "energy")]


def test_weak_term_needs_a_stance() -> None:
    assert issues("NAFTA is old, and energy prices rose.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le maïs pousse.", [("maïs", "corn")]),
        ("Il est venu, mais trop tard.", []),
        ("MAIS POUR QUI ?", [("MAIS", "corn")]),
    ],
)
def test_accents_tell_words_apart_but_capitals_may_go_without(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert issues(text, "fr") == found


def test_second_wording_in_a_sentence_is_no_second_mention() -> None:
    text = "Canada defends supply management, and its dairy farms like supply management."
    assert issues(text) == [("supply management", "dairy")]


def test_each_sentence_has_its_own_mention() -> None:
    assert len(issues("Canada rejects the sunset clause. The sunset clause stays.")) == 2


def test_unsupported_language_has_no_issues() -> None:
    assert issues("Kanada lehnt die sunset clause ab.", "de") == []


PIECES = st.lists(
    st.sampled_from(
        [
            "Canada", "U.S.", "sunset clause", "dairy", "rejects", "demands", "not", "and", ", ",
            "«", "»", '"', ".", ":", " - ", "we", "until", "steel tariffs", "\n\n", "énergie", "é",
            "que", "no", "who", "by", "\u00a0",
        ]
    ),
    max_size=40,
)  # fmt: skip


@given(PIECES, st.sampled_from(["en", "fr", "es"]))
def test_no_arrangement_of_words_raises_or_leaves_the_text(pieces: list[str], lang: str) -> None:
    text = " ".join(pieces)
    for mention in find_issues(reading_of(text, lang), (), KNOWLEDGE):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.sentence.covers(mention.span)
        assert 0 < mention.confidence <= 1


@given(st.text(alphabet=string.printable + "éàñ«»“”’\u2028İ", max_size=200))
def test_no_text_raises(text: str) -> None:
    for lang in ("en", "fr", "es"):
        find_issues(reading_of(text, lang), (), KNOWLEDGE)
