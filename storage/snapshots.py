"""An event as consumers see it: its data and the evidence for it, as JSON values."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, select

from storage.bulk import among
from storage.columns import utc_text
from storage.facts import EventFacts, Values, event_facts
from storage.models import Article, Sighting
from storage.printed import PUBLISHED

# A webhook's body stays under 20 kB: long quotations and long lists of copies are cut.
_LONGEST_TEXT = 4000
_MOST_EVIDENCE = 5
_LONGEST_EVIDENCE = 1000

Json = dict[str, Any]


def event_snapshots(connection: Connection, ids: Collection[int]) -> dict[int, Json]:
    """The snapshots of the events with these *ids* (primary keys), by id."""
    return snapshots_of(connection, event_facts(connection, ids))


def snapshots_of(connection: Connection, events: Mapping[int, EventFacts]) -> dict[int, Json]:
    """The snapshots of *events* as they are stored now, by primary key."""
    evidence = _evidence(connection, sorted(events))
    return {
        id: _event(one.event) | data_of(one) | {"evidence": evidence[id]}
        for id, one in events.items()
    }


def data_of(event: EventFacts) -> Json:
    """What an event's snapshot has of its type's data; nothing for one that has none yet."""
    return _SHAPES[event.type](event.data) if event.data else {}


def _event(row: Values) -> Json:
    return {
        "id": row["event_id"],
        "type": row["type"],
        "status": row["status"],
        "lang": row["lang"],
        "first_seen_at": utc_text(row["first_seen_at"]),
        "last_seen_at": utc_text(row["last_seen_at"]),
        "published_at": utc_text(row["first_published_at"]),
        "sightings": row["sightings"],
        "outlets": row["outlets"],
        "stories": row["stories"],
        "issues": json.loads(row["issues"]),
        "confidence": row["confidence"],
    }


def _cut(text: str, longest: int = _LONGEST_TEXT) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _quote(row: Values) -> Json:
    speaker = {
        "name": row["speaker_name"],
        "mention": row["speaker_mention"],
        "actor": row["actor"],
        "role": row["role"],
        "organisation": row["organisation"],
        "party": row["party"],
    }
    return {
        "text": _cut(row["text"]),
        "truncated": len(row["text"]) > _LONGEST_TEXT,
        "kind": row["kind"],
        "speaker": speaker if any(speaker.values()) else None,
        "cue": row["cue"],
        "context": _cut(row["context"]),
    }


def _deadline(row: Values) -> Json:
    who = {"actor": row["set_by_actor"], "party": row["set_by_party"], "text": row["set_by"]}
    return {
        "what": _cut(row["what"]),
        "due": {
            "from": row["due_from"].isoformat() if row["due_from"] else None,
            "to": row["due_to"].isoformat() if row["due_to"] else None,
            "precision": row["due_precision"],
            "text": row["due_text"],
        },
        "kind": row["kind"],
        "set_by": who if row["set_by"] else None,
        "consequence": _cut(row["consequence"]) if row["consequence"] else None,
        "certainty": row["certainty"],
        "clock": json.loads(row["clock"]) if row["clock"] else None,
        "milestone": row["milestone"],
        "history": json.loads(row["history"]),
        "context": _cut(row["context"]),
    }


def _mention(row: Values) -> Json:
    return {
        "issue": row["issue"],
        "issue_name": row["issue_name"],
        "party": row["party"],
        "actor": row["actor"],
        "stance": row["stance"],
        "text": _cut(row["text"]),
    }


_SHAPES: Mapping[str, Callable[[Values], Json]] = {
    "quote": _quote,
    "deadline": _deadline,
    "issue_mention": _mention,
}


_EARLIEST = (
    select(
        Sighting.event_id,
        Sighting.article_id,
        func.row_number()
        .over(partition_by=Sighting.event_id, order_by=(PUBLISHED, Article.article_id))
        .label("place"),
    )
    .join(Article, Article.id == Sighting.article_id)
    .where(among(Sighting.event_id, "ids"), Sighting.occurrence == 0, Sighting.part == 0)
    .subquery()
)
_EVIDENCE = (
    select(
        Sighting.event_id,
        Sighting.revision,
        Sighting.start_offset,
        Sighting.end_offset,
        Sighting.text,
        Article.article_id,
        Article.title,
        Article.outlet,
        Article.published_at,
        func.coalesce(Article.canonical, Article.url).label("url"),
    )
    .join(
        _EARLIEST,
        and_(
            _EARLIEST.c.event_id == Sighting.event_id,
            _EARLIEST.c.article_id == Sighting.article_id,
        ),
    )
    .join(Article, Article.id == Sighting.article_id)
    .where(Sighting.occurrence == 0, _EARLIEST.c.place <= _MOST_EVIDENCE)
    .order_by(Sighting.event_id, _EARLIEST.c.place, Sighting.part)
)


def _evidence(connection: Connection, ids: list[int]) -> Mapping[int, list[Json]]:
    """For each event its earliest sightings, one an article."""
    rows = connection.execute(_EVIDENCE, {"ids": ids})
    found: dict[int, dict[str, Json]] = defaultdict(dict)
    for row in rows:
        entry = found[row.event_id].setdefault(
            row.article_id,
            {
                "article_id": row.article_id,
                "url": row.url,
                "title": row.title,
                "outlet": row.outlet,
                "published_at": utc_text(row.published_at) if row.published_at else None,
                "revision": row.revision,
                "spans": [],
            },
        )
        entry["spans"].append(
            {
                "start": row.start_offset,
                "end": row.end_offset,
                "text": _cut(row.text, _LONGEST_EVIDENCE),
            }
        )
    return defaultdict(list, {id: list(articles.values()) for id, articles in found.items()})
