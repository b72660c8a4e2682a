"""Pages that are young are looked at again; a correction makes a revision."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import text as sql

from config.settings import load_settings
from monitor.fetching import Fetcher, FetchPolicy
from monitor.metrics import Metrics
from monitor.pipeline import fetch_article
from monitor.services import Services
from monitor.workers import WorkerPool
from monitor.writing import AsyncWriter
from storage.articles import due_articles, look_again
from storage.engine import Database
from storage.feeds import EntryItem, IngestPolicy, NewFeed, add_feeds, find_feed, ingest_entries
from tests.serving import Reply, Server, serve

NOW = datetime(2018, 3, 28, 15, 0, tzinfo=UTC)
FEED = "https://n.example/feed"


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


class InLine:
    async def run(self, task: Any, *args: Any, **values: Any) -> Any:
        return task(*args, **values)


@dataclass
class Desk:
    database: Database
    now: datetime = NOW

    def find(self, url: str, published: datetime = NOW) -> None:
        """An entry of a feed names *url*."""
        with self.database.write() as connection:
            add_feeds(connection, [NewFeed(FEED)], interval=900, now=self.now)
            feed = find_feed(connection, FEED)
            assert feed is not None
            entry = EntryItem("k", "1", url, "n.example/1", "T", None, None, None, published, None)
            policy = IngestPolicy(True, None, NOW - timedelta(days=30))
            ingest_entries(connection, feed, [entry], policy, self.now)

    def fetch(self) -> str:
        async def run() -> str:
            policy = FetchPolicy("test/1", host_delay=0.0, allow_private=("127.0.0.0/8",))
            writer = AsyncWriter(self.database)
            async with Fetcher(policy) as fetcher:
                services = Services(
                    settings=load_settings(environ={}),
                    database=self.database,
                    writer=writer,
                    fetcher=fetcher,
                    workers=cast("WorkerPool", InLine()),
                    metrics=Metrics(),
                    issue_names={},
                    version="test",
                    now=lambda: self.now,
                )
                try:
                    return await fetch_article(services, 1)
                finally:
                    writer.close()

        return asyncio.run(run())

    def extracted(self, relevance: float = 0.9) -> None:
        """What the stage after this one leaves behind."""
        with self.database.write() as connection:
            connection.execute(
                sql(
                    "UPDATE article SET state = 'done', next_at = NULL, relevance = :relevance, "
                    "extracted_revision = revision"
                ),
                {"relevance": relevance},
            )
            look_again(connection, 1, self.now, 0.5)

    def due(self) -> bool:
        with self.database.read() as connection:
            return bool(due_articles(connection, "fetch", self.now, 10))

    def article(self) -> tuple[str, int]:
        with self.database.read() as connection:
            row = connection.execute(sql("SELECT state, revision FROM article")).one()
        return row.state, row.revision


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def page(text: str, **headers: str) -> Reply:
    body = f"<html><head><title>T</title></head><body><article>{text}</article></body></html>"
    return Reply(200, body.encode(), {"content-type": "text/html; charset=utf-8"} | headers)


LONG = "<p>" + "The ministers met again on Wednesday to talk about rules of origin. " * 12 + "</p>"


def test_a_corrected_page_is_found_hours_later(desk: Desk, server: Server) -> None:
    url = server.on("/1", page(LONG), page(LONG + "<p>Correction: it was Thursday.</p>"))
    desk.find(url)
    assert desk.fetch() == "stored"
    desk.extracted()
    assert not desk.due()
    desk.now += timedelta(hours=3)
    assert desk.due()
    assert desk.fetch() == "stored"
    assert desk.article() == ("extract", 2)


def test_an_unchanged_page_costs_two_conditional_requests_in_all(
    desk: Desk, server: Server
) -> None:
    desk.find(server.on("/1", page(LONG, etag='"a"'), Reply(304)))
    desk.fetch()
    desk.extracted()
    for hours in range(1, 60):
        desk.now = NOW + timedelta(hours=hours)
        if desk.due():
            assert desk.fetch() == "unchanged"
    asked = server.asked("/1")
    assert len(asked) == 3
    assert all(request.headers["if-none-match"] == '"a"' for request in asked[1:])
    assert desk.article() == ("done", 1)


@pytest.mark.parametrize(
    "reply",
    [Reply(404), Reply(503), page("<p>Please log in.</p>"), Reply(200, b"")],
    ids=["404", "503", "login", "empty"],
)
def test_a_page_that_is_not_there_any_more_keeps_its_text(
    desk: Desk, server: Server, reply: Reply
) -> None:
    desk.find(server.on("/1", page(LONG), reply))
    desk.fetch()
    desk.extracted()
    desk.now += timedelta(hours=4)
    desk.fetch()
    state, revision = desk.article()
    assert (state, revision) in {("done", 1), ("extract", 2)}


def test_what_says_nothing_or_is_old_is_not_looked_at_again(desk: Desk, server: Server) -> None:
    desk.find(server.on("/1", page(LONG)), published=NOW - timedelta(days=5))
    desk.fetch()
    desk.extracted()
    desk.now += timedelta(hours=30)
    assert not desk.due()


def test_what_is_beside_the_point_is_not_looked_at_again(desk: Desk, server: Server) -> None:
    desk.find(server.on("/1", page(LONG)))
    desk.fetch()
    desk.extracted(relevance=0.1)
    desk.now += timedelta(hours=4)
    assert not desk.due()
