"""Accuracy on the labelled news must not sink below what has been reached."""

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractors.jsonl import extraction_to_json
from extractors.types import Extraction
from tests.extractors.quotes.statements import quotes

# file → lowest F1 over all (IoU 0.8), over direct quotes, and accuracy of speakers and cues
FLOORS = [
    ("quotes/polnear.en", 87.5, 96.0, 95.0, 95.0),
    ("quotes/gumnews.en", 84.0, 86.0, 96.0, 95.0),
    ("quotes/cess.es", 77.5, 87.0, 93.0, 95.5),
    ("quotes/udnews.fr", 81.5, 88.0, 94.0, 96.0),
    ("quotes/udnews.es", 82.5, 97.0, 91.5, 97.0),
    ("quotes/handnews.fr", 96.5, 98.0, 96.5, 96.5),
    ("quotes/handnews.es", 92.5, 97.0, 90.5, 94.5),
    ("domain/dev", 89.0, 98.0, 94.0, 95.0),
    ("domain/dev-written", 93.0, 98.0, 95.0, 98.0),
]


def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", shared / "eval" / "score_quotes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(document: dict[str, Any]) -> dict[str, Any]:
    text, lang, day = document["text"], document["lang"], document.get("published")
    found = quotes(text, lang, (), date.fromisoformat(day[:10]) if day else None)
    return extraction_to_json(document["id"], text, Extraction(lang, found))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "overall", "direct", "speaker", "cue"), FLOORS)
def test_accuracy_stays_above_its_floor(
    shared: Path, name: str, overall: float, direct: float, speaker: float, cue: float
) -> None:
    score = scorer(shared)
    lines = (shared / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {document["id"]: document for document in map(json.loads, lines)}
    found = {key: predicted(document) for key, document in gold.items()}
    every = score.figures(score.score(gold, found))
    marked = score.figures(score.score(gold, found, "direct"))
    reached = {
        "all": every["iou8"]["f1"] - overall,
        "direct": marked["iou8"]["f1"] - direct,
        "speaker": every["speaker"]["acc"] - speaker,
        "cue": every["cue"]["acc"] - cue,
    }
    assert min(reached.values()) >= 0, reached


def test_the_first_article_has_two_speakers_and_all_their_words(shared: Path) -> None:
    text = (shared / "first-input.txt").read_text(encoding="utf-8")
    found = quotes(text, "en", (), date(2018, 3, 28))
    direct = [
        (quote.speaker.name if quote.speaker else None, len(quote.spans))
        for quote in found
        if quote.kind.value == "direct"
    ]
    assert direct == [
        ("Steve Verheul", 3),
        ("Steve Verheul", 3),
        ("Robert Lighthizer", 1),
        ("Robert Lighthizer", 1),
        ("Robert Lighthizer", 1),
    ]
    assert {quote.speaker.name for quote in found if quote.speaker} == {
        "Steve Verheul",
        "Robert Lighthizer",
        None,
    }
