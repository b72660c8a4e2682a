"""Accuracy on labelled news must not sink below what was reached."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.extractors.dates.marked import dates_in


def _predict(gold: Path, target: Path) -> None:
    with target.open("w", encoding="utf-8") as out:
        for line in gold.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            published = document["published"]
            found = dates_in(
                document["text"],
                document["lang"],
                date.fromisoformat(published) if published else None,
            )
            dates = [
                {
                    "start": item.span.start,
                    "end": item.span.end,
                    "type": item.type.value,
                    "value": item.value,
                    "from": item.start.isoformat() if item.start else None,
                    "to": item.end.isoformat() if item.end else None,
                }
                for item in found
            ]
            out.write(json.dumps({"id": document["id"], "dates": dates}) + "\n")


@pytest.mark.parametrize(
    ("name", "relaxed", "value", "days"),
    [
        ("meantime.en", 0.94, 0.86, 0.93),
        ("french-timebank.fr", 0.94, 0.84, 0.92),
        ("meantime.es", 0.95, 0.80, 0.83),
        ("recognizers.en", 0.90, 0.69, 0.74),
        ("recognizers.fr", 0.83, 0.57, 0.63),
        ("recognizers.es", 0.86, 0.66, 0.80),
        ("hourglass.es", 0.88, 0.69, 0.72),
    ],
)
def test_labelled_sets_keep_their_scores(
    name: str, relaxed: float, value: float, days: float, shared: Path, tmp_path: Path
) -> None:
    gold = shared / "eval" / "dates" / f"{name}.jsonl"
    _predict(gold, tmp_path / "predictions.jsonl")
    scorer = [sys.executable, shared / "eval" / "score_dates.py", gold]
    scored = subprocess.run(
        [*map(str, scorer), str(tmp_path / "predictions.jsonl"), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    measures = json.loads(scored.stdout)["all"]
    assert measures["relaxed"]["f1"] >= relaxed
    assert measures["value_f1"] >= value
    assert measures["day_recall"] >= days
