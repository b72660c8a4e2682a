"""Whose stance a sentence gives on what it names, in the three languages."""

from collections.abc import Iterable

import pytest

from extractors.issues import find_issues
from extractors.types import IssueMention, Quote, QuoteKind, Span, Speaker
from tests.extractors.issues.small_pack import KNOWLEDGE, reading_of

VIEW = {"en": "The NAFTA talks go on. ", "fr": "L'ALENA est négocié. ", "es": "El TLCAN sigue. "}


def positions(text: str, lang: str) -> set[tuple[str, str, str | None]]:
    found = find_issues(reading_of(VIEW[lang] + text, lang), (), KNOWLEDGE)
    return {(m.issue, m.stance.value, m.party) for m in found}


def counted(found: Iterable[IssueMention]) -> set[tuple[str, str | None]]:
    """The stances that count as positions: of a confidence of a half at least."""
    return {(m.stance.value, m.party) for m in found if m.confidence >= 0.5}


ENGLISH = [
    ("Canada rejects the sunset clause.", "sunset", "opposes", "CA"),
    ("The United States insists on a sunset clause.", "sunset", "demands", "US"),
    ("Mexico wants to keep Chapter 19.", "panels", "demands", "MX"),
    ("Washington dropped its demand for a sunset clause.", "sunset", "concedes", "US"),
    ("U.S. demands on dairy have not changed.", "dairy", "demands", "US"),
    ("Mexico does not want a sunset clause.", "sunset", "opposes", "MX"),
    ("Canada will not give up supply management.", "dairy", "demands", "CA"),
    ("Canada would never accept the sunset clause.", "sunset", "opposes", "CA"),
    ("Washington wants Canada to dismantle supply management.", "dairy", "opposes", "US"),
    ("Washington refuses to lift the steel tariffs.", "metals", "demands", "US"),
    ("Washington agreed to lift the steel tariffs.", "metals", "concedes", "US"),
    ("Mexico demanded the removal of the steel tariffs.", "metals", "opposes", "MX"),
    ("Canada warned it could retaliate.", "retaliation", "demands", "CA"),
    ("Ottawa is worried about the sunset clause.", "sunset", "concern", "CA"),
    ("The sunset clause was rejected by Mexico.", "sunset", "opposes", "MX"),
    ("Ottawa considers the sunset clause unacceptable.", "sunset", "opposes", "CA"),
    ("Canadian concerns about the sunset clause remain.", "sunset", "concern", "CA"),
    ("Mexico offered concessions on dairy.", "dairy", "concedes", "MX"),
    ("Webb declined to comment on the sunset clause.", "sunset", "neutral", "US"),
    ("The sunset clause remains unresolved.", "sunset", "open", None),
    ("Negotiators closed the labor chapter.", "labour", "agreed", None),
    ("The ministers discussed the sunset clause.", "sunset", "neutral", None),
    ("American steel tariffs hurt builders.", "metals", "demands", "US"),
    ("Builders suffer from Canadian countermeasures.", "retaliation", "demands", "CA"),
    ("Mexico won't sign until the steel tariffs are gone.", "metals", "opposes", "MX"),
    ("Ortiz rejected the sunset clause.", "sunset", "opposes", "MX"),
    ("On supply management, Canada has made no concession.", "dairy", "opposes", "CA"),
    ("Another U.S. demand: a sunset clause.", "sunset", "demands", "US"),
    ("Washington no longer seeks a sunset clause.", "sunset", "concedes", "US"),
    ("Canada is seeking exemption from the steel tariffs.", "metals", "opposes", "CA"),
    ("Mexico warned that it will not accept the sunset clause.", "sunset", "opposes", "MX"),
    ("Canada is not ready to give up supply management.", "dairy", "demands", "CA"),
    ("Ottawa did not rule out retaliation.", "retaliation", "open", "CA"),
    ("Negotiators hope to settle the labor chapter.", "labour", "open", None),
    ("Mexico would not retaliate.", "retaliation", "opposes", "MX"),
    ("They discussed Chapter 19, which Washington wants scrapped.", "panels", "opposes", "US"),
    ("Washington wants Chapter 19 scrapped.", "panels", "opposes", "US"),
    ("The deal would require dairy to be opened.", "dairy", "agreed", None),
    ("They spoke of the sunset clause, a demand that Canada rejects.", "sunset", "opposes", "CA"),
    ("Washington could lift or reduce the steel tariffs.", "metals", "concedes", "US"),
    ("Mexico wants to end or soften the steel tariffs.", "metals", "opposes", "MX"),
    ("Ottawa warned that Canada would impose retaliation.", "retaliation", "demands", "CA"),
    ("Mexico fears that Canada would impose retaliation.", "retaliation", "concern", "MX"),
]
FRENCH = [
    ("Le Canada rejette la clause crépusculaire.", "sunset", "opposes", "CA"),
    ("Washington réclame une clause crépusculaire.", "sunset", "demands", "US"),
    ("Le Mexique tient au chapitre 19.", "panels", "demands", "MX"),
    ("Le Mexique tient à garder le chapitre 19.", "panels", "demands", "MX"),
    ("Washington a abandonné sa demande de clause crépusculaire.", "sunset", "concedes", "US"),
    ("Le Canada n'acceptera pas la clause crépusculaire.", "sunset", "opposes", "CA"),
    ("Le Mexique s'oppose à la clause crépusculaire.", "sunset", "opposes", "MX"),
    ("Les États-Unis refusent de lever les surtaxes.", "metals", "demands", "US"),
    ("Le Canada exige la levée des surtaxes.", "metals", "opposes", "CA"),
    ("Ottawa juge la clause crépusculaire inacceptable.", "sunset", "opposes", "CA"),
    ("La clause crépusculaire, jugée inacceptable à Ottawa.", "sunset", "opposes", "CA"),
    ("Les demandes américaines sur les produits laitiers.", "dairy", "demands", "US"),
    ("La clause crépusculaire reste en suspens.", "sunset", "open", None),
    ("Le Canada craint des représailles.", "retaliation", "concern", "CA"),
    ("Quant à la gestion de l'offre, Ottawa n'a fait aucune concession.", "dairy", "opposes", "CA"),
    ("Le Mexique menace de représailles.", "retaliation", "demands", "MX"),
    ("La clause crépusculaire, que Washington réclame.", "sunset", "demands", "US"),
    ("La clause crépusculaire est rejetée par le Mexique.", "sunset", "opposes", "MX"),
    ("Les négociateurs ont bouclé les normes du travail.", "labour", "agreed", None),
    ("Ottawa est prêt à céder sur les produits laitiers.", "dairy", "concedes", "CA"),
    ("Washington n'exige plus de clause crépusculaire.", "sunset", "concedes", "US"),
    ("Ils parlent de clause crépusculaire, ce que le Canada rejette.", "sunset", "opposes", "CA"),
    ("Le Canada n'exclut pas des représailles.", "retaliation", "open", "CA"),
    ("Ottawa attendra tant que les surtaxes seront là.", "metals", "opposes", "CA"),
    ("Les deux se sont entendus sur la clause crépusculaire.", "sunset", "agreed", None),
]
SPANISH = [
    ("México rechaza la cláusula de extinción.", "sunset", "opposes", "MX"),
    ("Estados Unidos exige una cláusula de extinción.", "sunset", "demands", "US"),
    ("Washington retiró su propuesta de cláusula de extinción.", "sunset", "concedes", "US"),
    ("Canadá no aceptará la cláusula de extinción.", "sunset", "opposes", "CA"),
    ("México pidió eliminar los aranceles al acero.", "metals", "opposes", "MX"),
    ("Washington se niega a levantar los aranceles al acero.", "metals", "demands", "US"),
    ("México amenazó con represalias.", "retaliation", "demands", "MX"),
    ("México teme los aranceles al acero.", "metals", "concern", "MX"),
    ("La cláusula de extinción sigue pendiente.", "sunset", "open", None),
    ("La cláusula de extinción, que Canadá considera inaceptable.", "sunset", "opposes", "CA"),
    ("La cláusula de extinción fue rechazada por México.", "sunset", "opposes", "MX"),
    ("Las exigencias estadounidenses sobre lácteos.", "dairy", "demands", "US"),
    ("Se negó a hablar de la cláusula de extinción.", "sunset", "neutral", None),
    ("Canadá ofreció concesiones en lácteos.", "dairy", "concedes", "CA"),
    ("Los negociadores cerraron el capítulo 19.", "panels", "agreed", None),
    ("Ortiz descartó la cláusula de extinción.", "sunset", "opposes", "MX"),
    ("Los aranceles al acero de Washington.", "metals", "demands", "US"),
    ("México está dispuesto a ceder en lácteos.", "dairy", "concedes", "MX"),
    ("Washington ya no exige una cláusula de extinción.", "sunset", "concedes", "US"),
    ("Hablan del capítulo 19, algo que Canadá defiende.", "panels", "demands", "CA"),
    ("Canadá no está dispuesto a renunciar al capítulo 19.", "panels", "demands", "CA"),
    ("México advirtió que no aceptará la cláusula de extinción.", "sunset", "opposes", "MX"),
    ("México advirtió que aplicará represalias.", "retaliation", "demands", "MX"),
    ("México teme que Canadá aplique represalias.", "retaliation", "concern", "MX"),
    ("Canadá y México rechazan la cláusula de extinción.", "sunset", "opposes", "CA"),
]
CASES = [
    pytest.param(lang, *case, id=f"{lang}: {case[0]}")
    for lang, cases in (("en", ENGLISH), ("fr", FRENCH), ("es", SPANISH))
    for case in cases
]


@pytest.mark.parametrize(("lang", "text", "issue", "stance", "party"), CASES)
def test_sentence_gives_the_stance_of_its_holder(
    lang: str, text: str, issue: str, stance: str, party: str | None
) -> None:
    assert (issue, stance, party) in positions(text, lang)


def test_resisted_demands_are_two_positions() -> None:
    found = positions("Canada and Mexico resisted U.S. demands for a sunset clause.", "en")
    assert found == {
        ("sunset", "opposes", "CA"),
        ("sunset", "opposes", "MX"),
        ("sunset", "demands", "US"),
    }


def test_relative_clauses_give_each_side_its_stance() -> None:
    text = (
        "Ils parlent de la clause crépusculaire, que Washington réclame et qu'Ottawa juge inutile."
    )
    assert positions(text, "fr") == {("sunset", "demands", "US"), ("sunset", "opposes", "CA")}


def test_object_right_behind_a_verb_is_no_subject() -> None:
    found = mentions(VIEW["en"] + "The union urged Ottawa to keep Chapter 19.")
    assert ("demands", "CA") not in counted(found)


def test_inverted_subject_of_a_relative_clause_holds_the_stance() -> None:
    found = positions("Ils parlent de la clause crépusculaire, que réclame Washington.", "fr")
    assert found == {("sunset", "demands", "US")}


def test_comparison_joins_two_holders() -> None:
    found = positions("Mexico, like Canada, insists on keeping Chapter 19.", "en")
    assert found == {("panels", "demands", "MX"), ("panels", "demands", "CA")}


def test_party_in_a_prepositional_phrase_is_no_subject() -> None:
    found = mentions(VIEW["en"] + "After talks with Canada, the firm rejected the sunset clause.")
    assert {m.stance.value for m in found} == {"opposes"}
    assert ("opposes", "CA") not in counted(found)


def quote(text: str, words: str, party: str | None, name: str = "Ana Ruiz") -> Quote:
    start = text.index(words)
    span = Span(start, start + len(words))
    return Quote((span,), QuoteKind.DIRECT, None, Speaker(name=name, party=party), span)


def mentions(text: str, *quotes: Quote, lang: str = "en") -> tuple[IssueMention, ...]:
    return find_issues(reading_of(text, lang), quotes, KNOWLEDGE)


def test_we_in_a_quote_is_the_speakers_side() -> None:
    text = '"We have concerns about U.S. proposals on the sunset clause," she said of NAFTA.'
    words = "We have concerns about U.S. proposals on the sunset clause,"
    found = {(m.stance.value, m.party) for m in mentions(text, quote(text, words, "CA"))}
    assert found == {("concern", "CA"), ("demands", "US")}


def test_we_of_an_unknown_speaker_is_nobody() -> None:
    text = 'Mexico waits. "We reject the sunset clause," she said.'
    found = mentions(text, quote(text, "We reject the sunset clause,", None))
    assert [m.stance.value for m in found] == ["opposes"]
    assert ("opposes", "MX") not in counted(found)


def test_matter_spoken_of_without_a_stance_gives_no_position() -> None:
    text = '"The sunset clause came up," she said.'
    found = mentions(text, quote(text, "The sunset clause came up,", "MX"))
    assert [m.stance.value for m in found] == ["neutral"]
    assert counted(found) == set()


def test_judgement_in_a_quote_is_the_speakers() -> None:
    text = '"The sunset clause is unacceptable," she said.'
    found = mentions(text, quote(text, "The sunset clause is unacceptable,", "MX"))
    assert [(m.stance.value, m.party) for m in found] == [("opposes", "MX")]


def test_later_mentions_of_a_speaker_keep_his_side() -> None:
    text = '"Good day," said Ana Ruiz. NAFTA is old. Ruiz rejected the sunset clause.'
    found = mentions(text, quote(text, "Good day,", "MX"))
    assert [(m.stance.value, m.party) for m in found] == [("opposes", "MX")]


@pytest.mark.parametrize(
    ("introduction", "party"),
    [
        ("Mexico's undersecretary for trade, Ana Ruiz", "MX"),
        ("Ana Ruiz, a senior Canadian official", "CA"),
        ("Ana Ruiz", None),
    ],
)
def test_words_that_introduce_a_speaker_give_the_side(introduction: str, party: str | None) -> None:
    text = f'"Good day," said {introduction}. NAFTA is old. Ruiz rejected the sunset clause.'
    found = mentions(text, quote(text, "Good day,", None))
    assert [m.party for m in found] == [party]
