"""A store, and the stage that fetches the article of its one entry."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

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
from storage.entries import EntryItem, IngestPolicy, ingest_entries
from storage.feeds import NewFeed, add_feeds, find_feed
from tests.serving import Reply

NOW = datetime(2018, 3, 28, 15, 0, tzinfo=UTC)
FEED = "https://n.example/feed"


class InLine:
    async def run(self, task: Any, *args: Any, **values: Any) -> Any:
        return task(*args, **values)


@dataclass
class Desk:
    database: Database
    now: datetime = NOW

    def find(self, url: str, published: datetime = NOW, summary: str | None = None) -> None:
        """An entry of a feed names *url*, and has *summary*."""
        with self.database.write() as connection:
            add_feeds(connection, [NewFeed(FEED)], interval=900, now=self.now)
            feed = find_feed(connection, FEED)
            assert feed is not None
            entry = EntryItem(
                "k", "1", url, "n.example/1", "T", summary, None, None, published, None
            )
            policy = IngestPolicy(True, None, NOW - timedelta(days=30))
            ingest_entries(connection, feed, [entry], policy, self.now)

    def fetch(self, *, robots: bool = True) -> str:
        """What comes of fetching the article, by a fetcher that knows no host yet."""

        async def run() -> str:
            policy = FetchPolicy("test/1", host_delay=0.0, allow_private=("127.0.0.0/8",))
            writer = AsyncWriter(self.database)
            async with Fetcher(policy) as fetcher:
                services = Services(
                    settings=load_settings(environ={}, overrides={("fetch", "robots"): robots}),
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


def page(text: str, **headers: str) -> Reply:
    body = f"<html><head><title>T</title></head><body><article>{text}</article></body></html>"
    return Reply(200, body.encode(), {"content-type": "text/html; charset=utf-8"} | headers)


LONG = "<p>" + "The ministers met again on Wednesday to talk about rules of origin. " * 12 + "</p>"
