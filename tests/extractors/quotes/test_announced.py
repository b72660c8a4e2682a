"""Quotations that no verb of saying stands beside: colons, signatures, answers, pieces."""

import pytest

from tests.extractors.quotes.statements import only, statements


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Ann Roy was blunt: “We will wait.”", "Ann Roy"),
        ("en", "Roy, in a statement: “We will wait.”", "Roy"),
        ("en", "No deal in sight - Ann Roy: “We will wait.”", "Ann Roy"),
        ("es", "Juan Pérez: «No esperaremos»", "Juan Pérez"),
        ("fr", "Anne Roy n'en démord pas : « Nous attendrons. »", "Anne Roy"),
    ],
)
def test_who_stands_before_a_colon_speaks_after_it(lang: str, text: str, name: str) -> None:
    found = only(text, lang)
    assert (found.kind, found.name) == ("direct", name)


def test_a_sentences_first_word_is_no_speaker_for_its_capital() -> None:
    assert only("Ever since then there is one rule: “Wait for nobody.”").name is None


def test_a_colon_announces_the_quotation_of_the_next_paragraph() -> None:
    found = only("Ann Roy told the committee:\n\n“We will wait for them.”")
    assert (found.kind, found.cue, found.name) == ("direct", "told", "Ann Roy")


@pytest.mark.parametrize(
    ("signature", "name"),
    [("— Ann Roy, trade minister", "Ann Roy"), ("— The Canadian Press", "The Canadian Press")],
)
def test_a_quotation_is_signed_after_a_dash(signature: str, name: str) -> None:
    assert only(f"“The talks have not resumed.” {signature}").name == name


@pytest.mark.parametrize(
    ("lang", "text", "cue"),
    [
        ("en", "“A shock,” is how Ann Roy described it.", "described"),
        ("fr", "« Un choc », c'est ainsi qu'Anne Roy a qualifié l'accord.", "a qualifié"),
    ],
)
def test_an_attribution_that_points_back_is_one(lang: str, text: str, cue: str) -> None:
    found = only(text, lang)
    assert (found.kind, found.cue) == ("direct", cue)


def test_a_paragraph_that_tells_again_who_speaks_begins_a_new_statement() -> None:
    first, second = statements(
        "“We will wait,” Roy said. “It takes time.\n\n“It may take years,” Roy said. “Or more.”"
    )
    assert first.words == ("We will wait,", "It takes time.")
    assert second.words == ("It may take years,", "Or more.")


def test_a_paragraph_that_does_not_goes_on_the_statement() -> None:
    found = only("Roy said: “We will wait.\n\n“It may take years.”")
    assert found.words == ("We will wait.", "It may take years.")


@pytest.mark.parametrize("heading", ["- “Bad start” -", "- “Bad start” -The minister left."])
def test_a_heading_between_dashes_is_no_quotation(heading: str) -> None:
    assert not [item for item in statements(heading, "fr") if "Bad start" in item.words]


def test_a_heading_between_dashes_hides_no_quotation_after_it() -> None:
    found = only("- « Mauvais début » -« Nous attendrons », a dit Anne Roy.", "fr")
    assert (found.words, found.kind) == (("Nous attendrons",), "direct")


def test_the_answer_to_a_question_told_by_a_dash_is_speech() -> None:
    text = "Juan Pérez advirtió: “No habrá acuerdo”.\n\n—¿Qué hará?\n\n—Esperar. Nada más."
    assert statements(text, "es")[-1].words == ("Esperar. Nada más.",)
    assert statements(text, "es")[-1].name == "Juan Pérez"


def test_lines_that_a_dash_opens_are_no_dialogue_without_a_question() -> None:
    assert not statements("— Les droits de douane.\n\n— Les règles d'origine.", "fr")


@pytest.mark.parametrize(
    "text",
    [
        "“It is late,” said Ann Roy, author of the book “How the West Was Lost and Found Again.”",
        "Ann Roy spoke of it on her show, “Politicking.”",
    ],
)
def test_the_title_of_a_work_is_not_what_its_author_said(text: str) -> None:
    assert all(
        "Lost" not in word and "Pol" not in word for s in statements(text) for word in s.words
    )


def test_that_and_an_aside_may_lead_up_to_a_quotation() -> None:
    found = only("Ann Roy told the court that, over the years, “the pact was broken often”.")
    assert (found.kind, found.cue, found.name) == ("mixed", "told", "Ann Roy")


def test_a_long_attribution_with_a_term_in_marks_parts_no_quotation() -> None:
    found = only(
        "“We will wait,” said Ann Roy, one of the “big four” negotiators, along with Bob Low, "
        "Luc Paz, Kim Day, Lee Fox, Sam Orr, Max Ely, Tom Ray and the late Jim Ash. “It is best.”"
    )
    assert found.words == ("We will wait,", "It is best.")
