"""Words that look like an issue of the negotiation and are none, and a few that are.

``false_friends.txt`` holds a language and a sentence of our own writing a line. Each names two of
the parties, so that it is the words themselves that must tell.
"""

from datetime import date
from pathlib import Path

import pytest

from config.packs import load_packs
from extractors.extraction import extract
from extractors.reading import Knowledge, prepare
from extractors.types import Document

DAY = date(2018, 5, 14)
# How many of the sentences may be taken for an issue of the negotiation.
MOST_WRONG = 0.03
TRUE_USES = [
    ("en", "Canada rejects the U.S. sunset clause in NAFTA.", "sunset-review"),
    ("en", "NAFTA's Chapter 11 lets American investors sue Mexico.", "isds"),
    ("en", "The United States imposed steel tariffs on Canada.", "steel-aluminum-tariffs"),
    ("en", "The NAFTA labor chapter binds Mexico.", "labour"),
    (
        "en",
        "Anti-dumping panels under NAFTA's Chapter 19 matter to Canada.",
        "trade-remedies-panels",
    ),
    ("fr", "Le chapitre 11 de l'ALENA protège les investisseurs américains.", "isds"),
    ("fr", "Le Canada défend la gestion de l'offre dans l'ALENA.", "dairy-supply-management"),
    ("fr", "Le chapitre sur l'énergie de l'ALENA concerne le Mexique.", "energy"),
    ("es", "El capítulo 11 del TLCAN protege a los inversionistas estadounidenses.", "isds"),
    ("es", "México rechaza la cláusula de extinción del TLCAN.", "sunset-review"),
    ("es", "Los aranceles al acero de Estados Unidos golpean a México.", "steel-aluminum-tariffs"),
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


def issues(lang: str, text: str, knowledge: Knowledge) -> set[str]:
    return {mention.issue for mention in extract(Document(text, DAY, lang), knowledge).issues}


def false_friends() -> list[tuple[str, str]]:
    text = (Path(__file__).parent / "false_friends.txt").read_text(encoding="utf-8")
    rows = (line.split(" | ", 1) for line in text.splitlines())
    return [(lang, sentence) for lang, sentence in rows]


def test_false_friends_are_no_issues(knowledge: Knowledge) -> None:
    rows = false_friends()
    wrong = [
        (sentence, found) for lang, sentence in rows if (found := issues(lang, sentence, knowledge))
    ]
    assert len(rows) >= 60
    assert len(wrong) / len(rows) <= MOST_WRONG, wrong


@pytest.mark.parametrize(("lang", "text", "issue"), TRUE_USES, ids=[t[1][:40] for t in TRUE_USES])
def test_true_uses_are_found(lang: str, text: str, issue: str, knowledge: Knowledge) -> None:
    assert issue in issues(lang, text, knowledge)
