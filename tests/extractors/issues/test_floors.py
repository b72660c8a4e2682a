"""Deadlines and issues on labelled negotiation news do not sink below what they reached."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.packs import load_packs
from extractors.extraction import extract
from extractors.jsonl import document_from_json, extraction_to_json
from extractors.reading import Knowledge, prepare


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


def figures(gold: Path, shared: Path, knowledge: Knowledge, folder: Path) -> dict[str, Any]:
    """The scorer's figures for the shipped pack on the documents of *gold*."""
    predictions = folder / "predictions.jsonl"
    with gold.open(encoding="utf-8") as lines, predictions.open("w", encoding="utf-8") as out:
        for line in lines:
            id, document = document_from_json(json.loads(line))
            found = extraction_to_json(id, document.text, extract(document, knowledge))
            out.write(json.dumps(found) + "\n")
    scorer = shared / "eval" / "score_domain.py"
    run = subprocess.run(
        [sys.executable, str(scorer), str(gold), str(predictions), "--json", "--no-quotes"],
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(run.stdout)["all"]
    return result


@pytest.mark.parametrize(
    ("name", "deadlines", "kinds", "mentions", "positions"),
    [("dev.jsonl", 88, 88, 80, 76), ("dev-written.jsonl", 92, 92, 80, 76)],
)
def test_labelled_news_is_read_at_least_so_well(
    name: str,
    deadlines: float,
    kinds: float,
    mentions: float,
    positions: float,
    shared: Path,
    knowledge: Knowledge,
    tmp_path: Path,
) -> None:
    found = figures(shared / "eval" / "domain" / name, shared, knowledge, tmp_path)
    assert found["deadlines"]["span"]["f1"] >= deadlines
    assert found["deadlines"]["kind"] >= kinds
    assert found["issues"]["mention"]["f1"] >= mentions
    assert found["issues"]["both"] >= positions
