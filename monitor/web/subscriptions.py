"""What other programs subscribe to: the calendar, Atom and JSON Feed."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.atom import atom_text
from monitor.web.calendar import calendar_text
from monitor.web.encoding import json_text
from monitor.web.entries import FeedEntry, deadline_entry, event_entry, quote_entry
from monitor.web.jsonfeed import json_feed
from monitor.web.parameters import read_query
from monitor.web.schema import answers, parameters
from monitor.web.services import Reading
from storage.queries import MAX_LIMIT, Filters, Page, changes_shown, list_rows

_MOST_IN_CALENDAR = 5_000
_CALENDAR, _ATOM, _JSON = "text/calendar", "application/atom+xml", "application/feed+json"


def subscription_routes(reading: Reading) -> APIRouter:
    """The routes ``/calendar.ics`` and ``/feeds/…``; each takes its listing's filters.

    What was withdrawn is left out unless ``status`` asks for it.
    """
    router = APIRouter(tags=["subscriptions"])

    def calendar(request: Request) -> Response:
        filters = standing(read_query(request.query_params, "deadlines").filters)
        with reading() as connection:
            rows = list(islice(_all_deadlines(connection, filters), _MOST_IN_CALENDAR))
        return _answer(request, calendar_text(rows, link=_event_link(request)), _CALENDAR)

    def quotes(request: Request) -> Response:
        rows = _page(request, reading, "quotes").rows
        entries = [quote_entry(row, _event_link(request)) for row in rows]
        return _answer(request, _atom(request, "quotes", entries), _ATOM)

    def deadlines(request: Request) -> Response:
        rows = _page(request, reading, "deadlines").rows
        entries = [deadline_entry(row, _event_link(request)) for row in rows]
        return _answer(request, _atom(request, "deadlines", entries), _ATOM)

    def everything(request: Request) -> Response:
        page = _page(request, reading, "events")
        entries = [event_entry(row, _event_link(request)) for row in page.rows]
        url, home = request.url, str(request.base_url)
        following = str(url.include_query_params(cursor=page.next)) if page.next else None
        feed = json_feed("nafta-monitor: everything", home, str(url), entries, following)
        return _answer(request, json_text(feed), _JSON)

    for path, view, endpoint, media_type, summary in (
        ("/calendar.ics", "deadlines", calendar, _CALENDAR, "Deadlines as a calendar."),
        ("/feeds/quotes.atom", "quotes", quotes, _ATOM, "The newest quotes."),
        ("/feeds/deadlines.atom", "deadlines", deadlines, _ATOM, "The newest deadlines."),
        ("/feeds/all.json", "events", everything, _JSON, "The newest events of all types."),
    ):
        router.add_api_route(
            path,
            endpoint,
            summary=summary,
            response_class=Response,
            responses=answers({"type": "string"}, media_type),
            openapi_extra={"parameters": parameters(view)},
        )
    return router


def standing(filters: Filters) -> Filters:
    """The *filters*, which leave out what was withdrawn unless they name a status."""
    return filters if filters.status else replace(filters, status="active,passed")


def _page(request: Request, reading: Reading, view: str) -> Page:
    query = read_query(request.query_params, view)
    with reading() as connection:
        return list_rows(
            connection,
            view,
            standing(query.filters),
            limit=query.limit,
            cursor=query.cursor,
            order=query.order,
        )


def _all_deadlines(connection: Connection, filters: Filters) -> Iterator[dict[str, Any]]:
    """All deadlines, soonest first: a calendar has no pages."""
    cursor: str | None = None
    while True:
        page = list_rows(
            connection, "deadlines", filters, limit=MAX_LIMIT, cursor=cursor, order="due"
        )
        times = changes_shown(connection, [row["event_id"] for row in page.rows])
        for row in page.rows:
            yield row | {"sequence": times.get(row["event_id"], 0)}
        cursor = page.next
        if cursor is None:
            return


def _event_link(request: Request) -> str:
    """The address of an event's page, up to its id."""
    return f"{request.base_url}events/"


def _atom(request: Request, name: str, entries: list[FeedEntry]) -> str:
    return atom_text(
        f"nafta-monitor: {name}",
        f"urn:nafta-monitor:{name}",
        str(request.url),
        str(request.base_url),
        entries,
    )


def _answer(request: Request, text: str, media_type: str) -> Response:
    """The *text*, or that it is still what the subscriber has."""
    body = text.encode("utf-8", "replace")
    headers = {"ETag": tag_of(body), "Content-Type": f"{media_type}; charset=utf-8"}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers)


def tag_of(body: bytes) -> str:
    """The entity tag of an answer with this *body*."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client says that it has what *tag* stands for."""
    known = request.headers.get("if-none-match", "")
    return tag in (item.strip().removeprefix("W/") for item in known.split(","))
