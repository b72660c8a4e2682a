"""Kills the daemon again and again under load, PostgreSQL's server too, and looks what is left.

    .venv/bin/python benchmarks/crash.py [--kills 100] [--seed 1] [sqlite] [postgresql]

New articles and copies of old ones keep coming while it is killed (SIGKILL), so that a kill meets
polling, fetching, extraction, recording and deliveries. On PostgreSQL two kills in five meet the
server as well, or the server alone. At the end the killed store is compared row by row with that
of an undisturbed run over the same press; `db check`, SQLite's integrity check (PostgreSQL:
amcheck) and the webhook's receiver must find nothing wrong. The exit status is 1 if they do.
"""

import argparse
import os
import pwd
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from storage.engine import open_database
from tests.commands import ENVIRONMENT, Program
from tests.crashing import article_text, everything, query
from tests.postgres import UnavailableError, binary, run, server_user
from tests.press import SECRET, Press, open_press

START = datetime(2018, 3, 1, 12, tzinfo=UTC)
FEEDS = 4
PAGES_A_KILL = 5
COPIED = 3  # every so many pages one is a copy of an earlier one
_SETTINGS = """
[fetch]
allow_private = ["{host}"]
host_delay = 0
host_connections = 4
[feeds]
min_interval = 1
max_interval = 2
max_age_days = 36500
first_poll_articles = 100000
[extract]
workers = 2
[webhooks]
allow_private = ["{host}"]
retry_schedule = [0.1, 0.2, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1]
[log]
level = "error"
"""


class Server:
    """A PostgreSQL server of our own that syncs as a real one does."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._data, self._user = folder, folder / "data", server_user()
        if self._user is not None:
            account = pwd.getpwnam(self._user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        init = [binary("initdb"), "-D", str(self._data), "-U", "tests", "-A", "trust", "-E", "UTF8"]
        run([*init, "--locale=C.UTF-8"], self._user)
        self.url = f"postgresql://tests@/news?host={folder}"

    def start(self) -> None:
        """Start it; the first time, make the database."""
        options = f"-c listen_addresses='' -c unix_socket_directories={self._folder}"
        log = str(self._folder / "log")
        command = [binary("pg_ctl"), "-D", str(self._data), "-l", log, "-o", options, "-w", "start"]
        for attempt in range(100):
            try:
                run(command, self._user)
                break
            except UnavailableError:
                # Servants of the killed server have not all gone yet.
                if attempt == 99:
                    raise
                time.sleep(0.1)
        url = f"postgresql://tests@/postgres?host={self._folder}"
        with psycopg.connect(url, autocommit=True) as connection:
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = 'news'"
            ).fetchone():
                connection.execute("CREATE DATABASE news")

    def kill(self) -> None:
        """Kill it, without a word to its servants."""
        pid = int((self._data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """Stop it for good."""
        run([binary("pg_ctl"), "-D", str(self._data), "-m", "fast", "-w", "stop"], self._user)


class World:
    """A press in which articles keep appearing."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._entries: list[list[tuple[str, str, datetime]]] = [[] for _ in range(FEEDS)]
        self._pages = 0

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._pages

    def add(self, count: int) -> None:
        """Publish so many more pages."""
        for number in range(self._pages, self._pages + count):
            # A copy comes out an hour after what it copies, in another feed.
            copied = number % COPIED == COPIED - 1
            original = number - COPIED + 1 if copied else number
            at = START + timedelta(minutes=97 * original + 60 * copied)
            path, title = f"/news/{number}", f"NAFTA talks, report {original}"
            self._press.publish(path, title, article_text(original), at)
            self._entries[number % FEEDS].append((path, title, at))
        self._pages += count
        for feed, entries in enumerate(self._entries):
            self._press.list_in_feed(f"/feed{feed}", f"Feed {feed}", entries)


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    chosen = parser.parse_args()
    faults = 0
    for kind in chosen.databases:
        with tempfile.TemporaryDirectory(prefix="crash-") as name:
            folder = Path(name)
            folder.chmod(0o755)
            faults += _run(kind, folder, chosen.kills, random.Random(chosen.seed))
    return 1 if faults else 0


def _run(kind: str, folder: Path, kills: int, chance: random.Random) -> int:
    with open_press() as press, _database(kind, folder) as (url, server):
        killed = _program(folder / "killed", url, press)
        world = World(press)
        world.add(PAGES_A_KILL)
        _subscribe(killed, press)
        began = time.monotonic()
        tally = _kill_often(killed, server, world, kills, chance)
        _finish(killed, world.pages)
        spent = time.monotonic() - began
        told = ", ".join(f"{count} of {what}" for what, count in tally.most_common())
        print(f"{kind}: {kills} kills ({told}) in {spent:.0f} s, {world.pages} pages", flush=True)
        clean = _program(folder / "clean", f"sqlite:///{folder}/clean/store.db", press)
        _finish(clean, world.pages)
        faults = [*_differences(killed, clean), *_told_wrongly(killed, press), *_damage(killed)]
        for fault in faults:
            print(f"  FAULT: {fault}")
        rows = query(killed.database, "SELECT count(*) AS n FROM sighting")
        print(f"  {len(faults)} faults; {rows[0]['n']} sightings, {len(press.messages)} messages")
        return len(faults)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, Server | None]]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/killed/store.db", None
        return
    (folder / "server").mkdir()
    server = Server(folder / "server")
    server.start()
    try:
        yield server.url, server
    finally:
        server.stop()


def _program(folder: Path, database: str, press: Press) -> Program:
    folder.mkdir()
    host = press.base.removeprefix("http://")
    (folder / "nafta-monitor.toml").write_text(_SETTINGS.format(host=host), encoding="utf-8")
    program = Program(folder, database)
    for feed in range(FEEDS):
        program.run("feeds", "add", "--no-check", press.url(f"/feed{feed}"))
    return program


def _subscribe(program: Program, press: Press) -> None:
    topics = ("--topics", "*,sighting.*,feed.*")
    program.run("webhooks", "add", press.url("/hook"), "--secret", SECRET, *topics)


# --- killing


def _kill_often(
    program: Program, server: Server | None, world: World, kills: int, chance: random.Random
) -> Counter[str]:
    tally: Counter[str] = Counter()
    daemon = _start(program)
    for _ in range(kills):
        world.add(PAGES_A_KILL)
        # A daemon takes a second to start; what comes later meets it at work.
        time.sleep(chance.uniform(0.5, 3.0))
        what = "the daemon" if server is None else chance.choice(_ON_POSTGRESQL)
        tally[what] += 1
        if what != "the server alone":
            daemon.kill()
        if server is not None and what != "the daemon":
            server.kill()
            time.sleep(chance.uniform(0.0, 1.0))
            server.start()
        if what != "the server alone" or daemon.poll() is not None:
            daemon.wait()
            daemon = _start(program)
    daemon.kill()
    daemon.wait()
    return tally


_ON_POSTGRESQL = (
    *("the daemon", "the daemon", "the daemon"),
    *("the daemon and the server", "the server alone"),
)


def _start(program: Program) -> "subprocess.Popen[bytes]":
    with (program.folder / "log").open("ab") as log:
        return subprocess.Popen(
            program.arguments("run", "--no-web"),
            cwd=program.folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )


def _finish(program: Program, pages: int) -> None:
    """Let it work in peace until all is fetched, read, recorded and delivered."""
    until = time.monotonic() + _MOST_SECONDS
    daemon = _start(program)
    try:
        while any(row["n"] for row in query(program.database, _LEFT.format(pages=pages))):
            if daemon.poll() is not None:
                # A connection of a killed one may still hold the lock for a moment.
                daemon = _start(program)
            if time.monotonic() > until:
                raise SystemExit(f"The work was not done after {_MOST_SECONDS} seconds.")
            time.sleep(0.5)
    finally:
        daemon.terminate()
        daemon.wait()


_MOST_SECONDS = 1200
_LEFT = """
SELECT count(*) AS n FROM article WHERE state IN ('fetch', 'extract')
UNION ALL
SELECT count(*) FROM delivery WHERE state = 'pending'
UNION ALL
SELECT {pages} - count(*) FROM entry
UNION ALL
SELECT count(*) FROM endpoint WHERE cursor < (SELECT max(seq) FROM change)
"""


# --- looking


def _differences(killed: Program, clean: Program) -> Iterator[str]:
    found, expected = everything(killed.database), everything(clean.database)
    for name, rows in expected.items():
        there = Counter(map(repr, found[name]))
        wanted = Counter(map(repr, rows))
        for row in list((wanted - there).elements())[:3]:
            yield f"{name}: missing {row[:300]}"
        for row in list((there - wanted).elements())[:3]:
            yield f"{name}: too many {row[:300]}"


def _told_wrongly(killed: Program, press: Press) -> Iterator[str]:
    seqs = {row["seq"] for row in query(killed.database, "SELECT seq FROM changes")}
    messages = [one for one in press.messages if one["type"] != "endpoint.test"]
    ids: dict[int, set[str]] = {}
    for message in messages:
        ids.setdefault(message["data"]["seq"], set()).add(message["id"])
    if ids.keys() != seqs:
        yield f"messages: {len(seqs - ids.keys())} never came, {len(ids.keys() - seqs)} unknown"
    doubled = sum(len(one) > 1 for one in ids.values())
    if doubled:
        yield f"messages: {doubled} changes came under two ids"
    if press.refused:
        yield f"messages: {press.refused} with a bad signature"
    logged = (killed.folder / "log").read_text(errors="replace")
    if "Traceback" in logged:
        yield f"log: a traceback: …{logged[logged.index('Traceback') :][:2000]}"


_ON_SQLITE = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
_EVERY_INDEX = """
SELECT bt_index_check(c.oid, true)
FROM pg_class AS c
INNER JOIN pg_am AS a ON a.oid = c.relam
INNER JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE a.amname = 'btree' AND c.relkind = 'i' AND n.nspname = 'public'
"""
_BY_AMCHECK = ("CREATE EXTENSION IF NOT EXISTS amcheck", _EVERY_INDEX)


def _damage(killed: Program) -> Iterator[str]:
    database = open_database(killed.database)
    statements = _ON_SQLITE if database.is_sqlite else _BY_AMCHECK
    try:
        with database.engine.begin() as connection:
            for statement in statements:
                result = connection.exec_driver_sql(statement)
                for row in result if result.returns_rows else ():
                    if row[0] not in {"ok", "", None}:
                        yield f"{statement[:30]}: {tuple(row)}"
    except Exception as error:  # noqa: BLE001 — what the server says of damage
        yield f"{statement[:30]}: {error}"
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main())
