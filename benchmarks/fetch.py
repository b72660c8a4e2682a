"""How fast feeds are polled, and whether anything holds up the event loop meanwhile.

    .venv/bin/python benchmarks/fetch.py [--feeds N] [--hosts N] [--rounds N] [--latency SECONDS]

A server of its own process answers on loopback for 200 hosts' names, each answer late by the
latency. Rounds of polls go through the real stage, with the default limits per host. Prints for
each round feeds a second, how late a 5-ms heartbeat of the event loop was at worst (and how much
of that was its own work: on a busy machine the rest is waiting for a processor), memory, what the
server answered and how many documents were parsed: a second round must be one 304 a feed and no
parsing. Where `reader` (PyPI) is installed, both poll the same feeds as fast as they can.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import resource
import socket
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import func, select

from config.settings import Settings, load_settings
from monitor.daemon import build_pipeline, open_deliverer, open_services
from monitor.feeds import parse_feed
from monitor.scheduling import Dispatcher
from monitor.services import Services
from storage.feeds import NewFeed, add_feeds, pollable_feeds
from storage.models import Entry, Feed

_DOMAIN = "feeds.test"
_BEAT_SECONDS = 0.005
_ENTRIES = 20


def document(number: int) -> bytes:
    """An RSS feed of about the size of a paper's section."""
    now = datetime.now(UTC)
    items = "".join(
        f"<item><title>Story {n} of feed {number}</title>"
        f"<link>https://paper{number}.test/{n}</link><guid>{number}-{n}</guid>"
        f"<pubDate>{(now - timedelta(hours=n)).strftime('%a, %d %b %Y %H:%M:%S GMT')}</pubDate>"
        f"<description>&lt;p&gt;{'What was said at the table, and by whom. ' * 6}&lt;/p&gt;"
        "</description></item>"
        for n in range(_ENTRIES)
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>Feed {number}</title><link>https://paper{number}.test/</link>"
        f"<description>A feed</description>{items}</channel></rss>"
    ).encode()


class _Publisher:
    """Answers for every feed: 304 to its validator, else the document."""

    def __init__(self, latency: float) -> None:
        self.latency = latency
        self.answered: Counter[int] = Counter()
        self.documents: dict[str, bytes] = {}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await asyncio.sleep(self.latency)
                writer.write(self._answer(head))
                await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            writer.close()

    def _answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        etag = f'"{path}"'
        if etag in head:
            self.answered[304] += 1
            return f"HTTP/1.1 304 Not Modified\r\netag: {etag}\r\n\r\n".encode()
        self.answered[200] += 1
        if path not in self.documents:
            self.documents[path] = document(int(path.strip("/")))
        body = self.documents[path]
        return (
            f"HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\netag: {etag}\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        ).encode() + body


def _publish(pipe: Connection, latency: float) -> None:
    """The server's process: says its port, then its counts whenever it is asked."""

    async def run() -> None:
        publisher = _Publisher(latency)
        server = await asyncio.start_server(publisher.talk, "127.0.0.1", 0, backlog=1024)
        pipe.send(server.sockets[0].getsockname()[1])
        loop = asyncio.get_running_loop()
        while await loop.run_in_executor(None, pipe.recv):
            pipe.send(dict(publisher.answered))
            publisher.answered.clear()

    with contextlib.suppress(EOFError, KeyboardInterrupt):
        asyncio.run(run())


@dataclass(frozen=True, slots=True)
class Site:
    """The running server."""

    port: int
    pipe: Connection

    def answered(self) -> dict[int, int]:
        """How often it answered with each status since it was last asked."""
        self.pipe.send(True)
        found: dict[int, int] = self.pipe.recv()
        return found

    def feeds(self, count: int, hosts: int) -> list[str]:
        """The addresses of *count* feeds, host after host as a list of papers would have them."""
        share = max(1, -(-count // hosts))
        return [f"http://h{n // share}.{_DOMAIN}:{self.port}/{n}" for n in range(count)]


@contextmanager
def publishing(latency: float) -> Iterator[Site]:
    """A server in a process of its own; its names are resolved to loopback in this one."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_publish, args=(theirs, latency), daemon=True)
    process.start()
    real = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **values: Any) -> Any:
        named = isinstance(host, str) and host.endswith(_DOMAIN)
        return real("127.0.0.1" if named else host, *args, **values)

    socket.getaddrinfo = look_up
    try:
        yield Site(ours.recv(), ours)
    finally:
        socket.getaddrinfo = real
        ours.send(False)
        process.join(5)
        process.kill()


@asynccontextmanager
async def heartbeat(beats: list[tuple[float, float]]) -> AsyncIterator[None]:
    """Note how much too late each beat of the event loop came, and the loop's own work since.

    The two differ by what other threads and other programs of the machine took.
    """

    async def beat() -> None:
        while True:
            due, worked = time.monotonic() + _BEAT_SECONDS, time.thread_time()
            await asyncio.sleep(_BEAT_SECONDS)
            beats.append((time.monotonic() - due, time.thread_time() - worked))

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()


async def at_rest() -> None:
    """Print how late the heartbeat is where nothing is done: what the machine itself does."""
    beats: list[tuple[float, float]] = []
    async with heartbeat(beats):
        await asyncio.sleep(2)
    print(f"at rest: longest block {1000 * max(beat[0] for beat in beats):.1f} ms", flush=True)


def memory() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def processor_seconds() -> float:
    """Processor seconds of this process and of those that it waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def settings_for(folder: str, **fetch: str) -> Settings:
    """The default settings, allowed to ask loopback."""
    environ = {
        "NAFTA_MONITOR_DATABASE__URL": f"sqlite:///{folder}/store.db",
        "NAFTA_MONITOR_FETCH__ALLOW_PRIVATE": '["127.0.0.0/8"]',
    }
    environ |= {f"NAFTA_MONITOR_FETCH__{name.upper()}": value for name, value in fetch.items()}
    return load_settings(environ=environ)


def count_parsing(services: Services) -> list[int]:
    """A list that grows by one with each task that the workers get."""
    tasks: list[int] = []
    run = services.workers.run

    async def counted(*args: Any, **values: Any) -> Any:
        tasks.append(1)
        return await run(*args, **values)

    services.workers.run = counted  # type: ignore[method-assign]  # only to count
    return tasks


async def poll_all(services: Services, beats: list[tuple[float, float]]) -> float:
    """One round of all feeds through the poll stage, with the heartbeat in *beats*; seconds."""
    async with open_deliverer(services) as deliverer:
        with services.database.read() as connection:
            chosen = pollable_feeds(connection)
        stage = build_pipeline(services, deliverer, polls=chosen).polls
        start = time.monotonic()
        async with heartbeat(beats):
            await Dispatcher((stage,)).run_until_idle()
        return time.monotonic() - start


async def rounds(site: Site, urls: Sequence[str], count: int, settings: Settings) -> list[float]:
    """Poll *urls* in *count* rounds and print what each was like; seconds of each."""
    async with open_services(settings) as services:
        with services.database.write() as connection:
            now = services.now()
            add_feeds(connection, [NewFeed(url) for url in urls], interval=900, now=now)
        # A daemon starts its workers once; what is measured is polling.
        start = (services.workers.run(parse_feed, document(0), url=None) for _ in range(8))
        # On a machine with more to do, starting them may take longer than a task may.
        await asyncio.gather(*start, return_exceptions=True)
        tasks = count_parsing(services)
        await at_rest()
        taken = []
        for number in range(1, count + 1):
            beats: list[tuple[float, float]] = []
            site.answered()
            tasks.clear()
            seconds = await poll_all(services, beats)
            taken.append(seconds)
            late, worked = (1000 * max(values) for values in zip(*beats, strict=True))
            print(
                f"round {number}: {seconds:6.2f} s, {len(urls) / seconds:7.1f} feeds/s, "
                f"longest block {late:5.1f} ms ({worked:.1f} ms of work), {memory():6.1f} MB, "
                f"answers {site.answered()}, parsed {len(tasks)}",
                flush=True,
            )
        _check(services, len(urls))
        return taken


def _check(services: Services, feeds: int) -> None:
    with services.database.read() as connection:
        failed = connection.scalar(select(func.count()).where(Feed.failures > 0))
        entries = connection.scalar(select(func.count()).select_from(Entry))
    print(f"feeds that failed: {failed}; entries: {entries} of {feeds * _ENTRIES}")


def with_reader(urls: Sequence[str], count: int, folder: str) -> list[float]:
    """Seconds of each of *count* rounds of `reader` over *urls*."""
    from reader import make_reader  # type: ignore[import-not-found,unused-ignore]  # optional

    reader = make_reader(f"{folder}/reader.db")
    for url in urls:
        reader.add_feed(url)
    # Unscheduled: all of them, due or not.
    return [
        _seconds(lambda: reader.update_feeds(scheduled=False, workers=16)) for _ in range(count)
    ]


def _seconds(run: Callable[[], object]) -> float:
    start = time.monotonic()
    run()
    return time.monotonic() - start


def compare(site: Site, urls: Sequence[str]) -> None:
    """Both as fast as they can, 16 requests at once and no pause between two of a host."""
    if find_spec("reader") is None:
        print("reader is not installed: nothing to compare with")
        return
    print("without a pause per host, as reader polls:")
    with tempfile.TemporaryDirectory() as folder:
        hurried = settings_for(folder, host_delay="0", host_connections="16")
        ours = asyncio.run(rounds(site, urls, 2, hurried))
        theirs = with_reader(urls, 2, folder)
    for name, mine, peer in zip(("new", "unchanged"), ours, theirs, strict=True):
        print(f"{name}: reader {peer:.2f} s, ours {mine:.2f} s, ratio {peer / mine:.2f}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latency", type=float, default=0.020)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with publishing(options.latency) as site, tempfile.TemporaryDirectory() as folder:
        urls = site.feeds(options.feeds, options.hosts)
        before = processor_seconds()
        asyncio.run(rounds(site, urls, options.rounds, settings_for(folder)))
        spent = processor_seconds() - before
        print(f"processor: {1000 * spent / len(urls) / options.rounds:.1f} ms a poll")
        compare(site, urls)


if __name__ == "__main__":
    main()
