"""People whom no pack knows are on the side that their introduction or the text tells."""

from datetime import date

import pytest

from config.packs import load_packs
from extractors.extraction import extract
from extractors.reading import Knowledge, prepare
from extractors.types import Document

DAY = date(2018, 9, 12)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


def party_of(name: str, text: str, lang: str, knowledge: Knowledge) -> str | None:
    quotes = extract(Document(text, DAY, lang), knowledge).quotes
    found = {q.speaker.party for q in quotes if q.speaker and q.speaker.name == name}
    assert len(found) == 1, quotes
    return found.pop()


@pytest.mark.parametrize(
    ("lang", "text", "party"),
    [
        ("en", '"We wait," said Ann Harlow, who runs a dairy in Wisconsin.', "US"),
        ("en", '"We wait," said Ann Harlow, who teaches law in Saskatoon.', "CA"),
        ("en", '"We wait," said Ann Harlow of Monterrey.', "MX"),
        ("en", 'In Windsor, Ann Harlow was blunt. "We wait," Ann Harlow said.', "CA"),
        (
            "fr",
            "« Nous attendons », affirme Anne Harlot, qui dirige une scierie en Mauricie.",
            "CA",
        ),
        ("es", "“Esperamos”, dijo Ana Ruedas, que dirige un empaque en Culiacán.", "MX"),
    ],
)
def test_place_in_the_words_about_somebody_tells_the_side(
    lang: str, text: str, party: str, knowledge: Knowledge
) -> None:
    name = {"en": "Ann Harlow", "fr": "Anne Harlot", "es": "Ana Ruedas"}[lang]
    assert party_of(name, text, lang, knowledge) == party


def test_those_whom_somebody_deals_with_do_not_tell_his_side(knowledge: Knowledge) -> None:
    text = '"We wait," said Ann Harlow, who has long negotiated with Canada.'
    assert party_of("Ann Harlow", text, "en", knowledge) is None


FARM_TABLE = '"We wait," said Ann Harlow, president of the Farm Table.'
FRENCH = "« C'est long », dit Anne Harlot, présidente de la Table du lait."
SPANISH = "“Es largo”, dijo Ana Ruedas, presidenta de la Mesa del Maíz."


@pytest.mark.parametrize(
    ("lang", "text", "name", "party"),
    [
        (
            "en",
            f"The labour talks go on. Prices rose two per cent. {FARM_TABLE}",
            "Ann Harlow",
            "CA",
        ),
        ("en", f"The labor talks go on. Prices rose two percent. {FARM_TABLE}", "Ann Harlow", "US"),
        ("fr", f"Au Saguenay, on attend. {FRENCH}", "Anne Harlot", "CA"),
        ("es", f"En Jalisco se espera. {SPANISH}", "Ana Ruedas", "MX"),
    ],
    ids=["en-spelt-as-in-canada", "en-spelt-as-in-the-us", "fr", "es"],
)
def test_whom_nothing_introduces_is_of_the_side_the_text_is_from(
    lang: str, text: str, name: str, party: str, knowledge: Knowledge
) -> None:
    assert party_of(name, text, lang, knowledge) == party


def test_a_text_that_may_be_from_anywhere_gives_nobody_a_side(knowledge: Knowledge) -> None:
    text = '"We wait," said Ann Harlow, president of the Farm Table.'
    assert party_of("Ann Harlow", text, "en", knowledge) is None


def test_a_first_name_of_other_languages_is_not_at_home(knowledge: Knowledge) -> None:
    text = "En Jalisco se espera. “Es largo”, dijo Heather Cole, presidenta de la Mesa del Maíz."
    assert party_of("Heather Cole", text, "es", knowledge) is None


def test_french_of_europe_is_of_those_outside(knowledge: Knowledge) -> None:
    text = (
        "À Bruxelles et à Paris, l'Union européenne attend. "
        "« C'est long », dit Anne Harlot, présidente de la Table du lait."
    )
    assert party_of("Anne Harlot", text, "fr", knowledge) == "other"
