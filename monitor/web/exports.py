"""All rows of a listing at once, for notebooks and spreadsheets: JSON lines and CSV."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from monitor.csv_rows import csv_lines
from monitor.web.encoding import json_text
from monitor.web.parameters import Query, filters_from, given
from monitor.web.schema import answers, object_schema, plain_parameters, row_schema
from monitor.web.services import Reading
from storage.queries import MAX_LIMIT, filters_of, list_rows

Row = dict[str, Any]
Rows = list[Row]


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of file: its ending, its media type, and a part of it, the first one or not."""

    ending: str
    media_type: str
    part: Callable[[Rows, list[str], bool], str]


_FORMS = (
    _Form(
        "jsonl",
        "application/x-ndjson",
        lambda rows, _, __: "".join(f"{json_text(row)}\n" for row in rows),
    ),
    _Form("csv", "text/csv", lambda rows, names, first: csv_lines(rows, names, header=first)),
)


def export_routes(reading: Reading, listings: dict[str, str]) -> APIRouter:
    """The routes ``/api/v1/NAME.jsonl`` and ``/api/v1/NAME.csv`` of *listings* (name → view)."""
    router = APIRouter(prefix="/api/v1", tags=["export"])
    for name, view in listings.items():
        row = object_schema(row_schema(view))
        for form in _FORMS:
            schema = row if form.ending == "jsonl" else {"type": "string"}
            router.add_api_route(
                f"/{name}.{form.ending}",
                _export(reading, name, view, form),
                name=f"export_{name}_{form.ending}",
                summary=f"All rows of /api/v1/{name} that pass the filters, as a file.",
                response_class=Response,
                responses=answers(schema, form.media_type),
                openapi_extra={"parameters": plain_parameters(*_parameters(view))},
            )
    return router


def _parameters(view: str) -> list[str]:
    return [*filters_of(view), *(["order"] if view == "deadlines" else [])]


def _export(reading: Reading, name: str, view: str, form: _Form) -> Callable[[Request], Response]:
    names = [*row_schema(view)]

    def export(request: Request) -> Response:
        values = given(request.query_params, _parameters(view))
        order = values.pop("order", "newest")
        query = Query(filters_from(values, view), MAX_LIMIT, order=order)
        pages = _pages(reading, view, query)
        # Read before the answer begins, so that what is wrong can still be said.
        first = form.part(next(pages), names, True)

        def parts() -> Iterator[str]:
            yield first
            for rows in pages:
                yield form.part(rows, names, False)

        headers = {"Content-Disposition": f'attachment; filename="{name}.{form.ending}"'}
        if request.scope.get("head"):
            return Response(media_type=form.media_type, headers=headers)
        return StreamingResponse(
            (part.encode("utf-8", "replace") for part in parts()),
            media_type=f"{form.media_type}; charset=utf-8",
            headers=headers,
        )

    return export


def _pages(reading: Reading, view: str, query: Query) -> Iterator[Rows]:
    """Page by page; each is a read of its own, so that a slow client holds up nobody."""
    while True:
        with reading() as connection:
            page = list_rows(
                connection,
                view,
                query.filters,
                limit=query.limit,
                cursor=query.cursor,
                order=query.order,
            )
        yield page.rows
        if page.next is None:
            return
        query = replace(query, cursor=page.next)
