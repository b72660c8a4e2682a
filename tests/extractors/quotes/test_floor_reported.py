"""Accuracy on reports and partly quoted statements must not sink below what has been reached."""

import json
from pathlib import Path

import pytest

from tests.extractors.quotes.test_floor import predicted, scorer

# file → lowest F1 (IoU 0.8) over indirect and over mixed statements
FLOORS = [
    ("quotes/polnear.en", 78.5, 90.5),
    ("quotes/gumnews.en", 83.0, 77.0),
    ("quotes/cess.es", 73.5, 77.0),
    ("quotes/udnews.fr", 81.5, 75.0),
    ("quotes/udnews.es", 79.5, 77.0),
    ("quotes/handnews.fr", 92.0, 97.0),
    ("quotes/handnews.es", 82.5, 95.5),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "indirect", "mixed"), FLOORS)
def test_accuracy_stays_above_its_floor(
    shared: Path, name: str, indirect: float, mixed: float
) -> None:
    score = scorer(shared)
    lines = (shared / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {document["id"]: document for document in map(json.loads, lines)}
    found = {key: predicted(document) for key, document in gold.items()}
    reached = {
        kind: score.figures(score.score(gold, found, kind))["iou8"]["f1"] - floor
        for kind, floor in (("indirect", indirect), ("mixed", mixed))
    }
    assert min(reached.values()) >= 0, reached
