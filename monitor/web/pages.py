"""The page for people: rendered here, readable without the script that adds to it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from extractors.text.folding import fold
from monitor.web.conditional import is_known, tag_of
from monitor.web.digest import FILTERS, article_page, digest, matrix
from monitor.web.interface import PARAMETER, Texts, texts_for
from monitor.web.kept import Kept
from monitor.web.lately import Lately, lately, with_moved
from monitor.web.moves import moves_of
from monitor.web.parameters import filters_from, given, read_query
from monitor.web.presenting import Presenter, name_in, static_files
from monitor.web.problems import NotFoundError
from monitor.web.services import Reading, WebServices
from monitor.web.subscriptions import standing
from monitor.web.timeline import timeline
from storage.outbox import last_seq
from storage.queries import event_detail, filters_of, list_rows

# The listings that a reader can page through, and their views.
_LISTINGS = {
    "quotes": "quotes",
    "deadlines": "deadlines",
    "issues": "issue_mentions",
    "articles": "articles",
}


def page_routes(
    services: WebServices, reading: Reading, presenter: Presenter, kept: Kept
) -> APIRouter:
    """The page, an event's evidence, an article's text, the listings and the style sheet."""
    router = APIRouter(include_in_schema=False, default_response_class=Response)
    static = static_files()

    @router.get("/")
    def front(request: Request) -> Response:
        values, texts = _given(request, FILTERS), texts_for(request)
        now = services.now()
        with reading() as connection:
            shown = digest(connection, values, now, kept)
            shown["lately"] = None if values else _lately(connection, now, kept)
            shown["coming"] = with_moved(shown["coming"], shown["lately"], now.date())
            shown["seq"] = last_seq(connection)
        shown |= {
            "timeline": timeline([*shown["coming"], *shown["past"]], now.date(), texts),
            "asked": values,
            "queries": _queries(values),
            "choices": _in_words(shown["choices"], services, texts),
            "demo_url": services.demo_url() if not shown["totals"]["articles"] else None,
        }
        return presenter.page(request, "front.html", shown)

    @router.get("/events/{event_id}")
    def event(request: Request, event_id: str) -> Response:
        with reading() as connection:
            found = event_detail(connection, event_id)
            seq = last_seq(connection)
        if found is None:
            raise NotFoundError("There is no event with this id.")
        moves = moves_of(found, texts_for(request))
        return presenter.page(request, "event.html", {"event": found, "moves": moves, "seq": seq})

    @router.get("/articles/{article_id}")
    def article(request: Request, article_id: str) -> Response:
        with reading() as connection:
            found = article_page(connection, article_id)
        if found is None:
            raise NotFoundError("There is no article with this id.")
        return presenter.page(request, "article.html", found)

    @router.get("/positions")
    def positions(request: Request) -> Response:
        values = _given(request, filters_of("positions"))
        with reading() as connection:
            filters = filters_from(values, "positions")
            table = matrix(connection, filters, services.now(), kept)
            seq = last_seq(connection)
        shown = {"matrix": table, "seq": seq, "asked": values, "query": _query(values)}
        return presenter.page(request, "positions.html", shown)

    for path in _LISTINGS:
        router.add_api_route(f"/{path}", _listing(path, reading, presenter))

    @router.get("/static/{name}")
    def static_file(request: Request, name: str) -> Response:
        if name not in static:
            raise NotFoundError("There is nothing under this address.")
        content, media_type = static[name]
        # Asked for again each time, so that script and style are of the page's own version.
        headers = {"ETag": tag_of(content), "Cache-Control": "public, no-cache"}
        if is_known(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers | {"Content-Type": media_type})

    return router


def _listing(path: str, reading: Reading, presenter: Presenter) -> Callable[[Request], Response]:
    view = _LISTINGS[path]
    own = {"order", "limit", "cursor"}

    def listing(request: Request) -> Response:
        params = [item for item in request.query_params.multi_items() if item[0] != PARAMETER]
        query = read_query(QueryParams(params), view)
        values = _given(request, (*filters_of(view), *own))
        filters = query.filters if view == "articles" else standing(query.filters)
        with reading() as connection:
            page = list_rows(
                connection,
                view,
                filters,
                limit=query.limit,
                cursor=query.cursor,
                order=query.order,
            )
            seq = last_seq(connection)
        asked = {name: value for name, value in values.items() if name not in own}
        shown: dict[str, Any] = {
            "kind": path,
            "rows": page.rows,
            "asked": asked,
            "query": _query(asked),
            "follows": _query(values | {"cursor": page.next}) if page.next else None,
        }
        # What is new stands on the first page.
        shown |= {} if query.cursor else {"seq": seq}
        return presenter.page(request, "listing.html", shown)

    return listing


def _lately(connection: Connection, now: datetime, kept: Kept) -> Lately | None:
    hour = now.replace(minute=0, second=0, microsecond=0)
    return kept.get(connection, ("lately", hour), lambda: lately(connection, now))


def _in_words(choices: Mapping[str, Any], services: WebServices, texts: Texts) -> dict[str, Any]:
    """The *choices* with the issues called, and sorted, as the reader's language has it."""
    issues = [
        (id, name_in(services.issue_names, id, texts.lang, name)) for id, name in choices["issues"]
    ]
    return {**choices, "issues": sorted(issues, key=lambda issue: fold(issue[1]))}


def _given(request: Request, allowed: Iterable[str]) -> dict[str, str]:
    """The parameters that say something, without the one for the page's language."""
    values = given(request.query_params, (*allowed, PARAMETER))
    values.pop(PARAMETER, None)
    return values


def _query(values: Mapping[str, str]) -> str:
    return f"?{urlencode(values)}" if values else ""


def _queries(values: dict[str, str]) -> dict[str, str]:
    """For each listing, the query string of those filters that it knows."""
    queries = {}
    for path, view in (*_LISTINGS.items(), ("positions", "positions")):
        queries[path] = _query({n: v for n, v in values.items() if n in filters_of(view)})
    return queries
