"""What the front page and an article's page show, read from the store."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from sqlalchemy import Connection, and_, func, select

from extractors.types import Stance
from monitor.web.health import endpoint_health
from monitor.web.kept import Kept
from monitor.web.masking import masked_feed
from monitor.web.parameters import filters_from
from monitor.web.trend import WEEKS, trends
from monitor.web.wording import is_past, next_due
from storage.columns import storable
from storage.distinct import distinct_values
from storage.models import Article, Event, IssueMention, Quote, Revision, Sighting, Story
from storage.queries import EVENT_VIEWS, MAX_LIMIT, Filters, filters_of, list_rows
from storage.view_tables import decoded, view_table

# The front page's own filters; each section takes those that make sense for it.
FILTERS = ("search", "party", "issue", "actor", "speaker", "lang", "outlet", "since", "until")
_A_FEW = 24
_COMING, _PAST, _QUOTES, _MENTIONS, _ISSUES, _FEEDS = 8, 4, 8, 8, 12, 200
_BACK = (45, 400)  # days
_POSITIONS = ",".join(stance for stance in Stance if stance is not Stance.NEUTRAL)

Values = dict[str, Any]


def digest(connection: Connection, asked: Mapping[str, str], now: datetime, kept: Kept) -> Values:
    """The front page's sections under the filters *asked*, what it can be filtered by, totals."""
    values = dict(asked)
    coming = _coming(connection, values, now.date())
    return {
        "coming": coming,
        # Where none lies ahead, as in an archive, the latest of those that are past.
        "past": _past(connection, values, now.date(), _PAST if coming else _COMING),
        "quotes": _section(connection, "quotes", values, _QUOTES),
        "mentions": _section(
            connection, "issue_mentions", {"stance": _POSITIONS} | values, _MENTIONS
        ),
        "matrix": _positions(connection, values, now, kept),
        "feeds": [masked_feed(row) for row in list_rows(connection, "feeds", limit=_FEEDS).rows],
        "endpoints": endpoint_health(connection),
        "choices": kept.get(connection, "choices", lambda: choices(connection)),
        "totals": kept.get(connection, "totals", lambda: totals(connection)),
    }


def _coming(connection: Connection, asked: Mapping[str, str], today: date) -> list[Values]:
    """The deadlines that lie ahead, whenever they were told, soonest first.

    Of a span that has begun (a month, a year) the end is what lies ahead.
    """
    filters = replace(_of_any_time(asked), status="active", due_since=today)
    rows: list[Values] = []
    for row in _by_due(connection, filters, "due"):
        rows.append(row)
        begun = (row["due_from"] or row["due_to"]) < today
        # Spans that have begun come first here, and end nobody knows when.
        if not begun and len(rows) >= _COMING and _ahead(rows, today) >= _COMING:
            break
    rows.sort(key=lambda row: next_due(row["due_from"], row["due_to"], today))
    return rows[:_COMING]


def _ahead(rows: list[Values], today: date) -> int:
    return sum((row["due_from"] or row["due_to"]) >= today for row in rows)


def _past(connection: Connection, asked: Mapping[str, str], today: date, most: int) -> list[Values]:
    """The deadlines that are over, the latest first."""
    filters = replace(_of_any_time(asked), status="active,passed", due_until=today)
    rows: list[Values] = []
    # Most often the last weeks have enough, and are found without looking through all the years.
    for days in (*_BACK, None):
        since = None if days is None else today - timedelta(days=days)
        # A span that began before today may still be open, which the filter does not know.
        over = (
            row
            for row in _by_due(connection, replace(filters, due_since=since), "-due")
            if is_past(row["due_from"], row["due_to"], today)
        )
        rows = list(islice(over, most))
        if len(rows) == most and _starts_after(rows[-1], since):
            break
    return rows


def _starts_after(row: Values, since: date | None) -> bool:
    """Whether *row* began in the time looked at: what began before may come after others."""
    return since is None or (row["due_from"] or row["due_to"]) >= since


def _by_due(connection: Connection, filters: Filters, order: str) -> Iterator[Values]:
    """Deadlines by their date, read a few at a time."""
    cursor: str | None = None
    while True:
        page = list_rows(connection, "deadlines", filters, limit=_A_FEW, cursor=cursor, order=order)
        yield from page.rows
        cursor = page.next
        if cursor is None:
            return


def _of_any_time(asked: Mapping[str, str]) -> Filters:
    timeless = {name: text for name, text in asked.items() if name not in {"since", "until"}}
    return filters_from(timeless, "deadlines")


def _section(
    connection: Connection, view: str, asked: Mapping[str, str], limit: int
) -> list[Values] | None:
    """The newest rows of *view*; None where it cannot be filtered by what was asked."""
    if set(asked) - set(filters_of(view)):
        return None
    filters = replace(filters_from(dict(asked), view), status="active")
    return list_rows(connection, view, filters, limit=limit).rows


def _positions(
    connection: Connection, asked: Mapping[str, str], now: datetime, kept: Kept
) -> Values | None:
    """The matrix's first issues, and how many there are more."""
    if set(asked) - set(filters_of("positions")):
        return None
    whole = matrix(connection, filters_from(dict(asked), "positions"), now, kept)
    rows = whole["rows"]
    return whole | {"rows": rows[:_ISSUES], "more": max(0, len(rows) - _ISSUES)}


def matrix(connection: Connection, filters: Filters, now: datetime, kept: Kept) -> Values:
    """The latest positions as issue × party: the most contested first, then the newest."""
    cells = list_rows(connection, "positions", filters, limit=MAX_LIMIT).rows
    hour = now.replace(minute=0, second=0, microsecond=0)
    by_issue: dict[str, dict[str, Values]] = {}
    for cell in cells:
        by_issue.setdefault(cell["issue"], {})[cell["party"]] = cell
    parties = Counter(cell["party"] for cell in cells)
    names = kept.get(connection, "names", lambda: _issue_names(connection))
    # The cells come newest first, and sorting keeps that order.
    rows = [
        {"issue": issue, "name": names.get(issue, issue), "cells": row}
        for issue, row in sorted(by_issue.items(), key=lambda item: -len(item[1]))
    ]
    return {
        "parties": sorted(parties, key=lambda party: (-parties[party], party)),
        "rows": rows,
        "trends": kept.get(connection, ("trends", hour), lambda: trends(connection, now)),
        "weeks": WEEKS,
    }


def _issue_names(connection: Connection) -> dict[str, str]:
    # All mentions of an issue call it alike: any of each will do.
    known = distinct_values(IssueMention.issue)
    name = (
        select(IssueMention.issue_name).where(IssueMention.issue == known.c.value).limit(1)
    ).scalar_subquery()
    query = select(known.c.value, name).where(known.c.value.is_not(None))
    return {row[0]: row[1] for row in connection.execute(query)}


def choices(connection: Connection) -> Values:
    """What the front page's filters can be set to: what the store holds."""
    said = select(distinct_values(Quote.party).c.value)
    languages = select(Event.lang).distinct()
    parties = {
        *connection.scalars(said),
        *connection.scalars(select(IssueMention.party).distinct()),
    }
    return {
        "parties": sorted(filter(None, parties)),
        "issues": sorted(_issue_names(connection).items(), key=lambda item: item[1].casefold()),
        "languages": sorted(filter(None, connection.scalars(languages))),
    }


def totals(connection: Connection) -> Values:
    """How much is stored, and of what moment the newest of it is."""
    counted = connection.execute(select(Event.type, func.count()).group_by(Event.type))
    counts = {row[0]: row[1] for row in counted}
    return {
        **{view: counts.get(type_, 0) for type_, view in EVENT_VIEWS.items()},
        "articles": connection.scalar(select(func.count()).where(Article.revision > 0)) or 0,
        "newest": connection.scalar(select(func.max(Event.last_seen_at))),
    }


def article_page(connection: Connection, article_id: str) -> Values | None:
    """An article's text in pieces, each with the events it is evidence of; None: no such one."""
    source = view_table("articles")
    query = select(source).where(source.c.article_id == storable(article_id))
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    sightings = connection.execute(
        select(Event.event_id, Event.type, Event.status, Sighting.start_offset, Sighting.end_offset)
        .join(Event, Event.id == Sighting.event_id)
        .join(Article, Article.id == Sighting.article_id)
        .join(
            Revision,
            and_(Revision.article_id == Article.id, Revision.number == Article.revision),
        )
        .where(
            Article.article_id == row["article_id"],
            Sighting.revision == Revision.number,
            Event.status != "withdrawn",
        )
        .order_by(Sighting.start_offset, Sighting.end_offset.desc())
    ).all()
    spans = [(s.start_offset, s.end_offset, s.event_id, s.type) for s in sightings]
    return {
        "article": dict(row),
        "paragraphs": paragraphs(row["text"], spans),
        "events": _events_in(connection, list(dict.fromkeys(s.event_id for s in sightings))),
        "copies": _copies(connection, row["story_id"], row["article_id"]),
    }


def paragraphs(text: str, spans: list[tuple[int, int, str, str]]) -> list[list[Values]]:
    """The paragraphs of *text*, each in pieces with the events that they are evidence of.

    Spans may overlap: a piece belongs to every event that covers it, the shortest first.
    """
    found: list[list[Values]] = []
    place = 0
    for paragraph in text.split("\n\n"):
        start, end = place, place + len(paragraph)
        place = end + 2
        inside = [span for span in spans if span[0] < end and span[1] > start]
        edges = {start, end}
        edges |= {min(max(edge, start), end) for span in inside for edge in span[:2]}
        ordered = sorted(edges)
        found.append([_piece(text, left, right, inside) for left, right in pairwise(ordered)])
    return found


def _piece(text: str, left: int, right: int, spans: list[tuple[int, int, str, str]]) -> Values:
    covering = sorted(
        (span for span in spans if span[0] <= left and right <= span[1]),
        key=lambda span: span[1] - span[0],
    )
    return {"text": text[left:right], "events": [(span[2], span[3]) for span in covering]}


def _events_in(connection: Connection, event_ids: list[str]) -> list[Values]:
    """The events of these ids as the view ``events`` has them, in their order."""
    source = view_table("events")
    found = connection.execute(select(source).where(source.c.event_id.in_(event_ids[:MAX_LIMIT])))
    rows = {row["event_id"]: decoded(dict(row)) for row in found.mappings()}
    return [rows[event_id] for event_id in event_ids if event_id in rows]


def _copies(connection: Connection, story_id: str | None, article_id: str) -> list[Values]:
    """The other articles of the same story."""
    if story_id is None:
        return []
    query = (
        select(Article.article_id, Article.title, Article.outlet)
        .join(Story, Story.id == Article.story_id)
        .where(Story.story_id == story_id, Article.article_id != article_id)
        .order_by(Article.published_at, Article.id)
        .limit(100)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
