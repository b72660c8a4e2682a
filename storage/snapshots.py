"""An event as consumers see it: its data and the evidence for it, as JSON values."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from storage.columns import utc_text
from storage.models import Article, Deadline, Event, IssueMention, Quote, Sighting

# A webhook's body stays under 20 kB: long quotations and long lists of copies are cut.
_LONGEST_TEXT = 4000
_MOST_EVIDENCE = 5
_LONGEST_EVIDENCE = 1000

Json = dict[str, Any]


def event_snapshots(connection: Connection, ids: Collection[int]) -> dict[int, Json]:
    """The snapshots of the events with these *ids* (primary keys), by id."""
    wanted = list(ids)
    rows = list(connection.execute(select(*Event.__table__.c).where(Event.id.in_(wanted))))
    evidence = _evidence(connection, wanted)
    data: dict[int, Json] = {}
    for model, shape in ((Quote, _quote), (Deadline, _deadline), (IssueMention, _mention)):
        table = model.__table__.c
        for row in connection.execute(select(*table).where(table.event_id.in_(wanted))):
            data[row.event_id] = shape(row)
    return {
        row.id: _event(row) | data.get(row.id, {}) | {"evidence": evidence[row.id]} for row in rows
    }


def _event(row: Row[Any]) -> Json:
    return {
        "id": row.event_id,
        "type": row.type,
        "status": row.status,
        "lang": row.lang,
        "first_seen_at": utc_text(row.first_seen_at),
        "last_seen_at": utc_text(row.last_seen_at),
        "published_at": utc_text(row.first_published_at),
        "sightings": row.sightings,
        "outlets": row.outlets,
        "stories": row.stories,
        "issues": json.loads(row.issues),
        "confidence": row.confidence,
    }


def _cut(text: str, longest: int = _LONGEST_TEXT) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _quote(row: Row[Any]) -> Json:
    speaker = {
        "name": row.speaker_name,
        "mention": row.speaker_mention,
        "actor": row.actor,
        "role": row.role,
        "organisation": row.organisation,
        "party": row.party,
    }
    return {
        "text": _cut(row.text),
        "truncated": len(row.text) > _LONGEST_TEXT,
        "kind": row.kind,
        "speaker": speaker if any(speaker.values()) else None,
        "cue": row.cue,
        "context": _cut(row.context),
    }


def _deadline(row: Row[Any]) -> Json:
    who = {"actor": row.set_by_actor, "party": row.set_by_party, "text": row.set_by}
    return {
        "what": _cut(row.what),
        "due": {
            "from": row.due_from.isoformat() if row.due_from else None,
            "to": row.due_to.isoformat() if row.due_to else None,
            "precision": row.due_precision,
            "text": row.due_text,
        },
        "kind": row.kind,
        "set_by": who if row.set_by else None,
        "consequence": _cut(row.consequence) if row.consequence else None,
        "certainty": row.certainty,
        "clock": json.loads(row.clock) if row.clock else None,
        "milestone": row.milestone,
        "history": json.loads(row.history),
        "context": _cut(row.context),
    }


def _mention(row: Row[Any]) -> Json:
    return {
        "issue": row.issue,
        "issue_name": row.issue_name,
        "party": row.party,
        "actor": row.actor,
        "stance": row.stance,
        "text": _cut(row.text),
    }


def _evidence(connection: Connection, ids: list[int]) -> Mapping[int, list[Json]]:
    """For each event its earliest sightings, one an article."""
    at = func.coalesce(Article.published_at, Article.discovered_at)
    rows = connection.execute(
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
        .join(Article, Article.id == Sighting.article_id)
        .where(Sighting.event_id.in_(ids), Sighting.occurrence == 0)
        .order_by(Sighting.event_id, at, Article.article_id, Sighting.part)
    )
    found: dict[int, dict[str, Json]] = defaultdict(dict)
    for row in rows:
        articles = found[row.event_id]
        if row.article_id not in articles and len(articles) == _MOST_EVIDENCE:
            continue
        entry = articles.setdefault(
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
