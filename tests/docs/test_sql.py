"""Every view and column is told, and every query runs."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from extractors.types import Stance
from storage.engine import Database
from storage.models import Deadline as DeadlineRow
from storage.models import Event
from storage.schema import VIEWS
from tests import making
from tests.docs.documents import bare, blocks, document, section, table_rows

TEXT = document("sql.md")
EVENT_VIEWS = ("quotes", "deadlines", "issue_mentions")
QUERIES = blocks(section(TEXT, "## Ten useful queries"), "sql")
WIRE = "“We will not trade away our farmers for a deadline,” Verheul said of dairy."


def _documented(view: str) -> list[str]:
    deep = "###" if view in EVENT_VIEWS else "##"
    own = [bare(row[0]) for row in table_rows(section(TEXT, f"{deep} `{view}`"))]
    every = section(TEXT, "## Every event").partition("\n###")[0]
    shared = [bare(row[0]) for row in table_rows(every)] if view in EVENT_VIEWS else []
    return shared + own


def test_columns_are_documented_as_the_database_has_them(database: Database) -> None:
    with database.read() as connection:
        columns = {
            view: list(connection.exec_driver_sql(f"SELECT * FROM {view} LIMIT 0").keys())
            for view in VIEWS
        }
    assert {view: _documented(view) for view in VIEWS} == columns


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_has_a_type_and_a_meaning(view: str) -> None:
    known = {row[0] for row in table_rows(section(TEXT, "## Types"))}
    deep = "###" if view in EVENT_VIEWS else "##"
    for _, type_, meaning in table_rows(section(TEXT, f"{deep} `{view}`")):
        assert type_ in known
        assert meaning.endswith(".")


def test_the_search_index_can_be_asked_with_sql(filled: Database) -> None:
    on_sqlite, on_postgresql = blocks(section(TEXT, "## Full-text search"), "sql")
    query = on_sqlite if filled.is_sqlite else on_postgresql
    asked = query.replace("supply", "trade").replace("manage", "farm")
    assert [row["speaker_name"] for row in _rows(filled, asked)] == ["Steve Verheul"]
    assert _rows(filled, query) == []


def test_there_are_ten_queries() -> None:
    assert len(QUERIES) == 10


@pytest.fixture
def filled(database: Database) -> Database:
    """A store with copies of a statement, a deadline that moved, two positions and no news."""
    _print_statement(database)
    _print_deadlines(database)
    _print_positions(database)
    nothing = "Rain is expected in the hills tomorrow, and snow above them."
    making.print_and_record(
        database, "https://wire.example/rain", nothing, making.extraction(relevance=0.0)
    )
    return database


def _print_statement(database: Database) -> None:
    words = "We will not trade away our farmers for a deadline"
    long = f"{WIRE} {' '.join(f'word{n} of the report' for n in range(20))}."
    said = replace(making.quote(long, words, actor="steve-verheul", party="CA"), issues=("dairy",))
    for outlet in ("Wire", "Paper", "Diario"):
        making.print_and_record(
            database,
            f"https://{outlet.lower()}.example/farmers",
            long,
            making.extraction(quotes=[said]),
            outlet=outlet,
        )


def _print_deadlines(database: Database) -> None:
    for number, words in enumerate(("May 1", "May 17")):
        text = f"Washington wants an agreement in principle by {words}, officials said."
        found = making.deadline(
            text, words, date(2018, 5, 1 + 16 * number), what="an agreement in principle"
        )
        making.print_and_record(
            database,
            f"https://wire.example/principle-{number}",
            text,
            making.extraction(deadlines=[found]),
            published=making.NOW + timedelta(days=number),
        )


def _print_positions(database: Database) -> None:
    for party, stance in (("MX", Stance.OPPOSES), ("US", Stance.DEMANDS)):
        text = f"{party} {stance} a sunset clause that ends the pact after five years."
        found = making.mention(text, "sunset clause", "sunset-review", party=party, stance=stance)
        making.print_and_record(
            database,
            f"https://wire.example/sunset-{party}",
            text,
            making.extraction(issues=[found]),
        )


def _rows(database: Database, query: str) -> Sequence[Any]:
    with database.read() as connection:
        # The driver's own parameters are written with %, so what a reader writes once is doubled.
        escaped = query if database.is_sqlite else query.replace("%", "%%")
        return connection.exec_driver_sql(escaped).mappings().all()


def test_queries_run_and_find_something(filled: Database) -> None:
    found = {number: len(_rows(filled, query)) for number, query in enumerate(QUERIES, 1)}
    _let_be_due(filled, datetime.now(UTC).date() + timedelta(days=40))
    found[3] = len(_rows(filled, QUERIES[2]))
    assert found == {1: 1, 2: 1, 3: 1, 4: 1, 5: 7, 6: 1, 7: 1, 8: 1, 9: 3, 10: 3}


def _let_be_due(database: Database, day: date) -> None:
    with database.write() as connection:
        connection.execute(update(DeadlineRow).values(due_from=day, due_to=day + timedelta(days=1)))
        connection.execute(update(Event).values(status="active"))


def test_days_left_are_counted_over_months_and_leap_years(filled: Database) -> None:
    query = next(query for query in QUERIES if "days_left" in query)
    with filled.read() as connection:
        today = connection.exec_driver_sql("SELECT CAST(CURRENT_DATE AS text)").scalar()
    assert today is not None
    counted = {}
    for days in (0, 1, 2, 31, 59, 60, 61, 300, 365, 366, 800, 1461, 12_000, 40_000):
        _let_be_due(filled, date.fromisoformat(today) + timedelta(days=days))
        counted[days] = [row["days_left"] for row in _rows(filled, query)]
    assert counted == {days: [days] for days in counted}


def test_offsets_cut_the_evidence_as_documented(filled: Database) -> None:
    rows = _rows(filled, QUERIES[9])
    assert len(rows) == 3
    assert all(row["cut"] == row["text"] for row in rows)


def test_matrix_has_a_column_for_each_party(filled: Database) -> None:
    assert [dict(row) for row in _rows(filled, QUERIES[3])] == [
        {
            "issue": "sunset-review",
            "canada": None,
            "united_states": "demands",
            "mexico": "opposes",
        }
    ]


def test_names_of_queries_are_numbered() -> None:
    assert re.findall(r"^\*\*(\d+)\. ", TEXT, re.MULTILINE) == [str(n) for n in range(1, 11)]
