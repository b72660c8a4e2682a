"""Quoted words inside the reporter's sentence, and marks that are no speech."""

import pytest

from tests.extractors.quotes.statements import only, statements

SCRAPS = [
    pytest.param("en", "Ann Roy called it “a bad start” for everybody.", "called", "Ann Roy"),
    pytest.param("en", "Roy said the offer was “a bad start” and left.", "said", "Roy"),
    pytest.param("en", "The offer is “a bad start” for all, Roy said.", "said", "Roy"),
    pytest.param("fr", "Anne Roy a dénoncé un « mauvais départ ».", "a dénoncé", "Anne Roy"),
    pytest.param("fr", "M. Roy a dit que l'offre était « un mauvais départ ».", "a dit", "Roy"),
    pytest.param("fr", "L'offre est « un mauvais départ », a jugé M. Roy.", "a jugé", "Roy"),
    pytest.param("fr", "Selon Anne Roy, l'offre est « un mauvais départ ».", "Selon", "Anne Roy"),
    pytest.param("es", "Ana Ruiz calificó la oferta de “mal comienzo”.", "calificó", "Ana Ruiz"),
    pytest.param("es", "Ruiz dijo que la oferta es “un mal comienzo”.", "dijo", "Ruiz"),
    pytest.param("es", "Para Ana Ruiz, la oferta es “un mal comienzo”.", "Para", "Ana Ruiz"),
    pytest.param("es", "En su opinión, la oferta es “un mal comienzo”.", "En su opinión", None),
]


@pytest.mark.parametrize(("lang", "text", "cue", "mention"), SCRAPS)
def test_quoted_words_in_a_report_are_mixed(
    lang: str, text: str, cue: str, mention: str | None
) -> None:
    found = only(text, lang)
    assert (found.kind, found.cue, found.mention) == ("mixed", cue, mention)


def test_every_quoted_piece_is_a_quote_of_its_own() -> None:
    found = statements("Roy said the offer was “a bad start” and “not serious at all”.")
    assert [(item.kind, item.words) for item in found] == [
        ("mixed", ("a bad start",)),
        ("mixed", ("not serious at all",)),
    ]


def test_a_quoted_clause_after_that_is_mixed() -> None:
    assert only("Ana Ruiz dijo que “vamos a esperar a que vuelvan”.", "es").kind == "mixed"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "The “sunset clause” worries the industry.", id="term"),
        pytest.param("en", "She read “The Art of the Deal” on the plane.", id="title"),
        pytest.param("en", "Juan “Chico” Paz walked in front.", id="nickname"),
        pytest.param("fr", "La « clause crépusculaire » inquiète l'industrie.", id="terme"),
        pytest.param("es", "La “cláusula de extinción” preocupa a la industria.", id="término"),
        pytest.param("en", "“Progress Report.”\n\nTalks went on in Ottawa.", id="crosshead"),
    ],
)
def test_marks_without_speech_are_no_quote(lang: str, text: str) -> None:
    assert statements(text, lang) == []


def test_a_title_inside_a_report_does_not_hide_the_report() -> None:
    found = only("Roy said she had read “The Art of the Deal” on the plane.")
    assert found.kind == "indirect"


@pytest.mark.parametrize(
    "text",
    [
        "Selon la loi, l'accord reste en vigueur.",
        "Selon les chiffres publiés hier, le déficit recule.",
    ],
)
def test_a_source_that_cannot_speak_is_no_speaker(text: str) -> None:
    assert statements(text, "fr") == []


def test_the_cue_before_that_is_the_quotation_s_own() -> None:
    text = "Roy afirmó que “no ha habido acuerdo alguno” y recordó que quedan dos rondas."
    assert [(item.kind, item.cue) for item in statements(text, "es")] == [
        ("mixed", "afirmó"),
        ("indirect", "recordó"),
    ]


def test_a_second_clause_in_plain_words_is_a_report_of_its_own() -> None:
    text = "Roy said there was “substantial progress” and that talks would resume in March."
    assert [(item.kind, item.words) for item in statements(text)] == [
        ("mixed", ("substantial progress",)),
        ("indirect", ("talks would resume in March",)),
    ]


def test_words_beside_a_participle_are_no_speech() -> None:
    assert statements("Washington tient à un plafonnement dit « dollar pour dollar ».", "fr") == []
