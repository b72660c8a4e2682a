"""Reading a query string: filters, limit, cursor and order, each checked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from storage.queries import (
    MAX_LIMIT,
    MAX_QUERY,
    BadFilterError,
    Filters,
    day_of,
    filters_of,
    since_of,
    until_of,
)

DEFAULT_LIMIT = 50
_READERS: dict[str, Callable[[str], Any]] = {
    "since": since_of,
    "until": until_of,
    "due_since": day_of,
    "due_until": lambda text: _next_day(day_of(text)),
}
_LISTS = ("type", "actor", "party", "issue", "stance", "kind", "lang", "status", "story", "event")
_JOINED_BY = {**dict.fromkeys((*_LISTS, "topic"), ","), "search": " "}


@dataclass(frozen=True, slots=True)
class Query:
    """What a request asks of a listing."""

    filters: Filters
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    order: str = "newest"


def given(params: QueryParams, allowed: Iterable[str]) -> dict[str, str]:
    """The parameters that say something; a name that comes twice is a list of its values.

    Raises :class:`BadFilterError` where a name is not among *allowed*, or a value is too long.
    """
    names = list(allowed)
    found: dict[str, str] = {}
    for name, value in params.multi_items():
        if name not in names:
            raise BadFilterError(
                f"The parameter {name[:40]!r} is unknown here; there are {', '.join(names)}."
            )
        if len(value) > MAX_QUERY:
            raise BadFilterError(f"The parameter {name} is longer than {MAX_QUERY} characters.")
        if value.strip():
            found[name] = _joined(name, found[name], value) if name in found else value.strip()
    return found


def _next_day(day: date) -> date:
    """The day after: a reader's last day is included, a filter's end is not."""
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


def _joined(name: str, first: str, second: str) -> str:
    if name not in _JOINED_BY:
        raise BadFilterError(f"The parameter {name} is given twice; give it once.")
    return f"{first}{_JOINED_BY[name]}{second.strip()}"


def filters_from(values: dict[str, str], view: str) -> Filters:
    """The filters among *values* that make sense for *view*, read."""
    asked = {name: values[name] for name in filters_of(view) if name in values}
    return Filters(**{name: _READERS.get(name, str)(text) for name, text in asked.items()})


def read_query(params: QueryParams, view: str) -> Query:
    """The query of a listing of *view*. Raises :class:`BadFilterError`."""
    values = given(params, names_for(view))
    return Query(
        filters=filters_from(values, view),
        limit=whole_number(values.get("limit", str(DEFAULT_LIMIT)), "limit", 1, MAX_LIMIT),
        cursor=values.get("cursor"),
        order=values.get("order", "newest"),
    )


def names_for(view: str) -> list[str]:
    """The parameters that a listing of *view* takes."""
    order = ["order"] if view == "deadlines" else []
    return [*filters_of(view), *order, "limit", "cursor"]


def whole_number(text: str, name: str, least: int, most: int) -> int:
    """The number that *text* writes in plain figures. Raises :class:`BadFilterError`."""
    figures = text.isascii() and text.isdigit() and len(text) <= 19
    if not figures or not least <= int(text) <= most:
        raise BadFilterError(f"{name} must be a whole number between {least} and {most}.")
    return int(text)
