"""Filling a store with copies of what was recorded in it: years of other stories.

Each copy lies ``DAYS`` further back than the one before it and has ids, names, dates and hashes of
its own, so that its rows are those that recording another press would have made. Only the texts
are the same. Rows are written in bulk: a million sightings in minutes. A filled store tells what
was copied and how often by its ids, so that it can be filled further another day.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, func, select, text

from storage.columns import utc_text
from storage.engine import Database
from storage.models import (
    Article,
    ArticleSearch,
    Base,
    Change,
    Deadline,
    Event,
    EventSearch,
    IssueMention,
    Quote,
    Revision,
    Sighting,
    Story,
)

DAYS = 48  # between one copy and the next: prefixes of the indexes move with the days
_STEP = 1_000_000  # between the ids of one copy and the next
_MASK = (1 << 48) - 1
_COPIED: tuple[type[Base], ...] = (
    *(Story, Article, Revision, Event, Quote, Deadline, IssueMention),
    *(Sighting, Change, EventSearch, ArticleSearch),
)
_NUMBERS = {"id", "article_id", "event_id", "story_id", "first_article_id", "one", "other", "seq"}
_NAME = re.compile(r"\b[aqdis]_[0-9a-f]{16,20}\b")
_NAMED = {"article_id", "event_id", "story_id", "snapshot", "history"}
# Dates as JSON has them; those in texts are evidence and stay as they were printed.
_DATED = {"item", "snapshot", "history"}
_DATE = re.compile(r'("(?:from|to|at|published_at|first_seen_at|last_seen_at)":")(\d{4}-\d\d-\d\d)')
_SEQ = re.compile(r'("seq":)(\d+)')
# How many days share a prefix of a hash (see storage.identity and storage.identity_texts).
_SPREADS = {"quote": 16, "deadline": 256}
_STORY_SPREAD = 8


@dataclass(frozen=True, slots=True)
class World:
    """What was recorded at first: its rows by model, and the first article's id beyond it."""

    rows: dict[type[Base], list[dict[str, Any]]]
    end: int

    @classmethod
    def read(cls, connection: Connection) -> "World":
        """The rows of a store that are not copies, nor were recorded after copies were made."""
        rows = {model: list(_originals(connection, model)) for model in _COPIED}
        return cls(rows, max(row["id"] for row in rows[Article]) + 1)

    @property
    def sightings(self) -> int:
        """How many sightings a copy adds."""
        return sum(row["part"] == 0 for row in self.rows[Sighting])


def _originals(connection: Connection, model: type[Base]) -> Iterator[dict[str, Any]]:
    key, *_ = model.__table__.primary_key
    for row in connection.execute(select(*model.__table__.c).where(key < _STEP)):
        yield dict(row._mapping)


def count(connection: Connection) -> int:
    """How many sightings are stored."""
    return connection.scalar(select(func.count()).where(Sighting.part == 0)) or 0


def fill(store: Database, size: int, say: Callable[[str], None] = print) -> None:
    """Add copies of what was recorded first until *size* sightings are stored."""
    with store.read() as connection:
        stored = count(connection)
        if stored >= size:
            return
        world = World.read(connection)
        newest = connection.scalar(select(func.max(Article.id))) or 0
    copies = newest // _STEP
    wanted = -(-(size - stored) // world.sightings)
    for number in range(copies + 1, copies + wanted + 1):
        begun = time.perf_counter()
        _add_copy(store, world, number)
        say(f"copy {number} of {copies + wanted}: {time.perf_counter() - begun:.1f} s")
    if not store.is_sqlite:
        with store.write() as connection:
            _go_on_numbering(connection)
            # The server does so by itself, but some time later.
            connection.execute(text("ANALYZE"))


def _add_copy(store: Database, world: World, number: int) -> None:
    with store.write() as connection:
        if store.is_sqlite:
            # A copy is written to the file once, not page by page as the usual room runs out.
            connection.exec_driver_sql("PRAGMA cache_size=-524288")
        for model in _COPIED:
            _write(connection, model, _moved_rows(world, model, number))
        for statement in _index_copies(world.end, number):
            connection.execute(text(statement))


def _go_on_numbering(connection: Connection) -> None:
    """PostgreSQL: what is recorded next gets ids beyond the copies'."""
    for model in (Story, Article, Event, Change):
        (key,) = model.__table__.primary_key
        name = model.__tablename__
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{name}', '{key.name}'), "
                f"(SELECT max({key.name}) FROM {name}))"
            )
        )


def _moved_rows(world: World, model: type[Base], number: int) -> Iterator[tuple[Any, ...]]:
    columns = list(model.__table__.c.keys())
    for row in world.rows[model]:
        yield tuple(_moved(column, row[column], number) for column in columns)


def _moved(column: str, value: Any, number: int) -> Any:
    if value is None or isinstance(value, float | bytes):
        return value
    if isinstance(value, datetime | date):
        return value - timedelta(days=number * DAYS)
    if isinstance(value, int):
        if column in _NUMBERS:
            return value + number * _STEP
        return _moved_digest(value, number) if column == "digest" else value
    if column == "url_key":
        return f"{value[:58]}-{number}"
    if column in _DATED:
        value = _DATE.sub(lambda found: found[1] + _moved_day(found[2], number), value)
    if column in {"history", "snapshot"}:
        value = _SEQ.sub(lambda found: f"{found[1]}{int(found[2]) + number * _STEP}", value)
    return _NAME.sub(lambda found: f"{found[0]}{number:04x}", value) if column in _NAMED else value


@cache
def _moved_day(day: str, number: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=number * DAYS)).isoformat()


def _moved_digest(digest: int, number: int) -> int:
    low = (digest & _MASK) ^ _scrambler(number)
    return (((digest >> 48) - number * DAYS) << 48) | low


def _index_copies(end: int, number: int) -> Iterator[str]:
    """Statements that copy the rows of the indexes: too many to pass through here."""
    ids = number * _STEP
    for type, spread in _SPREADS.items():
        keys = f"{_moved_sql('k.hash', number, spread)}, {_moved_sql('k.digest', number, 1)}"
        told = (
            "SELECT s.digest FROM sighting AS s INNER JOIN event AS e ON e.id = s.event_id "
            f"WHERE s.article_id < {end} AND e.type = '{type}'"
        )
        yield (
            f"INSERT INTO sighting_key (hash, digest, size) SELECT {keys}, k.size "
            f"FROM sighting_key AS k WHERE k.digest IN ({told})"
        )
    yield (
        f"INSERT INTO story_shingle SELECT {_moved_sql('hash', number, _STORY_SPREAD)}, "
        f"article_id + {ids} FROM story_shingle WHERE article_id < {end}"
    )
    yield (
        f"INSERT INTO story_pair SELECT one + {ids}, other + {ids}, share FROM story_pair "
        f"WHERE one < {end} AND other < {end}"
    )


def _moved_sql(column: str, number: int, spread: int) -> str:
    """SQL for a hash with other lower bits (exclusive or, which SQLite lacks) of earlier days."""
    low, other = f"({column} & {_MASK})", _scrambler(number)
    return (
        f"((({column} >> 48) - {number * DAYS // spread}) << 48) "
        f"+ (({low} | {other}) - ({low} & {other}))"
    )


def _scrambler(number: int) -> int:
    return (number * 0x9E3779B97F4A7C15) & _MASK


def _write(connection: Connection, model: type[Base], rows: Iterable[tuple[Any, ...]]) -> None:
    table = model.__table__
    names = ", ".join(table.c.keys())
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.c))
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) VALUES ({marks})",  # type: ignore[attr-defined]
            [tuple(map(_sqlite_value, row)) for row in rows],
        )
        return
    raw: Any = connection.connection.driver_connection
    with (
        raw.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy,  # type: ignore[attr-defined]
    ):
        for row in rows:
            copy.write_row(row)


def _sqlite_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    return value.isoformat() if isinstance(value, date) else value
