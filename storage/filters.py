"""What rows of a view a reader asks for, and the SQL conditions that say so."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    FromClause,
    SQLColumnExpression,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
)

from extractors.types import DeadlineKind, QuoteKind, Stance
from storage.columns import UtcDateTime, storable
from storage.full_text import Search, terms_of
from storage.models import Article, Deadline, Event, Story
from storage.text_search import (
    contains,
    contains_words,
    like_escaped,
    like_pattern,
    parts_of,
)
from storage.view_tables import EVENT_VIEWS, Column, event_type

MAX_QUERY = 500
_MAX_WORDS = 20


class BadFilterError(ValueError):
    """A filter, cursor or limit that cannot be used; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows to list; None asks for nothing. Ids may be lists, written with commas.

    ``speaker`` and ``outlet`` are parts of names; ``search`` is words (or a "phrase") that must
    all occur somewhere in the row; these three ignore case and accents. ``since`` (inclusive) and
    ``until`` (exclusive) bound the time of publication (of the first sighting; where that is
    unknown, when it was first seen), ``due_since`` and ``due_until`` alike a deadline's date.
    """

    type: str | None = None
    speaker: str | None = None
    actor: str | None = None
    party: str | None = None
    issue: str | None = None
    stance: str | None = None
    kind: str | None = None
    lang: str | None = None
    outlet: str | None = None
    status: str | None = None
    search: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    due_since: date | None = None
    due_until: date | None = None
    story: str | None = None
    topic: str | None = None
    event: str | None = None


_FILTERS = {
    "events": "type speaker actor party issue stance kind lang outlet status search since until",
    "quotes": "speaker actor party issue kind lang outlet status search since until",
    "deadlines": "speaker actor party issue kind lang outlet status search since until "
    "due_since due_until",
    "issue_mentions": "actor party issue stance lang outlet status search since until",
    "positions": "party issue stance search since until",
    "articles": "story kind lang outlet status search since until",
    "stories": "story lang search since until",
    "feeds": "lang outlet status search",
    "changes": "type topic event since until",
}
_STATUSES = ("active", "withdrawn", "passed")
_FEED_STATES = ("active", "paused", "failing", "gone")
_QUOTE_KINDS = tuple(map(str, QuoteKind))
_DEADLINE_KINDS = tuple(map(str, DeadlineKind))


def filters_of(view: str) -> tuple[str, ...]:
    """The names of the filters that make sense for *view*."""
    return tuple(_FILTERS[view].split())


@dataclass(frozen=True, slots=True)
class Reading:
    """Where rows are read, and whether all that pass are wanted or only the first of them."""

    connection: Connection
    whole: bool = False

    @property
    def dialect(self) -> str:
        """The kind of server."""
        return self.connection.dialect.name


def conditions(
    view: str, source: FromClause, filters: Filters, time: Column, reading: Reading
) -> list[Column]:
    """The SQL conditions of *filters* on *source*, which is *view*; *time* is what since bounds.

    Raises :class:`BadFilterError` where a filter makes no sense for the view.
    """
    found = []
    for name in (item.name for item in fields(filters)):
        value = getattr(filters, name)
        if value is None:
            continue
        _check_filter(view, name, value)
        value = storable(value) if isinstance(value, str) else value
        if name == "since":
            found.append(time >= literal(value, UtcDateTime()))
        elif name == "until":
            found.append(time < literal(value, UtcDateTime()))
        else:
            found.append(_CONDITIONS[name](view, source, value, reading))
    return found


def _check_filter(view: str, name: str, value: object) -> None:
    allowed = filters_of(view)
    if name not in allowed:
        raise BadFilterError(
            f"{view} cannot be filtered by {name}; they can by {', '.join(allowed)}."
        )
    if isinstance(value, str) and len(value) > MAX_QUERY:
        raise BadFilterError(f"The filter {name} is longer than {MAX_QUERY} characters.")
    if isinstance(value, datetime) and value.tzinfo is None:
        raise BadFilterError(f"The time of {name} needs an offset, such as Z for UTC.")


_Condition = Callable[[str, FromClause, Any, Reading], Column]
_Known = Callable[[str], Sequence[str]]


def _one_of(name: str, known: _Known = lambda _: ()) -> _Condition:
    """One of the comma-separated values equals the column of *name*."""

    def condition(view: str, source: FromClause, value: str, _: Reading) -> Column:
        values = _values(value)
        wrong = [item for item in values if known(view) and item not in known(view)]
        if wrong:
            raise BadFilterError(
                f"The {name} {shortened(wrong[0])} is unknown; use {', '.join(known(view))}."
            )
        return source.c[_place(view, name)].in_(values)

    return condition


def _place(view: str, name: str) -> str:
    """The column of *view* that the filter *name* is about."""
    match view, name:
        case "deadlines", "party" | "actor":
            return f"set_by_{name}"
        case "feeds" | "articles", "status":
            return "state"
        case "changes", "type":
            return "event_type"
        case _, "story" | "event":
            return f"{name}_id"
    return name


def _values(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()] or [text]


def _known_kinds(view: str) -> Sequence[str]:
    known = {"quotes": _QUOTE_KINDS, "deadlines": _DEADLINE_KINDS}
    return (*_QUOTE_KINDS, *_DEADLINE_KINDS) if view == "events" else known.get(view, ())


def _known_statuses(view: str) -> Sequence[str]:
    return {"feeds": _FEED_STATES, "articles": ()}.get(view, _STATUSES)


def _party(view: str, source: FromClause, value: str, _: Reading) -> Column:
    # The column itself, of which a server knows how often each value stands in it.
    ways = (way for part in _values(value) for way in (part, part.upper(), part.lower()))
    return source.c[_place(view, "party")].in_(list(dict.fromkeys(ways)))


def _issue(_: str, source: FromClause, value: str, __: Reading) -> Column:
    if "issue" in source.c:
        return source.c.issue.in_(_values(value))
    listed = (like_pattern(json.dumps(part)) for part in _values(value))
    return or_(*(source.c.issues.like(pattern, escape="\\") for pattern in listed))


def _named(*candidates: str) -> _Condition:
    """A part of one of the columns *candidates*, of those that the view has."""

    def condition(_: str, source: FromClause, value: str, reading: Reading) -> Column:
        there = [source.c[name] for name in candidates if name in source.c]
        return or_(*(contains(column, value, reading.dialect) for column in there))

    return condition


def _search(view: str, source: FromClause, value: str, reading: Reading) -> Column:
    if len(terms_of(value)) > _MAX_WORDS:
        raise BadFilterError(f"A search takes at most {_MAX_WORDS} words; put a phrase in quotes.")
    match view:
        case "feeds":
            # There are few of them, and parts of addresses are looked for.
            columns = [source.c[name] for name in ("title", "feed_url", "outlet")]
            return contains_words(columns, parts_of(value), reading.dialect)
        case "positions":
            # There are few of them, and a word may be in any number of events.
            own = select(Event.id).where(Event.event_id == source.c.event_id).correlate(source)
            return Search.of(value, "event_words").holds(own.scalar_subquery(), reading.dialect)
        case "stories":
            return _any_article(source, Search.of(value, "article_words"), reading)
        case "articles":
            search = Search.of(value, "article_words")
        case _:
            search = Search.of(value, "event_words", event_type(source))
    if reading.whole:
        return source.c.row_id.in_(search.rows(reading.dialect))
    found = search.found(reading.connection)
    return _matching(source.c.row_id, search, found, reading.dialect)


def _any_article(source: FromClause, search: Search, reading: Reading) -> Column:
    """Whether an article of the story has what is looked for."""
    found = search.found(reading.connection)
    stories = select(Story.story_id).join(Article, Article.story_id == Story.id)
    stories = stories.where(_matching(Article.id, search, found, reading.dialect))
    if found is not None:
        return source.c.story_id.in_(stories)
    return stories.where(Story.story_id == source.c.story_id).correlate(source).exists()


def _matching(
    number: SQLColumnExpression[Any], search: Search, found: Sequence[int] | None, dialect: str
) -> Column:
    """Whether the row *number* has what is looked for, where the index has *found* these rows."""
    if found is None:
        return search.holds(number, dialect)
    # Written into the statement: the server sees how few they are, and takes them by their keys.
    few = number.in_(bindparam(None, found, expanding=True, literal_execute=True))
    return and_(few, search.holds(number, dialect)) if search.has_phrases else few


def _topic(_: str, source: FromClause, value: str, __: Reading) -> Column:
    """Topics, where ``deadline.*`` stands for all of a kind."""
    patterns = (like_escaped(part).replace("*", "%") for part in _values(value))
    return or_(*(source.c.topic.like(pattern, escape="\\") for pattern in patterns))


def _due_since(_: str, source: FromClause, value: date, reading: Reading) -> Column:
    """Still open on that day: a month that has begun is due until its end."""
    day = literal(value, Date())
    if reading.dialect != "sqlite":
        return or_(source.c.due_to > day, source.c.due_from >= day)
    # By number, as SQLite would rather look at all deadlines than at those after a day.
    due = select(Deadline.event_id).where(or_(Deadline.due_to > day, Deadline.due_from >= day))
    return source.c.row_id.in_(due)


def _due_until(_: str, source: FromClause, value: date, __: Reading) -> Column:
    due = func.coalesce(source.c.due_from, source.c.due_to, type_=Date())
    return due < literal(value, Date())


_CONDITIONS: dict[str, _Condition] = {
    "type": _one_of("type", lambda _: tuple(EVENT_VIEWS)),
    "speaker": _named("speaker_name", "speaker_mention", "speaker", "set_by"),
    "actor": _one_of("actor"),
    "party": _party,
    "issue": _issue,
    "stance": _one_of("stance", lambda _: tuple(map(str, Stance))),
    "kind": _one_of("kind", _known_kinds),
    "lang": _one_of("lang"),
    "outlet": _named("outlet"),
    "status": _one_of("status", _known_statuses),
    "search": _search,
    "due_since": _due_since,
    "due_until": _due_until,
    "story": _one_of("story"),
    "topic": _topic,
    "event": _one_of("event"),
}


def shortened(text: str) -> str:
    """The *text* in quotes, cut where it is long, for a message."""
    return repr(text if len(text) <= 40 else text[:39] + "…")


def since_of(text: str) -> datetime:
    """The moment at which *text*, an ISO date or time (UTC where it says nothing), begins.

    Raises :class:`BadFilterError`.
    """
    return _moment(text, timedelta(0))


def until_of(text: str) -> datetime:
    """The moment at which *text*, an ISO date or time, is over: the day named is included.

    Raises :class:`BadFilterError`.
    """
    return _moment(text, timedelta(days=1))


def day_of(text: str) -> date:
    """The day that *text*, an ISO date, names. Raises :class:`BadFilterError`."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadFilterError(f"{shortened(text)} is not a date; write it as 2018-03-31.") from error


def _moment(text: str, day: timedelta) -> datetime:
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        of_a_day = len(text) <= len("2018-W13-5")
        return moment.astimezone(UTC) + (day if of_a_day else timedelta(0))
    except (ValueError, OverflowError) as error:
        raise BadFilterError(
            f"{shortened(text)} is not a date or time; write 2018-03-31 or 2018-03-31T12:00Z."
        ) from error
