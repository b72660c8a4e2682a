"""A storm: a receiver that fails at random, a daemon that is killed, and what came of it.

    .venv/bin/python benchmarks/storm.py [--changes 2000] [--kills 10] [--failures 0.3]

Writes changes of a few hundred events into a store while a daemon delivers them to a receiver
that fails for the share *failures* of the requests (500, connection reset, no answer in time, an
answer that is lost, a slow answer). The daemon is killed with SIGKILL again and again and started
anew. Prints counts, and exits 1 where a change is missing, an event's changes came out of order,
or the same change came under two ids or with two bodies.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from monitor.delivery.signing import new_secret, signature_header
from storage.deliveries import count_pending, undistributed
from storage.endpoints import Subscription, add_endpoint
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.outbox import NewChange, append

_EVENTS = 300
_TIMEOUT = 1.0


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that the receiver took."""

    id: str
    event: str
    seq: int
    life: int
    answered: bool


@dataclass(slots=True)
class Received:
    """What the receiver saw: each request that it read whole, and what it answered."""

    secret: str
    failures: float
    chance: random.Random
    lock: threading.Lock = field(default_factory=threading.Lock)
    requests: int = 0
    forged: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    taken: list["Taken"] = field(default_factory=list)
    bodies: dict[int, set[tuple[str, bytes]]] = field(default_factory=dict)
    life: int = 0  # how often the daemon was started

    def fate(self) -> str:
        """What becomes of a request."""
        if self.chance.random() >= self.failures:
            return "ok"
        return self.chance.choice(("500", "reset", "timeout", "lost", "slow"))

    def note(self, headers: Any, body: bytes) -> str:
        """Take a message, or not; its fate."""
        id, stamp = headers["webhook-id"], headers["webhook-timestamp"]
        good = signature_header([self.secret], id, int(stamp), body)
        data = json.loads(body)["data"]
        with self.lock:
            fate = self.fate()
            self.requests += 1
            self.fates[fate] += 1
            self.forged += headers["webhook-signature"] != good
            self.bodies.setdefault(data["seq"], set()).add((id, body))
            if fate in {"ok", "lost", "slow"}:
                answered = fate != "lost"
                self.taken.append(Taken(id, data["id"], data["seq"], self.life, answered))
        return fate


@contextmanager
def receiver(received: Received) -> Iterator[str]:
    """The receiver on a free port of loopback; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if len(body) < int(self.headers["content-length"]):
                return
            fate = received.note(self.headers, body)
            if fate in {"reset", "lost"}:
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
                self.connection.close()
                return
            if fate in {"timeout", "slow"}:
                time.sleep(_TIMEOUT * (1.6 if fate == "timeout" else 0.3))
            status = 500 if fate in {"500", "timeout"} else 204
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def handle(self) -> None:
            with contextlib.suppress(OSError, ValueError):
                super().handle()

        def finish(self) -> None:
            with contextlib.suppress(OSError, ValueError):
                super().finish()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def tell(database: Database, numbers: range) -> None:
    """Write changes, each of the next event in turn."""
    now = datetime.now(UTC)
    with database.write() as connection:
        append(
            connection,
            [
                NewChange(
                    "quote.updated",
                    f"q_{number % _EVENTS:03}",
                    "quote",
                    now,
                    {"id": f"q_{number % _EVENTS:03}", "text": f"«{number}» " * 40},
                )
                for number in numbers
            ],
        )


@dataclass(frozen=True, slots=True)
class Storm:
    """What came of it."""

    changes: int
    kills: int
    seconds: float
    requests: int
    fates: dict[str, int]
    missing: int
    out_of_order: int
    two_ids: int
    two_bodies: int
    forged: int
    duplicates: int
    without_reason: int

    @property
    def faults(self) -> int:
        """What must be nothing."""
        once = self.two_ids + self.two_bodies + self.without_reason
        return self.missing + self.out_of_order + once + self.forged


def run_storm(
    folder: Path, *, changes: int, kills: int, failures: float, seed: int = 1, limit: float = 1800
) -> Storm:
    """Let it storm in *folder*; gives up after *limit* seconds (what is missing is counted)."""
    chance = random.Random(seed)
    received = Received(new_secret(), failures, random.Random(seed + 1))
    url = f"sqlite:///{folder}/storm.db"
    database = open_database(url)
    upgrade(database)
    started = time.monotonic()
    with receiver(received) as address:
        _configure(folder, address)
        with database.write() as connection:
            add_endpoint(
                connection,
                endpoint_id="ep_storm",
                url=address,
                secret=received.secret,
                subscription=Subscription(),
                now=datetime.now(UTC),
            )
        written = 0
        for number in range(kills + 1):
            received.life = number
            process = _start(folder, url)
            try:
                until = changes * (number + 1) // (kills + 1)
                tell(database, range(written, until))
                written = until
                if number < kills:
                    _wait_until_it_works(received, chance)
                else:
                    _wait_until_done(database, started + limit)
            finally:
                process.send_signal(signal.SIGKILL if number < kills else signal.SIGTERM)
                process.wait(30)
    storm = _judge(received, changes, kills, time.monotonic() - started)
    database.close()
    return storm


def _configure(folder: Path, address: str) -> None:
    host = address.split("/")[2]
    (folder / "nafta-monitor.toml").write_text(
        f"""[webhooks]
allow_private = ["{host}"]
timeout = {_TIMEOUT}
retry_schedule = [{", ".join(["0.05", "0.1", *["0.2"] * 40])}]
[extract]
workers = 1
[log]
level = "error"
"""
    )


def _start(folder: Path, url: str) -> "subprocess.Popen[bytes]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NAFTA_MONITOR_")}
    return subprocess.Popen(
        [sys.executable, "-m", "monitor", "--database", url, "run", "--no-web"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_until_it_works(received: Received, chance: random.Random) -> None:
    """Wait until the daemon is in the midst of it."""
    before, ends = received.requests, time.monotonic() + 30
    while received.requests < before + 20 and time.monotonic() < ends:
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, 1.0))


def _wait_until_done(database: Database, ends: float) -> None:
    while time.monotonic() < ends:
        with database.read() as connection:
            if not undistributed(connection) and not count_pending(connection):
                return
        time.sleep(0.2)


def _judge(received: Received, changes: int, kills: int, seconds: float) -> Storm:
    newest: dict[str, int] = {}
    before: dict[str, Taken] = {}
    out_of_order = without_reason = 0
    for one in received.taken:
        if (earlier := before.get(one.id)) is not None:
            # Its answer was lost, or the daemon that got it was killed before it noted that.
            without_reason += earlier.answered and earlier.life == one.life
        else:
            out_of_order += one.seq < newest.get(one.event, 0)
            newest[one.event] = max(one.seq, newest.get(one.event, 0))
        before[one.id] = one
    taken = Counter(one.seq for one in received.taken)
    return Storm(
        changes=changes,
        kills=kills,
        seconds=seconds,
        requests=received.requests,
        fates=dict(received.fates),
        missing=changes - len(taken),
        out_of_order=out_of_order,
        two_ids=sum(len({id for id, _ in found}) > 1 for found in received.bodies.values()),
        two_bodies=sum(len({body for _, body in found}) > 1 for found in received.bodies.values()),
        forged=received.forged,
        duplicates=sum(taken.values()) - len(taken),
        without_reason=without_reason,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--changes", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--failures", type=float, default=0.3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        storm = run_storm(
            Path(folder), changes=given.changes, kills=given.kills, failures=given.failures
        )
    fates = ", ".join(f"{name} {count}" for name, count in sorted(storm.fates.items()))
    print(
        f"{storm.changes} changes of {min(_EVENTS, storm.changes)} events in "
        f"{storm.seconds:.0f} s, daemon killed {storm.kills} times"
    )
    print(f"{storm.requests} requests: {fates}")
    print(f"missing {storm.missing}, out of order within an event {storm.out_of_order}")
    print(
        f"taken again {storm.duplicates}, of these with their answer neither lost nor killed "
        f"{storm.without_reason}, under another id {storm.two_ids}, with another body "
        f"{storm.two_bodies}"
    )
    print(f"wrongly signed {storm.forged}")
    return 1 if storm.faults else 0


if __name__ == "__main__":
    sys.exit(main())
