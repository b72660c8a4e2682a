"""Exports: every form holds every row, typed where it can be, whole or not at all."""

import csv
import io
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from monitor.cli import main
from monitor.parquet import schema_of
from storage.engine import Database
from storage.queries import Filters
from storage.streaming import stream_rows
from tests.docs.documents import bare, document, section, table_rows
from tests.web.filling import HOSTILE, fill

KINDS = {
    "events": "events",
    "quotes": "quotes",
    "deadlines": "deadlines",
    "issues": "issue_mentions",
    "articles": "articles",
}


@pytest.fixture
def filled(sqlite_database: Database) -> Database:
    fill(sqlite_database)
    return sqlite_database


def export(
    database: Database, capsysbinary: pytest.CaptureFixture[bytes], *arguments: str, status: int = 0
) -> bytes:
    with pytest.raises(SystemExit) as ended:
        main(["--database", str(database.url), "export", *arguments])
    said = capsysbinary.readouterr()
    assert ended.value.code == status, said.err
    return said.out if status == 0 else said.err


@pytest.mark.parametrize(("what", "view"), KINDS.items())
def test_jsonl_and_csv_hold_all_rows(
    filled: Database, capsysbinary: pytest.CaptureFixture[bytes], what: str, view: str
) -> None:
    rows = list(stream_rows(filled, view, Filters()))
    lines = export(filled, capsysbinary, what).decode().splitlines()
    key = "article_id" if what == "articles" else "event_id"
    assert [json.loads(line)[key] for line in lines] == [row[key] for row in rows]
    table = export(filled, capsysbinary, what, "--format", "csv").decode()
    found = list(csv.DictReader(io.StringIO(table)))
    assert [row[key] for row in found] == [row[key] for row in rows]
    assert list(found[0]) == list(rows[0])


def test_an_empty_csv_has_its_header(
    sqlite_database: Database, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    table = export(sqlite_database, capsysbinary, "quotes", "--format", "csv").decode()
    assert table.startswith("event_id,status,")
    assert table.count("\n") == 1


def parquet_rows(path: Path) -> list[dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet")
    with parquet.ParquetFile(path) as file:
        found: list[dict[str, Any]] = file.read().to_pylist()
    return found


@pytest.mark.parametrize(("what", "view"), KINDS.items())
def test_parquet_holds_all_rows_with_their_types(
    filled: Database,
    capsysbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
    what: str,
    view: str,
) -> None:
    file = tmp_path / "out.parquet"
    export(filled, capsysbinary, what, "--format", "parquet", str(file))
    rows = list(stream_rows(filled, view, Filters()))
    for row in rows:
        for name in {"history", "clock"} & row.keys():
            row[name] = None if row[name] is None else json.dumps(row[name], ensure_ascii=False)
    assert parquet_rows(file) == rows
    assert not (tmp_path / "out.parquet.part").exists()


def test_parquet_can_go_to_a_pipe(
    filled: Database, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    (tmp_path / "piped").write_bytes(export(filled, capsysbinary, "quotes", "--format", "parquet"))
    assert len(parquet_rows(tmp_path / "piped")) == 3


def test_parquet_of_nothing_still_has_its_columns(
    sqlite_database: Database, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "none.parquet"
    export(sqlite_database, capsysbinary, "deadlines", "--format", "parquet", str(file))
    assert parquet.read_schema(file).equals(schema_of("deadlines"))


@pytest.mark.parametrize("view", ["quotes", "deadlines", "issue_mentions", "articles"])
def test_parquet_has_the_types_that_the_documentation_gives(view: str) -> None:
    pytest.importorskip("pyarrow")
    text = document("sql.md")
    deep = "##" if view == "articles" else "###"
    told = list(table_rows(section(text, f"{deep} `{view}`")))
    if view != "articles":
        told += table_rows(section(text, "## Every event").partition("\n###")[0])
    types = {bare(row[0]): row[1] for row in told}
    written = {field.name: str(field.type) for field in schema_of(view)}
    expected = {
        "text": {"string"},
        "time": {"timestamp[us, tz=UTC]"},
        "date": {"date32[day]"},
        "integer": {"int64"},
        "number": {"double"},
        "JSON": {"string", "list<element: string>", "list<item: string>"},
    }
    assert written.keys() == types.keys() - {"row_id"}
    assert {name: kind for name, kind in written.items() if kind not in expected[types[name]]} == {}


def test_parquet_without_pyarrow_says_what_to_install(
    filled: Database,
    capsysbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    file = tmp_path / "out.parquet"
    arguments = ("quotes", "--format", "parquet", str(file))
    said = export(filled, capsysbinary, *arguments, status=1).decode()
    assert said.count("\n") == 1
    assert "its extra `parquet`" in said
    assert list(tmp_path.glob("out*")) == []


def test_calendar_and_feed_hold_all_rows(
    filled: Database, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    calendar = export(filled, capsysbinary, "deadlines", "--format", "ics").decode()
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert calendar.endswith("END:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VEVENT") == 2
    feed = feedparser.parse(export(filled, capsysbinary, "quotes", "--format", "atom"))
    assert not feed.bozo
    assert len(feed.entries) == 3
    assert feed.feed.updated == "2018-03-20T12:00:00Z"
    assert any(HOSTILE in entry.content[0].value for entry in feed.entries)


def test_an_export_takes_filters_and_a_limit(
    filled: Database, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert export(filled, capsysbinary, "quotes", "--search", "quebec offre").count(b"\n") == 1
    assert export(filled, capsysbinary, "events", "--limit", "2").count(b"\n") == 2
    assert b"is unknown" in export(filled, capsysbinary, "quotes", "--kind", "shouted", status=2)


def test_a_failed_export_leaves_what_was_there(
    filled: Database,
    capsysbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "quotes.jsonl"
    file.write_text("before")

    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("monitor.cli.context.json_line", fail)
    said = export(filled, capsysbinary, "quotes", str(file), status=1).decode()
    assert "No space left on device" in said
    assert file.read_text() == "before"
    assert [path.name for path in tmp_path.glob("quotes*")] == ["quotes.jsonl"]


def test_times_in_parquet_are_utc(
    filled: Database, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "d.parquet"
    export(filled, capsysbinary, "deadlines", "--format", "parquet", str(file))
    moved = next(row for row in parquet_rows(file) if row["moves"])
    assert moved["due_from"] == date(2018, 5, 1)
    assert moved["first_seen_at"] == datetime(2018, 3, 20, 12, tzinfo=UTC)
