"""Whose words they are: mentions tied to a cue and the people behind them."""

from dataclasses import replace
from datetime import date

import pytest

from config.packs.types import Office, Organisation, Pack, Party, Person
from tests.extractors.quotes.statements import quotes, statements

FULL_NAMES = [
    pytest.param(
        "en",
        "Ann Roy met him. Roy said talks would resume.",
        ["Ann Roy"],
        id="en last name",
    ),
    pytest.param(
        "en",
        "Roy said talks would resume. “We will wait,” Ann Roy said later.",
        ["Ann Roy", "Ann Roy"],
        id="en full name only later",
    ),
    pytest.param(
        "en",
        "Ann Roy leads the talks. “We will wait,” she said.",
        ["Ann Roy"],
        id="en pronoun",
    ),
    pytest.param(
        "en",
        "Ann Roy met Luis Paz on Monday. “We will wait,” he said.",
        ["Luis Paz"],
        id="en pronoun by gender",
    ),
    pytest.param(
        "en",
        "Trade Minister Ann Roy met Robert Lighthizer on Monday. “We will wait,” she said.",
        ["Ann Roy"],
        id="en names in a short sentence are no headline",
    ),
    pytest.param(
        "en",
        "Canada's chief negotiator Ann Roy met Luis Paz. “We will wait,” the negotiator said.",
        ["Ann Roy"],
        id="en role",
    ),
    pytest.param(
        "en",
        "Luis Paz, the Mexican trade minister, met Ann Roy. “We will wait,” the minister said.",
        ["Luis Paz"],
        id="en role after the name",
    ),
    pytest.param(
        "en",
        "“We will wait,” said U.S. Trade Representative Robert Lighthizer.",
        ["Robert Lighthizer"],
        id="en title in capitals",
    ),
    pytest.param(
        "en",
        "The Canadian negotiator Ann Roy met the Mexican negotiator Luis Paz. "
        "“We will wait,” the Mexican negotiator said.",
        ["Luis Paz"],
        id="en two of one role",
    ),
    pytest.param(
        "en", "The White House said talks would resume.", ["The White House"], id="en body"
    ),
    pytest.param("en", "“We will wait,” the officials said.", [None], id="en unnamed"),
    pytest.param(
        "en",
        "“We will wait,” said one Mexican official. The official added that talks would resume.",
        [None, None],
        id="en unnamed twice",
    ),
    pytest.param(
        "en",
        "“We will wait,” Ann Roy said. Talks would resume soon, the person said.",
        ["Ann Roy", None],
        id="en role of nobody named",
    ),
    pytest.param(
        "en",
        "The talks were led by Ann Roy, who said they would resume.",
        ["Ann Roy"],
        id="en relative pronoun",
    ),
    pytest.param("en", "Roy: “We will wait until they come back.”", ["Roy"], id="en name, colon"),
    pytest.param(
        "fr",
        "François Roy estime qu'il faut attendre. « Nous avons le temps », a dit le chef libéral.",
        ["François Roy", "François Roy"],
        id="fr another word for the speaker",
    ),
    pytest.param(
        "es",
        "El presidente del Consejo Coordinador Empresarial (CCE), José Paz, dijo que hay tiempo.",
        ["José Paz"],
        id="es acronym before the name",
    ),
    pytest.param(
        "es",
        "Marcelo Paz, quien llegó ayer, habló. “Vamos a esperar”, dijo un funcionario. "
        "Agregó que hay tiempo.",
        [None, None],
        id="es dropped subject after somebody unnamed",
    ),
    pytest.param("en", "“We will wait,” they said.", [None], id="en plural pronoun"),
    pytest.param(
        "fr",
        "Anne Roy a parlé hier. « Nous attendons », a-t-elle dit.",
        ["Anne Roy"],
        id="fr clitic",
    ),
    pytest.param(
        "fr",
        "La ministre Anne Roy a parlé. « Nous attendons », a ajouté la ministre.",
        ["Anne Roy"],
        id="fr role",
    ),
    pytest.param(
        "fr",
        "« Nous attendons », a déclaré le porte-parole du ministère, Luc Roy.",
        ["Luc Roy"],
        id="fr name in apposition",
    ),
    pytest.param(
        "fr",
        "Le ministre du Commerce, Luc Roy, a déclaré que tout va bien.",
        ["Luc Roy"],
        id="fr name between commas",
    ),
    pytest.param(
        "fr",
        "Anne Roy est arrivée lundi. Selon elle, les pourparlers vont reprendre.",
        ["Anne Roy"],
        id="fr stressed pronoun",
    ),
    pytest.param(
        "es",
        "Ana Ruiz llegó el lunes. “Vamos a esperar”, dijo.",
        ["Ana Ruiz"],
        id="es dropped subject",
    ),
    pytest.param(
        "es",
        "La ministra Ana Ruiz llegó hoy. La ministra dijo que las pláticas seguirán.",
        ["Ana Ruiz"],
        id="es role",
    ),
    pytest.param(
        "es",
        "“Vamos a esperar”, dijo a EFE el director del centro, José Paz.",
        ["José Paz"],
        id="es name in apposition",
    ),
    pytest.param(
        "en",
        "The World Health Organisation met. WHO said talks would resume.",
        ["World Health Organisation"],
        id="en initials",
    ),
    pytest.param(
        "es",
        "José Muñoz habló. “Vamos a esperar”, añadió Munoz.",
        ["José Muñoz"],
        id="es accents left out",
    ),
    pytest.param(
        "es",
        "Luis Paz llegó a Bogotá. Agregó que las pláticas seguirán.",
        ["Luis Paz"],
        id="es next",
    ),
]


@pytest.mark.parametrize(("lang", "text", "names"), FULL_NAMES)
def test_the_fullest_name_of_the_speaker(lang: str, text: str, names: list[str | None]) -> None:
    assert [item.name for item in statements(text, lang)] == names, statements(text, lang)


def test_two_people_of_one_last_name_are_both_offered() -> None:
    text = "Ann Roy met Luc Roy in Ottawa. Roy said talks would resume."
    (quote,) = quotes(text)
    assert quote.speaker is not None
    assert [other.name for other in quote.speaker.alternatives] == ["Ann Roy"]
    assert quote.speaker.confidence < 0.9


def test_a_relative_pronoun_is_the_mention() -> None:
    found = statements("The talks were led by Ann Roy, who said they would resume.")
    assert (found[0].mention, found[0].name) == ("who", "Ann Roy")


def test_a_role_and_the_name_in_apposition_are_one_mention() -> None:
    found = statements("“Vamos a esperar”, dijo el director del centro, José Paz.", "es")
    assert (found[0].mention, found[0].name) == ("el director del centro, José Paz", "José Paz")


def test_a_mention_has_no_title() -> None:
    assert statements("Premier Ann Roy said talks would resume.")[0].mention == "Ann Roy"


def test_a_place_is_no_speaker_for_a_dropped_subject() -> None:
    text = "Ana Ruiz viajó a Costa Rica. “Vamos a esperar”, señaló."
    assert statements(text, "es")[0].name == "Ana Ruiz"


PACK = Pack(
    name="test",
    version=1,
    title={"en": "Test"},
    agreements={},
    parties=(
        Party("CA", {"en": "Canada"}, {"en": ("Canada", "Canadian"), "es": ("Canadá",)}),
        Party("MX", {"en": "Mexico"}, {"en": ("Mexico", "Mexican")}),
    ),
    people=(
        Person(
            "ann-roy",
            "Ann Roy",
            "CA",
            (
                Office(
                    {"en": "Trade Minister", "es": "ministra de Comercio"},
                    date(2017, 1, 1),
                    date(2018, 6, 30),
                    organisation="ca-trade",
                    nouns={"en": ("Canada's top trade official",)},
                ),
                Office({"en": "Ambassador"}, date(2018, 7, 1), None),
            ),
            variants=("Roy",),
        ),
    ),
    organisations=(
        Organisation("ca-trade", {"en": "Trade Ministry"}, "CA", {"en": ("Trade Ministry",)}),
    ),
)


def test_a_pack_s_person_brings_office_and_party_of_the_day() -> None:
    text = "“We will wait,” Ann Roy said."
    (before,) = quotes(text, packs=(PACK,), day=date(2018, 3, 28))
    (after,) = quotes(text, packs=(PACK,), day=date(2019, 3, 28))
    assert before.speaker is not None
    assert after.speaker is not None
    assert (before.speaker.actor, before.speaker.party) == ("ann-roy", "CA")
    assert (before.speaker.role, after.speaker.role) == ("Trade Minister", "Ambassador")
    assert before.speaker.organisation == "Trade Ministry"


def test_the_office_is_given_in_the_language_of_the_text() -> None:
    (quote,) = quotes("“Vamos a esperar”, dijo Roy.", "es", (PACK,), date(2018, 3, 28))
    assert quote.speaker is not None
    assert (quote.speaker.actor, quote.speaker.role) == ("ann-roy", "ministra de Comercio")


def test_a_namesake_is_not_the_pack_s_person() -> None:
    (quote,) = quotes("“We will wait,” Luc Roy said.", packs=(PACK,), day=date(2018, 3, 28))
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.actor) == ("Luc Roy", None)


def test_a_pack_s_role_noun_stands_for_the_holder_of_the_office() -> None:
    text = "“We will wait,” Canada's top trade official said."
    (quote,) = quotes(text, packs=(PACK,), day=date(2018, 3, 28))
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.actor) == ("Ann Roy", "ann-roy")


def test_a_pack_s_role_noun_is_nobody_s_where_their_country_is_not_in_the_news() -> None:
    office = Office(
        {"en": "Premier"}, date(2017, 1, 1), None, nouns={"en": ("head of government",)}
    )
    pack = replace(PACK, people=(Person("bob-low", "Bob Low", "MX", (office,)),))
    here, elsewhere = (
        quotes(
            f"Talks resumed in {place}. “We will wait,” the head of government said.", packs=(pack,)
        )
        for place in ("Mexico", "Poland")
    )
    assert here[0].speaker is not None
    assert here[0].speaker.name == "Bob Low"
    assert elsewhere[0].speaker is not None
    assert elsewhere[0].speaker.name is None


def test_an_office_s_staff_is_not_its_holder() -> None:
    text = "“We will wait,” Canada's top trade official's staff said."
    (quote,) = quotes(text, packs=(PACK,), day=date(2018, 3, 28))
    assert quote.speaker is not None
    assert quote.speaker.actor is None


def test_an_unnamed_source_that_goes_on_is_still_that_source() -> None:
    said, on = quotes("“We will wait,” a senior official said.\n\n“We have time for all of it.”")
    assert on.speaker is not None
    assert (on.speaker.mention, on.speaker.name, on.speaker.role) == (None, None, "senior official")
    assert said.speaker is not None
    assert on.speaker.confidence < said.speaker.confidence


def test_a_pack_s_body_may_speak() -> None:
    (quote,) = quotes("The Trade Ministry said talks would resume.", packs=(PACK,))
    assert quote.speaker is not None
    assert (quote.speaker.actor, quote.speaker.party) == ("ca-trade", "CA")


def test_an_unknown_person_has_the_role_and_party_of_the_text() -> None:
    text = "Luis Paz, the chief Mexican negotiator, spoke on Monday. Paz said talks would resume."
    (quote,) = quotes(text, packs=(PACK,))
    assert quote.speaker is not None
    assert quote.speaker.actor is None
    assert quote.speaker.role == "chief Mexican negotiator"
    assert quote.speaker.party == "MX"


def test_a_name_after_a_dash_signs_the_quotation() -> None:
    text = "The site stays up.\n\n“So far it is one to zero. It is a long game.” — Ann Roy"
    assert [item.name for item in statements(text)] == ["Ann Roy"]


def test_whose_view_is_told_is_in_view_for_a_pronoun() -> None:
    text = "Ann Roy met Luis Paz. For Kevin Diaz, it was late. He said, “We wait for all of it.”"
    assert [item.name for item in statements(text)] == ["Kevin Diaz"]


@pytest.mark.parametrize("text", ["“We wait,” said Appeals Court Judge Ann Roy."])
def test_a_name_holds_no_title(text: str) -> None:
    assert [item.name for item in statements(text)] == ["Ann Roy"]
