"""A store, and the polling of its feeds."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import text as sql

from config.settings import load_settings
from monitor.feeds import parse_feed
from monitor.fetching import Fetcher, FetchPolicy
from monitor.metrics import Metrics
from monitor.polling import PollOutcome, poll_feed
from monitor.services import Services
from monitor.workers import WorkerPool
from monitor.writing import AsyncWriter
from storage.engine import Database
from storage.feeds import NewFeed, add_feeds, find_feed

NOW = datetime(2018, 3, 28, 15, 0, tzinfo=UTC)


class InLine:
    """Workers that work here and now, and count what they parse."""

    def __init__(self) -> None:
        self.parsed = 0
        self.error: Exception | None = None

    async def run(self, task: Any, *args: Any, **values: Any) -> Any:
        assert task is parse_feed
        self.parsed += 1
        if self.error is not None:
            raise self.error
        return task(*args, **values)


@dataclass
class Desk:
    """What a test of polling works at."""

    database: Database
    writer: AsyncWriter
    workers: InLine = field(default_factory=InLine)
    now: datetime = NOW

    def watch(self, url: str, **values: Any) -> int:
        with self.database.write() as connection:
            add_feeds(connection, [NewFeed(url, **values)], interval=900, now=self.now)
            found = find_feed(connection, url)
        assert found is not None
        return found.id

    def poll(self, feed: int, **policy: Any) -> PollOutcome | None:
        async def run() -> PollOutcome | None:
            hurried = FetchPolicy(
                "test/1", timeout=20.0, host_delay=0.0, allow_private=("127.0.0.0/8",)
            )
            async with Fetcher(replace(hurried, **policy)) as fetcher:
                services = Services(
                    settings=load_settings(environ={}),
                    database=self.database,
                    writer=self.writer,
                    fetcher=fetcher,
                    workers=cast("WorkerPool", self.workers),
                    metrics=Metrics(),
                    issue_names={},
                    version="test",
                    now=lambda: self.now,
                )
                return await poll_feed(services, feed)

        return asyncio.run(run())

    def brought(self, feed: int) -> tuple[int, int, bool]:
        """How many entries a poll brought, how many edits, and whether nothing had changed."""
        outcome = self.poll(feed)
        assert outcome is not None
        assert outcome.error is None
        return outcome.new, outcome.edited, outcome.unchanged

    def error(self, feed: int, **policy: Any) -> str:
        """The error with which a poll ends; it must be one line."""
        outcome = self.poll(feed, **policy)
        assert outcome is not None
        assert outcome.error is not None
        assert outcome.error.isprintable()
        return outcome.error

    def rows(self, query: str) -> list[dict[str, Any]]:
        with self.database.read() as connection:
            return [dict(row) for row in connection.execute(sql(query)).mappings()]

    def feed(self, *columns: str) -> Any:
        (row,) = self.rows("SELECT * FROM feed")
        return row[columns[0]] if len(columns) == 1 else tuple(row[name] for name in columns)

    def topics(self) -> list[str]:
        return [row["topic"] for row in self.rows("SELECT topic FROM change ORDER BY seq")]
