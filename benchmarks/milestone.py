"""What one more article costs that repeats a deadline which thousands have told already.

    .venv/bin/python benchmarks/milestone.py [--articles 3000] [--url URL]

Short articles of other outlets and days name the same milestone, one after the other. Prints the
processor's time of recording one (the database server's is not counted), for each hundred of them
that ends at a round number. A PostgreSQL database must be an empty one.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from storage.engine import Database, open_database
from storage.events import record_extraction
from storage.migrate import upgrade
from tests.making import NAMES, add_article, deadline, extraction

_START = datetime(2018, 3, 1, tzinfo=UTC)
_GROUP = 100
_OUTLETS = 50
_SHOWN = 500


def main() -> None:
    """Run the benchmark that the command line describes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--url", metavar="URL", help="default: a temporary SQLite file")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="milestone-") as folder:
        store = open_database(chosen.url or f"sqlite:///{folder}/store.db")
        upgrade(store)
        for told, spent in _costs(store, chosen.articles):
            if told == _GROUP or told % _SHOWN == 0:
                print(f"{told:,} articles: {spent * 1000:.1f} ms", flush=True)
        store.close()


def _costs(store: Database, articles: int) -> Iterator[tuple[int, float]]:
    """After each group of articles how many there are, and the seconds that one of it took."""
    for first in range(0, articles, _GROUP):
        with store.write() as connection:
            spent = sum(_record(connection, first + number) for number in range(_GROUP))
        yield first + _GROUP, spent / _GROUP


def _record(connection: Connection, number: int) -> float:
    at = _START + timedelta(minutes=17 * number)
    text = f"Paper {number}: the joint review is due on July 1, 2026, they said again."
    due = deadline(
        text, "July 1, 2026", date(2026, 7, 1), what="joint review", milestone="joint-review"
    )
    url, outlet = f"https://news.example/{number}", f"Outlet {number % _OUTLETS}"
    article = add_article(connection, url, text, published=at, outlet=outlet)
    begun = time.process_time()
    record_extraction(
        connection,
        article.id,
        text,
        extraction(deadlines=[due]),
        names=NAMES,
        extractor="benchmark",
        min_relevance=0.2,
        now=at,
    )
    return time.process_time() - begun


if __name__ == "__main__":
    main()
