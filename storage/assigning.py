"""Which event each item of an article is a sighting of."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from extractors.types import Span
from storage.identity import hash64, keys_of, likeness
from storage.items import Item, dump, load_item
from storage.models import Deadline, Event, EventKey, IssueMention, Quote, Sighting

# How far apart two sightings of one event may lie, by type.
_WINDOWS = {
    "quote": timedelta(days=7),
    "deadline": timedelta(days=120),
    "issue_mention": timedelta(days=7),
}
_PREFIXES = {"quote": "q", "deadline": "d", "issue_mention": "i"}
_MOST_CANDIDATES = 50
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """What identity needs to know of an article."""

    id: int
    article_id: str
    revision: int
    story: str
    published_at: datetime


@dataclass(slots=True)
class _Known:
    """An event that an item may belong to."""

    id: int
    event_id: str
    type: str
    data: dict[str, Any]
    since: datetime
    until: datetime


@dataclass(slots=True)
class _Candidates:
    """Events by key, and those that the article is evidence of already."""

    by_key: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    events: dict[int, _Known] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)

    def best(self, item: Item, keys: Sequence[int], at: datetime) -> _Known | None:
        """The event that *item* is most surely one with; of equals the earliest."""
        shared = Counter(id for key in keys for id in self.by_key.get(key, ()))
        near = {id for id, _ in shared.most_common(_MOST_CANDIDATES)} | self.own
        rated = [
            (likeness(item.type, item.data, known.data), known)
            for known in (self.events[id] for id in near)
            if known.type == item.type and _in_window(known, at)
        ]
        fitting = [(score, known) for score, known in rated if score > 0]
        if not fitting:
            return None
        return min(fitting, key=lambda pair: (-pair[0], pair[1].since, pair[1].event_id))[1]

    def add(self, known: _Known, keys: Sequence[int]) -> None:
        """Make an event that was just made known to the items after it."""
        self.events[known.id] = known
        for key in keys:
            self.by_key[key].add(known.id)


def _in_window(known: _Known, at: datetime) -> bool:
    window = _WINDOWS[known.type]
    return known.since - window <= at <= known.until + window


def assign(
    connection: Connection, article: ArticleRef, items: Sequence[Item], now: datetime
) -> set[int]:
    """Make *items* all that the article is evidence of; returns the events that this touches.

    Events are made for what nobody said before; their data is left to :mod:`storage.settling`.
    """
    keys = [keys_of(item.type, item.data, article.story) for item in items]
    before = _sightings(connection, article.id)
    candidates = _candidates(connection, {key for each in keys for key in each}, before)
    chosen: list[int] = []
    for item, item_keys in zip(items, keys, strict=True):
        known = candidates.best(item, item_keys, article.published_at)
        if known is None:
            known = _make(connection, article, item, now)
            candidates.add(known, item_keys)
        chosen.append(known.id)
    _keep_keys(connection, chosen, keys)
    return _write(connection, article, items, chosen, before, now)


def stored_items(connection: Connection, article: int) -> list[Item]:
    """The items of an article as they were recorded."""
    parts: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in _sightings(connection, article):
        parts[row.event_id, row.occurrence].append(row)
    items = [
        load_item(
            rows[0].type,
            [Span(row.start_offset, row.end_offset) for row in rows],
            [row.text for row in rows],
            rows[0].item,
        )
        for rows in parts.values()
    ]
    return sorted(items, key=lambda item: (item.spans[0].start, item.spans[0].end, item.type))


def _sightings(connection: Connection, article: int) -> Sequence[Any]:
    return connection.execute(
        select(*Sighting.__table__.c, Event.type)
        .join(Event, Event.id == Sighting.event_id)
        .where(Sighting.article_id == article)
        .order_by(Sighting.event_id, Sighting.occurrence, Sighting.part)
    ).all()


def _candidates(
    connection: Connection, keys: Collection[int], before: Sequence[Any]
) -> _Candidates:
    found = _Candidates(own={row.event_id for row in before})
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        for row in connection.execute(
            select(EventKey.hash, EventKey.event_id).where(EventKey.hash.in_(chunk))
        ):
            found.by_key[row.hash].add(row.event_id)
    ids = sorted(found.own.union(*found.by_key.values()))
    for start in range(0, len(ids), _CHUNK):
        for known in _load(connection, ids[start : start + _CHUNK]):
            found.events[known.id] = known
    return found


def _load(connection: Connection, ids: list[int]) -> list[_Known]:
    rows = connection.execute(
        select(
            Event.id,
            Event.event_id,
            Event.type,
            Event.lang,
            Event.first_published_at,
            Event.last_published_at,
            *(column for model in (Quote, Deadline, IssueMention) for column in _labelled(model)),
        )
        .outerjoin(Quote, Quote.event_id == Event.id)
        .outerjoin(Deadline, Deadline.event_id == Event.id)
        .outerjoin(IssueMention, IssueMention.event_id == Event.id)
        .where(Event.id.in_(ids))
    )
    return [
        _Known(
            row.id,
            row.event_id,
            row.type,
            _DATA[row.type](row),
            row.first_published_at,
            row.last_published_at,
        )
        for row in rows
    ]


def _labelled(model: Any) -> list[Any]:
    name = model.__tablename__
    return [column.label(f"{name}_{column.name}") for column in model.__table__.c]


def _quote_data(row: Any) -> dict[str, Any]:
    speaker = {
        "name": row.quote_speaker_name,
        "mention": row.quote_speaker_mention,
        "actor": row.quote_actor,
    }
    known = any(speaker.values())
    return {"text": row.quote_text, "lang": row.lang, "speaker": speaker if known else None}


def _deadline_data(row: Any) -> dict[str, Any]:
    start, end = row.deadline_due_from, row.deadline_due_to
    return {
        "what": row.deadline_what,
        "kind": row.deadline_kind,
        "lang": row.lang,
        "milestone": row.deadline_milestone,
        "due": {
            "from": start.isoformat() if start else None,
            "to": end.isoformat() if end else None,
        },
        "set_by": {"party": row.deadline_set_by_party} if row.deadline_set_by_party else None,
    }


def _mention_data(row: Any) -> dict[str, Any]:
    return {
        "issue": row.issue_mention_issue,
        "party": row.issue_mention_party,
        "actor": row.issue_mention_actor,
        "stance": row.issue_mention_stance,
    }


_DATA = {"quote": _quote_data, "deadline": _deadline_data, "issue_mention": _mention_data}


def _make(connection: Connection, article: ArticleRef, item: Item, now: datetime) -> _Known:
    """A new event, called after its first sighting; the same sighting gives the same name."""
    name = hash64(item.type, article.article_id, dump(item.data)) & (2**64 - 1)
    event_id = f"{_PREFIXES[item.type]}_{name:016x}"
    id = connection.scalar(select(Event.id).where(Event.event_id == event_id))
    if id is None:
        id = connection.execute(
            insert(Event)
            .values(
                event_id=event_id,
                type=item.type,
                status="new",
                lang=item.data["lang"],
                first_seen_at=now,
                last_seen_at=now,
                first_published_at=article.published_at,
                last_published_at=article.published_at,
                first_article_id=article.id,
            )
            .returning(Event.id)
        ).scalar_one()
    at = article.published_at
    return _Known(id, event_id, item.type, dict(item.data), at, at)


def _keep_keys(
    connection: Connection,
    chosen: Sequence[int],
    keys: Sequence[Sequence[int]],
) -> None:
    wanted = {(key, id) for id, each in zip(chosen, keys, strict=True) for key in each}
    if not wanted:
        return
    known: set[tuple[int, int]] = set()
    ids = sorted(set(chosen))
    for start in range(0, len(ids), _CHUNK):
        rows = connection.execute(
            select(EventKey.hash, EventKey.event_id).where(
                EventKey.event_id.in_(ids[start : start + _CHUNK])
            )
        )
        known.update((row.hash, row.event_id) for row in rows)
    fresh = sorted(wanted - known)
    if fresh:
        connection.execute(insert(EventKey), [{"hash": key, "event_id": id} for key, id in fresh])


def _write(
    connection: Connection,
    article: ArticleRef,
    items: Sequence[Item],
    chosen: Sequence[int],
    before: Sequence[Any],
    now: datetime,
) -> set[int]:
    """Replace the article's sightings where they differ; returns the events that this touches."""
    seen_at = {row.event_id: row.seen_at for row in before}
    occurrences: Counter[int] = Counter()
    rows: list[dict[str, Any]] = []
    for item, event in zip(items, chosen, strict=True):
        number = occurrences[event]
        occurrences[event] += 1
        for part, (span, evidence) in enumerate(zip(item.spans, item.evidence, strict=True)):
            rows.append(
                {
                    "event_id": event,
                    "article_id": article.id,
                    "occurrence": number,
                    "part": part,
                    "revision": article.revision,
                    "start_offset": span.start,
                    "end_offset": span.end,
                    "text": evidence,
                    "item": dump(item.data) if part == 0 else None,
                    "seen_at": seen_at.get(event, now),
                }
            )
    if {_facts(row._mapping) for row in before} == {_facts(row) for row in rows}:
        return set()
    connection.execute(delete(Sighting).where(Sighting.article_id == article.id))
    if rows:
        connection.execute(insert(Sighting), rows)
    return {row.event_id for row in before} | set(chosen)


def _facts(row: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("event_id", "occurrence", "part", "revision", "start_offset", "end_offset", "item")
    return tuple(row[name] for name in names)
