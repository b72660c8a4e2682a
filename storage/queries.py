"""Reading the views: filtered, newest first, a page at a time; the same for API, page and shell.

Everything is plain SQL over the public views, so that what a user reads with SQL and what the
monitor shows cannot differ.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    FromClause,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)

from storage.columns import UtcDateTime, storable
from storage.evidence import event_detail, marked_parts
from storage.filters import (
    MAX_QUERY,
    BadFilterError,
    Filters,
    Reading,
    conditions,
    day_of,
    filters_of,
    shortened,
    since_of,
    until_of,
)
from storage.models import Change
from storage.view_tables import EVENT_VIEWS, HIDDEN, VIEWS, Column, decoded, event_kinds, view_table

MAX_LIMIT = 500
# The orders by due date, and where each puts what has none.
_BY_DUE = {"due": date.max, "-due": date.min}
_SHOWN_CHANGES = ("deadline.moved", "deadline.updated", "deadline.withdrawn")
_NUMBERED = {"changes": "seq", "feeds": "feed_id"}


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the cursor of those that follow (None at the end)."""

    rows: list[dict[str, Any]]
    next: str | None


def list_rows(
    connection: Connection,
    view: str,
    filters: Filters | None = None,
    *,
    limit: int = 50,
    cursor: str | None = None,
    order: str = "newest",
) -> Page:
    """A page of *view*'s rows that pass *filters*, as dictionaries with JSON columns decoded.

    *order* is ``newest`` (by publication; changes always in the order of their ``seq``, feeds by
    id) or, for deadlines, ``due`` (soonest first) or ``-due`` (latest first), those without a
    date last. *cursor* is a former page's ``next``; rows that arrive meanwhile neither repeat nor
    push out any other. Raises :class:`BadFilterError`.
    """
    if view not in VIEWS:
        raise BadFilterError(f"There is no view {shortened(view)}; use {', '.join(VIEWS)}.")
    if not 1 <= limit <= MAX_LIMIT:
        raise BadFilterError(f"The limit must lie between 1 and {MAX_LIMIT}.")
    source = view_table(view)
    after = None if cursor is None else _read_cursor(cursor, view, order)
    asked = _Asked(view, filters or Filters(), order, after, Reading(connection), limit + 1)
    if view == "events":
        # Each kind gives its first rows by its own index; no server merges them so by itself.
        kinds = [asked.query(kind).subquery() for kind in event_kinds()]
        source = union_all(*(select(kind) for kind in kinds)).subquery("events")
        asked = replace(asked, filters=Filters(), after=None)
    by = _order(view, source, order)
    query = asked.query(source)
    found = [dict(row) for row in connection.execute(query).mappings()]
    keys = [(row.pop("sort_key"), row[by.tie_name]) for row in found[:limit]]
    follows = _cursor(view, order, *keys[-1]) if len(found) > limit else None
    return Page([decoded(row) for row in found[:limit]], follows)


def numbers_query(
    connection: Connection, view: str, source: FromClause, filters: Filters, order: str
) -> Select[Any]:
    """The ``row_id`` of all rows of *source* that pass, in their *order*.

    *source* has the columns of *view*. Beside the number stand ``sort_key`` and ``tie``, which put
    rows of several such queries in order.
    """
    by = _order(view, source, order)
    reading = Reading(connection, whole=True)
    asked = _Asked(view, filters, order, None, reading, MAX_LIMIT).query(source).limit(None)
    return asked.with_only_columns(source.c.row_id, by.key.label("sort_key"), by.tie.label("tie"))


def after_seq(seq: int) -> str:
    """The cursor of the changes that follow *seq*."""
    return _cursor("changes", "newest", seq, seq)


def changes_shown(connection: Connection, event_ids: Sequence[str]) -> dict[str, int]:
    """How often each of these deadlines was moved, changed or withdrawn; absent: never.

    Counted in the outbox, which forgets nothing: where a move is taken back the number still
    rises, as the SEQUENCE of a calendar's entry must.
    """
    query = (
        select(Change.event_id, func.count())
        .where(Change.event_id.in_(event_ids), Change.topic.in_(_SHOWN_CHANGES))
        .group_by(Change.event_id)
    )
    return {str(row[0]): row[1] for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What rows are asked for, of whatever holds a view's columns."""

    view: str
    filters: Filters
    order: str
    after: tuple[datetime | date | int, str | int] | None
    reading: Reading
    most: int

    def query(self, source: FromClause) -> Select[Any]:
        """The first of the rows of *source* that pass, each with its ``sort_key``."""
        by = _order(self.view, source, self.order)
        time = source.c.at if self.view == "changes" else _order(self.view, source, "newest").key
        where = conditions(self.view, source, self.filters, time, self.reading)
        if self.after is not None:
            where.append(by.after(*self.after))
        columns = [column for column in source.c if column.key not in {"sort_key", *HIDDEN}]
        query = select(*columns, by.key.label("sort_key")).where(*where)
        return query.order_by(*by.clauses()).limit(self.most)


@dataclass(frozen=True, slots=True)
class _Order:
    """What to sort by, and what decides between equals."""

    key: Column
    tie: Column
    tie_name: str
    descending: bool = False

    def clauses(self) -> tuple[Column, Column]:
        if self.descending:
            return self.key.desc(), self.tie.desc()
        return self.key.asc(), self.tie.asc()

    def after(self, key: datetime | date | int, tie: str | int) -> Column:
        """The rows that come after one with these values."""
        value = literal(key, self.key.type) if not isinstance(key, int) else literal(key)
        # The first of the two conditions is what an index can begin at.
        if self.descending:
            return and_(self.key <= value, or_(self.key < value, self.tie < tie))
        return and_(self.key >= value, or_(self.key > value, self.tie > tie))


def _order(view: str, source: FromClause, order: str) -> _Order:
    c = source.c
    if order in _BY_DUE and view == "deadlines":
        end = literal(_BY_DUE[order], Date())
        due = func.coalesce(c.due_from, c.due_to, end, type_=Date())
        return _Order(due, c.event_id, "event_id", descending=order == "-due")
    if order != "newest":
        raise BadFilterError(
            f"The order {shortened(order)} is unknown; use newest, or due or -due for deadlines."
        )
    if view in _NUMBERED:
        name = _NUMBERED[view]
        return _Order(c[name], c[name], name)
    if view == "positions":
        return _Order(c.since, c.event_id, "event_id", descending=True)
    if view == "stories":
        return _Order(c.first_published_at, c.story_id, "story_id", descending=True)
    if view == "articles":
        published = func.coalesce(c.published_at, c.fetched_at, type_=UtcDateTime())
        return _Order(published, c.article_id, "article_id", descending=True)
    # The column itself, so that an index gives the order.
    return _Order(c.first_published_at, c.event_id, "event_id", descending=True)


def _cursor(view: str, order: str, key: datetime | date | int, tie: str | int) -> str:
    """The last row of a page: enough to go on after it, whatever has been added since."""
    value = key if isinstance(key, int) else key.isoformat()
    raw = json.dumps([view, order, value, tie], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read_cursor(text: str, view: str, order: str) -> tuple[datetime | date | int, str | int]:
    try:
        if len(text) > MAX_QUERY:
            raise ValueError
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        of_view, of_order, key, tie = json.loads(raw)
        if (of_view, of_order) != (view, order):
            raise ValueError
        return _cursor_values(view, order, key, tie)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadFilterError(
            "The cursor is not one that this listing gave; start again without it."
        ) from error


def _cursor_values(
    view: str, order: str, key: object, tie: object
) -> tuple[datetime | date | int, str | int]:
    if view in _NUMBERED:
        if type(key) is int and type(tie) is int and 0 <= key < 2**63 and 0 <= tie < 2**63:
            return key, tie
        raise ValueError
    if not isinstance(key, str) or not isinstance(tie, str):
        raise TypeError
    if order in _BY_DUE:
        return date.fromisoformat(key), storable(tie)
    moment = datetime.fromisoformat(key)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC), storable(tie)


__all__ = [
    "EVENT_VIEWS",
    "MAX_LIMIT",
    "MAX_QUERY",
    "VIEWS",
    "BadFilterError",
    "Filters",
    "Page",
    "after_seq",
    "changes_shown",
    "day_of",
    "event_detail",
    "filters_of",
    "list_rows",
    "marked_parts",
    "numbers_query",
    "since_of",
    "until_of",
]
