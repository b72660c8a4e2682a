"""How fast articles are recorded, and whether that depends on how much is stored.

    .venv/bin/python benchmarks/store.py [--size SIGHTINGS …] [--url URL] [--plans]

A generated press of forty days is recorded article by article. Then the store is filled to each
size with copies of it that lie further and further back (other words, other days: rows like those
that recording them would have made), and fresh articles of the newest days are recorded by the
true way. Prints articles a second at each size with the ratio to the first, and the median time
of the common queries; with ``--plans`` how the server goes about them. A PostgreSQL database must
be an empty one.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, func, select, text

from storage.check import find_faults
from storage.engine import Database, open_database
from storage.events import record_extraction
from storage.migrate import upgrade
from storage.models import Article, Event, Sighting
from storage.queries import Filters, list_rows
from tests.generator import press as generator
from tests.generator.copies import World, fill
from tests.making import NAMES, add_article

_SIZES = (10_000, 100_000)
_GROUP = 40  # articles in a transaction, as the daemon groups them
_PROBES = 5
_PROBE_STORIES = 10
_STORIES = 30
_NOW = generator.START + timedelta(days=60)


def main() -> None:
    """Run the benchmark that the command line describes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", type=int, nargs="+", default=list(_SIZES), metavar="SIGHTINGS")
    parser.add_argument("--url", metavar="URL", help="default: a temporary SQLite file")
    parser.add_argument("--plans", action="store_true", help="show the plans of the queries")
    parser.add_argument("--check", action="store_true", help="run `db check` at the end")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="store-benchmark-") as folder:
        store = open_database(chosen.url or f"sqlite:///{folder}/store.db")
        upgrade(store)
        run(store, sorted(chosen.size), plans=chosen.plans)
        if chosen.check:
            with store.read() as connection:
                faults = list(find_faults(connection))
            print(f"db check: {len(faults)} faults", *faults[:5], sep="\n  ")
        store.close()


def run(store: Database, sizes: Sequence[int], *, plans: bool) -> None:
    """Measure at each of *sizes*, which only grow."""
    print(f"| {store.engine.dialect.name} | articles | events | articles/s | CPU ms | ratio |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    seed = _fill_by_recording(store, min(10_000, sizes[0]))
    with store.read() as connection:
        world = World.read(connection)
    copies = 0
    first: _Cost | None = None
    timed: dict[int, dict[str, float]] = {}
    for size in sizes:
        copies = fill(store, world, copies, lambda size=size: _count(store) >= size)  # type: ignore[misc]
        seed += 1
        _record(store, generator.press(seed, stories=_PROBE_STORIES))  # what is read is warm
        costs = []
        for _ in range(_PROBES):
            seed += 1
            costs.append(_record(store, generator.press(seed, stories=_PROBE_STORIES)))
        cost = _Cost(
            statistics.median(one.wall for one in costs),
            statistics.median(one.cpu for one in costs),
        )
        first = first or cost
        with store.read() as connection:
            articles, events = (
                connection.scalar(select(func.count()).select_from(model))
                for model in (Article, Event)
            )
        print(
            f"| {_count(store):,} sightings | {articles:,} | {events:,} | {1 / cost.wall:.0f} "
            f"| {cost.cpu * 1000:.1f} | {cost.wall / first.wall:.2f} wall, "
            f"{cost.cpu / first.cpu:.2f} CPU |",
            flush=True,
        )
        timed[size] = {name: _median_ms(store, query) for name, query in _queries().items()}
    _print_queries(timed)
    if plans:
        _print_plans(store)


# --- recording


@dataclass(frozen=True, slots=True)
class _Cost:
    """Seconds an article: by the clock, and of processors (the database server's too)."""

    wall: float
    cpu: float


def _record(store: Database, articles: Sequence[generator.Article]) -> _Cost:
    """The cost of recording alone, with its commits."""
    wall = cpu = 0.0
    for start in range(0, len(articles), _GROUP):
        group = articles[start : start + _GROUP]
        with store.write() as connection:
            stored = [
                add_article(
                    connection, one.url, one.text, published=one.published, outlet=one.outlet
                )
                for one in group
            ]
            server = _server(connection)
        begun, worked = time.perf_counter(), time.process_time() + _busy(server)
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
        wall += time.perf_counter() - begun
        cpu += time.process_time() + _busy(server) - worked
    return _Cost(wall / len(articles), cpu / len(articles))


def _server(connection: Connection) -> int | None:
    """The process that serves a connection, if it is one of this machine."""
    if connection.dialect.name == "sqlite":
        return None
    process: int = connection.scalar(text("SELECT pg_backend_pid()"))
    return process if Path(f"/proc/{process}/stat").exists() else None


def _busy(process: int | None) -> float:
    """The processor's seconds that a process has used."""
    if process is None:
        return 0.0
    numbers = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / 100


def _fill_by_recording(store: Database, size: int) -> int:
    seed = 1000
    while _count(store) < size:
        seed += 1
        _record(store, generator.press(seed, stories=_STORIES))
    return seed


def _count(store: Database) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).where(Sighting.part == 0)) or 0


# --- queries

_Query = Callable[[Connection], object]


def _sql(statement: str) -> _Query:
    return lambda connection: connection.execute(text(statement)).all()


def _listed(view: str, filters: Filters, order: str = "newest") -> _Query:
    return lambda connection: list_rows(connection, view, filters, order=order)


def _queries() -> dict[str, _Query]:
    today = date(2018, 5, 1)
    return {
        "newest quotes of a person": _listed("quotes", Filters(speaker="Oakes")),
        "… by SQL, by the full name": _sql(_QUOTES),
        "deadlines of the next 30 days": _listed(
            "deadlines",
            Filters(due_since=today, due_until=today + timedelta(days=30), status="active,passed"),
            "due",
        ),
        "… by SQL, by the first day": _sql(_DEADLINES),
        "positions on an issue": _listed("positions", Filters(issue="dairy")),
        "… by SQL, all columns": _sql("SELECT * FROM positions WHERE issue = 'dairy'"),
        "search of two words in events": _listed("events", Filters(search="tariffs file")),
        "search of two rare words in quotes": _listed("quotes", Filters(search="file 4711")),
        "search of two words in articles": _listed("articles", Filters(search="minister border")),
    }


_QUOTES = (
    "SELECT * FROM quotes WHERE speaker_name = 'Walter Oakes' "
    "ORDER BY first_published_at DESC LIMIT 50"
)
_DEADLINES = (
    "SELECT * FROM deadlines WHERE due_from >= '2018-05-01' AND due_from < '2018-05-31' "
    "ORDER BY due_from LIMIT 50"
)
_TIMES = 15


def _median_ms(store: Database, query: _Query) -> float:
    spent = []
    for _ in range(_TIMES):
        with store.read() as connection:
            begun = time.perf_counter()
            query(connection)
            spent.append(time.perf_counter() - begun)
    return statistics.median(spent) * 1000


def _print_queries(timed: dict[int, dict[str, float]]) -> None:
    print("\n| query, median ms |", " | ".join(f"{size:,}" for size in timed), "|")
    print("| --- |", " | ".join("---" for _ in timed), "|")
    for name in _queries():
        print(
            f"| {name} |", " | ".join(f"{ms[name]:.1f}" for ms in timed.values()), "|", flush=True
        )


def _print_plans(store: Database) -> None:
    """How the server goes about each query; for those with several statements, the longest."""
    explain = "EXPLAIN QUERY PLAN " if store.is_sqlite else "EXPLAIN (ANALYZE, COSTS OFF) "
    for name, query in _queries().items():
        seen: list[tuple[str, Any]] = []
        with store.read() as connection:
            event.listen(
                connection,
                "before_cursor_execute",
                lambda *found, seen=seen: seen.append((found[2], found[3])),
            )
            query(connection)
            statement, values = max(seen, key=lambda one: len(one[0]))
            rows = connection.exec_driver_sql(explain + statement, values).all()
        print(f"\n{name}:", *(f"  {row[-1]}" for row in rows), sep="\n", flush=True)


if __name__ == "__main__":
    main()
