"""Reading the views: the same rows, filters and pages on SQLite and PostgreSQL."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.queries import (
    VIEWS,
    BadFilterError,
    Filters,
    day_of,
    event_detail,
    filters_of,
    list_rows,
    marked_parts,
    since_of,
    until_of,
)
from tests.web.filling import ENGLISH, NOW, Filling, fill

SEARCHES = [
    "%",
    "_",
    "\\",
    "'",
    '"',
    ";--",
    "*",
    "[",
    "]",
    "^",
    "?",
    "NEAR",
    "a\x00b",
    "\ud800",
    "é",
]


def rows(
    database: Database, view: str, order: str = "newest", **asked: Any
) -> list[dict[str, Any]]:
    with database.read() as connection:
        return list_rows(connection, view, Filters(**asked), order=order).rows


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A filled store on each kind of server, for tests that only read."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path_factory.mktemp('queries')}/store.db"
        if request.param == "postgres":
            url = stack.enter_context(_postgres(request.getfixturevalue("postgres_server")))
        store = open_database(url)
        stack.callback(store.close)
        upgrade(store)
        fill(store)
        yield store


@contextmanager
def _postgres(server: str) -> Iterator[str]:
    import psycopg

    name = f"test_queries_{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}&dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE nafta_template")
        yield server.replace("/?", f"/{name}?", 1)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_lists_rows(filled: Database, view: str) -> None:
    assert rows(filled, view)


def test_json_columns_come_decoded_and_times_aware(filled: Database) -> None:
    moved = next(row for row in rows(filled, "deadlines") if row["moves"])
    assert moved["history"][0]["due"]["from"] == "2018-03-23"
    assert moved["due_from"] == date(2018, 5, 1)
    assert moved["first_seen_at"] == NOW
    assert rows(filled, "changes")[0]["snapshot"]["event_id"].startswith("ev")
    assert rows(filled, "quotes", actor="freeland")[0]["issues"] == ["dairy"]


def test_events_hold_all_three_types_with_their_headline(filled: Database) -> None:
    found = rows(filled, "events")
    assert {row["type"] for row in found} == {"quote", "deadline", "issue_mention"}
    mention = next(row for row in found if row["stance"] == "demands")
    assert mention["issues"] == ["dairy"]
    assert mention["party"] == "US"
    assert mention["text"].startswith("The United States")


@pytest.mark.parametrize(
    ("view", "asked", "expected"),
    [
        ("quotes", {"speaker": "freeland"}, 1),
        ("quotes", {"speaker": "eloise gagne"}, 1),
        ("quotes", {"speaker": "ÉLOÏSE"}, 1),
        ("quotes", {"party": "ca"}, 1),
        ("quotes", {"party": "CA,MX"}, 1),
        ("quotes", {"issue": "dairy"}, 1),
        ("quotes", {"issue": "dair"}, 0),
        ("quotes", {"kind": "direct"}, 3),
        ("quotes", {"lang": "fr"}, 1),
        ("quotes", {"outlet": "quebecois"}, 1),
        ("quotes", {"search": "QUEBEC offre"}, 1),
        ("quotes", {"search": "l'offre"}, 1),
        ("quotes", {"search": '"bad deal"'}, 1),
        ("quotes", {"search": '"deal bad"'}, 0),
        ("quotes", {"status": "withdrawn"}, 0),
        ("quotes", {"search": "%"}, 0),
        ("quotes", {"search": "_"}, 0),
        ("deadlines", {"party": "US"}, 1),
        ("deadlines", {"due_since": date(2018, 5, 2)}, 1),
        ("deadlines", {"due_since": date(2018, 6, 30)}, 1),
        ("deadlines", {"due_until": date(2018, 5, 1)}, 0),
        ("deadlines", {"kind": "deadline"}, 2),
        ("issue_mentions", {"stance": "demands"}, 1),
        ("issue_mentions", {"issue": "autos,dairy"}, 2),
        ("positions", {"party": "MX"}, 1),
        ("articles", {"search": "defendra"}, 1),
        ("articles", {"story": "st1"}, 2),
        ("articles", {"status": "done"}, 4),
        ("feeds", {"status": "failing"}, 1),
        ("changes", {"topic": "deadline.*"}, 2),
        ("changes", {"topic": "deadline.moved,issue.new"}, 2),
        ("changes", {"type": "quote"}, 1),
        ("events", {"type": "deadline,quote"}, 5),
        ("events", {"since": NOW + timedelta(days=1)}, 0),
        ("events", {"until": NOW + timedelta(days=1)}, 7),
    ],
    ids=str,
)
def test_filter_passes_what_it_names(
    filled: Database, view: str, asked: dict[str, Any], expected: int
) -> None:
    assert len(rows(filled, view, **asked)) == expected


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("text", SEARCHES)
def test_no_text_breaks_a_filter(filled: Database, view: str, text: str) -> None:
    for name in filters_of(view):
        if name in {"since", "until", "due_since", "due_until"}:
            continue
        try:
            rows(filled, view, **{name: text})
        except BadFilterError:
            assert name in {"type", "stance", "kind", "status"}


@pytest.mark.parametrize(
    ("view", "asked"),
    [
        ("quotes", {"stance": "demands"}),
        ("positions", {"lang": "en"}),
        ("feeds", {"since": NOW}),
        ("quotes", {"kind": "shouted"}),
        ("quotes", {"status": "gone"}),
        ("quotes", {"since": datetime(2018, 1, 1)}),  # noqa: DTZ001
        ("quotes", {"search": "x" * 501}),
        ("quotes", {"search": "a " * 30}),
    ],
)
def test_filter_without_sense_is_refused_in_one_sentence(
    filled: Database, view: str, asked: dict[str, Any]
) -> None:
    with pytest.raises(BadFilterError) as caught:
        rows(filled, view, **asked)
    assert str(caught.value).count("\n") == 0
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_paging_gives_every_row_once_in_the_order_of_one_page(
    filled: Database, view: str, size: int
) -> None:
    orders = ["newest", "due"] if view == "deadlines" else ["newest"]
    for order in orders:
        paged, cursor = [], None
        with filled.read() as connection:
            whole = list_rows(connection, view, limit=500, order=order).rows
            for _ in itertools.count():
                page = list_rows(connection, view, limit=size, cursor=cursor, order=order)
                paged += page.rows
                cursor = page.next
                if cursor is None:
                    break
        assert paged == whole


def test_new_rows_neither_repeat_nor_push_out_others(database: Database) -> None:
    def add(hours: int) -> None:
        with database.write() as connection:
            article = press(connection).article(ENGLISH, published_at=NOW + timedelta(hours=hours))
            press(connection).quote(article, ENGLISH, "Talks resumed")

    numbers = itertools.count(1)

    def press(connection: Any) -> Filling:
        return Filling(connection, numbers)

    for hours in range(4):
        add(hours)
    with database.read() as connection:
        first = list_rows(connection, "quotes", limit=2)
    add(10)
    with database.read() as connection:
        second = list_rows(connection, "quotes", limit=2, cursor=first.next)
    seen = [row["event_id"] for row in first.rows + second.rows]
    assert seen == ["ev8", "ev6", "ev4", "ev2"]
    assert second.next is None


def test_deadlines_by_due_date_put_the_undated_last(database: Database) -> None:
    fill(database)
    with database.write() as connection:
        press = Filling(connection, itertools.count(100))
        article = press.article(ENGLISH)
        press.deadline(article, ENGLISH, "Talks resumed")
    dues = [row["due_from"] for row in rows(database, "deadlines", order="due")]
    assert dues == [date(2018, 5, 1), date(2018, 6, 1), None]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "e30", "W10", "é", "bnVsbA", "WyJxdW90ZXMiLCJuZXdlc3QiLDEsMl0", "A" * 5000],
)
def test_bad_cursor_is_refused(filled: Database, cursor: str) -> None:
    with filled.read() as connection, pytest.raises(BadFilterError):
        list_rows(connection, "quotes", cursor=cursor)


def test_cursor_of_another_listing_is_refused(filled: Database) -> None:
    with filled.read() as connection:
        cursor = list_rows(connection, "quotes", limit=1).next
        with pytest.raises(BadFilterError):
            list_rows(connection, "deadlines", cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 501, 10**9])
def test_limit_is_bounded(filled: Database, limit: int) -> None:
    with filled.read() as connection, pytest.raises(BadFilterError):
        list_rows(connection, "quotes", limit=limit)


def test_unknown_view_and_order_are_refused(filled: Database) -> None:
    with filled.read() as connection:
        with pytest.raises(BadFilterError):
            list_rows(connection, "sqlite_master; drop table event")
        with pytest.raises(BadFilterError):
            list_rows(connection, "quotes", order="due")


def test_event_shows_every_sighting_in_its_surroundings(database: Database) -> None:
    ids = fill(database)
    with database.read() as connection:
        event = event_detail(connection, ids["quote"])
    assert event is not None
    assert event["speaker_name"] == "Chrystia Freeland"
    assert [item["outlet"] for item in event["evidence"]] == ["The Other", "The Example"]
    for item in event["evidence"]:
        passage, span = item["passage"], item["spans"][0]
        assert ENGLISH[span["start"] : span["end"]] == span["text"] == passage["evidence"]
        assert passage["before"] + passage["evidence"] + passage["after"] == ENGLISH
        assert passage["parts"] == [{"text": span["text"], "marked": True}]


def test_evidence_that_its_text_no_longer_holds_stands_alone(database: Database) -> None:
    with database.write() as connection:
        press = Filling(connection)
        article = press.article("Another text.")
        event_id = press.quote(article, ENGLISH, "Talks resumed on Monday.")
    with database.read() as connection:
        event = event_detail(connection, event_id)
    assert event is not None
    passage = event["evidence"][0]["passage"]
    assert (passage["before"], passage["after"]) == ("", "")
    assert passage["evidence"] == "Talks resumed on Monday."


@pytest.mark.parametrize("event_id", ["", "none", "'; --", "a\x00", "\ud800", "x" * 1000])
def test_unknown_event_is_none(filled: Database, event_id: str) -> None:
    with filled.read() as connection:
        assert event_detail(connection, event_id) is None


def test_marked_parts_join_to_the_text_and_mark_overlaps_once() -> None:
    parts = marked_parts("abcdefgh", [(4, 6), (1, 3), (2, 5)])
    assert [(part["text"], part["marked"]) for part in parts] == [
        ("a", False),
        ("bc", True),
        ("de", True),
        ("f", True),
        ("gh", False),
    ]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2018-03-31", datetime(2018, 3, 31, tzinfo=UTC), datetime(2018, 4, 1, tzinfo=UTC)),
        ("2018-03-31T12:00", *[datetime(2018, 3, 31, 12, tzinfo=UTC)] * 2),
        ("2018-03-31T12:00-04:00", *[datetime(2018, 3, 31, 16, tzinfo=UTC)] * 2),
    ],
)
def test_a_day_is_from_its_start_and_until_its_end(
    text: str, since: datetime, until: datetime
) -> None:
    assert (since_of(text), until_of(text)) == (since, until)


@pytest.mark.parametrize(
    "text", ["", "soon", "31/03/2018", "9999-12-31", "0001-01-01T00:00+14:00", "2018-13-01"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadFilterError):
        until_of(text)
    with pytest.raises(BadFilterError):
        day_of(text + "x")
