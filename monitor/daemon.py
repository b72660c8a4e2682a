"""The whole composition on one page: what is opened, wired, run and drained."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from zoneinfo import ZoneInfo

import structlog

from config.packs import load_packs
from config.settings import Settings
from monitor.delivery import Deliverer, DeliveryPolicy
from monitor.fetching import Fetcher, FetchPolicy
from monitor.metrics import Metrics
from monitor.pipeline import extract_article, fetch_article
from monitor.polling import PollOutcome, poll_feed
from monitor.scheduling import Dispatcher, Due, Stage
from monitor.services import Services
from monitor.workers import WorkerPool
from monitor.writing import AsyncWriter
from storage.articles import due_articles
from storage.deliveries import due_deliveries, fan_out, undistributed
from storage.engine import open_database
from storage.feeds import due_feeds
from storage.migrate import upgrade
from storage.reminders import remind
from storage.retention import prune

log = structlog.get_logger()

_GRACE_SECONDS = 5.0
_TICK_SECONDS = 1
_WAITING_A_CONNECTION = 8
EXTRACTOR_VERSION = version("nafta-monitor")


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


def worker_count(settings: Settings) -> int:
    """How many worker processes the settings ask for."""
    return settings.extract.workers or max(1, os.cpu_count() or 1)


def fetch_policy(settings: Settings) -> FetchPolicy:
    """The fetcher's part of the settings."""
    fetch = settings.fetch
    agent = fetch.user_agent.replace("{version}", version("nafta-monitor"))
    return FetchPolicy(
        user_agent=f"{agent} (+{fetch.contact})" if fetch.contact else agent,
        contact=fetch.contact or None,
        timeout=fetch.timeout,
        max_bytes=fetch.max_bytes,
        connections=fetch.connections,
        host_connections=fetch.host_connections,
        host_delay=fetch.host_delay,
        allow_private=fetch.allow_private,
        robots=fetch.robots,
    )


def delivery_policy(settings: Settings) -> DeliveryPolicy:
    """The deliverer's part of the settings."""
    webhooks = settings.webhooks
    return DeliveryPolicy(
        retry_schedule=webhooks.retry_schedule,
        timeout=webhooks.timeout,
        connections=webhooks.connections,
        allow_private=webhooks.allow_private,
        secret_key=webhooks.secret_key.get_secret_value() or None,
    )


def open_deliverer(services: Services) -> Deliverer:
    """A deliverer over *services*, to be entered."""
    policy = delivery_policy(services.settings)
    return Deliverer(services.database, services.writer, policy, now=services.now)


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open the database (at this version's schema), the fetcher and the workers; close them after.

    Raises the errors of :mod:`storage.errors` and ``config.packs`` where that is not possible.
    """
    packs = load_packs(settings.extract.packs)
    database = open_database(settings.database.url.get_secret_value())
    async with AsyncExitStack() as stack:
        stack.callback(database.close)
        await asyncio.to_thread(upgrade, database)
        writer = AsyncWriter(database)
        stack.callback(writer.close)
        fetcher = await stack.enter_async_context(Fetcher(fetch_policy(settings)))
        pool = WorkerPool(
            worker_count(settings),
            time_limit=settings.extract.time_limit,
            memory_limit_mb=settings.extract.memory_limit_mb,
        )
        workers = await stack.enter_async_context(pool)
        names = {issue.id: issue.names["en"] for pack in packs for issue in pack.issues}
        # A full collection would hold up the loop to go through all that was loaded to stay.
        gc.freeze()
        stack.callback(gc.unfreeze)
        yield Services(
            settings=settings,
            database=database,
            writer=writer,
            fetcher=fetcher,
            workers=workers,
            metrics=Metrics(),
            issue_names=names,
            version=EXTRACTOR_VERSION,
            now=utc_now,
        )


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The stages over one set of services, and what turns them."""

    services: Services
    polls: Stage[int]
    dispatcher: Dispatcher

    async def housekeeping(self) -> None:
        """Send the reminders that are due."""
        settings = self.services.settings.deadlines
        now = self.services.now()
        today = now.astimezone(ZoneInfo(settings.time_zone)).date()
        await self.services.writer.run(
            lambda connection: remind(connection, today, settings.remind_days, now)
        )

    async def retention(self) -> None:
        """Remove what the settings say is old."""
        now = self.services.now()
        keep = self.services.settings.retention
        await self.services.writer.run(
            lambda connection: prune(
                connection,
                articles_before=_days_ago(now, keep.articles_days),
                deliveries_before=_days_ago(now, keep.deliveries_days),
            )
        )


def _days_ago(now: datetime, days: int) -> datetime | None:
    return now - timedelta(days=days) if days else None


def build_pipeline(
    services: Services, deliverer: Deliverer, *, polls: Sequence[int] | None = None
) -> Pipeline:
    """Wire the stages. With *polls*, exactly these feeds are polled once, due or not."""
    fetch = services.settings.fetch
    database = services.database
    waiting = list(polls) if polls is not None else None

    def due_polls(limit: int, in_hand: Collection[int], _: Collection[str]) -> list[Due[int]]:
        if waiting is not None:
            taken, waiting[:] = waiting[:limit], waiting[limit:]
            return [Due(feed_id) for feed_id in taken]
        with database.read() as connection:
            return [Due(id) for id in due_feeds(connection, services.now(), limit, in_hand)]

    def due_pages(limit: int, in_hand: Collection[int], busy: Collection[str]) -> list[Due[int]]:
        with database.read() as connection:
            rows = due_articles(
                connection, "fetch", services.now(), limit, exclude=in_hand, exclude_hosts=busy
            )
        return [Due(id, host) for id, host in rows]

    def due_texts(limit: int, in_hand: Collection[int], _: Collection[str]) -> list[Due[int]]:
        with database.read() as connection:
            rows = due_articles(connection, "extract", services.now(), limit, exclude=in_hand)
        return [Due(id) for id, _ in rows]

    def due_posts(limit: int, in_hand: Collection[int], busy: Collection[str]) -> list[Due[int]]:
        now = services.now()
        with database.read() as connection:
            waiting_changes = undistributed(connection)
        if waiting_changes:
            services.writer.submit(lambda connection: fan_out(connection, now)).result()
        with database.read() as connection:
            rows = due_deliveries(
                connection, now, limit, exclude=in_hand, exclude_endpoints=[int(id) for id in busy]
            )
        return [Due(id, str(endpoint)) for id, endpoint in rows]

    poll_stage = Stage(
        "poll",
        due_polls,
        _timed(services, "poll", partial(_poll, services)),
        capacity=fetch.connections * _WAITING_A_CONNECTION,
    )
    stages = (
        poll_stage,
        Stage(
            "fetch",
            due_pages,
            _timed(services, "fetch", partial(fetch_article, services)),
            capacity=fetch.connections * _WAITING_A_CONNECTION,
            per_host=2 * fetch.host_connections,
        ),
        Stage(
            "extract",
            due_texts,
            _timed(services, "extract", partial(extract_article, services)),
            capacity=2 * worker_count(services.settings),
        ),
        Stage(
            "deliver",
            due_posts,
            _timed(services, "deliver", partial(_deliver, services, deliverer)),
            capacity=services.settings.webhooks.connections,
            per_host=max(1, services.settings.webhooks.connections // 4),
        ),
    )
    return Pipeline(services, poll_stage, Dispatcher(stages))


def _timed(
    services: Services, stage: str, run: Callable[[int], Awaitable[object]]
) -> Callable[[int], Awaitable[object]]:
    """*run*, with the seconds that an item spends in it observed."""
    seconds = services.metrics.stage_seconds.labels(stage)

    async def timed(id: int) -> None:
        with seconds.time():
            await run(id)

    return timed


async def _poll(services: Services, feed_id: int) -> PollOutcome | None:
    outcome = await poll_feed(services, feed_id)
    if outcome is None:
        return None
    if outcome.offline:
        log.debug("feed waits for a network", feed=outcome.url)
    elif outcome.error:
        log.warning("feed failed", feed=outcome.url, error=outcome.error)
    elif outcome.new or outcome.edited:
        log.info("feed read", feed=outcome.url, new=outcome.new, edited=outcome.edited)
    return outcome


async def _deliver(services: Services, deliverer: Deliverer, delivery_id: int) -> None:
    outcome = await deliverer.deliver(delivery_id)
    services.metrics.deliveries.labels(outcome).inc()
