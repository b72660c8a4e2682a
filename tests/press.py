"""A press of our own on loopback: feeds, pages and a webhook receiver, as real HTTP."""

import base64
import html
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

SECRET = "whsec_" + base64.b64encode(b"a secret of the tests, 32 bytes!").decode()


@dataclass(slots=True)
class Press:
    """What is served by path, what was asked for, and what the receiver took."""

    base: str = ""
    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    messages: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0

    def url(self, path: str) -> str:
        """The address of *path*."""
        return f"{self.base}{path}"

    def serve(self, path: str, body: str | bytes, media_type: str = "text/html") -> None:
        """Answer *path* with *body* from now on."""
        self.answers[path] = (media_type, body.encode() if isinstance(body, str) else body)

    def publish(self, path: str, title: str, text: str, published: datetime) -> None:
        """An article's page at *path*: paragraphs of *text*, parted by blank lines."""
        paragraphs = "".join(f"<p>{html.escape(p, quote=False)}</p>" for p in text.split("\n\n"))
        stamp = published.isoformat()
        self.serve(
            path,
            f"<!doctype html><html lang='en'><head><title>{html.escape(title)}</title>"
            f"<meta property='article:published_time' content='{stamp}'></head><body>"
            f"<main><article><h1>{html.escape(title)}</h1>{paragraphs}</article></main>"
            "</body></html>",
            "text/html; charset=utf-8",
        )

    def list_in_feed(self, path: str, title: str, entries: list[tuple[str, str, datetime]]) -> None:
        """An RSS feed at *path* of (page's path, title, published)."""
        items = "".join(
            f"<item><title>{html.escape(name)}</title><link>{self.url(page)}</link>"
            f"<guid>{self.url(page)}</guid><pubDate>{format_datetime(at)}</pubDate></item>"
            for page, name, at in entries
        )
        self.serve(
            path,
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
            f"<link>{self.base}</link><description>d</description>{items}</channel></rss>",
            "application/rss+xml",
        )

    def take(self, headers: Any, body: bytes) -> bool:
        """Whether a message's signature is good; it is kept then."""
        try:
            Webhook(SECRET).verify(body.decode(), dict(headers.items()))
        except WebhookVerificationError:
            self.refused += 1
            return False
        self.messages.append(json.loads(body) | {"id": headers["webhook-id"]})
        return True


@contextmanager
def open_press() -> Iterator[Press]:
    """A press that serves on a free loopback port meanwhile."""
    press = Press()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            press.asked[self.path] += 1
            media_type, body = press.answers.get(self.path, ("", b""))
            self.send_response(200 if media_type else 404)
            self.send_header("Content-Type", media_type or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204 if press.take(self.headers, body) else 401)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def handle(self) -> None:
            # A client that was killed is what some tests are about.
            with suppress(ConnectionError, TimeoutError):
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    press.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield press
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
