"""Bringing events to what their sightings say, and telling what changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, insert, or_, select, update

from storage.identity import CLASS_MASK
from storage.items import dump
from storage.merging import Merged, Occurrence, Tally, merge
from storage.models import (
    Article,
    Change,
    Deadline,
    Event,
    IssueMention,
    Quote,
    Sighting,
    Story,
)

_MODELS: Mapping[str, Any] = {"quote": Quote, "deadline": Deadline, "issue_mention": IssueMention}
_TOPICS = {"quote": "quote", "deadline": "deadline", "issue_mention": "issue"}
# Columns whose change is a sighting's doing, not a change of what the event says.
_COUNTS = frozenset(
    {
        "first_seen_at",
        "last_seen_at",
        "first_published_at",
        "last_published_at",
        "sightings",
        "outlets",
        "stories",
        "first_article_id",
        "confidence",
        "told_at",
    }
)
_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Settled:
    """An event that changed, and the topic under which that is told."""

    id: int
    event_id: str
    type: str
    topic: str


@dataclass(frozen=True, slots=True)
class _Told:
    """What an event's sightings say: one occurrence of each wording, and counts of all."""

    occurrences: Sequence[Occurrence]
    tally: Tally


@dataclass(frozen=True, slots=True)
class _Writes:
    """Rows to be written, many in a statement."""

    events: list[dict[str, Any]] = field(default_factory=list)
    new: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def carry_out(self, connection: Connection) -> None:
        if self.events:
            columns = [key for key in self.events[0] if key != "its_id"]
            statement = (
                update(Event.__table__)  # type: ignore[arg-type]
                .where(Event.__table__.c.id == bindparam("its_id"))
                .values({key: bindparam(key) for key in columns})
            )
            connection.execute(statement, self.events)
        for type, rows in self.new.items():
            connection.execute(insert(_MODELS[type]), rows)


def settle(connection: Connection, ids: Collection[int], now: datetime) -> list[Settled]:
    """Bring the events with these *ids* to what their sightings say; returns those that changed."""
    changed: list[Settled] = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        rows = _events(connection, chunk)
        told = _told(connection, chunk)
        data, writes = _data(connection, rows), _Writes()
        for id in chunk:
            topic = _settle_one(connection, rows[id], data.get(id), told.get(id), writes, now)
            if topic is not None:
                changed.append(Settled(id, rows[id].event_id, rows[id].type, topic))
        writes.carry_out(connection)
    return changed


def _events(connection: Connection, ids: list[int]) -> dict[int, Row[Any]]:
    return {
        row.id: row
        for row in connection.execute(select(*Event.__table__.c).where(Event.id.in_(ids)))
    }


def _data(connection: Connection, rows: Mapping[int, Row[Any]]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for type, model in _MODELS.items():
        ids = [id for id, row in rows.items() if row.type == type and row.status != "new"]
        if ids:
            columns = model.__table__.c
            for row in connection.execute(select(*columns).where(columns.event_id.in_(ids))):
                found[row.event_id] = dict(row._mapping)
    return found


def _told(connection: Connection, ids: list[int]) -> dict[int, _Told]:
    tallies = _tallies(connection, ids)
    occurrences = _occurrences(connection, ids)
    return {
        id: _Told(found, Tally(first=found[0], **tallies[id])) for id, found in occurrences.items()
    }


def _tallies(connection: Connection, ids: list[int]) -> dict[int, dict[str, Any]]:
    published = func.coalesce(Article.published_at, Article.discovered_at)
    rows = connection.execute(
        select(
            Sighting.event_id,
            func.count().label("sightings"),
            func.count(func.coalesce(Article.outlet, Article.article_id).distinct()).label(
                "outlets"
            ),
            func.count(func.coalesce(Article.story_id, -Article.id).distinct()).label("stories"),
            func.min(Sighting.seen_at).label("first_seen_at"),
            func.max(Sighting.seen_at).label("last_seen_at"),
            func.max(published).label("last_published_at"),
        )
        .join(Article, Article.id == Sighting.article_id)
        .where(Sighting.event_id.in_(ids), Sighting.part == 0)
        .group_by(Sighting.event_id)
    )
    found = {}
    for row in rows:
        values = dict(row._mapping)
        found[values.pop("event_id")] = values
    return found


def _occurrences(connection: Connection, ids: list[int]) -> dict[int, list[Occurrence]]:
    """For each event the first occurrence of each wording; before them the earliest of all."""
    published = func.coalesce(Article.published_at, Article.discovered_at)
    told = case((Story.first_published_at < published, Story.first_published_at), else_=published)
    by_time = (published, Article.article_id, Sighting.occurrence)
    wording = Sighting.digest.op("&")(CLASS_MASK)
    ranked = (
        select(
            Sighting.event_id,
            Sighting.occurrence,
            Sighting.item,
            Article.id,
            Article.article_id,
            published.label("published_at"),
            told.label("told_at"),
            func.row_number()
            .over(partition_by=(Sighting.event_id, wording), order_by=(told, *by_time))
            .label("of_wording"),
            func.row_number()
            .over(partition_by=Sighting.event_id, order_by=by_time)
            .label("of_all"),
        )
        .join(Article, Article.id == Sighting.article_id)
        .outerjoin(Story, Story.id == Article.story_id)
        .where(Sighting.event_id.in_(ids), Sighting.part == 0)
        .subquery()
    )
    rows = connection.execute(
        select(ranked)
        .where(or_(ranked.c.of_wording == 1, ranked.c.of_all == 1))
        .order_by(ranked.c.event_id, ranked.c.of_all)
    )
    found: dict[int, list[Occurrence]] = defaultdict(list)
    for row in rows:
        found[row.event_id].append(
            Occurrence(
                json.loads(row.item),
                row.id,
                row.article_id,
                row.told_at,
                row.published_at,
                row.occurrence,
            )
        )
    return found


def _settle_one(
    connection: Connection,
    row: Row[Any],
    data: dict[str, Any] | None,
    told: _Told | None,
    writes: _Writes,
    now: datetime,
) -> str | None:
    """Bring one event up to date; returns the topic of what changed, or None."""
    topic = _TOPICS[row.type]
    if told is None:
        if row.status == "withdrawn" or data is None:
            return None
        connection.execute(
            update(Event).where(Event.id == row.id).values(status="withdrawn", sightings=0)
        )
        return f"{topic}.withdrawn"
    merged = merge(row.type, told.occurrences, told.tally, now.date())
    if data is None:
        writes.events.append({"its_id": row.id, **merged.event})
        writes.new[row.type].append({"event_id": row.id, **merged.data})
        return f"{topic}.new"
    return _update(connection, row, data, merged, writes, topic)


def _update(
    connection: Connection,
    row: Row[Any],
    data: dict[str, Any],
    merged: Merged,
    writes: _Writes,
    topic: str,
) -> str | None:
    model = _MODELS[row.type]
    if row.type == "deadline":
        _number_history(connection, row.event_id, data, merged)
    told = {key: value for key, value in merged.data.items() if data[key] != value}
    facts = {key: value for key, value in merged.event.items() if getattr(row, key) != value}
    if told:
        connection.execute(update(model).where(model.event_id == row.id).values(told))
    if facts:
        writes.events.append({"its_id": row.id, **merged.event})
    if "moves" in told and told["moves"] > data["moves"]:
        return "deadline.moved"
    if (told.keys() | facts.keys()) - _COUNTS:
        return f"{topic}.updated"
    return "sighting.new" if merged.event["sightings"] > row.sightings else None


def _number_history(
    connection: Connection, event_id: str, data: dict[str, Any], merged: Merged
) -> None:
    """Note with each past date the seq of the last change that told it."""
    before = {dump(past["due"]): past.get("seq") for past in json.loads(data["history"])}
    history = json.loads(merged.data["history"])
    for past in history:
        past["seq"] = before.get(dump(past["due"])) or connection.scalar(
            select(func.max(Change.seq)).where(Change.event_id == event_id)
        )
    merged.data["history"] = dump(history)


def events_of(connection: Connection, articles: Iterable[int]) -> set[int]:
    """The events that these articles are evidence of."""
    chosen = select(Sighting.event_id).where(Sighting.article_id.in_(list(articles))).distinct()
    return set(connection.scalars(chosen))
