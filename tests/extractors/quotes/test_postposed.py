"""Reports before, around and after an attribution that is set off by commas."""

import pytest

from tests.extractors.quotes.statements import only, statements


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        pytest.param(
            "en", "But as a reporter noted, the hall was empty.", "the hall was empty", id="en as"
        ),
        pytest.param(
            "fr",
            "Comme l'a rappelé Anne Roy, les pourparlers reprendront.",
            "les pourparlers reprendront",
            id="fr comme",
        ),
        pytest.param(
            "es",
            "Como recordó Ana Ruiz, el plazo vence en mayo.",
            "el plazo vence en mayo",
            id="es como",
        ),
        pytest.param(
            "en",
            "In all, according to Roy's memo, Ottawa paid a million dollars.",
            "Ottawa paid a million dollars",
            id="en what the source owns",
        ),
        pytest.param(
            "en",
            "Paz leads the field according to a poll released Monday.",
            "Paz leads the field",
            id="en a source with more about it",
        ),
        pytest.param(
            "en",
            "The old mayor often came to Cairo, the news site Le Matin reported.",
            "The old mayor often came to Cairo",
            id="en an outlet named",
        ),
        pytest.param(
            "en",
            "The state (half its voters are white, Roy said) went to Paz.",
            "half its voters are white",
            id="en in brackets",
        ),
        pytest.param(
            "es",
            "La idea cayó mal: según Ana Ruiz, el plazo vence en mayo.",
            "el plazo vence en mayo",
            id="es after a colon",
        ),
        pytest.param(
            "es",
            "Ana Ruiz no temía nada porque, según el ministro, el tratado sigue vivo.",
            "el tratado sigue vivo",
            id="es after because",
        ),
        pytest.param(
            "en",
            "He promised to leave the talks, Ann Roy said.",
            "He promised to leave the talks",
            id="en the last attribution governs",
        ),
    ],
)
def test_the_clause_beside_its_attribution(lang: str, text: str, words: str) -> None:
    found = statements(text, lang)
    assert [(item.kind, item.words[-1]) for item in found] == [("indirect", words)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("es", "Los precios suben de acuerdo con la inflación.", id="es source"),
        pytest.param("fr", "Les usages changent selon la saison.", id="fr source"),
        pytest.param("es", "El trabajo hecho, cuenta también con fondos.", id="es counts on"),
        pytest.param("fr", "L'opposition, elle, reproche au ministre d'avoir cédé.", id="fr elle"),
        pytest.param(
            "en", "They met the firm's lawyers, a charge the firm denied.", id="en a charge"
        ),
        pytest.param(
            "en", "For a decade, Roy advised ministers, including three of them.", id="en advised"
        ),
    ],
)
def test_what_is_no_attribution_leaves_no_report(lang: str, text: str) -> None:
    assert [item for item in statements(text, lang) if item.kind == "indirect"] == []


def test_a_clause_before_an_attribution_that_leads_up_to_a_quotation() -> None:
    text = "Les pourparlers reprendront, a observé Anne Roy: «Nous sommes prêts à signer.»"
    assert [(item.kind, item.mention) for item in statements(text, "fr")] == [
        ("indirect", "Anne Roy"),
        ("direct", "Anne Roy"),
    ]


def test_a_clause_ends_before_the_attribution_of_a_quotation() -> None:
    text = "When Roy thanked Ottawa and said it was good to be home, a man replied, “Stay there!”"
    assert ("it was good to be home",) in [item.words for item in statements(text)]


def test_a_dash_closes_an_attribution_after_its_time_and_place() -> None:
    found = only("The deal – as Roy noted recently in a magazine – promises to help farms.")
    assert found.words == ("The deal", "promises to help farms")
