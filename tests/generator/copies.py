"""Filling a store with copies of what was recorded in it: years of other stories.

Each copy lies ``DAYS`` further back than the one before it and has ids, names and hashes of its
own, so that its rows are those that recording another press would have made. Only the texts are
the same. Rows are written in bulk: a million sightings in minutes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, text

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
        """All rows that a store holds now."""
        rows = {
            model: [dict(row._mapping) for row in connection.execute(select(*model.__table__.c))]
            for model in _COPIED
        }
        return cls(rows, max(row["id"] for row in rows[Article]) + 1)


def fill(store: Database, world: World, copies: int, is_full: Callable[[], bool]) -> int:
    """Add copies, of which there are so many, until *is_full*; returns how many there are then."""
    if is_full():
        return copies
    while not is_full():
        copies += 1
        with store.write() as connection:
            for model in _COPIED:
                _write(connection, model, _moved_rows(world, model, copies))
            for statement in _index_copies(world.end, copies):
                connection.execute(text(statement))
    with store.write() as connection:
        if not store.is_sqlite:
            for model in (Story, Article, Event, Change):
                (key,) = model.__table__.primary_key
                name = model.__tablename__
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{name}', '{key.name}'), "
                        f"(SELECT max({key.name}) FROM {name}))"
                    )
                )
        connection.execute(text("ANALYZE"))
    return copies


def _moved_rows(world: World, model: type[Base], number: int) -> Iterator[tuple[Any, ...]]:
    columns = list(model.__table__.c.keys())
    for row in world.rows[model]:
        yield tuple(_moved(world, model, column, row, number) for column in columns)


def _moved(world: World, model: type[Base], column: str, row: dict[str, Any], number: int) -> Any:
    value = row[column]
    if value is None or isinstance(value, float | bytes):
        return value
    if isinstance(value, datetime | date):
        return value - timedelta(days=number * DAYS)
    if isinstance(value, int):
        if column in _NUMBERS:
            return value + number * _STEP
        if column == "digest":
            return _moved_digest(value, number)
        return value
    if column == "url_key":
        return f"{value[:58]}-{number}"
    if column in {"article_id", "event_id", "story_id", "snapshot"}:
        return _NAME.sub(lambda found: f"{found[0]}{number:04x}", value)
    return value


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
