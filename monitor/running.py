"""Running the monitor: as a daemon until it is told to stop, or for one round."""

import asyncio
import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func, select

from config.packs import load_packs
from config.settings import Settings
from monitor.daemon import Pipeline, build_pipeline, open_deliverer, open_services
from monitor.locks import daemon_lock
from monitor.offline_demo import OfflineDemo
from monitor.pack_feeds import add_pack_feeds
from monitor.services import Services
from monitor.serving import open_listener, serve_page
from storage.feeds import pollable_feeds
from storage.models import Article

log = structlog.get_logger()

_GRACE_SECONDS = 5.0
_TICK_SECONDS = 1
_HOUSEKEEPING_SECONDS = 60
_RETENTION_SECONDS = 6 * 3600


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did, in numbers."""

    feeds: int
    failed_feeds: int
    articles: int


async def run_once(settings: Settings) -> Round:
    """Poll all feeds, due or not, and go on until nothing is left to do or a signal says stop.

    What failed and is to be tried later is left for later.
    """
    async with open_services(settings) as services:
        with daemon_lock(services.database):
            await add_pack_feeds(services, load_packs(settings.extract.packs))
            with services.database.read() as connection:
                chosen = pollable_feeds(connection)
            before = await _count_articles(services)
            async with open_deliverer(services) as deliverer:
                pipeline = build_pipeline(services, deliverer, polls=chosen)
                with _stop_signals(pipeline.dispatcher.stop):
                    await _until_nothing_is_left(pipeline)
            failed = _counted(services, "failed")
            return Round(len(chosen), failed, await _count_articles(services) - before)


def _counted(services: Services, outcome: str) -> int:
    registry = services.metrics.registry
    return int(registry.get_sample_value("nafta_monitor_polls_total", {"outcome": outcome}) or 0)


async def _until_nothing_is_left(pipeline: Pipeline) -> None:
    try:
        await pipeline.dispatcher.run_until_idle()
        await pipeline.housekeeping()
        await pipeline.dispatcher.run_until_idle()
    finally:
        await pipeline.dispatcher.drain(_GRACE_SECONDS)


async def _count_articles(services: Services) -> int:
    with services.database.read() as connection:
        count = connection.scalar(select(func.count()).where(Article.revision > 0))
    return count or 0


async def run_daemon(
    settings: Settings,
    *,
    web: bool,
    host: str,
    port: int,
    on_ready: Callable[[str | None], None] = lambda _: None,
    banner: str | None = None,
    demo_if_offline: bool = False,
) -> None:
    """Run until SIGTERM or SIGINT; then finish or give back what is in hand within seconds.

    *on_ready* gets the page's address (None without the page) once everything is up; *banner* is
    shown on it. With *demo_if_offline* the demo is started beside it where no feed can be reached
    and nothing is stored. A second signal ends the process at once.
    """
    listener = open_listener(settings, host, port) if web else None
    async with open_services(settings) as services:
        with daemon_lock(services.database):
            await add_pack_feeds(services, load_packs(settings.extract.packs))
            demo = OfflineDemo(services)
            async with (
                open_deliverer(services) as deliverer,
                serve_page(services, listener, banner=banner, demo_url=demo.url) as address,
            ):
                pipeline = build_pipeline(services, deliverer)
                with _stop_signals(pipeline.dispatcher.stop):
                    on_ready(address)
                    gc.freeze()  # the page as well, see open_services
                    async with demo.watching() if demo_if_offline else nullcontext():
                        await _work(pipeline)


async def _work(pipeline: Pipeline) -> None:
    """Tick, turn the stages, and drain them when told to stop."""
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(_async(pipeline.dispatcher.wake), "interval", seconds=_TICK_SECONDS)
    scheduler.add_job(pipeline.housekeeping, "interval", seconds=_HOUSEKEEPING_SECONDS)
    scheduler.add_job(pipeline.retention, "interval", seconds=_RETENTION_SECONDS)
    scheduler.start()
    pipeline.dispatcher.wake()
    try:
        await pipeline.dispatcher.run()
    finally:
        # The scheduler would cancel what it runs; our stages own their tasks and drain first.
        scheduler.remove_all_jobs()
        log.info("stopping", grace=_GRACE_SECONDS)
        await pipeline.dispatcher.drain(_GRACE_SECONDS)
        scheduler.shutdown(wait=False)


def _async(function: Callable[[], None]) -> Callable[[], object]:
    """A tick that runs on the loop, not in APScheduler's thread pool."""

    async def tick() -> None:
        function()

    return tick


@contextmanager
def _stop_signals(stop: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT call *stop*; a second one ends the process at once. SIGHUP is ignored."""
    loop = asyncio.get_running_loop()
    told = False

    def handle() -> None:
        nonlocal told
        if told:
            os._exit(1)
        told = True
        stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, handle)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
