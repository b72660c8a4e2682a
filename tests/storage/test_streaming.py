"""All rows, in the order of the listings, however they are asked for."""

from datetime import timedelta
from typing import Any

import pytest

from storage.engine import Database
from storage.queries import VIEWS, BadFilterError, Filters, list_rows
from storage.streaming import stream_rows
from tests.making import NOW, extraction, print_and_record, quote
from tests.web.filling import fill


@pytest.mark.parametrize("view", VIEWS)
def test_a_stream_is_the_listing_without_pages(database: Database, view: str) -> None:
    fill(database)
    with database.read() as connection:
        listed = list_rows(connection, view, limit=500).rows
    assert list(stream_rows(database, view, Filters())) == listed
    assert list(stream_rows(database, view, Filters(), limit=2)) == listed[:2]


@pytest.mark.parametrize(
    ("view", "asked", "order"),
    [
        ("events", {"type": "quote,deadline"}, "newest"),
        ("events", {"search": "dairy"}, "newest"),
        ("quotes", {"party": "CA"}, "newest"),
        ("deadlines", {}, "due"),
        ("articles", {"search": "talks"}, "newest"),
    ],
)
def test_a_stream_passes_what_a_listing_passes(
    database: Database, view: str, asked: dict[str, Any], order: str
) -> None:
    fill(database)
    with database.read() as connection:
        listed = list_rows(connection, view, Filters(**asked), order=order).rows
    assert listed
    assert list(stream_rows(database, view, Filters(**asked), order=order)) == listed


def test_a_stream_goes_on_over_chunks(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.streaming._CHUNK", 2)
    for number in range(5):
        said = f"Number {number} of the {number * 7} tariffs is a matter for file {number}{number}."
        print_and_record(
            database,
            f"https://a.example/{number}",
            said,
            extraction(quotes=[quote(said, said)]),
            published=NOW + timedelta(hours=number),
        )
    rows = list(stream_rows(database, "quotes", Filters()))
    assert [row["url"][-1] for row in rows] == list("43210")


def test_a_reader_that_pauses_holds_no_transaction(sqlite_database: Database) -> None:
    fill(sqlite_database)
    stream = stream_rows(sqlite_database, "events", Filters())
    next(stream)
    assert sqlite_database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    stream.close()  # type: ignore[attr-defined]


def test_a_filter_without_sense_is_refused(database: Database) -> None:
    with pytest.raises(BadFilterError):
        list(stream_rows(database, "articles", Filters(stance="demands")))
