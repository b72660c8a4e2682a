"""Positions are read from sentences as news agencies write them, with the shipped pack.

Each line of ``wire_LANG.txt`` and of ``structures_LANG.txt``, which goes through the ways to build
a sentence with ordinary words, holds an issue, a stance and a party ("-" is nobody), then a
sentence of our own writing. Words after "~" name a stance that may stand for or beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from config.packs import load_packs
from extractors.extraction import extract
from extractors.reading import Knowledge, prepare
from extractors.types import Document

CONTEXT = {
    "en": "The NAFTA talks between Canada, the United States and Mexico go on. ",
    "fr": "Les négociations de l'ALENA se poursuivent. ",
    "es": "Las negociaciones del TLCAN continúan. ",
}
DAY = {"en": date(2018, 9, 12), "fr": date(2018, 9, 12), "es": date(2018, 9, 12)}
NEWER = date(2026, 3, 12)
RECENT = (
    "Carney",
    "Sheinbaum",
    "Ebrard",
    "joint review",
    "révision conjointe",
    "revisión conjunta",
)
# The share of each file's lines that are read rightly, at least.
FLOOR = {"wire": 0.9, "structures": 0.95}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and what it says."""

    issue: str
    stance: str
    party: str | None
    sentence: str
    also: tuple[str, ...]

    def is_met_by(self, found: set[tuple[str, str | None]]) -> bool:
        """Whether the positions found give the stance of the party."""
        if self.stance == "neutral":
            return found <= {("neutral", self.party)}
        return any((stance, self.party) in found for stance in (self.stance, *self.also))


def lines(name: str, lang: str) -> Iterator[Line]:
    text = (Path(__file__).parent / f"{name}_{lang}.txt").read_text(encoding="utf-8")
    for row in text.splitlines():
        head, _, sentence = row.partition(" | ")
        issue, stance, party = head.split()
        sentence, _, also = sentence.partition(" ~")
        named = None if party == "-" else party
        yield Line(issue, stance, named, sentence, tuple(also.split()[:1]))


def positions(line: Line, lang: str, knowledge: Knowledge) -> set[tuple[str, str | None]]:
    day = NEWER if any(word in line.sentence for word in RECENT) else DAY[lang]
    document = Document(CONTEXT[lang] + line.sentence, day, lang)
    found = extract(document, knowledge).issues
    return {(m.stance.value, m.party) for m in found if m.issue == line.issue}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


@pytest.mark.parametrize("name", FLOOR)
@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_sentences_give_their_position(name: str, lang: str, knowledge: Knowledge) -> None:
    rows = list(lines(name, lang))
    wrong = [
        (line.sentence, line.stance, line.party, sorted(map(str, positions(line, lang, knowledge))))
        for line in rows
        if not line.is_met_by(positions(line, lang, knowledge))
    ]
    assert len(rows) >= 60
    assert 1 - len(wrong) / len(rows) >= FLOOR[name], wrong


def test_who_wants_a_rule_gone_is_against_it_and_as_a_guess_for_the_change(
    knowledge: Knowledge,
) -> None:
    text = CONTEXT["en"] + "Lighthizer has called for Chapter 19 to be scrapped."
    told = [m for m in extract(Document(text, DAY["en"], "en"), knowledge).issues if m.party]
    assert [(m.party, str(m.stance)) for m in told] == [("US", "opposes"), ("US", "demands")]
    assert told[0].confidence >= 0.5 > told[1].confidence
