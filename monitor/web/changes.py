"""The outbox over HTTP: follow ``seq`` and miss nothing."""

import asyncio
import time
from threading import Event

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.conditional import Conditional
from monitor.web.encoding import envelope_bytes
from monitor.web.live import EVENTS, LINES, LOOK_SECONDS, Newest, Streams, form_asked
from monitor.web.parameters import Query, given, names_for, read_query, whole_number
from monitor.web.schema import (
    answers,
    listing_schema,
    object_schema,
    parameters,
    row_schema,
)
from monitor.web.services import Reading
from storage.queries import BadFilterError, Page, after_seq, list_rows

_LONGEST_WAIT = 60
_GREATEST = 2**63 - 1


def changes_routes(reading: Reading, stopping: Event, conditional: Conditional) -> APIRouter:
    """The route ``/api/v1/changes``; who waits there gets an answer once *stopping* is set."""
    router = APIRouter(prefix="/api/v1", tags=["api"])
    newest = Newest(reading, stopping)
    streams = Streams(reading, newest)

    async def changes(request: Request) -> Response:
        params = request.query_params
        values = given(params, [*names_for("changes"), "after", "wait"])
        own = {name: values.pop(name) for name in ("after", "wait") if name in values}
        query = read_query(type(params)(values), "changes")
        after = whole_number(own.get("after", "0"), "after", 0, _GREATEST)
        wait = whole_number(own.get("wait", "0"), "wait", 0, _LONGEST_WAIT)
        form = form_asked(request.headers.get("accept", ""))
        if form is not None:
            if "limit" in values or "cursor" in values:
                raise BadFilterError("A stream has no pages; leave out limit and cursor.")
            last = request.headers.get("last-event-id", "").strip()
            after = whole_number(last, "Last-Event-ID", 0, _GREATEST) if last else after
            patience = None if form.media_type == EVENTS else float(wait)
            return streams.answer(request, form, query.filters, after, patience)
        if query.cursor is not None and "after" in own:
            raise BadFilterError("Give either after or cursor, not both.")
        if not wait:
            return await run_in_threadpool(
                conditional.answer,
                request,
                lambda connection: _body(_rows(connection, query, after), query, after),
                "application/json",
            )
        return await _page(request, reading, newest, query, after, wait)

    resume = {"type": ["integer", "null"], "description": "What to ask for next."}
    found = answers(listing_schema("changes", after=resume), conditional=True)
    row = object_schema(row_schema("changes"))
    found[200]["content"] |= {EVENTS: {"schema": {"type": "string"}}, LINES: {"schema": row}}
    router.add_api_route(
        "/changes",
        changes,
        name="list_changes",
        summary="Every creation and change of an event, in the order of seq.",
        description=(
            "With `Accept: text/event-stream` a stream of server-sent events (the seq is the id, "
            "and `Last-Event-ID` goes on after one); with `Accept: application/x-ndjson` one "
            "change a line, until nothing has come for `wait` seconds."
        ),
        response_class=Response,
        responses=found,
        openapi_extra={"parameters": parameters("changes", "after", "wait")},
    )
    return router


async def _page(
    request: Request, reading: Reading, newest: Newest, query: Query, after: int, wait: int
) -> Response:
    """A page of changes, as soon as there is one within *wait* seconds."""
    ends = time.monotonic() + wait
    while True:
        seen = await newest.seq()
        page = await run_in_threadpool(_read, reading, query, after)
        if page.rows or time.monotonic() >= ends:
            break
        # Where filters let nothing pass, what was looked at need not be looked at again.
        if not await _grows(newest, seen, ends, request):
            break
    return Response(_body(page, query, after), media_type="application/json")


def _read(reading: Reading, query: Query, after: int) -> Page:
    with reading() as connection:
        return _rows(connection, query, after)


def _rows(connection: Connection, query: Query, after: int) -> Page:
    cursor = query.cursor or after_seq(after)
    return list_rows(connection, "changes", query.filters, limit=query.limit, cursor=cursor)


def _body(page: Page, query: Query, after: int) -> bytes:
    last = page.rows[-1]["seq"] if page.rows else (None if query.cursor else after)
    return envelope_bytes(page.rows, page.next, after=last)


async def _grows(newest: Newest, seen: int, ends: float, request: Request) -> bool:
    """Wait until there is a change after *seen*; False where time or the client has gone."""
    while time.monotonic() < ends:
        try:
            await asyncio.sleep(min(LOOK_SECONDS, max(0.0, ends - time.monotonic())))
        except asyncio.CancelledError:
            # The server stops: whoever waits gets an answer, and goes on where they are.
            return False
        if await newest.seq() > seen:
            return True
        if await newest.leaves(request):
            return False
    return False
