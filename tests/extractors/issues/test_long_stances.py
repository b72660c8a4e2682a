"""What a pack says of a side's long stance fills in where a text is silent, and only there."""

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


def positions(text: str, lang: str, knowledge: Knowledge) -> set[tuple[str, str, str | None]]:
    found = extract(Document(text, DAY, lang), knowledge).issues
    return {(m.issue, m.stance.value, m.party) for m in found}


def test_words_quoted_on_a_matter_give_the_sides_long_stance(knowledge: Knowledge) -> None:
    text = 'NAFTA talks. "Supply management is my mortgage," Prime Minister Justin Trudeau said.'
    assert ("dairy-supply-management", "demands", "CA") in positions(text, "en", knowledge)


def test_a_stance_word_comes_before_the_long_stance(knowledge: Knowledge) -> None:
    text = "NAFTA talks. Canada is ready to give up supply management."
    found = positions(text, "en", knowledge)
    assert ("dairy-supply-management", "concedes", "CA") in found
    assert ("dairy-supply-management", "demands", "CA") not in found


def test_a_report_that_names_a_measure_says_nothing_of_a_stance(knowledge: Knowledge) -> None:
    text = "NAFTA talks. Chrystia Freeland noted that the steel tariffs were a year old."
    found = extract(Document(text, DAY, "en"), knowledge).issues
    assert not [m for m in found if m.confidence >= 0.5]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "NAFTA talks. Canada will repeal its digital services tax."),
        (
            "fr",
            "Les négociations de l'ALENA. Le Canada va abolir sa taxe sur les services numériques.",
        ),
    ],
)
def test_who_takes_back_what_is_his_own_yields(lang: str, text: str, knowledge: Knowledge) -> None:
    assert ("digital-services-tax", "concedes", "CA") in positions(text, lang, knowledge)


def test_a_measure_that_ends_is_yielded_by_its_user(knowledge: Knowledge) -> None:
    text = "NAFTA talks. The U.S. steel tariffs will be lifted on Monday."
    assert ("steel-aluminum-tariffs", "concedes", "US") in positions(text, "en", knowledge)


def test_a_matter_beside_the_quoted_words_is_the_speakers_too(knowledge: Knowledge) -> None:
    text = 'NAFTA talks. Lighthizer said on Monday that supply management "cannot be the model".'
    assert ("dairy-supply-management", "opposes", "US") in positions(text, "en", knowledge)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "NAFTA talks. Steel tariffs of 25 per cent were imposed in June."),
        ("fr", "L'ALENA est négocié. L'acier est frappé d'une surtaxe de 25 %."),
    ],
)
def test_a_measure_that_strikes_is_its_only_users(
    lang: str, text: str, knowledge: Knowledge
) -> None:
    assert ("steel-aluminum-tariffs", "demands", "US") in positions(text, lang, knowledge)


def test_a_condition_that_opens_a_quote_is_the_speakers(knowledge: Knowledge) -> None:
    text = (
        "NAFTA talks. “If the steel tariffs are not lifted, there is no deal,” "
        "Foreign Affairs Minister Chrystia Freeland said."
    )
    assert ("steel-aluminum-tariffs", "opposes", "CA") in positions(text, "en", knowledge)
