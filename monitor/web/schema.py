"""What ``/openapi.json`` says of parameters, rows and answers."""

from typing import Any

from sqlalchemy import Date

from extractors.types import Certainty, DeadlineKind, QuoteKind, Stance
from monitor.web.parameters import DEFAULT_LIMIT, names_for
from monitor.web.shapes import PROBLEM, Schema
from storage.columns import UtcDateTime
from storage.queries import MAX_LIMIT, MAX_QUERY
from storage.view_tables import EVENT_VIEWS, HIDDEN, view_table

_INTEGERS = {
    *("sightings", "outlets", "stories", "moves", "revision", "articles", "seq", "feed_id"),
    *("failures", "polls"),
}
_NUMBERS = {"confidence", "relevance"}
_TEXT: Schema = {"type": ["string", "null"]}
_GIVEN: Schema = {"type": "string"}
_STANCE: Schema = {"type": "string", "enum": [*map(str, Stance)]}
_STATUS: Schema = {"type": "string", "enum": ["active", "withdrawn", "passed"]}
_TYPE: Schema = {"type": "string", "enum": [*EVENT_VIEWS]}
# What every row of an event has.
_ALWAYS = {
    *("event_id", "article_id", "url", "lang", "first_seen_at", "last_seen_at", "at", "since"),
    *("first_published_at", "text", "what", "due_text", "topic", "issue", "issue_name", "state"),
    *("context", "story_id", "feed_url", "fetched_at", "party"),
}
# Where a column of that name may be null all the same.
_MAYBE = {
    ("changes", "event_id"), ("articles", "story_id"), ("articles", "lang"), ("feeds", "lang"),
    ("quotes", "party"), ("events", "party"), ("issue_mentions", "party"),
}  # fmt: skip
_SPECIAL: dict[str, Schema] = {
    "issues": {"type": "array", "items": {"type": "string"}},
    "history": {
        "type": "array",
        "items": {"type": "object"},
        "description": "The earlier dates, oldest first: `due`, `at` and what told it.",
    },
    "clock": {
        "type": ["object", "null"],
        "description": "A legal clock: its length, its anchor and the rule's id.",
    },
    "snapshot": {"type": "object", "description": "The event as it was then, with its evidence."},
    "certainty": {"type": "string", "enum": [*map(str, Certainty)]},
    "stance": _STANCE,
    "previous_stance": {"type": ["string", "null"], "enum": [*map(str, Stance), None]},
}
_OF_VIEW: dict[tuple[str, str], Schema] = {
    ("events", "type"): _TYPE,
    ("events", "stance"): _SPECIAL["previous_stance"],
    ("quotes", "kind"): {"type": "string", "enum": [*map(str, QuoteKind)]},
    ("deadlines", "kind"): {"type": "string", "enum": [*map(str, DeadlineKind)]},
    **{(view, "status"): _STATUS for view in ("events", *EVENT_VIEWS.values())},
}
_ABOUT: dict[str, tuple[str, object]] = {
    "type": ("quote, deadline or issue_mention.", "quote"),
    "speaker": ("A part of the speaker's name, whatever its case and accents.", "freeland"),
    "actor": ("A pack's id of a person or organisation, or several with commas.", "jamieson-greer"),
    "party": ("A party such as US, or several with commas.", "CA,MX"),
    "issue": ("A pack's id of an issue, or several with commas.", "autos-rules-of-origin"),
    "stance": (f"{', '.join(Stance)}; several with commas.", "demands"),
    "kind": ("The kind of a quote, deadline or article.", "direct"),
    "lang": ("en, fr or es.", "fr"),
    "outlet": ("A part of the outlet's name.", "ledger"),
    "status": ("active, withdrawn or passed; of a feed: active, paused, failing or gone.",
               "active"),
    "search": ('Words, a "phrase" or a prefix*, that must all occur, without case and accents.',
               'dairy "supply management"'),
    "since": ("Published on this day (UTC) or at this time, or later.", "2018-03-01"),
    "until": ("Published on this day (UTC) or earlier; a time is exclusive.", "2018-03-31T12:00Z"),
    "due_since": ("Due, or still open, on this day or later.", "2018-05-01"),
    "due_until": ("Due on this day or earlier.", "2018-06-30"),
    "story": ("The id of a story.", "s_21e3411382d8e171"),
    "topic": ("A topic such as deadline.moved, or deadline.* for all of a kind.", "deadline.*"),
    "event": ("The id of an event.", "d_1c191d19332c73b1"),
    "order": ("newest; due: the soonest first; or -due: the latest first.", "due"),
    "cursor": ("A former answer's `next`; keep the other parameters as they were.", None),
    "limit": (f"How many rows, at most {MAX_LIMIT}.", 50),
    "after": ("Changes with a greater seq.", 17),
    "wait": ("Seconds to wait for a change where there is none yet.", 30),
    "alarm": ("Remind so many days before each deadline; without it there are no alarms.", 7),
}  # fmt: skip
_NUMERIC: dict[str, Schema] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    "after": {"type": "integer", "minimum": 0, "default": 0},
    "wait": {"type": "integer", "minimum": 0, "maximum": 60, "default": 0},
    "alarm": {"type": "integer", "minimum": 0, "maximum": 365},
}


def listing_schema(view: str, **more: Schema) -> Schema:
    """The answer of a listing of *view*: the envelope of its rows."""
    properties: dict[str, Schema] = {
        "items": {"type": "array", "items": object_schema(row_schema(view))},
        "next": {"type": ["string", "null"], "description": "The cursor of the following rows."},
    }
    return object_schema(properties | more)


def object_schema(properties: dict[str, Schema]) -> Schema:
    """An object that has all of *properties*; later versions may add some."""
    return {"type": "object", "required": [*properties], "properties": properties}


def row_schema(view: str) -> dict[str, Schema]:
    """The fields of *view*'s rows."""
    columns = (column for column in view_table(view).c if column.name not in HIDDEN)
    return {column.name: _field(view, column.name, column.type) for column in columns}


def _field(view: str, name: str, type_: Any) -> Schema:
    given = name in _ALWAYS and (view, name) not in _MAYBE
    if (view, name) in _OF_VIEW:
        return _OF_VIEW[view, name]
    if name in _SPECIAL:
        return _SPECIAL[name]
    if isinstance(type_, UtcDateTime | Date):
        form = "date-time" if isinstance(type_, UtcDateTime) else "date"
        return {**(_GIVEN if given else _TEXT), "format": form}
    if name in _INTEGERS:
        return {"type": "integer"}
    if name in _NUMBERS:
        return {"type": ["number", "null"]}
    return _GIVEN if given else _TEXT


def parameters(view: str, *more: str) -> list[Schema]:
    """The parameters of a listing of *view*."""
    return plain_parameters(*names_for(view), *more)


def plain_parameters(*names: str) -> list[Schema]:
    """The parameters of these names."""
    return [_parameter(name) for name in names]


def _parameter(name: str) -> Schema:
    schema = _NUMERIC.get(name, {"type": "string", "maxLength": MAX_QUERY})
    if name == "order":
        schema = {"type": "string", "enum": ["newest", "due", "-due"], "default": "newest"}
    about, example = _ABOUT[name]
    found: Schema = {"name": name, "in": "query", "description": about, "schema": schema}
    # As a form sends the fields that nobody filled in.
    found["allowEmptyValue"] = True
    return found if example is None else found | {"example": example}


def answers(
    content: Schema,
    media_type: str = "application/json",
    *,
    missing: bool = False,
    conditional: bool = False,
) -> Any:
    """The answers of a read, as FastAPI's ``responses``."""
    tag = {"ETag": {"description": "Send it as If-None-Match.", "schema": {"type": "string"}}}
    found: dict[int | str, Any] = {
        200: {"description": "Done.", "content": {media_type: {"schema": content}}},
        400: _problem("A parameter cannot be used.", "limit must be a whole number between 1 …"),
        **_ANYWHERE,
    }
    if conditional:
        found[200]["headers"] = tag
        found[304] = {"description": "You have it already.", "headers": tag}
    return found | ({404: _MISSING} if missing else {})


def written(content: Schema | None, status: int, *, missing: bool) -> Any:
    """The answers of a write."""
    done: Schema = {"description": "Done."}
    if content is not None:
        done["content"] = {"application/json": {"schema": content}}
    found: dict[int | str, Any] = {
        status: done,
        400: _problem("The body cannot be read."),
        403: _problem("Another site's page sent this."),
        413: _problem("The body is too long."),
        422: _problem("The body cannot be used.", "The topic 'quote.now' is unknown; did you …"),
        **_ANYWHERE,
    }
    return found | ({404: _MISSING} if missing else {})


def _problem(description: str, detail: str | None = None) -> Schema:
    content: Schema = {"schema": PROBLEM}
    if detail:
        content["example"] = {"type": "about:blank", "detail": detail}
    return {"description": description, "content": {"application/problem+json": content}}


_MISSING = _problem("There is no such thing.", "There is no event with this id.")
_ANYWHERE: dict[int | str, Any] = {
    401: _problem("The token is missing or wrong."),
    421: _problem("The Host header names another server."),
    429: _problem("Too many requests; see Retry-After."),
    503: _problem("The database cannot be read now; see Retry-After."),
}
