"""How fast articles are recorded, and whether that depends on how much is stored.

    .venv/bin/python benchmarks/store.py [--size SIGHTINGS …] [--database URL]

A generated press of forty days is recorded article by article. Then the store is filled to each
size with copies of it that lie further and further back (other words, other days: rows like those
that recording them would have made), and fresh articles of the newest days are recorded. Prints
articles a second at each size with the ratio to the first, and the time of common queries.
A PostgreSQL database must be an empty one.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from storage.engine import Database, open_database
from storage.events import record_extraction
from storage.migrate import upgrade
from storage.models import (
    Article,
    Base,
    Deadline,
    Event,
    IssueMention,
    Quote,
    Revision,
    Sighting,
    Story,
)
from tests.generator import press as generator
from tests.making import NAMES, add_article

_SIZES = (10_000, 100_000)
_GROUP = 40  # articles in a transaction, as the daemon groups them
_PROBES = 3
_PROBE_STORIES = 30
_STEP = 1_000_000  # between the ids of one copy and the next
_DAYS = 48  # between one copy and the next: prefixes of the indexes move with the days
_MASK = (1 << 48) - 1
_NOW = generator.START + timedelta(days=60)


def main() -> None:
    """Run the benchmark that the command line describes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", type=int, nargs="+", default=list(_SIZES), metavar="SIGHTINGS")
    parser.add_argument("--database", metavar="URL", help="default: a temporary SQLite file")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="store-benchmark-") as folder:
        store = open_database(chosen.database or f"sqlite:///{folder}/store.db")
        upgrade(store)
        print(f"{store.engine.dialect.name}", flush=True)
        run(store, sorted(chosen.size))
        store.close()


def run(store: Database, sizes: Sequence[int]) -> None:
    """Measure at each of *sizes*, which only grow."""
    base = min(10_000, sizes[0])
    seed = _fill_by_recording(store, base)
    with store.read() as connection:
        world = _World.read(connection)
    copies = 0
    first: tuple[float, float] | None = None
    for size in sizes:
        copies = _fill_by_copying(store, world, size, copies)
        probes = []
        for _ in range(_PROBES):
            seed += 1
            probes.append(_record(store, generator.press(seed, stories=_PROBE_STORIES // 3)))
        spent, busy = (statistics.median(values) for values in zip(*probes, strict=True))
        first = first or (spent, busy)
        print(
            f"{_count(store):>9,} sightings: {1 / spent:6.1f} articles/s "
            f"({spent * 1000:.1f} ms each, {busy * 1000:.1f} our own work); the first's cost times "
            f"{spent / first[0]:.2f} ({busy / first[1]:.2f})",
            flush=True,
        )
        _time_queries(store)


# --- recording


def _record(store: Database, articles: Sequence[generator.Article]) -> tuple[float, float]:
    """Seconds and our own processor's seconds an article, of recording alone with its commits."""
    spent = busy = 0.0
    for start in range(0, len(articles), _GROUP):
        group = articles[start : start + _GROUP]
        with store.write() as connection:
            stored = [
                add_article(
                    connection, one.url, one.text, published=one.published, outlet=one.outlet
                )
                for one in group
            ]
        begun, worked = time.perf_counter(), time.process_time()
        with store.write() as connection:
            for article, printed in zip(group, stored, strict=True):
                record_extraction(
                    connection,
                    printed.id,
                    article.text,
                    article.extraction,
                    names=NAMES,
                    extractor="benchmark",
                    min_relevance=0.2,
                    now=_NOW,
                )
        spent += time.perf_counter() - begun
        busy += time.process_time() - worked
    return spent / len(articles), busy / len(articles)


def _fill_by_recording(store: Database, size: int) -> int:
    seed = 1000
    while _count(store) < size:
        seed += 1
        _record(store, generator.press(seed, stories=_PROBE_STORIES))
    return seed


def _count(store: Database) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).where(Sighting.part == 0)) or 0


# --- copying


@dataclass(frozen=True, slots=True)
class _World:
    """What was recorded at first: its rows, and the first article's id beyond it."""

    rows: dict[type[Base], list[dict[str, Any]]]
    end: int

    @classmethod
    def read(cls, connection: Connection) -> "_World":
        rows = {
            model: [dict(row._mapping) for row in connection.execute(select(*model.__table__.c))]
            for model in _SHIFTED
        }
        return cls(rows, max(row["id"] for row in rows[Article]) + 1)


def _fill_by_copying(store: Database, world: _World, size: int, copies: int) -> int:
    """Fill the store to *size* with copies of what was recorded; returns how many there are."""
    if _count(store) >= size:
        return copies
    while _count(store) < size:
        copies += 1
        with store.write() as connection:
            _copy(connection, world, copies)
    with store.write() as connection:
        connection.execute(text("ANALYZE"))
    return copies


_SHIFTED: tuple[type[Base], ...] = (
    Story,
    Article,
    Revision,
    Event,
    Quote,
    Deadline,
    IssueMention,
    Sighting,
)
_IDS = {"id", "article_id", "event_id", "story_id", "first_article_id"}


def _copy(connection: Connection, world: _World, number: int) -> None:
    for model in _SHIFTED:
        copied = [_moved(row, number) for row in world.rows[model]]
        if copied:
            connection.execute(insert(model), copied)
    days, ids = number * _DAYS, number * _STEP
    told = f"SELECT digest FROM sighting WHERE article_id < {world.end}"
    keys = f"{_moved_hash('hash', number, days // 16)}, {_moved_hash('digest', number, days)}, size"
    shingles = f"{_moved_hash('hash', number, days // 8)}, article_id + {ids}"
    statements = (
        f"INSERT INTO sighting_key SELECT {keys} FROM sighting_key WHERE digest IN ({told})",
        f"INSERT INTO story_shingle SELECT {shingles} FROM story_shingle "  # noqa: ISC004
        f"WHERE article_id < {world.end}",
        f"INSERT INTO story_pair SELECT one + {ids}, other + {ids}, share FROM story_pair "  # noqa: ISC004
        f"WHERE one < {world.end} AND other < {world.end}",
    )
    for statement in statements:
        connection.execute(text(statement))


def _moved_hash(column: str, number: int, days: int) -> str:
    """SQL for a hash with other lower bits (exclusive or, which SQLite lacks) of earlier days."""
    other = _scrambler(number)
    low = f"({column} & {_MASK})"
    return f"((({column} >> 48) - {days}) << 48) + (({low} | {other}) - ({low} & {other}))"


def _scrambler(number: int) -> int:
    return (number * 0x9E3779B97F4A7C15) & _MASK


def _moved(row: dict[str, Any], number: int) -> dict[str, Any]:
    back = timedelta(days=number * _DAYS)
    moved: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, datetime | date):
            moved[key] = value - back
        elif key in _IDS and isinstance(value, int):
            moved[key] = value + number * _STEP
        elif key in {"article_id", "event_id", "story_id", "url_key"} and value is not None:
            moved[key] = f"{value[:58]}-{number}"
        elif key == "digest" and value is not None:
            low = (value & _MASK) ^ _scrambler(number)
            moved[key] = (((value >> 48) - number * _DAYS) << 48) | low
        else:
            moved[key] = value
    return moved


# --- queries

_QUERIES = {
    "newest quotes of a person": (
        "SELECT * FROM quotes WHERE speaker_name = 'Walter Oakes' "
        "ORDER BY published_at DESC LIMIT 50"
    ),
    "deadlines of the next 30 days": (
        "SELECT * FROM deadlines WHERE due_from >= '2018-05-01' AND due_from < '2018-05-31' "
        "ORDER BY due_from LIMIT 200"
    ),
    "positions on an issue": "SELECT * FROM positions WHERE issue = 'dairy'",
}


def _time_queries(store: Database) -> None:
    for name, query in _QUERIES.items():
        with store.read() as connection:
            spent = min(_timed(lambda c=connection, q=query: c.execute(text(q)).all()))  # type: ignore[misc]
        print(f"          {name}: {spent * 1000:.1f} ms", flush=True)


def _timed(call: Callable[[], object], times: int = 3) -> Iterator[float]:
    for _ in range(times):
        begun = time.perf_counter()
        call()
        yield time.perf_counter() - begun


if __name__ == "__main__":
    main()
