"""Running the monitor: as a daemon until it is told to stop, or for one round."""

import asyncio
import ipaddress
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import structlog
import uvicorn
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI
from sqlalchemy import func, select

from config.packs import load_packs
from config.settings import Settings
from monitor.daemon import Pipeline, build_pipeline, delivery_policy, open_services
from monitor.delivery import Deliverer
from monitor.errors import MonitorError, UsageError
from monitor.locks import daemon_lock
from monitor.pack_feeds import add_pack_feeds
from monitor.services import Services
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


async def run_once(
    settings: Settings, polls: Callable[[Services], Sequence[int]] | None = None
) -> Round:
    """Poll all feeds (or those that *polls* chooses), due or not, and go on until idle.

    What failed and is to be tried later is left for later.
    """
    async with open_services(settings) as services:
        with daemon_lock(services.database):
            await add_pack_feeds(services, load_packs(settings.extract.packs))
            with services.database.read() as connection:
                chosen = pollable_feeds(connection) if polls is None else list(polls(services))
            before = await _count_articles(services)
            async with Deliverer(
                services.database, services.writer, delivery_policy(settings)
            ) as d:
                pipeline = build_pipeline(services, d, polls=chosen)
                with _stop_signals(pipeline.dispatcher.stop):
                    await _until_nothing_is_left(pipeline)
            failed = int(_counted(services, "failed"))
            return Round(len(chosen), failed, await _count_articles(services) - before)


def _counted(services: Services, outcome: str) -> float:
    metric = services.metrics.polls.labels(outcome)
    return float(metric._value.get())


async def _until_nothing_is_left(pipeline: Pipeline) -> None:
    await pipeline.dispatcher.run_until_idle()
    await pipeline.housekeeping()
    await pipeline.dispatcher.run_until_idle()


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
) -> None:
    """Run until SIGTERM or SIGINT; then finish or give back what is in hand within seconds.

    *on_ready* gets the page's address (None without the page) once everything is up. A second
    signal ends the process at once.
    """
    listener = open_listener(settings, host, port) if web else None
    async with open_services(settings) as services:
        with daemon_lock(services.database):
            await add_pack_feeds(services, load_packs(settings.extract.packs))
            async with (
                Deliverer(
                    services.database, services.writer, delivery_policy(settings)
                ) as deliverer,
                _page(services, listener) as address,
            ):
                pipeline = build_pipeline(services, deliverer)
                with _stop_signals(pipeline.dispatcher.stop):
                    on_ready(address)
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


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on *host*."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def open_listener(settings: Settings, host: str, port: int) -> socket.socket:
    """A listening socket for the page.

    Raises :class:`UsageError` where others could reach it without a token, and
    :class:`MonitorError` where the address is taken.
    """
    if not is_loopback(host) and not settings.web.token.get_secret_value():
        raise UsageError(
            f"The page would be open to everybody who can reach {host}; set [web] token "
            "(or NAFTA_MONITOR_WEB__TOKEN), or keep [web] host at 127.0.0.1."
        )
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise MonitorError(
            f"The page cannot be served at {host}:{port} ({error.strerror}); "
            "stop what uses that port, or choose another with --port."
        ) from error
    listener.listen(128)
    return listener


class _Server(uvicorn.Server):
    """uvicorn in our loop; the daemon handles the signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def _page(services: Services, listener: socket.socket | None) -> AsyncIterator[str | None]:
    """Serve the page on *listener* meanwhile; gives its address."""
    if listener is None:
        yield None
        return
    host, port = listener.getsockname()[:2]
    server = _Server(
        uvicorn.Config(
            _app(services, host, port),
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    finally:
        server.should_exit = True
        await serving


def _app(services: Services, host: str, port: int) -> FastAPI:
    from monitor.web import WebServices, create_app

    web = services.settings.web
    return create_app(
        WebServices(
            database=services.database,
            writer=services.writer,
            token=web.token.get_secret_value() or None,
            allowed_hosts=web.allowed_hosts,
            host=host,
            port=port,
            version=services.version,
            now=services.now,
            registry=services.metrics.registry,
        )
    )


__all__ = ["MonitorError", "Round", "run_daemon", "run_once"]
