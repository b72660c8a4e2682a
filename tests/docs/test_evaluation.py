"""The example of labels is scored as told."""

import json
from pathlib import Path

from click.testing import CliRunner

from extractors import scoring
from monitor.cli.evaluate import eval_command
from tests.docs.documents import bare, blocks, document, section, table_rows

TEXT = document("evaluation.md")
EXAMPLE = blocks(TEXT, "json")[0]


def _scores(tmp_path: Path) -> list[dict[str, object]]:
    file = tmp_path / "labelled.jsonl"
    file.write_text(EXAMPLE, encoding="utf-8")
    done = CliRunner().invoke(eval_command, ["--format", "json", str(file)])
    assert done.exit_code == 0, done.output
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def test_example_is_one_line_whose_offsets_hold() -> None:
    line = json.loads(EXAMPLE)
    assert EXAMPLE.strip().count("\n") == 0
    start, end = line["quotes"][0]["spans"][0]
    assert line["text"][start:end].startswith("We will")
    assert line["text"][start:end].endswith("deadline,")
    assert line["text"][line["dates"][0]["start"] : line["dates"][0]["end"]] == "Wednesday"


def test_example_is_scored_for_the_kinds_that_it_labels(tmp_path: Path) -> None:
    assert [row["kind"] for row in _scores(tmp_path)] == ["quotes", "dates"]


def test_columns_are_documented(tmp_path: Path) -> None:
    told = [bare(row[0]) for row in table_rows(section(TEXT, "## How it counts"))]
    assert told == list(_scores(tmp_path)[0])


def test_properties_are_documented() -> None:
    told = section(TEXT, "## How it counts")
    properties = {name for kind in scoring._PROPERTIES.values() for name in kind}
    assert all(f"`{name}`" in told for name in properties)
    assert all(f"`{kind}`" in told for kind in scoring.KINDS)
