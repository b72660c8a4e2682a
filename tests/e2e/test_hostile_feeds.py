"""Feeds that do their worst, all polled at once: each costs itself a sentence and no other."""

import asyncio
import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from config.settings import load_settings
from monitor.fetching import Fetcher, FetchPolicy
from monitor.metrics import Metrics
from monitor.polling import PollOutcome, poll_feed
from monitor.services import Services
from monitor.workers import WorkerPool
from monitor.writing import AsyncWriter
from storage.engine import Database, open_database
from storage.feeds import NewFeed, add_feeds, pollable_feeds
from storage.migrate import upgrade
from tests.serving import Answer, Connection, Reply, Request, Server, drip, endless, reset, serve

NOW = datetime(2018, 3, 28, 15, 0, tzinfo=UTC)
LIMIT = 5_000_000


def rss(items: str, head: str = "<?xml version='1.0'?>") -> bytes:
    return f"{head}<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()


def item(name: str, title: str = "A title") -> str:
    return (
        f"<item><title>{title}</title><link>https://n.example/{name}</link>"
        f"<guid isPermaLink='false'>{name}</guid></item>"
    )


LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)


def moved(target: str) -> Reply:
    return Reply(302, b"", {"location": target, "set-cookie": "seen=1; Path=/"})


def cookie_wall(request: Request, connection: Connection) -> None:
    """Send whoever brings no cookie away to come back with one."""
    assert "cookie" not in request.headers
    connection.send(moved(request.path).rendered())


# What the feed does, and a word of the sentence that tells it.
FAULTS: dict[str, tuple[Answer, str]] = {
    "redirect loop": (moved("/redirect loop".replace(" ", "-")), "redirects more than"),
    "cookie loop": (cookie_wall, "redirects more than"),
    "slow loris": (drip(0.2, b"HTTP/1.1 200 OK\r\n"), "did not answer within"),
    "slow body": (drip(0.2), "did not answer within"),
    "endless body": (endless(b"x" * 65536), "longer than"),
    "gzip bomb": (
        Reply(200, gzip.compress(bytes(50_000_000)), {"content-encoding": "gzip"}),
        "longer than",
    ),
    "reset": (reset, "broke off"),
    "empty": (Reply(200, b""), "is empty"),
    "web page": (Reply(200, b"<!doctype html><p>Are you a robot?</p>"), "web page"),
    "wall": (Reply(403, b"", {"cf-mitigated": "challenge"}), "wall of Cloudflare"),
    "data wall": (Reply(403, b"", {"x-datadome": "protected"}), "wall of DataDome"),
    "metadata": (moved("http://169.254.169.254/latest"), "not contacted"),
    "private": (moved("http://10.0.0.1/feed"), "not contacted"),
    "mapped": (moved("http://[::ffff:127.0.0.1]/feed"), "not contacted"),
    "number": (moved("http://2130706433/feed"), "not contacted"),
    "file": (moved("file:///etc/passwd"), "no web address"),
    "user": (moved("http://good.example@127.0.0.1/"), "user name"),
}
# Feeds that are odd but can be read: how many entries come of them.
READABLE: dict[str, tuple[Answer, int]] = {
    "good": (Reply(200, rss(item("1") + item("2"))), 2),
    "wrong length": (Reply(200, rss(item("3")), {"content-length": "99999"}), 1),
    "wrong charset": (
        Reply(200, rss(item("4", "Négociation")), {"content-type": "text/xml; charset=utf-16"}),
        1,
    ),
    "nul": (Reply(200, rss(item("5", "A\x00B"))), 1),
    "laughs": (Reply(200, rss(item("6", "&a9;"), LAUGHS)), 1),
    "runaway": (Reply(200, rss("".join(item(f"r{n}") for n in range(30_000)))), 5000),
}


async def poll_all(database: Database, policy: FetchPolicy) -> dict[str, PollOutcome]:
    writer = AsyncWriter(database)
    try:
        async with (
            Fetcher(policy) as fetcher,
            WorkerPool(2, time_limit=60.0, memory_limit_mb=1024) as workers,
        ):
            services = Services(
                settings=load_settings(environ={}),
                database=database,
                writer=writer,
                fetcher=fetcher,
                workers=workers,
                metrics=Metrics(),
                issue_names={},
                version="test",
                now=lambda: NOW,
            )
            with database.read() as connection:
                ids = pollable_feeds(connection)
            outcomes = await asyncio.gather(*(poll_feed(services, id) for id in ids))
    finally:
        writer.close()
    return {
        outcome.url.rpartition("/")[2].replace("-", " "): outcome for outcome in outcomes if outcome
    }


Polled = tuple[Server, Database, dict[str, PollOutcome]]


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Polled]:
    """All of them, polled once."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    database = open_database(f"sqlite:///{folder}/store.db")
    upgrade(database)
    answers = {name: answer for name, (answer, _) in (FAULTS | READABLE).items()}
    with serve() as server:
        urls = [server.on("/" + name.replace(" ", "-"), answer) for name, answer in answers.items()]
        with database.write() as connection:
            add_feeds(connection, [NewFeed(url) for url in urls], interval=900, now=NOW)
        policy = FetchPolicy(
            "test/1",
            timeout=10.0,
            max_bytes=LIMIT,
            host_delay=0.0,
            host_connections=30,
            connections=30,
            allow_private=(server.place,),
        )
        yield server, database, asyncio.run(poll_all(database, policy))
    database.close()


@pytest.mark.parametrize("name", FAULTS)
def test_a_feed_that_does_its_worst_is_told_in_a_sentence(polled: Polled, name: str) -> None:
    error = polled[2][name].error
    assert error is not None
    assert FAULTS[name][1] in error
    assert error.isprintable()
    assert error.endswith((".", ")"))
    assert len(error) < 300


@pytest.mark.parametrize("name", READABLE)
def test_the_others_are_read_meanwhile(polled: Polled, name: str) -> None:
    outcome = polled[2][name]
    assert outcome.error is None
    assert outcome.new == READABLE[name][1]


def test_what_failed_is_kept_with_the_feed(polled: Polled) -> None:
    with polled[1].read() as connection:
        rows = connection.execute(sql("SELECT failures, last_error FROM feed")).all()
    assert sum(row.failures == 1 and row.last_error is not None for row in rows) == len(FAULTS)
    assert sum(row.failures == 0 and row.last_error is None for row in rows) == len(READABLE)


def test_entities_are_not_expanded(polled: Polled) -> None:
    with polled[1].read() as connection:
        titles = connection.scalars(sql("SELECT coalesce(title, '') FROM entry")).all()
    assert max(len(title) for title in titles) < 1000


def test_a_loop_of_redirects_is_left_after_five(polled: Polled) -> None:
    assert len(polled[0].asked("/redirect-loop")) == 6
    assert len(polled[0].asked("/cookie-loop")) == 6
