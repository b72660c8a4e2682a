"""The demo plays the whole press world through the real service."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage.check import find_faults
from storage.engine import Database, open_database
from tests.commands import Program


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """What the demo of all rounds printed, and the address of its store."""
    folder: Path = tmp_path_factory.mktemp("demo")
    database = f"sqlite:///{folder}/demo.db"
    return Program(folder, database).run("demo", "--once", "--quiet"), database


@pytest.fixture(scope="module")
def store(played: tuple[str, str]) -> Iterator[Database]:
    database = open_database(played[1])
    yield database
    database.close()


def rows(store: Database, query: str) -> list[dict[str, Any]]:
    with store.read() as connection:
        return [dict(row) for row in connection.execute(text(query)).mappings()]


def test_every_article_is_read_and_every_message_is_genuine(played: tuple[str, str]) -> None:
    said = played[0]
    articles, messages, refused = (
        int(re.search(pattern, said)[1])  # type: ignore[index]
        for pattern in (r"(\d+) articles", r"(\d+) webhook messages", r"signature, (\d+) without")
    )
    assert articles >= 30
    assert messages > articles
    assert refused == 0


def test_the_store_is_sound(store: Database) -> None:
    with store.read() as connection:
        assert list(find_faults(connection)) == []


def test_all_three_languages_give_quotes_and_deadlines(store: Database) -> None:
    for view in ("quotes", "deadlines", "issue_mentions"):
        assert {row["lang"] for row in rows(store, f"SELECT lang FROM {view}")} == {
            "en",
            "fr",
            "es",
        }


def test_a_wire_story_at_four_outlets_is_one_story(store: Database) -> None:
    stories = rows(store, "SELECT outlets, title FROM stories ORDER BY outlets DESC")
    assert stories[0]["outlets"] >= 4


def test_the_deadline_that_was_put_off_has_moved(store: Database) -> None:
    moved = rows(store, "SELECT * FROM deadlines WHERE moves > 0 AND lang = 'en'")
    gaps = {
        (row["due_from"], row["previous_due_from"]) for row in moved if row["previous_due_from"]
    }
    assert gaps
    topics = {row["topic"] for row in rows(store, "SELECT topic FROM changes")}
    assert "deadline.moved" in topics


def test_a_corrected_article_has_a_second_revision(store: Database) -> None:
    revised = rows(store, "SELECT title FROM articles WHERE revision = 2")
    assert len(revised) >= 2


def test_a_statement_over_several_paragraphs_is_one_quote(store: Database) -> None:
    parts = rows(
        store,
        "SELECT event_id, count(*) AS parts FROM sightings WHERE event_type = 'quote' "
        "GROUP BY event_id, article_id, occurrence ORDER BY parts DESC",
    )
    assert parts[0]["parts"] >= 3


def test_articles_about_something_else_say_nothing(store: Database) -> None:
    silent = rows(
        store,
        "SELECT title, relevance FROM articles a WHERE NOT EXISTS "
        "(SELECT 1 FROM sightings s WHERE s.article_id = a.article_id)",
    )
    assert len(silent) >= 2
    assert all(row["relevance"] < 0.2 for row in silent), json.dumps(silent)


def test_people_of_the_pack_are_known_by_office_and_party(store: Database) -> None:
    people = rows(
        store, "SELECT DISTINCT actor, party FROM quotes WHERE actor IS NOT NULL ORDER BY actor"
    )
    assert {"actor": "jamieson-greer", "party": "US"} in people
    assert {"actor": "claudia-sheinbaum", "party": "MX"} in people
    assert {"actor": "dominic-leblanc", "party": "CA"} in people
