"""What other programs subscribe to: the calendar, Atom and JSON Feed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.atom import atom_text
from monitor.web.calendar import calendar_text, with_sequence
from monitor.web.conditional import Conditional
from monitor.web.encoding import json_text
from monitor.web.entries import (
    FeedEntry,
    deadline_entry,
    event_entry,
    position_entry,
    quote_entry,
)
from monitor.web.jsonfeed import json_feed
from monitor.web.parameters import Query, filters_from, given, read_query, whole_number
from monitor.web.schema import answers, parameters, plain_parameters
from monitor.web.services import Names
from monitor.web.shapes import JSON_FEED
from storage.queries import MAX_LIMIT, Filters, filters_of, list_rows

_MOST_IN_CALENDAR = 5_000
_LONGEST_ALARM = 365
_CALENDAR, _ATOM, _JSON = "text/calendar", "application/atom+xml", "application/feed+json"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed of one view, in both forms."""

    view: str
    about: str
    entry: Callable[[Row, str], FeedEntry]


def subscription_routes(conditional: Conditional, issue_names: Names) -> APIRouter:
    """The routes ``/calendar.ics`` and ``/feeds/…``; each takes its listing's filters.

    What was withdrawn is left out unless ``status`` asks for it.
    """
    router = APIRouter(tags=["subscriptions"])
    feeds = {
        "quotes": _Feed("quotes", "The newest quotes", quote_entry),
        "deadlines": _Feed("deadlines", "The newest deadlines", deadline_entry),
        "positions": _Feed(
            "positions",
            "Where the parties stand, the newest change first",
            lambda row, link: position_entry(row, link, issue_names.get(row["issue"], {})),
        ),
        "all": _Feed("events", "The newest events of all types", event_entry),
    }

    def add(path: str, view: str, endpoint: Any, schema: Any, media: str, about: str) -> None:
        asked = parameters(view)
        if media == _CALENDAR:  # which has no pages
            asked = plain_parameters(*filters_of(view), "alarm")
        router.add_api_route(
            path,
            endpoint,
            name=path.strip("/").replace("/", "_").replace(".", "_"),
            summary=about,
            response_class=Response,
            responses=answers(schema, media, conditional=True),
            openapi_extra={"parameters": asked},
        )

    text = {"type": "string"}
    add("/calendar.ics", "deadlines", _calendar(conditional), text, _CALENDAR,
        "Deadlines as a calendar.")  # fmt: skip
    for name, feed in feeds.items():
        if name != "all":
            add(f"/feeds/{name}.atom", feed.view, _atom(conditional, name, feed), text, _ATOM,
                f"{feed.about}, as Atom.")  # fmt: skip
        add(f"/feeds/{name}.json", feed.view, _json(conditional, name, feed), JSON_FEED, _JSON,
            f"{feed.about}, as JSON Feed.")  # fmt: skip
    return router


def standing(filters: Filters) -> Filters:
    """The *filters*, which leave out what was withdrawn unless they name a status."""
    return filters if filters.status else replace(filters, status="active,passed")


def _calendar(conditional: Conditional) -> Callable[[Request], Response]:
    def calendar(request: Request) -> Response:
        values = given(request.query_params, [*filters_of("deadlines"), "alarm"])
        days = values.pop("alarm", None)
        alarm = None if days is None else whole_number(days, "alarm", 0, _LONGEST_ALARM)
        filters = standing(filters_from(values, "deadlines"))

        def read(connection: Connection) -> bytes:
            rows = islice(_all_deadlines(connection, filters), _MOST_IN_CALENDAR)
            return _bytes(calendar_text(rows, link=_event_link(request), alarm=alarm))

        return conditional.answer(request, read, f"{_CALENDAR}; charset=utf-8")

    return calendar


def _atom(conditional: Conditional, name: str, feed: _Feed) -> Callable[[Request], Response]:
    def atom(request: Request) -> Response:
        query = _query(request, feed.view)

        def read(connection: Connection) -> bytes:
            entries, _ = _entries(connection, feed, query, request)
            text = atom_text(
                f"nafta-monitor: {name}",
                f"urn:nafta-monitor:{name}",
                str(request.url),
                str(request.base_url),
                entries,
            )
            return _bytes(text)

        return conditional.answer(request, read, f"{_ATOM}; charset=utf-8")

    return atom


def _json(conditional: Conditional, name: str, feed: _Feed) -> Callable[[Request], Response]:
    title = "everything" if name == "all" else name

    def json(request: Request) -> Response:
        query = _query(request, feed.view)

        def read(connection: Connection) -> bytes:
            entries, follows = _entries(connection, feed, query, request)
            url, home = request.url, str(request.base_url)
            following = str(url.include_query_params(cursor=follows)) if follows else None
            made = json_feed(f"nafta-monitor: {title}", home, str(url), entries, following)
            return _bytes(json_text(made))

        return conditional.answer(request, read, f"{_JSON}; charset=utf-8")

    return json


def _query(request: Request, view: str) -> Query:
    query = read_query(request.query_params, view)
    if "status" not in filters_of(view):
        return query
    return replace(query, filters=standing(query.filters))


def _entries(
    connection: Connection, feed: _Feed, query: Query, request: Request
) -> tuple[list[FeedEntry], str | None]:
    """A page of the feed's entries, and the cursor of those that follow."""
    page = list_rows(
        connection,
        feed.view,
        query.filters,
        limit=query.limit,
        cursor=query.cursor,
        order=query.order,
    )
    link = _event_link(request)
    return [feed.entry(row, link) for row in page.rows], page.next


def _all_deadlines(connection: Connection, filters: Filters) -> Iterator[Row]:
    """All deadlines, soonest first: a calendar has no pages."""
    cursor: str | None = None
    while True:
        page = list_rows(
            connection, "deadlines", filters, limit=MAX_LIMIT, cursor=cursor, order="due"
        )
        yield from with_sequence(connection, page.rows)
        cursor = page.next
        if cursor is None:
            return


def _event_link(request: Request) -> str:
    """The address of an event's page, up to its id."""
    return f"{request.base_url}events/"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
