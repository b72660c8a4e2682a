"""What the tests and measurements of crashes share: a world, and all that a store holds of it."""

import random
import time
from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import text

from storage.check import find_faults
from storage.columns import utc_text
from storage.engine import open_database
from tests.commands import Program

_ISSUES = ("dairy quotas", "the sunset clause", "steel tariffs", "rules of origin for autos")
_SYLLABLES = [f"{one}{two}" for one in "aeiou" for two in "bdgklmnprstvz"]


def article_text(number: int) -> str:
    """An article that shares no statement with any other: invented words keep them apart."""
    chance = random.Random(number)
    words = [
        "".join(chance.choices("bdfgklmnprst", k=1) + chance.choices(_SYLLABLES, k=3))
        for _ in range(60)
    ]
    issue = _ISSUES[number % len(_ISSUES)]
    return (
        f"Canada's chief NAFTA negotiator Steve Verheul spoke about {issue} and {words[0]} on "
        f"Wednesday, in a hall that smelled of {' '.join(words[1:20])}.\n\n"
        f'"We found {" ".join(words[20:35])} in the text, and {words[35]} is not easy," Verheul '
        f"said.\n\n"
        f"The United States opposes {issue}, said the {words[36]} gazette, which tells of "
        f"{' '.join(words[37:55])}. The {words[55]} {words[56]} report must be published by "
        f"June {number % 30 + 1}."
    )


def settle(program: Program) -> None:
    """Run rounds until no article waits: what a kill cut short is retried after a pause."""
    for _ in range(10):
        program.run("run", "--once")
        waiting = query(
            program.database,
            "SELECT count(*) AS n FROM article WHERE state IN ('fetch', 'extract')",
        )
        pending = query(
            program.database, "SELECT count(*) AS n FROM delivery WHERE state = 'pending'"
        )
        if waiting == pending == [{"n": 0}]:
            return
        time.sleep(1)


def _plain(value: Any) -> Any:
    """A time as SQLite has it, so that rows of both servers compare."""
    return utc_text(value) if isinstance(value, datetime) else value


def query(url: str, statement: str) -> list[dict[str, Any]]:
    """The rows of a statement, with times as text."""
    database = open_database(url)
    try:
        with database.read() as connection:
            rows = connection.execute(text(statement)).mappings()
            return [{name: _plain(value) for name, value in row.items()} for row in rows]
    finally:
        database.close()


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """What a sound store holds, but for when it came in and how events are called.

    An event is called after what was recorded first, which a kill may change; what it is made of
    may not change.
    """
    database = open_database(url)
    try:
        with database.read() as connection:
            assert list(find_faults(connection)) == []
    finally:
        database.close()
    entries = "SELECT feed_url, entry_id, link, title, article_id, revision FROM entries"
    articles = "SELECT article_id, revision, url, title, published_at, text, state FROM articles"
    sightings = query(
        url, "SELECT event_id, article_id, start_offset, end_offset, text FROM sightings"
    )
    made_of: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in sightings:
        made_of[row.pop("event_id")].append(tuple(row.values()))
    events = query(url, "SELECT event_id, type, status, sightings, outlets, stories FROM event")
    told = [(*list(row.values())[1:], *sorted(made_of[row["event_id"]])) for row in events]
    return {
        "entries": sorted((tuple(row.values()) for row in query(url, entries)), key=repr),
        "articles": sorted((tuple(row.values()) for row in query(url, articles)), key=repr),
        "events": sorted((row for row in told if row[1] != "withdrawn"), key=repr),
    }
