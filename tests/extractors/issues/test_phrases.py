"""Ways to say that one wants, refuses, yields or fears: by the hundred, and in a freer prose.

``phrases_LANG.txt`` puts common expressions before one matter; ``rich_LANG.txt`` holds sentences as
columns and reports have them, on many matters. The form is that of ``wire_LANG.txt``, but that
"/" parts stances of which either is right.
"""

from pathlib import Path

import pytest

from config.packs import load_packs
from extractors.reading import Knowledge, prepare
from tests.extractors.issues.test_wire_copy import Line, positions

# The share that is read rightly, at least.
FLOORS = {"phrases": 0.9, "rich": 0.7}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


def lines(kind: str, lang: str) -> list[Line]:
    text = (Path(__file__).parent / f"{kind}_{lang}.txt").read_text(encoding="utf-8")
    found = []
    for row in text.splitlines():
        head, _, sentence = row.partition(" | ")
        issue, stance, party = head.split()
        stance, *also = stance.split("/")
        found.append(Line(issue, stance, None if party == "-" else party, sentence, tuple(also)))
    return found


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
@pytest.mark.parametrize("kind", FLOORS)
def test_ways_to_take_a_stance_are_known(kind: str, lang: str, knowledge: Knowledge) -> None:
    rows = lines(kind, lang)
    wrong = [row for row in rows if not row.is_met_by(positions(row, lang, knowledge))]
    assert len(rows) >= 40
    assert 1 - len(wrong) / len(rows) >= FLOORS[kind], wrong
