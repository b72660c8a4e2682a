"""From an article's arrival on a feed to the webhook in the receiver's hands.

    .venv/bin/python benchmarks/latency.py [--runs 10] [--same-host]

A daemon with default settings (but that loopback is allowed) watches a feed on loopback. For each
run a new article is put on the feed, whose poll is due at that moment; the time ends when a
signed message about that article has been read. The articles are on another host than the feed;
on the same one the politeness of two seconds between two requests to a host ([fetch] host_delay)
comes on top. Prints the median, and exits 1 above two seconds.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from monitor.delivery.signing import new_secret, signature_header
from storage.engine import Database, open_database
from storage.models import Feed

_SYLLABLES = [f"{one}{two}" for one in "aeiou" for two in "bdgklmnprstvz"]
_ALLOWED_SECONDS = 2.0


def paragraphs(seed: str) -> str:
    """An article that shares no statement with any other: invented words keep them apart."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(60)]
    hall, found, told = " ".join(words[1:20]), " ".join(words[20:35]), " ".join(words[37:60])
    text = (
        f"Canada's chief NAFTA negotiator Steve Verheul spoke about dairy quotas and {words[0]} "
        f"on Wednesday, in a hall that smelled of {hall}.\n"
        f"“We found {found} in the text, and {words[35]} is not easy,” Verheul said.\n"
        f"The United States opposes the sunset clause, said the {words[36]} gazette, which tells "
        f"of NAFTA and of {told}."
    )
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.splitlines())


class Press:
    """A feed, its articles, and a receiver of webhooks."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.base = self.pages = ""
        self.articles: list[tuple[str, str, datetime]] = []
        self.arrived: dict[str, float] = {}
        self.news = threading.Condition()

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>{title}</title><link>{self.pages}{path}</link>"
            f"<guid>{self.pages}{path}</guid><pubDate>{format_datetime(at)}</pubDate></item>"
            for path, title, at in reversed(self.articles)
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>'
            f"<link>{self.base}</link><description>d</description>{items}</channel></rss>"
        ).encode()

    def page(self, path: str) -> bytes | None:
        found = next((one for one in self.articles if one[0] == path), None)
        if found is None:
            return None
        _, title, at = found
        return (
            f"<!doctype html><html lang='en'><head><title>{title}</title>"
            f"<meta property='article:published_time' content='{at.isoformat()}'></head><body>"
            f"<main><article><h1>{title}</h1>{paragraphs(path)}</article></main></body></html>"
        ).encode()

    def take(self, headers: Any, body: bytes) -> None:
        id, stamp = headers["webhook-id"], headers["webhook-timestamp"]
        if signature_header([self.secret], id, int(stamp), body) != headers["webhook-signature"]:
            return
        data = json.loads(body)["data"]
        with self.news:
            for item in data.get("evidence", ()):
                self.arrived.setdefault(item["url"].removeprefix(self.pages), time.monotonic())
            self.news.notify_all()

    def wait_for(self, path: str, seconds: float) -> float | None:
        """When the first message about an article came (monotonic)."""
        with self.news:
            self.news.wait_for(lambda: path in self.arrived, seconds)
            return self.arrived.get(path)


@contextmanager
def serving(press: Press, same_host: bool) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = press.feed() if self.path == "/feed" else press.page(self.path)
            self.send_response(200 if body else 404)
            media_type = "application/rss+xml" if self.path == "/feed" else "text/html"
            self.send_header("content-type", f"{media_type}; charset=utf-8")
            self.send_header("content-length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            press.take(self.headers, body)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    first = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port = first.server_address[1]
    servers = [first, ThreadingHTTPServer(("127.0.0.2", port), Handler)]
    press.base = f"http://127.0.0.1:{port}"
    press.pages = press.base if same_host else f"http://127.0.0.2:{port}"
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def command(url: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "monitor", "--database", url, *arguments]


def measure(folder: Path, runs: int, same_host: bool) -> list[float]:
    """Seconds of each run."""
    press = Press(new_secret())
    url = f"sqlite:///{folder}/latency.db"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NAFTA_MONITOR_")}
    with serving(press, same_host):
        (folder / "nafta-monitor.toml").write_text(
            '[fetch]\nallow_private = ["127.0.0.0/8"]\n'
            '[webhooks]\nallow_private = ["127.0.0.0/8"]\n'
        )
        press.articles.append(("/news-0", "NAFTA talks, the start", datetime.now(UTC)))
        options: Any = {"cwd": folder, "env": environment, "stdout": subprocess.DEVNULL}
        for arguments in (
            ("feeds", "add", "--no-check", f"{press.base}/feed"),
            ("webhooks", "add", f"{press.base}/hook", "--secret", press.secret, "--no-ping"),
        ):
            subprocess.run(command(url, *arguments), check=True, **options)
        daemon = subprocess.Popen(
            command(url, "run", "--port", "0"), stderr=subprocess.DEVNULL, **options
        )
        try:
            if press.wait_for("/news-0", 90) is None:
                raise SystemExit("the daemon did not deliver anything within 90 seconds")
            return [_one(press, url, number) for number in range(1, runs + 1)]
        finally:
            daemon.terminate()
            daemon.wait(30)


def _one(press: Press, url: str, number: int) -> float:
    # Off the beat of the daemon's tick.
    time.sleep(1.5 + number * 0.137 % 1)
    path = f"/news-{number}"
    database = open_database(url)
    try:
        start = time.monotonic()
        press.articles.append((path, f"NAFTA talks, part {number}", datetime.now(UTC)))
        _poll_is_due(database, f"{press.base}/feed")
        arrived = press.wait_for(path, 60)
    finally:
        database.close()
    return arrived - start if arrived is not None else float("inf")


def _poll_is_due(database: Database, feed: str) -> None:
    """Have the feed's poll be due now."""
    with database.write() as connection:
        assert connection.scalar(select(Feed.id).where(Feed.url == feed))
        connection.execute(
            update(Feed).where(Feed.url == feed).values(next_poll_at=datetime.now(UTC))
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument(
        "--same-host", action="store_true", help="Have the articles on the feed's own host."
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        times = measure(Path(folder), given.runs, given.same_host)
    median = statistics.median(times)
    print("seconds: " + " ".join(f"{value:.2f}" for value in times))
    print(f"median {median:.2f} s, longest {max(times):.2f} s of {len(times)} runs")
    return 0 if median < _ALLOWED_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
