"""The JSON API over the views."""

from collections.abc import Callable

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.conditional import Conditional
from monitor.web.encoding import envelope_bytes, json_bytes
from monitor.web.masking import masked_feed
from monitor.web.parameters import given, read_query
from monitor.web.problems import NotFoundError
from monitor.web.schema import answers, listing_schema, object_schema, parameters, row_schema
from monitor.web.shapes import EVIDENCE
from storage.queries import EVENT_VIEWS, event_detail, list_rows

_JSON = "application/json"
# The path of each listing, its view, and what it lists.
_LISTINGS = {
    "events": ("events", "Quotes, deadlines and issue mentions together, newest first."),
    "quotes": ("quotes", "Who said what, newest first."),
    "deadlines": ("deadlines", "What is due when, newest first, or the soonest with order=due."),
    "issues": ("issue_mentions", "Who took which stance on an issue, newest first."),
    "positions": ("positions", "The latest stance of each party on each issue."),
    "articles": ("articles", "The articles that were read, with their text, newest first."),
    "stories": ("stories", "Articles that are copies of one text, as one row."),
    "feeds": ("feeds", "The feeds and how their polling goes."),
}
# All of these that can be had as one file: name → view.
EXPORTS = {name: view for name, (view, _) in _LISTINGS.items() if name != "feeds"}
# What changes by itself, without a word of it in the outbox.
_UNTOLD = {"articles", "stories", "feeds"}


def api_routes(conditional: Conditional) -> APIRouter:
    """The routes under ``/api/v1`` that list events, articles, feeds, and show an event."""
    router = APIRouter(prefix="/api/v1", tags=["api"])
    for path, (view, summary) in _LISTINGS.items():
        router.add_api_route(
            f"/{path}",
            _listing(conditional, view),
            name=f"list_{path}",
            summary=summary,
            response_class=Response,
            responses=answers(listing_schema(view), conditional=True),
            openapi_extra={"parameters": parameters(view)},
        )

    def event(event_id: str, request: Request) -> Response:
        given(request.query_params, ())

        def read(connection: Connection) -> bytes:
            found = event_detail(connection, event_id)
            if found is None:
                raise NotFoundError("There is no event with this id.")
            return json_bytes(found)

        return conditional.answer(request, read, _JSON)

    router.add_api_route(
        "/events/{event_id}",
        event,
        name="show_event",
        summary="One event: its data, its history and every sighting with its passage.",
        response_class=Response,
        responses=answers(_DETAIL, missing=True, conditional=True),
    )
    return router


_DETAIL = {
    "oneOf": [
        object_schema(
            {"type": {"type": "string", "enum": [type_]}}
            | row_schema(view)
            | {"evidence": EVIDENCE}
        )
        for type_, view in EVENT_VIEWS.items()
    ]
}


def _listing(conditional: Conditional, view: str) -> Callable[[Request], Response]:
    def listing(request: Request) -> Response:
        query = read_query(request.query_params, view)

        def read(connection: Connection) -> bytes:
            page = list_rows(
                connection,
                view,
                query.filters,
                limit=query.limit,
                cursor=query.cursor,
                order=query.order,
            )
            rows = [masked_feed(row) for row in page.rows] if view == "feeds" else page.rows
            return envelope_bytes(rows, page.next)

        return conditional.answer(request, read, _JSON, told=view not in _UNTOLD)

    return listing
