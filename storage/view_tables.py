"""The public views as SQL expressions with typed columns."""

import json
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Date,
    FromClause,
    Text,
    cast,
    column,
    literal,
    null,
    select,
    table,
    union_all,
)

from storage.columns import UtcDateTime

Column = ColumnElement[Any]

_TIMES = {
    *("first_seen_at", "last_seen_at", "published_at", "fetched_at", "since", "at"),
    *("first_published_at", "last_polled_at", "next_poll_at", "last_new_at"),
}
_DATES = {"due_from", "due_to", "previous_due_from"}
_JSON = {"issues", "history", "clock", "snapshot"}
_EVENT = (
    "event_id status first_seen_at last_seen_at sightings outlets stories lang "
    "article_id url title outlet published_at first_published_at "
)
_COLUMNS = {
    "quotes": _EVENT + "text kind speaker_name speaker_mention actor role organisation party cue "
    "context issues confidence translation_of row_id",
    "deadlines": _EVENT + "what kind due_from due_to due_precision due_text certainty set_by "
    "set_by_party consequence clock moves previous_due_from issues context history milestone "
    "set_by_actor confidence row_id",
    "issue_mentions": _EVENT + "issue issue_name party actor stance text confidence row_id",
    "positions": "issue party stance since previous_stance event_id text url",
    "articles": "article_id story_id revision url outlet title byline lang published_at "
    "fetched_at relevance text kind state published_source relevance_reason row_id",
    "stories": "story_id title lang first_published_at articles outlets",
    "feeds": "feed_id feed_url title state last_polled_at next_poll_at last_new_at last_error "
    "outlet folder lang failures polls",
    "changes": "seq topic event_id event_type at snapshot",
}
VIEWS = ("events", *_COLUMNS)
# What joins a row with the search index, and is of no use outside SQL.
HIDDEN = frozenset({"row_id"})
EVENT_VIEWS = {"quote": "quotes", "deadline": "deadlines", "issue_mention": "issue_mentions"}
_TYPES = {name: type for type, view in EVENT_VIEWS.items() for name in (view, f"{type}_events")}


@cache
def view_table(name: str) -> FromClause:
    """The view *name* of :data:`VIEWS`, to select from."""
    if name == "events":
        return _events()
    return table(name, *(_column(part) for part in _COLUMNS[name].split()))


def _column(name: str) -> ColumnClause[Any]:
    if name in _TIMES:
        return column(name, UtcDateTime())
    if name in _DATES:
        return column(name, Date())
    return column(name)


def _events() -> FromClause:
    """The three kinds of event as one view, with what they have in common."""
    return union_all(*(select(kind) for kind in event_kinds())).subquery("events")


@cache
def event_kinds() -> tuple[FromClause, ...]:
    """The kinds of event, each as the view ``events`` has them."""
    absent = cast(null(), Text())
    no_date = cast(null(), Date()).label("due_from")
    quotes, deadlines, mentions = (view_table(name).c for name in EVENT_VIEWS.values())
    # All arms have columns of one type: SQLite then asks each arm in its own order by index.
    issue = cast(literal('["', Text()) + mentions.issue + literal('"]', Text()), Text())
    names = ("text", "speaker", "party", "actor", "kind", "stance", "due_from", "issues")
    arms: dict[str, tuple[Column, ...]] = {
        "quote": (
            *(quotes.text, quotes.speaker_name, quotes.party, quotes.actor),
            *(quotes.kind, absent, no_date, quotes.issues),
        ),
        "deadline": (
            *(deadlines.what, deadlines.set_by, deadlines.set_by_party, deadlines.set_by_actor),
            *(deadlines.kind, absent, deadlines.due_from, deadlines.issues),
        ),
        "issue_mention": (
            *(mentions.text, absent, mentions.party, mentions.actor),
            *(absent, mentions.stance, no_date, issue),
        ),
    }
    sources = {"quote": quotes, "deadline": deadlines, "issue_mention": mentions}
    return tuple(
        select(
            literal(type_, Text()).label("type"),
            *(sources[type_][name] for name in (*_EVENT.split(), "row_id")),
            *(value.label(name) for name, value in zip(names, values, strict=True)),
        ).subquery(f"{type_}_events")
        for type_, values in arms.items()
    )


def event_type(source: FromClause) -> str:
    """The type of the events of *source*: a view of one type, or one of :func:`event_kinds`."""
    return _TYPES[source.name]  # type: ignore[attr-defined]  # every view has a name


def decoded(row: dict[str, Any]) -> dict[str, Any]:
    """The *row* with its JSON texts as values, and without what is hidden."""
    for name in _JSON & row.keys():
        if isinstance(row[name], str):
            row[name] = json.loads(row[name])
    for name in HIDDEN & row.keys():
        del row[name]
    return row
