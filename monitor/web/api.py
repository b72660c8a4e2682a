"""The JSON API over the views."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.encoding import envelope, json_response
from monitor.web.masking import masked_feed
from monitor.web.parameters import given, read_query, whole_number
from monitor.web.problems import NotFoundError
from monitor.web.schema import answers, listing_schema, parameters, plain_parameters, row_schema
from monitor.web.services import Reading
from monitor.web.webhooks import shown_endpoints
from storage.queries import MAX_LIMIT, event_detail, list_rows

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


def api_routes(reading: Reading) -> APIRouter:
    """The routes under ``/api/v1``, except the changes."""
    router = APIRouter(prefix="/api/v1", tags=["api"])
    for path, (view, summary) in _LISTINGS.items():
        router.add_api_route(
            f"/{path}",
            _listing(reading, view),
            name=f"list_{path}",
            summary=summary,
            response_class=Response,
            responses=answers(listing_schema(view)),
            openapi_extra={"parameters": parameters(view)},
        )

    def event(event_id: str, request: Request) -> Response:
        given(request.query_params, ())
        with reading() as connection:
            found = event_detail(connection, event_id)
        if found is None:
            raise NotFoundError("There is no event with this id.")
        return json_response(found)

    def webhooks(request: Request) -> Response:
        values = given(request.query_params, ("limit", "cursor"))
        limit = whole_number(values.get("limit", "50"), "limit", 1, MAX_LIMIT)
        after = whole_number(values.get("cursor", "0"), "cursor", 0, 2**63 - 1)
        with reading() as connection:
            rows, follows = shown_endpoints(connection, limit, after)
        return envelope(rows, follows)

    detail = {"type": "object", "properties": {**row_schema("events"), "evidence": _EVIDENCE}}
    router.add_api_route(
        "/events/{event_id}",
        event,
        name="show_event",
        summary="One event: its data, its history and every sighting with its passage.",
        response_class=Response,
        responses=answers(detail, missing=True),
    )
    router.add_api_route(
        "/webhooks",
        webhooks,
        name="list_webhooks",
        summary="The receivers of webhooks, without their secrets.",
        response_class=Response,
        responses=answers(_ENDPOINTS),
        openapi_extra={"parameters": plain_parameters("limit", "cursor")},
    )
    return router


_ENDPOINTS = {
    "type": "object",
    "required": ["items", "next"],
    "properties": {
        "items": {"type": "array", "items": {"type": "object"}},
        "next": {"type": ["string", "null"]},
    },
}
_EVIDENCE = {"type": "array", "items": {"type": "object"}}


def _listing(reading: Reading, view: str) -> Callable[[Request], Response]:
    def listing(request: Request) -> Response:
        query = read_query(request.query_params, view)
        with reading() as connection:
            page = list_rows(
                connection,
                view,
                query.filters,
                limit=query.limit,
                cursor=query.cursor,
                order=query.order,
            )
        rows = [masked_feed(row) for row in page.rows] if view == "feeds" else page.rows
        return envelope(rows, page.next)

    return listing
