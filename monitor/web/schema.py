"""What ``/openapi.json`` says of parameters and answers."""

from typing import Any

from sqlalchemy import Date

from monitor.web.parameters import DEFAULT_LIMIT, names_for
from storage.columns import UtcDateTime
from storage.queries import MAX_LIMIT, MAX_QUERY
from storage.view_tables import view_table

Schema = dict[str, Any]

_INTEGERS = {
    *("sightings", "outlets", "stories", "moves", "revision", "articles", "seq", "feed_id"),
    *("failures", "polls"),
}
_NUMBERS = {"confidence", "relevance"}
_TEXT: Schema = {"type": ["string", "null"]}
_SPECIAL: dict[str, Schema] = {
    "issues": {"type": "array", "items": {"type": "string"}},
    "history": {"type": "array", "items": {}},
    "clock": {},
    "snapshot": {"type": "object"},
    "event_id": {"type": ["string", "null"]},
}
_PARAMETERS = {
    "type": "quote, deadline or issue_mention.",
    "speaker": "A part of the speaker's name, whatever its case and accents.",
    "actor": "A pack's id of a person or organisation, or several with commas.",
    "party": "A party such as US, or several with commas.",
    "issue": "A pack's id of an issue, or several with commas.",
    "stance": "demands, opposes, concedes, concern, open, agreed or neutral.",
    "kind": "The kind of a quote, deadline or article.",
    "lang": "en, fr or es.",
    "outlet": "A part of the outlet's name.",
    "status": "active, withdrawn or passed; of a feed: active, paused, failing or gone.",
    "search": 'Words, or a "phrase", that must all occur, whatever their case and accents.',
    "since": "Published on this day (UTC) or at this time, or later.",
    "until": "Published on this day (UTC) or earlier; a time is exclusive.",
    "due_since": "Due, or still open, on this day or later.",
    "due_until": "Due on this day or earlier.",
    "story": "The id of a story.",
    "topic": "A topic such as deadline.moved, or deadline.* for all of a kind.",
    "event": "The id of an event.",
    "order": "newest; due: the soonest first; or -due: the latest first.",
    "cursor": "A former answer's `next`.",
    "after": "Changes with a greater seq.",
    "wait": "Seconds to wait for a change where there is none yet.",
}


def listing_schema(view: str, **more: Schema) -> Schema:
    """The answer of a listing of *view*: the envelope of its rows."""
    row = {"type": "object", "properties": row_schema(view)}
    properties = {
        "items": {"type": "array", "items": row},
        "next": {"type": ["string", "null"], "description": "The cursor of the following rows."},
    }
    return {"type": "object", "required": ["items", "next"], "properties": properties | more}


def row_schema(view: str) -> dict[str, Schema]:
    """The fields of *view*'s rows."""
    return {column.name: _field(column.name, column.type) for column in view_table(view).c}


def _field(name: str, type_: Any) -> Schema:
    if name in _SPECIAL:
        return _SPECIAL[name]
    if isinstance(type_, UtcDateTime):
        return {"type": ["string", "null"], "format": "date-time"}
    if isinstance(type_, Date):
        return {"type": ["string", "null"], "format": "date"}
    if name in _INTEGERS:
        return {"type": "integer"}
    return {"type": ["number", "null"]} if name in _NUMBERS else _TEXT


def parameters(view: str, *more: str) -> list[Schema]:
    """The parameters of a listing of *view*."""
    return plain_parameters(*names_for(view), *more)


def plain_parameters(*names: str) -> list[Schema]:
    """The parameters of these names."""
    return [_parameter(name) for name in names]


def _parameter(name: str) -> Schema:
    schema: Schema = {"type": "string", "maxLength": MAX_QUERY}
    if name == "limit":
        schema = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    elif name == "after":
        schema = {"type": "integer", "minimum": 0, "default": 0}
    elif name == "wait":
        schema = {"type": "integer", "minimum": 0, "maximum": 60, "default": 0}
    about = _PARAMETERS.get(name, f"How many rows, at most {MAX_LIMIT}.")
    return {"name": name, "in": "query", "description": about, "schema": schema}


def answers(content: Schema, media_type: str = "application/json", *, missing: bool = False) -> Any:
    """The answers of an operation, as FastAPI's ``responses``."""
    found: dict[int | str, Any] = {
        200: {"description": "Done.", "content": {media_type: {"schema": content}}},
        400: _problem("A parameter cannot be used."),
        401: _problem("The token is missing or wrong."),
        421: _problem("The Host header names another server."),
        503: _problem("The database cannot be read now."),
    }
    return found | ({404: _problem("There is no such thing.")} if missing else {})


def _problem(description: str) -> Schema:
    properties = {
        name: {"type": "integer" if name == "status" else "string"}
        for name in ("type", "title", "status", "detail", "instance")
    }
    schema = {"type": "object", "properties": properties}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }
