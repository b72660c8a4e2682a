"""How fast articles are recorded, and whether that depends on how much is stored.

    .venv/bin/python benchmarks/store.py [--size SIGHTINGS …] [--keep FOLDER | --url URL] [--plans]

A generated press of forty days is recorded article by article. Then the store is filled to each
size with copies of it that lie further and further back (other words, other days: rows like those
that recording them would have made), and fresh articles of the newest days are recorded by the
true way. Prints articles a second at each size with the ratio to the first, and the median time
of the common queries, in brackets what of it this process worked (on SQLite that is all, unless
somebody else keeps the processors busy); with ``--plans`` how the server goes about them.

With ``--keep`` the filled SQLite files stay in FOLDER, one a size, and are used again: what is
there is only measured, in a copy, as articles are recorded in it. So is a PostgreSQL database that
holds as many sightings already, but it keeps these articles: each measuring makes its newest
weeks denser by three thousand sightings. Give an empty database, or one that was filled so.
"""

import argparse
import hashlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, func, select, text

from storage.check import find_faults
from storage.engine import Database, open_database
from storage.events import record_extraction
from storage.migrate import upgrade
from storage.models import Article, Event
from storage.queries import Filters, list_rows
from tests.generator import press as generator
from tests.generator.copies import count, fill
from tests.making import NAMES, add_article

_SIZES = (10_000, 100_000)
_RECORDED = 10_000  # sightings that are recorded the true way before any is copied
_FIRST_SEED = 1001
_GROUP = 40  # articles in a transaction, as the daemon groups them
_PROBES = 5
_PROBE_STORIES = 10
_STORIES = 30
_NOW = generator.START + timedelta(days=60)


def main() -> None:
    """Run the benchmark that the command line describes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", type=int, nargs="+", default=list(_SIZES), metavar="SIGHTINGS")
    parser.add_argument("--url", metavar="URL", help="a PostgreSQL database; default: SQLite files")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the SQLite files here")
    parser.add_argument("--plans", action="store_true", help="show the plans of the queries")
    parser.add_argument("--check", action="store_true", help="run `db check` at the end")
    chosen = parser.parse_args()
    sizes = sorted(chosen.size)
    with tempfile.TemporaryDirectory(prefix="store-benchmark-") as folder:
        if chosen.url:
            urls = dict.fromkeys(sizes, chosen.url)
        else:
            urls = _sqlite_files(chosen.keep or Path(folder), sizes)
        run(urls, plans=chosen.plans, check=chosen.check)


def _sqlite_files(folder: Path, sizes: Sequence[int]) -> dict[int, str]:
    """The addresses of files with so many sightings; each that is missing grows of a smaller."""
    urls: dict[int, str] = {}
    smaller: Path | None = None
    for size in sizes:
        path = folder / f"{size}.db"
        if not path.exists():
            growing = path.with_suffix(".part")
            growing.unlink(missing_ok=True)
            folder.mkdir(parents=True, exist_ok=True)
            if smaller is not None:
                shutil.copy(smaller, growing)
            store = open_database(f"sqlite:///{growing}")
            _fill(store, size)
            store.close()
            growing.rename(path)
        urls[size] = f"sqlite:///{path}"
        smaller = path
    return urls


def _opened(url: str) -> Database:
    """The store at *url*, of SQLite a copy."""
    store = open_database(url)
    if store.path is None:
        return store
    copied = store.path.with_suffix(".measured")
    store.close()
    shutil.copy(store.path, copied)
    return open_database(f"sqlite:///{copied}")


def _fill(store: Database, size: int) -> None:
    upgrade(store)
    if not _count(store):
        seed = _FIRST_SEED
        while _count(store) < min(_RECORDED, size):
            _record(store, generator.press(seed, stories=_STORIES))
            seed += 1
    fill(store, size)


def run(urls: Mapping[int, str], *, plans: bool, check: bool) -> None:
    """Measure the store at each address, by size; those that are smaller are filled first."""
    costs: dict[int, _Cost] = {}
    timed: dict[int, dict[str, _Cost]] = {}
    for size, url in urls.items():
        store = _opened(url)
        _fill(store, size)
        with store.read() as connection:
            articles, events = (
                connection.scalar(select(func.count()).select_from(model))
                for model in (Article, Event)
            )
        print(f"{size:,}: {_count(store):,} sightings, {articles:,} articles, {events:,} events")
        costs[size] = _probe(store)
        timed[size] = {name: _time(store, query) for name, query in _queries().items()}
        print(f"  {1 / costs[size].wall:.1f} articles/s", flush=True)
        if plans and size == max(urls):
            _print_plans(store)
        if check:
            with store.read() as connection:
                faults = list(find_faults(connection))
            print(f"db check: {len(faults)} faults", *faults[:5], sep="\n  ")
        store.close()
        if store.path is not None:
            store.path.unlink()
    _print_costs(costs)
    _print_queries(timed)


def _probe(store: Database) -> "_Cost":
    """What it costs to record an article that is new to the store."""
    seed = _new_seed(store)
    _record(store, generator.press(seed, stories=_PROBE_STORIES))  # what is read is warm
    costs = [
        _record(store, generator.press(seed + number, stories=_PROBE_STORIES))
        for number in range(1, _PROBES + 1)
    ]
    return _median(costs)


def _new_seed(store: Database) -> int:
    """The first press of which nothing is stored."""
    seed = 1
    with store.read() as connection:
        while connection.scalar(select(Article.id).where(Article.url_key == _key_of(seed))):
            seed += _PROBES + 1
    return seed


def _key_of(seed: int) -> str:
    (first, *_) = generator.press(seed, stories=1)
    return hashlib.sha256(first.url.encode()).hexdigest()


# --- recording


@dataclass(frozen=True, slots=True)
class _Cost:
    """Seconds: by the clock, and of processors."""

    wall: float
    cpu: float


def _median(costs: Sequence[_Cost]) -> _Cost:
    return _Cost(
        statistics.median(one.wall for one in costs), statistics.median(one.cpu for one in costs)
    )


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


def _count(store: Database) -> int:
    with store.read() as connection:
        return count(connection)


def _print_costs(costs: Mapping[int, _Cost]) -> None:
    first = next(iter(costs.values()))
    print("\n| sightings | articles/s | CPU ms an article | ratio |\n| --- | --- | --- | --- |")
    for size, cost in costs.items():
        print(
            f"| {size:,} | {1 / cost.wall:.0f} | {cost.cpu * 1000:.1f} "
            f"| {cost.wall / first.wall:.2f} wall, {cost.cpu / first.cpu:.2f} CPU |",
            flush=True,
        )


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


def _time(store: Database, query: _Query) -> _Cost:
    spent = []
    for _ in range(_TIMES):
        with store.read() as connection:
            begun, worked = time.perf_counter(), time.process_time()
            query(connection)
            spent.append(_Cost(time.perf_counter() - begun, time.process_time() - worked))
    return _median(spent)


def _print_queries(timed: Mapping[int, Mapping[str, _Cost]]) -> None:
    print("\n| query, median ms |", " | ".join(f"{size:,}" for size in timed), "|")
    print("| --- |", " | ".join("---" for _ in timed), "|")
    for name in _queries():
        costs = [costs[name] for costs in timed.values()]
        told = (f"{cost.wall * 1000:.1f} ({cost.cpu * 1000:.1f})" for cost in costs)
        print(f"| {name} |", " | ".join(told), "|", flush=True)


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
