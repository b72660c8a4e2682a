"""What the words around a matter say of whose position it is, with the shipped pack."""

from datetime import date

import pytest

from config.packs import load_packs
from extractors.extraction import extract
from extractors.reading import Knowledge, prepare
from extractors.types import Document, IssueMention

DAY = date(2018, 9, 12)
NEGOTIATION = {
    "en": "The NAFTA talks go on. ",
    "fr": "L'ALENA est négocié. ",
    "es": "El TLCAN se negocia. ",
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


def mentions(text: str, knowledge: Knowledge, lang: str = "en") -> tuple[IssueMention, ...]:
    return extract(Document(NEGOTIATION[lang] + text, DAY, lang), knowledge).issues


def positions(text: str, knowledge: Knowledge, lang: str = "en") -> set[tuple[str, str | None]]:
    return {(m.stance.value, m.party) for m in mentions(text, knowledge, lang)}


@pytest.mark.parametrize(
    ("lang", "text", "party"),
    [
        ("en", "Growers in Sinaloa fear the sunset clause.", "MX"),
        ("en", "New Mexico farmers reject the sunset clause.", "US"),
        ("fr", "Les éleveurs du Saguenay craignent la clause crépusculaire.", "CA"),
        ("es", "Los productores de Ohio temen la cláusula de extinción.", "US"),
    ],
)
def test_people_are_on_the_side_of_their_place(
    lang: str, text: str, party: str, knowledge: Knowledge
) -> None:
    assert {found for _, found in positions(text, knowledge, lang)} == {party}


def test_a_place_makes_no_article_relevant(knowledge: Knowledge) -> None:
    text = "Ohio and Jalisco signed a softwood lumber pact."
    assert extract(Document(text, DAY, "en"), knowledge).relevance.score == 0


def test_outsiders_hold_positions_of_their_own(knowledge: Knowledge) -> None:
    text = "After Canada signed, the European Union rejected the sunset clause."
    assert positions(text, knowledge) == {("opposes", "other")}


def test_outsiders_make_no_article_relevant(knowledge: Knowledge) -> None:
    text = "China and Japan discussed steel tariffs."
    assert extract(Document(text, DAY, "en"), knowledge).relevance.score == 0


def test_those_who_act_together_are_no_side(knowledge: Knowledge) -> None:
    text = "Canada was late. The two sides rejected a sunset clause."
    assert positions(text, knowledge) == {("opposes", None)}


def test_they_is_nobody_unless_the_sentence_names_several(knowledge: Knowledge) -> None:
    assert positions("Canada was late. They closed the labor chapter.", knowledge) == {
        ("agreed", None)
    }


def test_speaker_of_unknown_side_is_on_the_side_of_the_scene(knowledge: Knowledge) -> None:
    text = "In Mexico City, reactions were cool. Lena Fortier rejected the sunset clause."
    assert positions(text, knowledge) == {("opposes", "MX")}
    apart = text.replace(". Lena", ".\n\nLena")
    assert not [m for m in mentions(apart, knowledge) if m.party and m.confidence >= 0.5]


def test_relative_clause_is_about_whoever_stands_before_it(knowledge: Knowledge) -> None:
    text = "The panel sided with Washington, which rejected the sunset clause."
    assert positions(text, knowledge) == {("opposes", "US")}


def test_all_by_whom_a_matter_is_rejected_oppose_it(knowledge: Knowledge) -> None:
    text = "The sunset clause was rejected by Canada and Mexico."
    assert positions(text, knowledge) == {("opposes", "CA"), ("opposes", "MX")}


def test_place_of_a_post_does_not_share_its_holders_position(knowledge: Knowledge) -> None:
    text = "The U.S. ambassador in Ottawa, Robert Lighthizer, rejected the sunset clause."
    found = mentions(text, knowledge)
    assert not [m for m in found if m.party == "CA" and m.confidence >= 0.5]


def test_subject_of_the_main_clause_resumes_after_a_relative_one(knowledge: Knowledge) -> None:
    text = "Ottawa, which sells more steel to Mexico than to Japan, rejects the sunset clause."
    assert positions(text, knowledge) == {("opposes", "CA")}


def test_participle_belongs_to_the_subject_of_the_main_clause(knowledge: Knowledge) -> None:
    text = "Trump sent Ottawa a letter threatening steel tariffs."
    assert positions(text, knowledge) == {("demands", "US")}


def test_words_behind_a_colon_are_those_of_who_stands_before_it(knowledge: Knowledge) -> None:
    text = "Ottawa was blunt: the sunset clause is unacceptable."
    assert positions(text, knowledge) == {("opposes", "CA")}


def test_what_the_other_must_do_is_what_the_speaker_demands(knowledge: Knowledge) -> None:
    text = "There is no deal, Washington said, unless Canada opens its dairy market."
    assert ("demands", "US") in positions(text, knowledge)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Canada wants to know what the sunset clause means."),
        ("fr", "Le Canada se demande ce que dit la clause crépusculaire."),
        ("es", "México quiere saber qué dice la cláusula de extinción."),
    ],
)
def test_idle_words_give_no_stance(lang: str, text: str, knowledge: Knowledge) -> None:
    assert {stance for stance, _ in positions(text, knowledge, lang)} == {"neutral"}


def test_who_speaks_against_an_evil_is_worried_by_it(knowledge: Knowledge) -> None:
    text = "Washington denounced unfair trade practices."
    assert positions(text, knowledge) == {("concern", "US")}


def test_a_promise_to_end_a_measure_belongs_to_its_user(knowledge: Knowledge) -> None:
    text = "Mexico fears that Washington will give up the sunset clause."
    assert ("concern", "MX") in positions(text, knowledge)


def test_a_matter_in_the_name_of_a_body_is_none(knowledge: Knowledge) -> None:
    text = "Il a cité Jean Roy, du Regroupement laitier de Bellechasse."
    assert mentions(text, knowledge, "fr") == ()


def test_general_words_mean_the_special_matter_that_a_text_is_about(knowledge: Knowledge) -> None:
    text = "Mexico rejects the rules of origin. "
    alone = {m.issue for m in mentions(text, knowledge)}
    cars = text + "Auto rules of origin come first. North American content of autos comes next."
    assert alone == {"rules-of-origin"}
    assert {m.issue for m in mentions(cars, knowledge)} == {"autos-rules-of-origin"}


def test_weak_words_count_in_a_list_of_matters(knowledge: Knowledge) -> None:
    text = "The round is about dairy and procurement."
    found = {m.issue for m in mentions(text, knowledge)}
    assert found == {"dairy-supply-management", "government-procurement"}


def test_a_heap_of_key_words_gives_nobodys_stance(knowledge: Knowledge) -> None:
    text = "Canada wants and rejects dairy and steel tariffs and " * 20
    assert {(m.stance.value, m.party) for m in mentions(text, knowledge)} == {("neutral", None)}


@pytest.mark.parametrize(
    ("lang", "text", "stance"),
    [
        (
            "en",
            "Washington has a long list of demands. They include stricter rules of origin.",
            "demands",
        ),
        (
            "en",
            "Robert Lighthizer said his complaints had not been resolved. He listed content rules.",
            "concern",
        ),
        (
            "fr",
            "Washington a dressé ses exigences. Y figurent des règles d'origine plus strictes.",
            "demands",
        ),
        (
            "es",
            "Washington presentó sus exigencias. Entre ellas hay reglas de origen más duras.",
            "demands",
        ),
    ],
)
def test_a_list_goes_on_with_what_the_sentence_before_says(
    lang: str, text: str, stance: str, knowledge: Knowledge
) -> None:
    assert (stance, "US") in positions(text, knowledge, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Canada rejected the sunset clause demanded by Washington."),
        ("fr", "Le Canada a rejeté la clause crépusculaire que réclament les États-Unis."),
        ("es", "Canadá rechazó la cláusula de extinción propuesta por Estados Unidos."),
    ],
)
def test_words_right_behind_a_matter_say_whose_it_is(
    lang: str, text: str, knowledge: Knowledge
) -> None:
    assert positions(text, knowledge, lang) == {("opposes", "CA"), ("demands", "US")}


def test_a_measure_lifted_in_passing_is_yielded_by_its_user(knowledge: Knowledge) -> None:
    text = "Mills resumed shipments on Monday after the lifting of U.S. steel tariffs."
    assert ("concedes", "US") in positions(text, knowledge)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Still unresolved are the sunset clause and access to the Canadian dairy market."),
        ("es", "Siguen sin resolverse los autos y el acceso al mercado lácteo canadiense."),
    ],
)
def test_a_state_is_that_of_all_matters_behind_it(
    lang: str, text: str, knowledge: Knowledge
) -> None:
    assert positions(text, knowledge, lang) == {("open", None)}
