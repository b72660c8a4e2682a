"""Deliveries a second, against plain httpx posting the same bodies to the same receiver.

    .venv/bin/python benchmarks/delivery.py [--deliveries 3000] [--rounds 3]

To 1 and to 50 endpoints on loopback. Ours is the daemon's own stage over a fresh SQLite store:
changes are laid out, signed, sent, and every attempt and its answer recorded. Plain httpx has the
bodies in hand and records nothing. Rounds take turns; the median of each is compared.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
from sqlalchemy import func, select

from config.settings import Settings, load_settings
from monitor.daemon import build_pipeline, open_deliverer, open_services
from monitor.delivery.message import message_of
from monitor.delivery.signing import new_secret
from storage.endpoints import Subscription, add_endpoint
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.models import Attempt, Change, Delivery
from storage.outbox import NewChange, append

_ANSWER = b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n"
_CONNECTIONS = 32


class _Answering(asyncio.Protocol):
    """Answers 204 to whatever comes, as cheaply as can be."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._buffer = bytearray()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._buffer[:end]).lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            if len(self._buffer) < end + 4 + length:
                return
            del self._buffer[: end + 4 + length]
            assert isinstance(self._transport, asyncio.Transport)
            self._transport.write(_ANSWER)


def _receive(pipe: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Answering, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


@contextmanager
def receiver() -> Iterator[str]:
    """A receiver in a process of its own; yields its address."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_receive, args=(theirs,), daemon=True
    )
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()


def fill(database: Database, base: str, endpoints: int, changes: int) -> None:
    """Endpoints, and changes of a quotation of common length."""
    now = datetime.now(UTC)
    with database.write() as connection:
        for number in range(endpoints):
            add_endpoint(
                connection,
                endpoint_id=f"ep_{number}",
                url=f"{base}/hook/{number}",
                secret=new_secret(),
                subscription=Subscription(),
                now=now,
            )
        append(
            connection,
            [
                NewChange("quote.new", f"q_{number}", "quote", now, snapshot(number))
                for number in range(changes)
            ],
        )


def snapshot(number: int) -> dict[str, object]:
    """A quotation as it is told."""
    text = "We will not trade away our dairy farmers for a deadline that nobody asked for"
    return {
        "id": f"q_{number}",
        "type": "quote",
        "status": "active",
        "text": text,
        "speaker": {"name": "Lena Fortier", "mention": "Fortier", "actor": None, "party": "CA"},
        "context": f"“{text},” Fortier said on Wednesday in a hall in Montreal.",
        "issues": ["dairy"],
        "lang": "en",
        "evidence": [
            {
                "article_id": f"a_{number:020}",
                "url": f"https://paper.example/2018/dairy-{number}",
                "title": "Dairy stays off the table",
                "outlet": "The Paper",
                "revision": 1,
                "spans": [{"start": 1, "end": 80, "text": text}],
            }
        ],
    }


async def ours(settings: Settings, wanted: int) -> float:
    """Seconds in which the daemon's stage delivers all, from changes to recorded answers."""
    async with open_services(settings) as services, open_deliverer(services) as deliverer:
        pipeline = build_pipeline(services, deliverer, polls=[])
        start = time.perf_counter()
        await pipeline.dispatcher.run_until_idle()
        spent = time.perf_counter() - start
        with services.database.read() as connection:
            done = connection.scalar(
                select(func.count()).where(Delivery.state == "delivered", Delivery.attempts == 1)
            )
            noted = connection.scalar(select(func.count()).select_from(Attempt))
        assert (done, noted) == (wanted, wanted), (done, noted)
        return spent


async def plain(urls: Sequence[str], bodies: Sequence[bytes]) -> float:
    """Seconds in which httpx posts each of *bodies* to each of *urls*."""
    jobs = iter([(url, body) for body in bodies for url in urls])
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
    headers = {"content-type": "application/json; charset=utf-8"}
    async with httpx.AsyncClient(limits=limits, headers=headers) as client:

        async def work() -> None:
            for url, body in jobs:
                answer = await client.post(url, content=body)
                assert answer.status_code == 204

        start = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(_CONNECTIONS)))
        return time.perf_counter() - start


def one_round(base: str, endpoints: int, deliveries: int) -> tuple[float, float]:
    """Deliveries a second: ours, and plain."""
    changes = deliveries // endpoints
    count = changes * endpoints
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder)}/store.db"
        settings = load_settings(
            environ={
                "NAFTA_MONITOR_DATABASE__URL": url,
                "NAFTA_MONITOR_WEBHOOKS__ALLOW_PRIVATE": "true",
            }
        )
        database = open_database(url)
        upgrade(database)
        fill(database, base, endpoints, changes)
        with database.read() as connection:
            rows = connection.execute(select(*Change.__table__.c).order_by(Change.seq)).all()
        bodies = [message_of(r.topic, r.at, r.seq, r.event_id, r.snapshot).body for r in rows]
        database.close()
        urls = [f"{base}/hook/{number}" for number in range(endpoints)]
        by_httpx = asyncio.run(plain(urls, bodies))
        by_us = asyncio.run(ours(settings, count))
    return count / by_us, count / by_httpx


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--deliveries", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with receiver() as base:
        for endpoints in (1, 50):
            rounds = [one_round(base, endpoints, given.deliveries) for _ in range(given.rounds)]
            ratio = statistics.median(us / they for us, they in rounds)
            us, they = (statistics.median(values) for values in zip(*rounds, strict=True))
            print(
                f"{endpoints:2} endpoint{'s' if endpoints > 1 else ' '}: {us:.0f} deliveries/s, "
                f"plain httpx {they:.0f}/s, ratio {ratio:.2f}"
            )


if __name__ == "__main__":
    main()
