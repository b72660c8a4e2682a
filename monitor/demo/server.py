"""The press world on loopback: outlets that publish in rounds, and a webhook receiver."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from monitor.delivery.signing import signature
from monitor.demo.printing import FEED_TYPES, feed_of, page_of
from monitor.demo.world import Outlet, load_outlets

_MOST_BYTES = 100_000


@dataclass(slots=True)
class PressWorld:
    """The outlets, and the round of news that has been published."""

    outlets: tuple[Outlet, ...] = field(default_factory=load_outlets)
    round: int = 1
    # Fixed at the start: a demo that runs past midnight does not rewrite its news.
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    base: str = ""

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """Media type and body of what is at *path*, or None."""
        name, _, rest = path.strip("/").partition("/")
        outlet = next((outlet for outlet in self.outlets if outlet.id == name), None)
        if outlet is None:
            return None
        base = f"{self.base}/{outlet.id}"
        stories = outlet.stories(self.now.date(), self.now, self.round)
        if rest == "feed":
            return FEED_TYPES[outlet.form], feed_of(outlet, stories, base).encode()
        for story in stories:
            if story.slug == rest:
                page = page_of(outlet, story, f"{base}/{story.slug}")
                return "text/html; charset=utf-8", page.encode()
        return None


@dataclass(slots=True)
class Receiver:
    """A webhook receiver that checks signatures and keeps what it took."""

    secret: str
    on_message: Callable[[dict[str, Any]], None] = lambda _: None
    seen: set[str] = field(default_factory=set)
    refused: int = 0

    def take(self, headers: Any, body: bytes) -> bool:
        """Whether a message is genuine; a repeated one is taken and told once."""
        message_id = headers.get("webhook-id", "")
        timestamp = headers.get("webhook-timestamp", "")
        wanted = signature(self.secret, message_id, int(timestamp or 0), body)
        given = headers.get("webhook-signature", "").split()
        if not any(hmac.compare_digest(wanted, one) for one in given):
            self.refused += 1
            return False
        if message_id not in self.seen:
            self.seen.add(message_id)
            self.on_message(json.loads(body))
        return True


@contextmanager
def serve(world: PressWorld, receiver: Receiver) -> Iterator[int]:
    """Serve *world* and *receiver* on a free loopback port meanwhile; gives the port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = world.answer(self.path)
            if found is None:
                self._send(404, "text/plain", b"not found")
                return
            media_type, body = found
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == etag:
                self._send(304, media_type, b"", etag)
            else:
                self._send(200, media_type, body, etag)

        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), _MOST_BYTES)
            taken = receiver.take(self.headers, self.rfile.read(length))
            self._send(204 if taken else 401, "text/plain", b"")

        def _send(self, status: int, media_type: str, body: bytes, etag: str = "") -> None:
            self.send_response(status)
            if etag:
                self.send_header("ETag", etag)
            if status != 204:
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def handle(self) -> None:
            # A monitor that stops drops its connections.
            with suppress(ConnectionError):
                super().handle()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: the monitor tells what it does."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    port = server.server_address[1]
    world.base = f"http://127.0.0.1:{port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
