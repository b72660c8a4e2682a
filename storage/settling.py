"""Bringing events to what their sightings say, and telling what changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from storage.bulk import among
from storage.counting_on import Addition, count_on
from storage.facts import MODELS, EventFacts, Values, event_facts
from storage.full_text_index import index_events
from storage.identity import CLASS_MASK
from storage.items import dump
from storage.merging import Merged, Occurrence, Tally, merge
from storage.models import Article, Change, Event, Sighting, Story
from storage.printed import BEGUN, OUTLET, PUBLISHED

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
        "gist",
    }
)


@dataclass(frozen=True, slots=True)
class Settled:
    """An event that changed, the topic under which that is told, and what is stored of it now."""

    id: int
    topic: str
    facts: EventFacts

    @property
    def event_id(self) -> str:
        """The event's public id."""
        return str(self.facts.event["event_id"])

    @property
    def type(self) -> str:
        """The kind of event."""
        return self.facts.type


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
    searched: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def carry_out(self, connection: Connection) -> None:
        if self.events:
            connection.execute(_UPDATE_EVENT, self.events)
        for type, rows in self.new.items():
            connection.execute(_INSERT[type], rows)
        index_events(connection, self.searched)


_INSERT = {type: insert(model) for type, model in MODELS.items()}
_MERGED = (
    *("type", "status", "lang", "first_seen_at", "last_seen_at", "first_published_at"),
    *("last_published_at", "sightings", "outlets", "stories", "first_article_id", "issues"),
    "confidence",
)
_UPDATE_EVENT = (
    update(Event.__table__)  # type: ignore[arg-type]
    .where(Event.__table__.c.id == bindparam("its_id"))
    .values({key: bindparam(key) for key in _MERGED})
)
_WITHDRAW = (
    update(Event).where(Event.id == bindparam("its_id")).values(status="withdrawn", sightings=0)
)
_LAST_SEQ = select(func.max(Change.seq)).where(Change.event_id == bindparam("name"))


def settle(
    connection: Connection, ids: Collection[int], added: Mapping[int, Addition], now: datetime
) -> list[Settled]:
    """Bring the events with these *ids* to what their sightings say; returns those that changed.

    *added* tells of which it is known that they got no more than that.
    """
    facts = event_facts(connection, ids)
    merged = count_on(connection, facts, added, now.date())
    for id, told in _told(connection, facts.keys() - merged.keys()).items():
        merged[id] = merge(facts[id].type, told.occurrences, told.tally, now.date())
    changed: list[Settled] = []
    writes = _Writes()
    for id in sorted(facts):
        settled = _settle_one(connection, facts[id], merged.get(id), writes)
        if settled is not None:
            changed.append(settled)
    writes.carry_out(connection)
    return changed


_TALLIES = (
    select(
        Sighting.event_id,
        func.count().label("sightings"),
        func.count(OUTLET.distinct()).label("outlets"),
        func.count(func.coalesce(Article.story_id, -Article.id).distinct()).label("stories"),
        func.min(Sighting.seen_at).label("first_seen_at"),
        func.max(Sighting.seen_at).label("last_seen_at"),
        func.max(PUBLISHED).label("last_published_at"),
    )
    .join(Article, Article.id == Sighting.article_id)
    .where(among(Sighting.event_id, "ids"), Sighting.part == 0)
    .group_by(Sighting.event_id)
)
_BY_TIME = (PUBLISHED, Article.article_id, Sighting.occurrence)
_RANKED = (
    select(
        Sighting.event_id,
        Sighting.occurrence,
        Sighting.item,
        Article.id,
        Article.article_id,
        PUBLISHED.label("published_at"),
        BEGUN.label("told_at"),
        func.row_number()
        .over(
            partition_by=(Sighting.event_id, Sighting.digest.op("&")(CLASS_MASK)),
            order_by=(BEGUN, *_BY_TIME),
        )
        .label("of_wording"),
        func.row_number().over(partition_by=Sighting.event_id, order_by=_BY_TIME).label("of_all"),
    )
    .join(Article, Article.id == Sighting.article_id)
    .outerjoin(Story, Story.id == Article.story_id)
    .where(among(Sighting.event_id, "ids"), Sighting.part == 0)
    .subquery()
)
_FIRSTS = (
    select(_RANKED)
    .where(or_(_RANKED.c.of_wording == 1, _RANKED.c.of_all == 1))
    .order_by(_RANKED.c.event_id, _RANKED.c.of_all)
)


def _told(connection: Connection, ids: Collection[int]) -> dict[int, _Told]:
    if not ids:
        return {}
    tallies = _tallies(connection, sorted(ids))
    occurrences = _occurrences(connection, sorted(ids))
    return {
        id: _Told(found, Tally(first=found[0], **tallies[id])) for id, found in occurrences.items()
    }


def _tallies(connection: Connection, ids: list[int]) -> dict[int, dict[str, Any]]:
    found = {}
    for row in connection.execute(_TALLIES, {"ids": ids}):
        values = dict(row._mapping)
        found[values.pop("event_id")] = values
    return found


def _occurrences(connection: Connection, ids: list[int]) -> dict[int, list[Occurrence]]:
    """For each event the first occurrence of each wording; before them the earliest of all."""
    found: dict[int, list[Occurrence]] = defaultdict(list)
    for row in connection.execute(_FIRSTS, {"ids": ids}):
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
    facts: EventFacts,
    merged: Merged | None,
    writes: _Writes,
) -> Settled | None:
    """Bring one event up to date; returns what changed, or None."""
    id, topic = facts.event["id"], _TOPICS[facts.type]
    if merged is None:
        if facts.event["status"] == "withdrawn" or facts.data is None:
            return None
        connection.execute(_WITHDRAW, {"its_id": id})
        gone = {**facts.event, "status": "withdrawn", "sightings": 0}
        return Settled(id, f"{topic}.withdrawn", EventFacts(gone, facts.data))
    if facts.data is None:
        writes.events.append({"its_id": id, **merged.event})
        writes.new[facts.type].append({"event_id": id, **merged.data})
        writes.searched[facts.type].append(id)
        return Settled(id, f"{topic}.new", _with(facts, merged))
    changed = _update(connection, facts, facts.data, merged, writes)
    return Settled(id, changed, _with(facts, merged)) if changed else None


def _with(facts: EventFacts, merged: Merged) -> EventFacts:
    return EventFacts({**facts.event, **merged.event}, merged.data)


def _update(
    connection: Connection, facts: EventFacts, data: Values, merged: Merged, writes: _Writes
) -> str | None:
    """Write what differs; returns the topic of it."""
    event, type = facts.event, facts.type
    if type == "deadline":
        _number_history(connection, event["event_id"], data, merged)
    told = {key: value for key, value in merged.data.items() if data[key] != value}
    counted = {key: value for key, value in merged.event.items() if event[key] != value}
    if told:
        model = MODELS[type]
        connection.execute(update(model).where(model.event_id == event["id"]).values(told))
    if told or "first_article_id" in counted:
        writes.searched[type].append(event["id"])
    if counted:
        writes.events.append({"its_id": event["id"], **merged.event})
    if "moves" in told and told["moves"] > data["moves"]:
        return "deadline.moved"
    if (told.keys() | counted.keys()) - _COUNTS:
        return f"{_TOPICS[type]}.updated"
    return "sighting.new" if merged.event["sightings"] > event["sightings"] else None


def _number_history(connection: Connection, name: str, data: Values, merged: Merged) -> None:
    """Note with each past date the seq of the last change that told it."""
    before = {dump(past["due"]): past.get("seq") for past in json.loads(data["history"])}
    history = json.loads(merged.data["history"])
    for past in history:
        past["seq"] = before.get(dump(past["due"])) or connection.scalar(_LAST_SEQ, {"name": name})
    merged.data["history"] = dump(history)
