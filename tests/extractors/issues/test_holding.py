"""Whose side a sentence is on, and what bare words for a measure mean, with the shipped pack."""

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


def positions(
    text: str, lang: str, knowledge: Knowledge, day: date = DAY
) -> set[tuple[str, str, str | None]]:
    found = extract(Document(text, day, lang), knowledge).issues
    return {(m.issue, m.stance.value, m.party) for m in found}


def test_bare_tariffs_are_those_named_last_before(knowledge: Knowledge) -> None:
    text = "NAFTA talks. The steel tariffs took effect in June. Mexico wants the tariffs lifted."
    found = positions(text, "en", knowledge)
    assert ("steel-aluminum-tariffs", "opposes", "MX") in found


@pytest.mark.parametrize(
    "text",
    [
        "NAFTA talks. Mexico wants the tariffs lifted.",
        "NAFTA talks. The sunset clause was discussed. Mexico wants the tariffs lifted.",
    ],
    ids=["nothing-before", "no-measure-before"],
)
def test_bare_tariffs_without_a_measure_before_are_nothing(text: str, knowledge: Knowledge) -> None:
    assert not {p for p in positions(text, "en", knowledge) if p[2] == "MX"}


def test_bare_duties_of_another_object_are_not_those_before(knowledge: Knowledge) -> None:
    text = "NAFTA talks. The steel tariffs stay. Mexico rejects the duties on pianos."
    assert not {p for p in positions(text, "en", knowledge) if p[2] == "MX"}


@pytest.mark.parametrize("name", ["North American", "Latin American"])
def test_names_that_only_hold_a_partys_name_are_nobody(name: str, knowledge: Knowledge) -> None:
    found = positions(f"{name} farmers reject the sunset clause of NAFTA.", "en", knowledge)
    assert {party for _, _, party in found} == {None}


def test_office_belongs_to_who_holds_it_on_the_day(knowledge: Knowledge) -> None:
    text = "The U.S. trade representative wants a sunset clause in NAFTA."
    then, later = Document(text, DAY, "en"), Document(text, date(2026, 3, 1), "en")
    actors = {m.actor for d in (then, later) for m in extract(d, knowledge).issues}
    assert len(actors) == 2
    assert None not in actors


def test_ministry_is_not_its_minister(knowledge: Knowledge) -> None:
    text = "La Secretaría de Economía rechazó la cláusula de extinción del TLCAN."
    found = extract(Document(text, DAY, "es"), knowledge).issues
    assert [m.party for m in found] == ["MX"]
    assert all(m.actor not in {p.id for p in knowledge.packs[0].people} for m in found)


def test_no_side_is_guessed_for_a_speaker_whom_nothing_introduces(knowledge: Knowledge) -> None:
    text = (
        "El TLCAN se discute. «La cláusula de extinción es inaceptable», dijo Aurelio Kuri, "
        "coordinador de una cámara industrial."
    )
    assert {party for _, _, party in positions(text, "es", knowledge)} == {None}


def test_place_of_a_dateline_holds_nothing(knowledge: Knowledge) -> None:
    text = "OTTAWA - Steelmakers reject the sunset clause of NAFTA."
    assert {party for _, _, party in positions(text, "en", knowledge)} == {None}


def test_body_of_no_party_takes_its_words_from_the_party_before(knowledge: Knowledge) -> None:
    text = "After Canada signed, the European Union rejected the sunset clause of NAFTA."
    assert ("sunset-review", "opposes", "CA") not in positions(text, "en", knowledge)
