"""The kind of a deadline by all that speaks for each, and how well that does on sentences."""

from datetime import date

import pytest

from config.packs import load_packs
from extractors.deadlines.choosing import KINDS, best, weights
from extractors.extraction import extract
from extractors.reading import Knowledge, prepare
from extractors.types import DeadlineKind, Document
from tests.extractors.deadlines.passages import Tally, sentences


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


def test_each_piece_of_evidence_weighs_something_for_every_kind() -> None:
    known = weights()
    assert "prior" in known
    assert {len(row) for row in known.values()} == {len(KINDS)}
    assert DeadlineKind.CLOCK not in KINDS


def test_the_kind_of_the_rules_stands_where_little_speaks_for_another() -> None:
    nothing = [0.0] * len(KINDS)
    assert all(best(nothing, kind) is kind for kind in KINDS)
    loud = [3.0 if kind is DeadlineKind.VOTE else 0.0 for kind in KINDS]
    assert best(loud, DeadlineKind.MEETING) is DeadlineKind.VOTE


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_sentences_that_nothing_was_fitted_to_give_the_right_kinds(
    lang: str, knowledge: Knowledge
) -> None:
    tally, wrong = Tally(), []
    for passage in sentences(lang, "measure"):
        found = list(extract(Document(passage.text, passage.published, lang), knowledge).deadlines)
        wrong += [f"{passage.name}: {fault}" for fault in tally.add(passage, found)]
    report = "\n".join(wrong)
    assert tally.asked >= 25
    assert tally.f1 >= 0.85, report
    assert tally.kinds / tally.found >= 0.85, report
    assert tally.dates / tally.found >= 0.9, report


def test_the_explanation_says_that_a_word_was_outweighed(knowledge: Knowledge) -> None:
    rules = [
        item.rule
        for lang in ("en", "fr", "es")
        for passage in sentences(lang, "learn")
        for item in extract(Document(passage.text, passage.published, lang), knowledge).deadlines
    ]
    assert any(rule.startswith("outweighed ") for rule in rules)


def test_a_choice_depends_on_the_text_alone(knowledge: Knowledge) -> None:
    text = "NAFTA talks. The Senate votes on June 7, and ministers meet again on June 12."
    document = Document(text, date(2018, 5, 30), "en")
    first, second = (extract(document, knowledge).deadlines for _ in range(2))
    assert first == second
    assert [item.kind for item in first] == [DeadlineKind.VOTE, DeadlineKind.MEETING]
