"""One more copy of what many have said: counted onto the event, not counted all over again.

An event that articles repeat for years would otherwise cost more with each of them. What is added
must be later than the event's first occurrence and in wordings that it has already; then its data
cannot change, only its counts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select, tuple_

from storage.bulk import among
from storage.columns import UtcDateTime
from storage.facts import EventFacts
from storage.identity import CLASS_MASK
from storage.merging import Merged, status_of
from storage.models import Article, Sighting, Story
from storage.printed import BEGUN, OUTLET, PUBLISHED

# Fewer are counted in no time, and counting them anew heals what an edit of an article changed.
MANY = 50

_PLACED = (
    select(
        *(Article.id, Article.article_id, Article.story_id),
        *(OUTLET.label("outlet"), PUBLISHED.label("published_at"), BEGUN.label("told_at")),
    )
    .outerjoin(Story, Story.id == Article.story_id)
    .where(among(Article.id, "ids"))
)
_OTHERS = (
    select(Sighting.event_id)
    .join(Article, Article.id == Sighting.article_id)
    .outerjoin(Story, Story.id == Article.story_id)
    .where(
        Sighting.event_id == bindparam("event"),
        Sighting.part == 0,
        Sighting.article_id != bindparam("article"),
    )
)
_EARLIER = _OTHERS.where(
    Sighting.digest.op("&")(CLASS_MASK) == bindparam("wording"),
    tuple_(BEGUN, PUBLISHED, Article.article_id)
    < tuple_(
        bindparam("told_at", type_=UtcDateTime()),
        bindparam("published_at", type_=UtcDateTime()),
        bindparam("name"),
    ),
).limit(1)
_OF_OUTLET = _OTHERS.where(bindparam("outlet") == OUTLET).limit(1)
_OF_STORY = (
    select(Sighting.event_id)
    .join(Article, Article.id == Sighting.article_id)
    .where(
        Article.story_id == bindparam("story"),
        Article.id != bindparam("article"),
        Sighting.event_id == bindparam("event"),
        Sighting.part == 0,
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Addition:
    """The first parts of an event's new sightings, all of one article."""

    article: int
    rows: Sequence[Mapping[str, Any]]


def additions_of(
    rows: Sequence[Mapping[str, Any]], earlier: Sequence[Any]
) -> Mapping[int, Addition]:
    """The events to which an article was only added, of new rows and those that they replace."""
    of_event: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["part"] == 0:
            of_event[row["event_id"]].append(row)
    known = {row.event_id for row in earlier}
    return {
        event: Addition(found[0]["article_id"], found)
        for event, found in of_event.items()
        if event not in known and len({row["article_id"] for row in found}) == 1
    }


def count_on(
    connection: Connection,
    facts: Mapping[int, EventFacts],
    added: Mapping[int, Addition],
    today: date,
) -> dict[int, Merged]:
    """What those events of *facts* are now of which it can be told without counting all."""
    many = {id: added[id] for id, one in facts.items() if id in added and _has_many(one)}
    if not many:
        return {}
    articles = sorted({addition.article for addition in many.values()})
    placed = {row.id: row for row in connection.execute(_PLACED, {"ids": articles})}
    found: dict[int, Merged] = {}
    for id, addition in many.items():
        merged = _merged(connection, facts[id], addition, placed[addition.article], today)
        if merged is not None:
            found[id] = merged
    return found


def _has_many(facts: EventFacts) -> bool:
    return facts.data is not None and facts.event["sightings"] >= MANY


def _merged(
    connection: Connection, facts: EventFacts, addition: Addition, article: Any, today: date
) -> Merged | None:
    event, data = facts.event, dict(facts.data or {})
    asked = {
        "event": event["id"],
        "article": article.id,
        "name": article.article_id,
        "outlet": article.outlet,
        "story": article.story_id,
        "told_at": article.told_at,
        "published_at": article.published_at,
    }
    if article.published_at <= event["first_published_at"]:
        return None
    for wording in {row["digest"] & CLASS_MASK for row in addition.rows}:
        if connection.scalar(_EARLIER, asked | {"wording": wording}) is None:
            return None
    seen = [row["seen_at"] for row in addition.rows]
    more = {
        "status": status_of(facts.type, data, today),
        "sightings": event["sightings"] + len(addition.rows),
        "outlets": event["outlets"] + (connection.scalar(_OF_OUTLET, asked) is None),
        "stories": event["stories"] + (connection.scalar(_OF_STORY, asked) is None),
        "first_seen_at": min(event["first_seen_at"], *seen),
        "last_seen_at": max(event["last_seen_at"], *seen),
        "last_published_at": max(event["last_published_at"], article.published_at),
    }
    return Merged(event={**{key: event[key] for key in _KEPT}, **more}, data=data)


_KEPT = ("type", "lang", "first_published_at", "first_article_id", "issues", "confidence")
