"""The outbox over HTTP: follow ``seq`` and miss nothing."""

import asyncio
import time

from fastapi import APIRouter
from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.encoding import envelope
from monitor.web.parameters import given, names_for, read_query, whole_number
from monitor.web.schema import answers, listing_schema, parameters
from monitor.web.services import Reading
from storage.models import Change
from storage.queries import BadFilterError, Filters, Page, after_seq, list_rows

_LONGEST_WAIT = 60
_LOOK_SECONDS = 0.5
_GREATEST = 2**63 - 1


def changes_routes(reading: Reading) -> APIRouter:
    """The route ``/api/v1/changes``."""
    router = APIRouter(prefix="/api/v1", tags=["api"])
    newest = _Newest(reading)

    async def changes(request: Request) -> Response:
        params = request.query_params
        values = given(params, [*names_for("changes"), "after", "wait"])
        own = {name: values.pop(name) for name in ("after", "wait") if name in values}
        query = read_query(type(params)(values), "changes")
        after = whole_number(own.get("after", "0"), "after", 0, _GREATEST)
        wait = whole_number(own.get("wait", "0"), "wait", 0, _LONGEST_WAIT)
        if query.cursor is not None and "after" in own:
            raise BadFilterError("Give either after or cursor, not both.")
        cursor = query.cursor or after_seq(after)
        ends = time.monotonic() + wait
        while True:
            seen = await newest.seq() if wait else 0
            page = await run_in_threadpool(_read, reading, query.filters, query.limit, cursor)
            if page.rows or time.monotonic() >= ends:
                break
            # Where filters let nothing pass, what was looked at need not be looked at again.
            if not await _grows(newest, seen, ends, request):
                break
        last = page.rows[-1]["seq"] if page.rows else (None if query.cursor else after)
        return envelope(page.rows, page.next, after=last)

    router.add_api_route(
        "/changes",
        changes,
        name="list_changes",
        summary="Every creation and change of an event, in the order of seq.",
        response_class=Response,
        responses=answers(listing_schema("changes", after={"type": ["integer", "null"]})),
        openapi_extra={"parameters": parameters("changes", "after", "wait")},
    )
    return router


def _read(reading: Reading, filters: Filters, limit: int, cursor: str) -> Page:
    with reading() as connection:
        return list_rows(connection, "changes", filters, limit=limit, cursor=cursor)


async def _grows(newest: "_Newest", seen: int, ends: float, request: Request) -> bool:
    """Wait until there is a change after *seen*; False where time or the client has gone."""
    while time.monotonic() < ends:
        try:
            await asyncio.sleep(min(_LOOK_SECONDS, max(0.0, ends - time.monotonic())))
        except asyncio.CancelledError:
            # The server stops: whoever waits gets an answer, and goes on where they are.
            return False
        if await newest.seq() > seen:
            return True
        if await request.is_disconnected():
            return False
    return False


class _Newest:
    """The greatest ``seq``: asked of the database once for all who wait."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._lock = asyncio.Lock()
        self._seq = 0
        self._asked = float("-inf")

    async def seq(self) -> int:
        """The greatest seq, at most a moment old."""
        async with self._lock:
            if time.monotonic() - self._asked >= _LOOK_SECONDS / 2:
                self._seq = await run_in_threadpool(self._read)
                self._asked = time.monotonic()
        return self._seq

    def _read(self) -> int:
        with self._reading() as connection:
            return connection.scalar(select(func.max(Change.seq))) or 0
