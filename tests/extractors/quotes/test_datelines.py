"""Datelines: the place before a report's first words is nobody and says nothing."""

import pytest

from tests.extractors.quotes.statements import only


@pytest.mark.parametrize(
    ("lang", "text", "words", "name"),
    [
        pytest.param(
            "en",
            "OTTAWA — Ann Roy said talks would resume.",
            "talks would resume",
            "Ann Roy",
            id="capitals and dash",
        ),
        pytest.param(
            "en",
            "WASHINGTON, Jan 3 (Reuters) - Talks would resume soon, Ann Roy said.",
            "Talks would resume soon",
            "Ann Roy",
            id="agency",
        ),
        pytest.param(
            "es",
            "CIUDAD DE MÉXICO.— La ministra Ana Ruiz dijo que habrá pláticas.",
            "habrá pláticas",
            "Ana Ruiz",
            id="stop and dash",
        ),
        pytest.param(
            "fr",
            "Ottawa — Les pourparlers reprendront, a dit Anne Roy.",
            "Les pourparlers reprendront",
            "Anne Roy",
            id="small letters",
        ),
    ],
)
def test_a_dateline_is_no_part_of_a_statement(lang: str, text: str, words: str, name: str) -> None:
    found = only(text, lang)
    assert found.words == (words,)
    assert found.name == name


def test_a_dash_after_a_name_is_no_dateline() -> None:
    found = only("Ann Roy — who led the talks — said they would resume.")
    assert found.name == "Ann Roy"
