"""``nafta-monitor doctor``: whether everything is as it should be."""

import asyncio
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from config.settings import Settings
from monitor.cli.context import settings_of
from monitor.errors import MonitorError
from storage.endpoints import list_endpoints
from storage.engine import Database, open_database
from storage.errors import StorageError
from storage.feeds import list_feeds
from storage.migrate import require_current
from storage.schema import SCHEMA

_LOW_ROOM = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, whether it is well, and what was seen."""

    what: str
    well: bool
    said: str


@click.command("doctor")
@click.option("--offline", is_flag=True, help="Send nothing to feeds or endpoints.")
@click.pass_context
def doctor_command(ctx: click.Context, offline: bool) -> int:
    """Check settings, packs, database, disk, clock, network, feeds and endpoints: a line each.

    Example: nafta-monitor doctor
    """
    settings = settings_of(ctx)
    ill = 0
    for finding in examine(settings, offline=offline):
        mark = "ok  " if finding.well else "FAIL"
        click.echo(f"{mark} {finding.what}: {finding.said}")
        ill += not finding.well
    return 1 if ill else 0


def examine(settings: Settings, *, offline: bool) -> Iterator[Finding]:
    """Look at everything, cheap things first; nothing is changed."""
    yield _examined("packs", lambda: _packs(settings))
    try:
        database = open_database(settings.database.url.get_secret_value())
    except StorageError as error:
        yield Finding("database", False, str(error))
        return
    try:
        store = _examined("database", lambda: _database(database))
        yield store
        yield _disk(database)
        yield _clock()
        if not offline:
            yield _network()
        if store.well:
            yield from _feeds(settings, database, offline=offline)
            yield from _endpoints(settings, database, offline=offline)
    finally:
        database.close()


def _examined(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except Exception as error:
        if getattr(error, "exit_code", None) is None:
            raise
        return Finding(what, False, " ".join(str(error).split()))


def _packs(settings: Settings) -> str:
    from config.packs import load_packs

    packs = load_packs(settings.extract.packs)
    told = (f"{p.name} ({len(p.issues)} issues, {len(p.people)} people)" for p in packs)
    return ", ".join(told)


def _database(database: Database) -> str:
    require_current(database)
    where = database.path or database.url.render_as_string()
    with database.read() as connection:
        if database.is_sqlite:
            said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if said != "ok":
                raise MonitorError(f"{where} is damaged ({said}); restore a backup.")
    return f"{where}, schema {SCHEMA}"


def _disk(database: Database) -> Finding:
    folder = database.path.parent if database.path else Path.cwd()
    free = shutil.disk_usage(folder).free
    said = f"{free / 1024**3:.1f} GiB free at {folder}"
    return Finding("disk", free >= _LOW_ROOM, said if free >= _LOW_ROOM else f"{said}; free some")


def _clock() -> Finding:
    now = datetime.now(UTC)
    well = now.year >= 2026
    hint = "" if well else "; it is wrong, and signatures and polls depend on it"
    return Finding("clock", well, f"{now.isoformat(timespec='seconds')}{hint}")


def _network() -> Finding:
    """Whether names can be looked up at all; nothing is sent to the host."""
    try:
        socket.getaddrinfo("www.iana.org", 443, type=socket.SOCK_STREAM)
    except OSError as error:
        return Finding("network", False, f"names cannot be looked up ({error.strerror})")
    return Finding("network", True, "names can be looked up")


def _feeds(settings: Settings, database: Database, *, offline: bool) -> Iterator[Finding]:
    from monitor.feed_check import check_feed

    with database.read() as connection:
        feeds = list_feeds(connection)
    if not feeds:
        yield Finding("feeds", True, "none yet; `run` takes the pack's, or `feeds add URL`")
    for feed in feeds:
        name = f"feed {feed.title or feed.url}"
        if offline or feed.state in {"paused", "gone"}:
            yield Finding(name, feed.state != "failing", feed.last_error or feed.state)
            continue
        seen = asyncio.run(check_feed(settings, feed.url))
        if seen.feed is None:
            yield Finding(name, False, seen.error or "no answer")
        else:
            yield Finding(name, True, f"{len(seen.feed.entries)} entries ({seen.feed.format})")


def _endpoints(settings: Settings, database: Database, *, offline: bool) -> Iterator[Finding]:
    from monitor.cli.webhooks import send_test
    from monitor.delivery.deliverer import shown_url

    with database.read() as connection:
        endpoints = list_endpoints(connection)
    for endpoint in endpoints:
        name = f"endpoint {endpoint.endpoint_id} ({shown_url(endpoint.url)})"
        if endpoint.state == "disabled":
            yield Finding(name, False, f"disabled: {endpoint.reason}")
        elif offline:
            yield Finding(name, not endpoint.failures, endpoint.last_error or "no failure noted")
        else:
            taken, said = asyncio.run(send_test(database, settings, endpoint))
            yield Finding(name, taken, said)
