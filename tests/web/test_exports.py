"""What is shown can be taken along: all of it, as lines of JSON or as CSV."""

import csv
import io
import json

import pytest

from tests.web.conftest import Site
from tests.web.filling import HOSTILE

NAMES = ("events", "quotes", "deadlines", "issues", "positions", "articles", "stories")


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_the_rows_of_the_list(site: Site, name: str) -> None:
    answer = site.get(f"/api/v1/{name}.jsonl")
    assert answer.headers["content-type"] == "application/x-ndjson; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.jsonl"'
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert rows == site.get(f"/api/v1/{name}?limit=500").json()["items"]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_the_same_columns_and_rows(site: Site, name: str) -> None:
    answer = site.get(f"/api/v1/{name}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    listed = site.get(f"/api/v1/{name}?limit=500").json()["items"]
    assert len(rows) == len(listed)
    for row, expected in zip(rows, listed, strict=True):
        assert row.keys() == expected.keys()
        assert row.get("event_id") == expected.get("event_id")


def test_an_export_takes_the_filters_of_the_list(site: Site) -> None:
    rows = site.get("/api/v1/quotes.jsonl?lang=fr").text.splitlines()
    assert [json.loads(row)["speaker_name"] for row in rows] == ["Éloïse Gagné"]
    rows = site.get("/api/v1/deadlines.jsonl?order=-due").text.splitlines()
    first, second = (json.loads(row)["due_from"] for row in rows)
    assert first > second


def test_an_export_of_many_rows_has_them_all_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.web.exports.MAX_LIMIT", 2)
    whole = site.get("/api/v1/events?limit=500").json()["items"]
    rows = [json.loads(line) for line in site.get("/api/v1/events.jsonl").text.splitlines()]
    assert rows == whole
    assert len(list(csv.DictReader(io.StringIO(site.get("/api/v1/events.csv").text)))) == len(whole)


@pytest.mark.parametrize("query", ["?limit=1", "?cursor=x", "?stance=x", "?kind=shouted", "?x=1"])
def test_what_an_export_cannot_do_is_told_before_it_begins(site: Site, query: str) -> None:
    answer = site.get(f"/api/v1/quotes.csv{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_nothing_gives_the_names_of_the_columns(site: Site) -> None:
    assert site.get("/api/v1/stories.csv?lang=es").text == (
        "story_id,title,lang,first_published_at,articles,outlets\n"
    )
    assert site.get("/api/v1/stories.jsonl?lang=es").text == ""


def test_no_cell_is_a_formula(site: Site) -> None:
    assert HOSTILE.startswith("<")
    for row in csv.reader(io.StringIO(site.get("/api/v1/quotes.csv").text)):
        assert not any(cell[:1] in {"=", "+", "-", "@"} for cell in row)


def test_the_head_of_an_export_ends(site: Site) -> None:
    answer = site.client.head("/api/v1/quotes.csv")
    assert (answer.status_code, answer.content) == (200, b"")
