"""Killed at any moment, the monitor loses nothing and doubles nothing."""

import random
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage.check import find_faults
from storage.engine import open_database
from tests.commands import ENVIRONMENT, Program, program_for
from tests.press import SECRET, Press, open_press

KILLS = 20
ARTICLES = 30
ISSUES = ("dairy quotas", "the sunset clause", "steel tariffs", "rules of origin for autos")
SYLLABLES = [f"{one}{two}" for one in "aeiou" for two in "bdgklmnprstvz"]
START = datetime(2018, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def press() -> Iterator[Press]:
    with open_press() as press:
        for feed in range(3):
            entries = []
            for number in range(feed, ARTICLES, 3):
                at = START + timedelta(hours=7 * number)
                page, title = f"/news/{number}", f"NAFTA talks, day {number}"
                press.publish(page, title, article_text(number), at)
                entries.append((page, title, at))
            press.list_in_feed(f"/feed{feed}", f"Feed {feed}", entries)
        yield press


def article_text(number: int) -> str:
    """An article that shares no statement with any other: invented words keep them apart."""
    chance = random.Random(number)
    words = [
        "".join(chance.choices("bdfgklmnprst", k=1) + chance.choices(SYLLABLES, k=3))
        for _ in range(60)
    ]
    issue = ISSUES[number % len(ISSUES)]
    return (
        f"Canada's chief NAFTA negotiator Steve Verheul spoke about {issue} and {words[0]} on "
        f"Wednesday, in a hall that smelled of {' '.join(words[1:20])}.\n\n"
        f'"We found {" ".join(words[20:35])} in the text, and {words[35]} is not easy," Verheul '
        f"said.\n\n"
        f"The United States opposes {issue}, said the {words[36]} gazette, which tells of "
        f"{' '.join(words[37:55])}. The {words[55]} {words[56]} report must be published by "
        f"June {number % 30 + 1}."
    )


@pytest.mark.slow
def test_twenty_kills_lose_and_double_nothing(
    tmp_path: Path, sqlite_url: str, press: Press
) -> None:
    (tmp_path / "clean").mkdir()
    clean = program_for(tmp_path / "clean", f"sqlite:///{tmp_path}/clean/store.db", press)
    killed = program_for(tmp_path, sqlite_url, press)
    for program in (clean, killed):
        for feed in range(3):
            program.run("feeds", "add", "--no-check", press.url(f"/feed{feed}"))
    clean.run("run", "--once")
    killed.run(
        "webhooks", "add", press.url("/hook"), "--secret", SECRET, "--topics", "*,sighting.*,feed.*"
    )

    chance = random.Random(20)
    for _ in range(KILLS):
        kill_after(killed, chance.uniform(0.3, 2.5))
    settle(killed)

    assert everything(killed.database) == everything(clean.database)
    seqs = [row["seq"] for row in query(killed.database, "SELECT seq FROM changes")]
    told = [message for message in press.messages if message["type"] != "endpoint.test"]
    assert {message["data"]["seq"] for message in told} == set(seqs)
    ids = {message["data"]["seq"]: message["id"] for message in told}
    assert all(ids[message["data"]["seq"]] == message["id"] for message in told)
    assert press.refused == 0


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


def kill_after(program: Program, seconds: float) -> None:
    process = subprocess.Popen(
        program.arguments("run", "--no-web"),
        cwd=program.folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.kill()
    process.wait()


def query(url: str, statement: str) -> list[dict[str, Any]]:
    database = open_database(url)
    try:
        with database.read() as connection:
            return [dict(row) for row in connection.execute(text(statement)).mappings()]
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
