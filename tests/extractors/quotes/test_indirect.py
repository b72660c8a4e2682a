"""Reports in the reporter's own words: where the clause begins and ends."""

import pytest

from tests.extractors.quotes.statements import only, statements

CLAUSES = [
    pytest.param(
        "en",
        "Roy said that talks would resume on Monday.",
        "talks would resume on Monday",
        id="en that",
    ),
    pytest.param(
        "en", "Roy said talks would resume on Monday.", "talks would resume on Monday", id="en bare"
    ),
    pytest.param(
        "en",
        "Talks will resume on Monday, Roy said.",
        "Talks will resume on Monday",
        id="en postposed",
    ),
    pytest.param(
        "en",
        "Talks will resume on Monday, said Ann Roy, the negotiator.",
        "Talks will resume on Monday",
        id="en postposed and inverted",
    ),
    pytest.param(
        "en", "Roy told reporters talks would resume.", "talks would resume", id="en told"
    ),
    pytest.param(
        "en",
        "Roy told CNN on Monday that talks would resume.",
        "talks would resume",
        id="en told on",
    ),
    pytest.param(
        "en", "According to Ann Roy, talks will resume.", "talks will resume", id="en source before"
    ),
    pytest.param(
        "en",
        "Talks will resume soon, according to Ann Roy.",
        "Talks will resume soon",
        id="en source after",
    ),
    pytest.param(
        "en",
        "Roy, who leads the team, said the union expected more.",
        "the union expected more",
        id="en relative clause",
    ),
    pytest.param(
        "en",
        "Roy said talks would resume, adding that she was hopeful.",
        "talks would resume",
        id="en gerund after",
    ),
    pytest.param(
        "en",
        "Roy said talks would resume, while Paz left the room.",
        "talks would resume",
        id="en contrast",
    ),
    pytest.param("en", "Roy vowed to leave the agreement.", "to leave the agreement", id="en vow"),
    pytest.param(
        "en", "Roy asked whether talks would resume.", "talks would resume", id="en whether"
    ),
    pytest.param(
        "fr",
        "Anne Roy a déclaré que les pourparlers reprendraient.",
        "les pourparlers reprendraient",
        id="fr que",
    ),
    pytest.param(
        "fr", "Elle a ajouté qu’ils reprendraient lundi.", "ils reprendraient lundi", id="fr qu’"
    ),
    pytest.param(
        "fr",
        "Les pourparlers vont reprendre lundi, a indiqué Anne Roy.",
        "Les pourparlers vont reprendre lundi",
        id="fr postposed",
    ),
    pytest.param(
        "fr",
        "Les pourparlers vont reprendre lundi, a-t-il précisé.",
        "Les pourparlers vont reprendre lundi",
        id="fr clitic",
    ),
    pytest.param(
        "fr",
        "Anne Roy affirme avoir reçu une offre sérieuse.",
        "avoir reçu une offre sérieuse",
        id="fr infinitive",
    ),
    pytest.param(
        "fr",
        "Selon Anne Roy, les pourparlers vont reprendre.",
        "les pourparlers vont reprendre",
        id="fr selon",
    ),
    pytest.param(
        "fr",
        "Les pourparlers vont reprendre, selon la ministre.",
        "Les pourparlers vont reprendre",
        id="fr selon after",
    ),
    pytest.param(
        "es",
        "Ana Ruiz dijo que las pláticas seguirán el lunes.",
        "las pláticas seguirán el lunes",
        id="es que",
    ),
    pytest.param(
        "es",
        "Dijo que las pláticas seguirán el lunes.",
        "las pláticas seguirán el lunes",
        id="es dropped subject",
    ),
    pytest.param(
        "es",
        "Las pláticas seguirán el lunes, informó Ana Ruiz.",
        "Las pláticas seguirán el lunes",
        id="es postposed",
    ),
    pytest.param(
        "es",
        "Según Ana Ruiz, las pláticas seguirán el lunes.",
        "las pláticas seguirán el lunes",
        id="es según",
    ),
    pytest.param(
        "es",
        "Afirmó la ministra que las pláticas seguirán.",
        "las pláticas seguirán",
        id="es verb first",
    ),
    pytest.param(
        "es",
        "Ruiz dijo a la prensa que las pláticas seguirán.",
        "las pláticas seguirán",
        id="es addressee",
    ),
]


@pytest.mark.parametrize(("lang", "text", "words"), CLAUSES)
def test_the_reported_clause(lang: str, text: str, words: str) -> None:
    found = [item for item in statements(text, lang) if item.words == (words,)]
    assert [item.kind for item in found] == ["indirect"], statements(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "The risk, he said, is a clash at sea.", ("The risk", "is a clash at sea")),
        ("es", "El riesgo, dijo, es un choque.", ("El riesgo", "es un choque")),
        ("fr", "Le risque, selon Anne Roy, est un conflit.", ("Le risque", "est un conflit")),
    ],
)
def test_an_attribution_in_the_middle_parts_the_clause(
    lang: str, text: str, words: tuple[str, ...]
) -> None:
    assert only(text, lang).words == words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "Roy did not say that talks would resume.", id="en negated"),
        pytest.param("en", "Roy will say that talks resume.", id="en future"),
        pytest.param("en", "Roy is said to be hopeful.", id="en passive"),
        pytest.param("en", "The jobs report gives Democrats a lift.", id="en noun"),
        pytest.param("en", "Roy wrote the memo in 2011.", id="en object"),
        pytest.param(
            "en",
            "They dropped their contentious demand that cars be made there.",
            id="en noun and that",
        ),
        pytest.param(
            "fr", "Anne Roy n'a pas dit que les pourparlers reprendraient.", id="fr negated"
        ),
        pytest.param("fr", "La ministre dira que tout va bien.", id="fr future"),
        pytest.param("es", "Ruiz no dijo que las pláticas seguirán.", id="es negated"),
        pytest.param("es", "Ruiz dirá que las pláticas siguen.", id="es future"),
        pytest.param("es", "Las formas se mantienen al igual que el lenguaje.", id="es reflexive"),
    ],
)
def test_what_nobody_has_said_is_no_report(lang: str, text: str) -> None:
    assert [item for item in statements(text, lang) if item.kind == "indirect"] == []


def test_a_headline_may_name_the_speaker_after_a_colon() -> None:
    text = "No habrá acuerdo antes de marzo: Ruiz\n\nAna Ruiz habló con la prensa el lunes."
    found = statements(text, "es")
    assert [(item.kind, item.words, item.cue, item.name) for item in found] == [
        ("indirect", ("No habrá acuerdo antes de marzo",), None, "Ana Ruiz")
    ]


def test_a_report_inside_a_report_is_left_out() -> None:
    assert only("Roy said that Paz had said that talks would resume.").mention == "Roy"


def test_a_gerund_s_report_has_the_sentence_s_subject() -> None:
    found = statements("Ann Roy said talks would resume, adding that she was hopeful.")
    assert [(item.cue, item.mention) for item in found] == [
        ("said", "Ann Roy"),
        ("adding", "Ann Roy"),
    ]


def test_a_relative_clause_ends_before_the_main_verb() -> None:
    text = "Ruiz, que precisó que las pláticas siguen, destacó que la economía crece."
    assert [item.words for item in statements(text, "es")] == [
        ("las pláticas siguen",),
        ("la economía crece",),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        pytest.param(
            "fr",
            "Anne Roy a expliqué à CNN pourquoi le Mexique attendra longtemps.",
            "pourquoi le Mexique attendra longtemps",
            id="fr",
        ),
        pytest.param(
            "es",
            "Ruiz explicó a la CNN por qué México ha decidido esperar.",
            "por qué México ha decidido esperar",
            id="es",
        ),
    ],
)
def test_a_reported_question_keeps_its_question_word(lang: str, text: str, words: str) -> None:
    assert only(text, lang).words == (words,)


def test_a_noun_with_a_relative_clause_is_no_report() -> None:
    assert statements("Ruiz resaltó el gran esfuerzo que el Gobierno está haciendo.", "es") == []
