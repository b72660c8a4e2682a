"""Bringing events to what their sightings say, and telling what changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from storage.items import dump
from storage.merging import Merged, Occurrence, merge
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


def settle(connection: Connection, ids: Collection[int], now: datetime) -> list[Settled]:
    """Bring the events with these *ids* to what their sightings say; returns those that changed."""
    changed: list[Settled] = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        rows = _events(connection, chunk)
        occurrences = _occurrences(connection, chunk)
        data = _data(connection, rows)
        for id in chunk:
            topic = _settle_one(connection, rows[id], data.get(id), occurrences[id], now)
            if topic is not None:
                changed.append(Settled(id, rows[id].event_id, rows[id].type, topic))
    return changed


def _events(connection: Connection, ids: list[int]) -> dict[int, Row[Any]]:
    return {
        row.id: row
        for row in connection.execute(select(*Event.__table__.c).where(Event.id.in_(ids)))
    }


def _data(connection: Connection, rows: Mapping[int, Row[Any]]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for type, model in _MODELS.items():
        ids = [id for id, row in rows.items() if row.type == type]
        if ids:
            columns = model.__table__.c
            for row in connection.execute(select(*columns).where(columns.event_id.in_(ids))):
                found[row.event_id] = dict(row._mapping)
    return found


def _occurrences(connection: Connection, ids: list[int]) -> dict[int, list[Occurrence]]:
    rows = connection.execute(
        select(
            Sighting.event_id,
            Sighting.occurrence,
            Sighting.item,
            Sighting.seen_at,
            Article.id,
            Article.article_id,
            Article.outlet,
            Article.story_id,
            Article.published_at,
            Article.discovered_at,
            Story.first_published_at,
        )
        .join(Article, Article.id == Sighting.article_id)
        .outerjoin(Story, Story.id == Article.story_id)
        .where(Sighting.event_id.in_(ids), Sighting.part == 0)
    )
    found: dict[int, list[Occurrence]] = defaultdict(list)
    for row in rows:
        published = row.published_at or row.discovered_at
        found[row.event_id].append(
            Occurrence(
                json.loads(row.item),
                row.id,
                row.article_id,
                row.outlet,
                row.story_id,
                min(row.first_published_at or published, published),
                published,
                row.seen_at,
                row.occurrence,
            )
        )
    return found


def _settle_one(
    connection: Connection,
    row: Row[Any],
    data: dict[str, Any] | None,
    occurrences: Sequence[Occurrence],
    now: datetime,
) -> str | None:
    """Bring one event up to date; returns the topic of what changed, or None."""
    topic = _TOPICS[row.type]
    if not occurrences:
        if row.status == "withdrawn" or data is None:
            return None
        connection.execute(
            update(Event).where(Event.id == row.id).values(status="withdrawn", sightings=0)
        )
        return f"{topic}.withdrawn"
    merged = merge(row.type, occurrences, now.date())
    model = _MODELS[row.type]
    if data is None:
        connection.execute(update(Event).where(Event.id == row.id).values(merged.event))
        connection.execute(insert(model).values(event_id=row.id, **merged.data))
        return f"{topic}.new"
    return _update(connection, row, data, merged, topic)


def _update(
    connection: Connection, row: Row[Any], data: dict[str, Any], merged: Merged, topic: str
) -> str | None:
    model = _MODELS[row.type]
    if row.type == "deadline":
        _number_history(connection, row.event_id, data, merged)
    told = {key: value for key, value in merged.data.items() if data[key] != value}
    facts = {key: value for key, value in merged.event.items() if getattr(row, key) != value}
    if told:
        connection.execute(update(model).where(model.event_id == row.id).values(told))
    if facts:
        connection.execute(update(Event).where(Event.id == row.id).values(facts))
    if "moves" in told and told["moves"] > data["moves"]:
        return "deadline.moved"
    if told or facts.keys() - _COUNTS:
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
