"""How much an article is about the negotiation."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.relevance import is_in_view, score_relevance
from tests.extractors.issues.small_pack import KNOWLEDGE, reading_of

SPORT = "The Rangers beat the Wolves 3-2 on Sunday after extra time. The coach praised his team."


def score(text: str, lang: str = "en") -> float:
    return score_relevance(reading_of(text, lang), KNOWLEDGE).score


def test_sports_page_scores_nothing_and_says_why() -> None:
    found = score_relevance(reading_of(SPORT), KNOWLEDGE)
    assert found.score == 0
    assert "neither" in found.reason


def test_article_on_the_agreement_scores_high() -> None:
    text = "NAFTA talks resume. Canada rejects the sunset clause of NAFTA. NAFTA may end."
    assert score(text) > 0.7


def test_two_parties_and_an_issue_score_without_the_agreement() -> None:
    assert 0 < score("Canada and Mexico spoke of dairy.") < 0.5


def test_two_parties_alone_do_not_pass() -> None:
    found = score_relevance(reading_of("Canada beat Mexico 2-0."), KNOWLEDGE)
    assert found.score == 0
    assert found.reason


def test_one_party_and_an_issue_do_not_pass() -> None:
    assert score("Canada drinks dairy.") == 0


def test_passing_mention_scores_less_than_a_subject() -> None:
    filler = "The town is quiet and the shops are open all day long. " * 40
    assert score(filler + "NAFTA is old.") < score("NAFTA is old. NAFTA is new. Dairy matters.")


def test_opening_counts_more_than_the_end() -> None:
    filler = "The town is quiet and the shops are open all day long. " * 40
    assert score("NAFTA is old. " + filler) > score(filler + "NAFTA is old.")


def test_every_language_has_its_names() -> None:
    assert score("L'ALENA est négocié.", "fr") > 0.5
    assert score("El TLCAN se negocia.", "es") > 0.5


def test_negotiation_is_in_view_with_the_agreement_or_two_parties() -> None:
    assert is_in_view(reading_of("NAFTA is old."), KNOWLEDGE)
    assert is_in_view(reading_of("Canada and Mexico met."), KNOWLEDGE)
    assert not is_in_view(reading_of("Canada met."), KNOWLEDGE)


def test_agreement_inside_a_longer_term_is_named() -> None:
    reading = reading_of("They prepare the USMCA review.")
    assert [hit.span.of(reading.text) for hit in reading.hits] == ["USMCA review"]
    assert score_relevance(reading, KNOWLEDGE).score > 0.5


@given(st.text(max_size=300))
def test_score_of_any_text_lies_between_nought_and_one(text: str) -> None:
    found = score_relevance(reading_of(text), KNOWLEDGE)
    assert 0 <= found.score <= 1
    assert found.reason
