"""How fast the page and the API answer over a large store.

    .venv/bin/python benchmarks/web.py [--events N] [--database URL] [--rounds N]

Fills a store with invented events (SQLite in a temporary folder, or an empty database at URL),
serves it from a process of its own, and prints for each view of the page and each list of the API
the median and the slowest of some requests and the first one before them (which finds nothing kept
in memory), the requests a second of four clients, and where a Chromium is found the first
contentful paint. Stops by itself.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection, insert, text

from storage import models
from storage.engine import Database, open_database
from storage.full_text_index import index_everything
from storage.migrate import upgrade

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAYS = 900
CHUNK = 5_000
PARTIES = ("CA", "US", "MX", None)
ISSUES = [f"issue-{number}" for number in range(40)]
STANCES = ("demands", "opposes", "concedes", "concern", "open", "agreed", "neutral")
SPEAKERS = [f"Speaker Number {number}" for number in range(800)]
OUTLETS = [f"The Example {number}" for number in range(60)]
WORDS = (
    "tariff quota dairy steel rule origin labour wage chapter panel round minister border "
    "congress review sunset market access supply truck corn water energy agreement text "
    "négociation échéance Québec acuerdo plazo México reunión"
).split()

PATHS = {
    "front page": "/",
    "front page, a party": "/?party=CA",
    "front page, an issue": "/?issue=issue-7",
    "front page, a search": "/?search=quebec+sunset",
    "quotes": "/quotes",
    "quotes of a party": "/quotes?party=MX",
    "deadlines, soonest": "/deadlines?order=due",
    "issue mentions": "/issues",
    "positions": "/positions",
    "articles": "/articles",
    "an event": "/events/q_{event}",
    "an article": "/articles/a_{article}",
    "API events": "/api/v1/events",
    "API quotes": "/api/v1/quotes",
    "API quotes, far on": "/api/v1/quotes?until=2025-03-01",
    "API quotes, a speaker": "/api/v1/quotes?speaker=number+77",
    "API quotes, a search": "/api/v1/quotes?search=quebec+sunset",
    "API quotes, a rare word": "/api/v1/quotes?search=zebra",
    "API deadlines": "/api/v1/deadlines",
    "API deadlines, soonest": "/api/v1/deadlines?order=due&due_since=2026-11-25",
    "API issues": "/api/v1/issues",
    "API positions": "/api/v1/positions",
    "API articles": "/api/v1/articles",
    "API stories": "/api/v1/stories",
    "API changes": "/api/v1/changes?after={change}",
    "API feeds": "/api/v1/feeds",
    "API event": "/api/v1/events/q_{event}",
    "calendar": "/calendar.ics?due_since=2026-11-25",
    "quotes.atom": "/feeds/quotes.atom",
    "all.json": "/feeds/all.json",
}


class Press:
    """Invents rows: articles with their stories, and the events that they carry."""

    def __init__(self, events: int) -> None:
        self.events = events
        self.articles = max(1, events // 8)
        self.dice = random.Random(7)

    def said(self, words: int) -> str:
        """So many words."""
        return " ".join(self.dice.choices(WORDS, k=words)).capitalize() + "."

    def at(self, number: int, of: int) -> datetime:
        """When the *number*-th of so many was published."""
        return NOW - timedelta(days=DAYS) + timedelta(days=DAYS) * number / of

    def fill(self, database: Database) -> None:
        """Put everything into an empty store."""
        with database.write() as connection:
            for first in range(1, self.articles + 1, CHUNK):
                numbers = range(first, min(first + CHUNK, self.articles + 1))
                _put(connection, models.Story, map(self.story, numbers))
                _put(connection, models.Article, map(self.article, numbers))
                _put(connection, models.Revision, map(self.revision, numbers))
        for first in range(1, self.events + 1, CHUNK):
            numbers = range(first, min(first + CHUNK, self.events + 1))
            with database.write() as connection:
                _put(connection, models.Event, map(self.event, numbers))
                for model, type_, make in (
                    (models.Quote, "quote", self.quote),
                    (models.Deadline, "deadline", self.deadline),
                    (models.IssueMention, "issue_mention", self.mention),
                ):
                    _put(connection, model, [make(n) for n in numbers if type_of(n) == type_])
                _put(connection, models.Sighting, map(self.sighting, numbers))
                _put(connection, models.Change, map(self.change, numbers))
        with database.write() as connection:
            _put(connection, models.Feed, map(self.feed, range(1, 61)))
            index_everything(connection)
            connection.execute(text("ANALYZE"))

    def story(self, n: int) -> dict[str, Any]:
        published = self.at(n, self.articles)
        return {"id": n, "story_id": f"s_{n}", "lang": "en", "title": self.said(6),
                "first_published_at": published}  # fmt: skip

    def article(self, n: int) -> dict[str, Any]:
        at = self.at(n, self.articles)
        return {"id": n, "article_id": f"a_{n}", "url_key": f"key{n}", "host": "news.example",
                "url": f"https://news.example/{n}", "state": "done", "kind": "article",
                "outlet": self.dice.choice(OUTLETS), "title": self.said(7), "lang": "en",
                "published_at": at, "discovered_at": at, "fetched_at": at, "revision": 1,
                "story_id": n}  # fmt: skip

    def revision(self, n: int) -> dict[str, Any]:
        body = "\n\n".join(self.said(40) for _ in range(10))
        return {"article_id": n, "number": 1, "fetched_at": self.at(n, self.articles),
                "text": body, "content_hash": "0" * 64}  # fmt: skip

    def event(self, n: int) -> dict[str, Any]:
        at = self.at(self.article_of(n), self.articles)
        return {"id": n, "event_id": f"{type_of(n)[0]}_{n}", "type": type_of(n), "lang": "en",
                "status": "active", "first_seen_at": at, "last_seen_at": at,
                "first_published_at": at, "last_published_at": at, "sightings": 1, "outlets": 1,
                "stories": 1, "first_article_id": self.article_of(n),
                "issues": json.dumps([self.dice.choice(ISSUES)])}  # fmt: skip

    def quote(self, n: int) -> dict[str, Any]:
        words = self.said(25)
        speaker = self.dice.choice(SPEAKERS)
        return {"event_id": n, "text": words, "kind": "direct", "speaker_name": speaker,
                "actor": speaker.lower(), "role": "minister", "organisation": "government",
                "party": self.dice.choice(PARTIES), "cue": "said", "context": words}  # fmt: skip

    def deadline(self, n: int) -> dict[str, Any]:
        told = self.at(self.article_of(n), self.articles).date()
        due = told + timedelta(days=self.dice.randrange(1, 120))
        before = (due - timedelta(days=9)).isoformat()
        return {"event_id": n, "what": self.said(6), "kind": "deadline", "due_from": due,
                "due_to": due + timedelta(days=1), "due_precision": "day", "due_text": str(due),
                "certainty": "fixed", "set_by_party": self.dice.choice(PARTIES),
                "context": self.said(25), "moves": n % 3 and 1,
                "history": json.dumps([{"due": {"from": before, "to": before}}])}  # fmt: skip

    def mention(self, n: int) -> dict[str, Any]:
        issue = self.dice.choice(ISSUES)
        return {"event_id": n, "issue": issue, "issue_name": issue.title(),
                "party": self.dice.choice(PARTIES), "stance": self.dice.choice(STANCES),
                "text": self.said(25),
                "told_at": self.at(self.article_of(n), self.articles)}  # fmt: skip

    def sighting(self, n: int) -> dict[str, Any]:
        at = self.at(self.article_of(n), self.articles)
        return {"event_id": n, "article_id": self.article_of(n), "occurrence": 0, "part": 0,
                "revision": 1, "start_offset": 0, "end_offset": 20, "text": "x" * 20,
                "seen_at": at}  # fmt: skip

    def change(self, n: int) -> dict[str, Any]:
        return {"topic": f"{type_of(n)}.new", "event_id": f"{type_of(n)[0]}_{n}",
                "event_type": type_of(n), "at": self.at(n, self.events),
                "snapshot": json.dumps({"event_id": n, "text": self.said(25)})}  # fmt: skip

    def feed(self, n: int) -> dict[str, Any]:
        return {"id": n, "url": f"https://feeds.example/{n}", "title": f"Feed {n}",
                "added_at": NOW, "interval": 900, "next_poll_at": NOW}  # fmt: skip

    def article_of(self, n: int) -> int:
        """The article that carries an event."""
        return min(self.articles, 1 + n // 8)


def type_of(n: int) -> str:
    """The type of the *n*-th event: of twenty, nine quotes, three deadlines, eight mentions."""
    place = n % 20
    return "quote" if place < 9 else "deadline" if place < 12 else "issue_mention"


def _put(connection: Connection, model: Any, rows: Any) -> None:
    found = list(rows)
    if found:
        connection.execute(insert(model), found)


def serve_until_told(url: str) -> None:
    """Serve the store at *url* on a free port, which is printed; until standard input ends."""
    import threading

    import uvicorn
    from prometheus_client import CollectorRegistry

    from monitor.web import WebServices, create_app
    from monitor.writing import AsyncWriter

    database = open_database(url)
    app = create_app(
        WebServices(
            database=database,
            writer=AsyncWriter(database),
            token=None,
            allowed_hosts=(),
            host="127.0.0.1",
            port=0,
            version="bench",
            now=lambda: NOW,
            registry=CollectorRegistry(),
        )
    )
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host="127.0.0.1",
            port=0,
            lifespan="off",
            log_level="error",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
    )

    def watch() -> None:
        while not server.started:
            time.sleep(0.01)
        print(server.servers[0].sockets[0].getsockname()[1], flush=True)
        sys.stdin.read()
        server.should_exit = True

    threading.Thread(target=watch, daemon=True).start()
    server.run()
    database.close()


@contextmanager
def server_of(url: str) -> Iterator[str]:
    """The address of a server over the store at *url*, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--serve", url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.stdin.close()
        process.wait(20)


def medians(client: httpx.Client, places: dict[str, int], rounds: int) -> float:
    """Print how long each path takes; returns the greatest median."""
    worst = 0.0
    print(f"{'':<26} {'median':>9} {'slowest':>9} {'first':>9} {'bytes':>9}")
    for name, path in PATHS.items():
        address = path.format(**places)
        taken = []
        for _ in range(rounds + 1):
            start = time.perf_counter()
            answer = client.get(address)
            taken.append((time.perf_counter() - start) * 1000)
            answer.raise_for_status()
        median = statistics.median(taken[1:])
        worst = max(worst, median)
        size = len(answer.content)
        times = " ".join(f"{ms:>6.1f} ms" for ms in (median, max(taken[1:]), taken[0]))
        print(f"{name:<26} {times} {size:>9,}")
    return worst


def throughput(base: str, path: str, seconds: float = 3.0, clients: int = 4) -> float:
    """Requests a second that *clients* get answered."""

    def ask() -> int:
        done, ends = 0, time.monotonic() + seconds
        with httpx.Client(base_url=base, timeout=30, trust_env=False) as client:
            while time.monotonic() < ends:
                client.get(path).raise_for_status()
                done += 1
        return done

    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(lambda _: ask(), range(clients))) / seconds


def first_paint(base: str) -> None:
    """Print the first contentful paint of the front page in Chromium, where there is one."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.browser_setup import browser

    if browser() is None:
        print("first contentful paint: no Chromium here")
        return
    from tests.web.browsing import Reader, chromium

    paints = []
    with chromium() as driver:
        for _ in range(5):
            reader = Reader(driver, base).open("/")
            paints.append(_painted(reader))
            driver.get("about:blank")
    print(f"first contentful paint: median {statistics.median(paints):.0f} ms of {len(paints)}")


def _painted(reader: Any) -> float:
    """Milliseconds from the navigation to the first words."""
    script = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    return float(reader.until(lambda _: reader.run(script)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill, serve, measure."""
    parser = argparse.ArgumentParser(description="How fast the page and the API answer.")
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--database", help="an empty database, instead of a temporary SQLite file")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.serve:
        serve_until_told(asked.serve)
        return
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{folder}/web.db"
        database = open_database(url)
        upgrade(database)
        start = time.monotonic()
        press = Press(asked.events)
        press.fill(database)
        database.close()
        print(f"{asked.events:,} events in {press.articles:,} articles "
              f"({time.monotonic() - start:.0f} s to fill)")  # fmt: skip
        places = {
            "event": 20 * (asked.events // 40) + 1,
            "article": press.articles // 2,
            "change": asked.events // 2,
        }
        with server_of(url) as base:
            with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
                worst = medians(client, places, asked.rounds)
            for path in ("/", "/quotes", "/api/v1/quotes"):
                print(f"requests/s of {path}: {throughput(base, path):.0f}")
            if not asked.no_browser:
                first_paint(base)
    print(f"greatest median: {worst:.1f} ms")


if __name__ == "__main__":
    main()
