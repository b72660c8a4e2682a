"""All rows of a view, however many, in flat memory and short transactions."""

import heapq
from array import array
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from storage.engine import Database
from storage.queries import MAX_LIMIT, Filters, list_rows, numbers_query
from storage.view_tables import EVENT_VIEWS, decoded, event_kinds, view_table

_CHUNK = 500
_NUMBERED = (*EVENT_VIEWS.values(), "articles")


def stream_rows(
    database: Database,
    view: str,
    filters: Filters,
    *,
    limit: int | None = None,
    order: str = "newest",
) -> Iterator[dict[str, Any]]:
    """The rows of *view* that pass *filters*, in *order*, as :func:`list_rows` gives them.

    Which rows there are is read first, at one moment, eight bytes a row; their columns follow in
    short transactions, so a slow reader holds nothing up. Raises :class:`BadFilterError`.
    """
    if view != "events" and view not in _NUMBERED:
        yield from _paged(database, view, filters, limit, order)
        return
    with database.read() as connection:
        # What is wrong with the filters is said as every listing says it.
        list_rows(connection, view, filters, limit=1, order=order)
        with closing(_numbers(connection, view, filters, order)) as found:
            numbers = array("q", islice(found, limit))
    for start in range(0, len(numbers), _CHUNK):
        with database.read() as connection:
            rows = _rows(connection, view, numbers[start : start + _CHUNK])
        yield from rows


def _paged(
    database: Database, view: str, filters: Filters, limit: int | None, order: str
) -> Iterator[dict[str, Any]]:
    """A view of few rows, page by page."""
    cursor: str | None = None
    left = MAX_LIMIT if limit is None else limit
    while left > 0:
        with database.read() as connection:
            room = min(left, MAX_LIMIT)
            page = list_rows(connection, view, filters, limit=room, cursor=cursor, order=order)
        yield from page.rows
        cursor = page.next
        if cursor is None:
            return
        left = MAX_LIMIT if limit is None else left - len(page.rows)


def _numbers(connection: Connection, view: str, filters: Filters, order: str) -> Generator[int]:
    sources = event_kinds() if view == "events" else [view_table(view)]
    with ExitStack() as open_results:
        # Each kind comes in its order by its index; merging them keeps nothing in memory.
        found = [
            open_results.enter_context(
                connection.execution_options(yield_per=_CHUNK).execute(
                    numbers_query(connection, view, source, filters, order)
                )
            )
            for source in sources
        ]
        for row in found[0] if len(found) == 1 else heapq.merge(*found, key=_newest, reverse=True):
            yield row.row_id


def _newest(row: Row[Any]) -> tuple[datetime, str]:
    return row.sort_key, row.tie


def _rows(connection: Connection, view: str, numbers: Sequence[int]) -> list[dict[str, Any]]:
    sources = event_kinds() if view == "events" else [view_table(view)]
    found: dict[int, dict[str, Any]] = {}
    for source in sources:
        query = select(source).where(source.c.row_id.in_(numbers))
        for row in connection.execute(query).mappings():
            found[row["row_id"]] = dict(row)
    return [decoded(found[number]) for number in numbers if number in found]
