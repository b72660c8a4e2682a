"""The page for people: rendered here, readable without the script that adds to it."""

from collections.abc import Callable
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.digest import FILTERS, article_page, choices, digest, matrix, totals
from monitor.web.moves import moves_of
from monitor.web.parameters import filters_from, given, read_query
from monitor.web.presenting import Presenter, static_files
from monitor.web.problems import NotFoundError
from monitor.web.services import Reading, WebServices
from monitor.web.subscriptions import standing
from storage.outbox import last_seq
from storage.queries import event_detail, filters_of, list_rows

# The listings that a reader can page through, and their headings.
_LISTINGS = {
    "quotes": ("quotes", "Quotes"),
    "deadlines": ("deadlines", "Deadlines"),
    "issues": ("issue_mentions", "Issue mentions"),
    "articles": ("articles", "Articles"),
}
_HOUR = {"Cache-Control": "public, max-age=3600"}


def page_routes(services: WebServices, reading: Reading, presenter: Presenter) -> APIRouter:
    """The page, an event's evidence, an article's text, the listings and the style sheet."""
    router = APIRouter(include_in_schema=False, default_response_class=Response)
    static = static_files()

    @router.get("/")
    def front(request: Request) -> Response:
        values = given(request.query_params, FILTERS)
        with reading() as connection:
            shown = digest(connection, values, services.now())
            shown |= {"choices": choices(connection), "totals": totals(connection)}
            shown["seq"] = last_seq(connection)
        shown |= {
            "asked": values,
            "query": f"?{urlencode(values)}" if values else "",
            "queries": _queries(values),
            "demo_url": services.demo_url() if not shown["totals"]["articles"] else None,
        }
        return presenter.page("front.html", shown)

    @router.get("/events/{event_id}")
    def event(event_id: str) -> Response:
        with reading() as connection:
            found = event_detail(connection, event_id)
            seq = last_seq(connection)
        if found is None:
            raise NotFoundError("There is no event with this id.")
        return presenter.page("event.html", {"event": found, "moves": moves_of(found), "seq": seq})

    @router.get("/articles/{article_id}")
    def article(article_id: str) -> Response:
        with reading() as connection:
            found = article_page(connection, article_id)
        if found is None:
            raise NotFoundError("There is no article with this id.")
        return presenter.page("article.html", found)

    @router.get("/positions")
    def positions(request: Request) -> Response:
        values = given(request.query_params, filters_of("positions"))
        with reading() as connection:
            table = matrix(connection, filters_from(values, "positions"))
            seq = last_seq(connection)
        return presenter.page("positions.html", {"matrix": table, "seq": seq})

    for path in _LISTINGS:
        router.add_api_route(f"/{path}", _listing(path, reading, presenter))

    @router.get("/static/{name}")
    def static_file(name: str) -> Response:
        if name not in static:
            raise NotFoundError("There is nothing under this address.")
        content, media_type = static[name]
        return Response(content, headers=_HOUR | {"Content-Type": media_type})

    return router


def _listing(path: str, reading: Reading, presenter: Presenter) -> Callable[[Request], Response]:
    view, heading = _LISTINGS[path]

    def listing(request: Request) -> Response:
        query = read_query(request.query_params, view)
        values = given(request.query_params, (*filters_of(view), "order", "limit", "cursor"))
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
        follows = f"?{urlencode(values | {'cursor': page.next})}" if page.next else None
        asked = {k: v for k, v in values.items() if k not in {"cursor", "limit", "order"}}
        shown = {"kind": path, "heading": heading, "rows": page.rows}
        # What is new stands on the first page.
        shown |= {} if query.cursor else {"seq": seq}
        return presenter.page("listing.html", shown | {"follows": follows, "asked": asked})

    return listing


def _queries(values: dict[str, str]) -> dict[str, str]:
    """For each listing, the query string of those filters that it knows."""
    queries = {}
    views = {path: view for path, (view, _) in _LISTINGS.items()} | {"positions": "positions"}
    for path, view in views.items():
        known = {name: value for name, value in values.items() if name in filters_of(view)}
        queries[path] = f"?{urlencode(known)}" if known else ""
    return queries
