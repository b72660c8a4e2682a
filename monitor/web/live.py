"""Changes as they come: server-sent events and lines of JSON."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from monitor.web.encoding import json_text
from monitor.web.services import Reading
from storage.errors import BusyError
from storage.models import Change
from storage.queries import MAX_LIMIT, Filters, Page, after_seq, list_rows

EVENTS, LINES = "text/event-stream", "application/x-ndjson"
LOOK_SECONDS = 0.5
_BEAT_SECONDS = 15.0
_MOST_STREAMS = 200
_RETRY_MS = 3_000
Row = dict[str, Any]


class Newest:
    """The greatest ``seq``: asked of the database once for all who wait."""

    def __init__(self, reading: Reading, stopping: Event) -> None:
        self._reading = reading
        self._stopping = stopping
        self._lock = asyncio.Lock()
        self._seq = 0
        self._asked = float("-inf")

    async def seq(self) -> int:
        """The greatest seq, at most a moment old."""
        async with self._lock:
            if time.monotonic() - self._asked >= LOOK_SECONDS / 2:
                self._seq = await run_in_threadpool(self._read)
                self._asked = time.monotonic()
        return self._seq

    async def leaves(self, request: Request) -> bool:
        """Whether the client has gone, or the server is about to."""
        return self._stopping.is_set() or await request.is_disconnected()

    def _read(self) -> int:
        with self._reading() as connection:
            return connection.scalar(select(func.max(Change.seq))) or 0


@dataclass(frozen=True, slots=True)
class Form:
    """How a stream writes: its first words, a change, and that it is still there."""

    media_type: str
    opening: str
    change: Callable[[Row], str]
    beat: str


_FORMS = {
    EVENTS: Form(
        EVENTS,
        f"retry: {_RETRY_MS}\n\n",
        lambda row: f"id: {row['seq']}\ndata: {json_text(row)}\n\n",
        ": still here\n\n",
    ),
    LINES: Form(LINES, "", lambda row: f"{json_text(row)}\n", "\n"),
}


def form_asked(accept: str) -> Form | None:
    """The stream that an Accept header asks for, or None where it asks for none."""
    asked = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return next((_FORMS[name] for name in asked if name in _FORMS), None)


class Streams:
    """The streams that are open now: so many, and no more."""

    def __init__(self, reading: Reading, newest: Newest) -> None:
        self._reading = reading
        self._newest = newest
        self._open = 0

    def answer(
        self, request: Request, form: Form, filters: Filters, after: int, patience: float | None
    ) -> Response:
        """Every change after *after* that passes *filters*, in *form*.

        Ends once nothing has come for *patience* seconds; None: when the client or the server
        does. Raises :class:`BusyError` where too many are open.
        """
        if self._open >= _MOST_STREAMS:
            raise BusyError("Too many streams are open; try again in a moment.")
        if request.scope.get("head"):
            return Response(media_type=form.media_type)
        return _Stream(form, self._counted(self._texts(request, form, filters, after, patience)))

    async def _counted(self, texts: AsyncIterator[str]) -> AsyncIterator[str]:
        self._open += 1
        try:
            async for text in texts:
                yield text
        finally:
            self._open -= 1

    async def _texts(
        self, request: Request, form: Form, filters: Filters, after: int, patience: float | None
    ) -> AsyncIterator[str]:
        yield form.opening
        cursor, quiet_since, beat_at = after_seq(after), time.monotonic(), time.monotonic()
        seen = -1
        while True:
            newest = await self._newest.seq()
            if newest > seen:
                page = await self._page(filters, cursor)
                if page is not None and page.rows:
                    cursor = after_seq(page.rows[-1]["seq"])
                    quiet_since = beat_at = time.monotonic()
                    yield "".join(map(form.change, page.rows))
                    if page.next is not None:
                        continue
                seen = seen if page is None else newest
            now = time.monotonic()
            if patience is not None and now - quiet_since >= patience:
                return
            if now - beat_at >= _BEAT_SECONDS:
                beat_at = now
                yield form.beat
            await asyncio.sleep(LOOK_SECONDS)
            if await self._newest.leaves(request):
                return

    async def _page(self, filters: Filters, cursor: str) -> Page | None:
        """The changes after *cursor*; None where the database is too busy to say."""
        try:
            return await run_in_threadpool(self._read, filters, cursor)
        except BusyError:
            return None

    def _read(self, filters: Filters, cursor: str) -> Page:
        with self._reading() as connection:
            return list_rows(connection, "changes", filters, limit=MAX_LIMIT, cursor=cursor)


class _Stream(Response):
    """A response that is written piece by piece, and ends in order when the server stops."""

    def __init__(self, form: Form, texts: AsyncIterator[str]) -> None:
        super().__init__(media_type=form.media_type)
        del self.headers["content-length"]
        # Proxies shall pass on each piece at once.
        self.headers["X-Accel-Buffering"] = "no"
        self.headers["Cache-Control"] = "no-store"
        self._texts = texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the head, every piece, and the end."""
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        try:
            async for text in self._texts:
                body = text.encode("utf-8", "replace")
                await send({"type": "http.response.body", "body": body, "more_body": True})
        except asyncio.CancelledError:
            # The server stops: whoever follows sees the end, and comes again where they are.
            pass
        await send({"type": "http.response.body", "body": b"", "more_body": False})
