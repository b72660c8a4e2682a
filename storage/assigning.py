"""Which event each item of an article is a sighting of.

What arrives is compared, by index, with what is stored; everything connected with it is divided
into events anew, and only what changed is written. Events keep their ids as far as their
occurrences stay together.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from extractors.types import Span
from storage.bulk import among, listed
from storage.components import Component, load_component, remember, sole_digests
from storage.counting_on import Addition, additions_of
from storage.electing import EventMaker, elect
from storage.identity import Telling, alike, is_compared, own_name, telling
from storage.items import Item, dump, load_item
from storage.models import Event, Sighting

Spans = tuple[Span, ...]

_ROWS = (
    select(*Sighting.__table__.c, Event.type)
    .join(Event, Event.id == Sighting.event_id)
    .where(among(Sighting.article_id, "articles"))
    .order_by(Sighting.article_id, Sighting.event_id, Sighting.occurrence, Sighting.part)
)
_ASKED = listed("digests")
# One row of each digest is enough, of however many copies.
_EVENTS = select(
    _ASKED.c.value.label("digest"),
    select(Sighting.event_id)
    .where(Sighting.digest == _ASKED.c.value)
    .limit(1)
    .scalar_subquery()
    .label("event_id"),
)
_HOLDERS = (
    select(Sighting.event_id, Sighting.article_id)
    .where(among(Sighting.event_id, "events"), Sighting.part == 0)
    .distinct()
)
_ARTICLES = select(Sighting.article_id).where(among(Sighting.digest, "digests")).distinct()
_REMOVE = delete(Sighting).where(among(Sighting.article_id, "articles"))
_ADD = insert(Sighting)


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """What identity needs to know of an article; ``told_at`` is when its story began."""

    id: int
    article_id: str
    revision: int
    story: str
    published_at: datetime
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Assigned:
    """The events that an assignment touches, and into which one others went wholly.

    ``added`` are those of them that lost nothing, with what they got.
    """

    touched: frozenset[int] = frozenset()
    merged: Mapping[int, int] = field(default_factory=dict)
    added: Mapping[int, Addition] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """An item at its place in an article."""

    article: int
    revision: int
    item: Item
    told: Telling
    dumped: str

    @property
    def place(self) -> tuple[int, str, Spans]:
        return (self.article, self.item.type, self.item.spans)


def assign(
    connection: Connection,
    articles: Sequence[tuple[ArticleRef, Sequence[Item]]],
    before: Sequence[Any],
    now: datetime,
) -> Assigned:
    """Make these items all that these articles are evidence of.

    *before* is what :func:`stored_rows` gives for these articles. Events are made for what nobody
    said before; their data is left to :mod:`storage.settling`.
    """
    wanted = [one for ref, items in articles for one in _occurrences(ref, items)]
    if _facts(_stored(before)) == _facts((one, None) for one in wanted):
        return Assigned()
    homes = _homes(connection, wanted, before, now)
    return _write(connection, [ref.id for ref, _ in articles], wanted, before, homes, now)


def stored_rows(connection: Connection, articles: Collection[int]) -> list[Any]:
    """The sightings in these articles."""
    if not articles:
        return []
    return list(connection.execute(_ROWS, {"articles": sorted(articles)}))


def stored_items(rows: Iterable[Any], article: int) -> list[Item]:
    """The items of an article as they were recorded, of *rows* of :func:`stored_rows`."""
    own = (row for row in rows if row.article_id == article)
    items = [one.item for one, _ in _stored(own)]
    return sorted(items, key=lambda item: (item.spans[0].start, item.spans[0].end, item.type))


def _day(at: datetime) -> int:
    return at.date().toordinal() - 719_163


def _occurrences(ref: ArticleRef, items: Sequence[Item]) -> list[_Occurrence]:
    day, story_day = _day(ref.published_at), _day(ref.told_at)
    return [
        _Occurrence(
            ref.id,
            ref.revision,
            item,
            telling(item.type, item.data, day, ref.story, story_day),
            dump(item.data),
        )
        for item in items
    ]


# --- stored occurrences


def _stored(rows: Iterable[Any]) -> list[tuple[_Occurrence, Any]]:
    """The occurrences that rows hold, each with its first row."""
    parts: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
    for row in rows:
        parts[row.article_id, row.event_id, row.occurrence].append(row)
    found = []
    for group in parts.values():
        first = group[0]
        spans = [Span(row.start_offset, row.end_offset) for row in group]
        item = load_item(first.type, spans, [row.text for row in group], first.item)
        told = Telling(first.type, first.digest, item.data)
        found.append((_Occurrence(first.article_id, first.revision, item, told, first.item), first))
    return found


def _facts(occurrences: Iterable[tuple[_Occurrence, Any]]) -> Counter[tuple[object, ...]]:
    return Counter(
        (*one.place, one.revision, one.told.digest, one.dumped) for one, _ in occurrences
    )


# --- events


@dataclass(slots=True)
class _Homes:
    """The event of each digest, and where the occurrences of a digest were before."""

    events: dict[int, int]
    moved: set[int] = field(default_factory=set)


def _homes(
    connection: Connection, wanted: Sequence[_Occurrence], before: Sequence[Any], now: datetime
) -> _Homes:
    """The event of each digest among *wanted*, and of those that move because of them."""
    new = {one.told.digest: one for one in reversed(wanted)}
    old = {one.told.digest: (one.told, row.event_id) for one, row in _stored(before)}
    known = _events_of(connection, new.keys())
    fresh = {digest: one for digest, one in new.items() if digest not in known}
    left = old.keys() - new.keys()
    gone = {digest: old[digest] for digest in sole_digests(connection, left, before)}
    homes = _Homes({digest: known[digest] for digest in new.keys() & known.keys()})
    if not fresh and not gone:
        return homes
    component = load_component(
        connection, [one.told for one in fresh.values()], [told for told, _ in gone.values()]
    )
    remember(connection, [one.told for one in fresh.values()], [told for told, _ in gone.values()])
    votes = _prior_votes(connection, wanted, before, fresh, homes.events.values())
    _settle_groups(connection, component, fresh, votes, homes, now)
    return homes


def _events_of(connection: Connection, digests: Iterable[int]) -> dict[int, int]:
    asked = sorted(digests)
    rows = connection.execute(_EVENTS, {"digests": asked}) if asked else ()
    return {row.digest: row.event_id for row in rows if row.event_id is not None}


def _prior_votes(
    connection: Connection,
    wanted: Sequence[_Occurrence],
    before: Sequence[Any],
    fresh: Mapping[int, _Occurrence],
    kept: Collection[int],
) -> Counter[tuple[int, int]]:
    """Which event a fresh digest had been of when the same article was recorded before.

    The same place is as good as an occurrence; a wording that took the place of another, less.
    """
    earlier = [(one, row.event_id) for one, row in _stored(before) if own_name(one.told) is None]
    held = {*kept, *_held(connection, earlier)}
    places = {one.place: event for one, event in earlier}
    votes: Counter[tuple[int, int]] = Counter()
    for one in wanted:
        event = places.get(one.place)
        if one.told.digest in fresh and event is not None:
            votes[one.told.digest, event] += 2
    for digest, one in fresh.items():
        for other, event in earlier:
            if alike(other.told, one.told):
                votes[digest, event] += 1
    for digest, event in list(votes):
        if own_name(fresh[digest].told) or (event in held and not is_compared(fresh[digest].told)):
            del votes[digest, event]
    return votes


def _held(connection: Connection, earlier: Sequence[tuple[_Occurrence, int]]) -> set[int]:
    """Those events that have occurrences in other articles too."""
    articles = {one.article for one, _ in earlier}
    events = sorted({event for _, event in earlier})
    rows = connection.execute(_HOLDERS, {"events": events}) if events else ()
    return {row.event_id for row in rows if row.article_id not in articles}


def _settle_groups(
    connection: Connection,
    component: Component,
    fresh: Mapping[int, _Occurrence],
    votes: Counter[tuple[int, int]],
    homes: _Homes,
    now: datetime,
) -> None:
    groups = component.groups()
    ballots: Counter[tuple[int, int]] = Counter()
    for number, group in enumerate(groups):
        for digest in group:
            for event, count in component.stored.get(digest, {}).items():
                ballots[number, event] += 2 * count
    number_of = {digest: number for number, group in enumerate(groups) for digest in group}
    for (digest, event), count in votes.items():
        ballots[number_of[digest], event] += count
    chosen = elect(connection, ballots, component.begun)
    unnamed = [number for number in range(len(groups)) if number not in chosen]
    places = {digest: one.article for digest, one in fresh.items()}
    maker = EventMaker(component, places, set(chosen.values()), now)
    chosen |= zip(unnamed, maker.events(connection, [groups[n] for n in unnamed]), strict=True)
    for number, group in enumerate(groups):
        event = chosen[number]
        for digest in group:
            homes.events[digest] = event
            if component.stored.get(digest, {event: 0}).keys() != {event}:
                homes.moved.add(digest)


# --- writing


def _write(
    connection: Connection,
    articles: Sequence[int],
    wanted: Sequence[_Occurrence],
    before: Sequence[Any],
    homes: _Homes,
    now: datetime,
) -> Assigned:
    """Replace the sightings of all articles that change; returns the events that this touches."""
    others = _articles_of(connection, homes.moved) - set(articles)
    rest = _stored(stored_rows(connection, others))
    occurrences = [*wanted, *(one for one, _ in rest)]
    earlier = [*_stored(before), *rest]
    seen = {one.place: row.seen_at for one, row in earlier}
    seen_of = {(one.article, row.event_id): row.seen_at for one, row in earlier}
    kept = {one.told.digest: row.event_id for one, row in rest}
    rows: list[dict[str, Any]] = []
    numbers: Counter[tuple[int, int]] = Counter()
    for one in sorted(occurrences, key=lambda each: (each.article, each.item.spans, each.dumped)):
        digest = one.told.digest
        event = homes.events.get(digest, kept.get(digest, 0))
        place = (one.article, event)
        at = seen.get(one.place) or seen_of.get(place, now)
        rows += _sighting_rows(one, event, numbers[place], at)
        numbers[place] += 1
    if earlier:
        connection.execute(_REMOVE, {"articles": sorted({one.article for one, _ in earlier})})
    if rows:
        connection.execute(_ADD, rows)
    return _touched(earlier, rows, homes, occurrences)


def _articles_of(connection: Connection, digests: Collection[int]) -> set[int]:
    return set(connection.scalars(_ARTICLES, {"digests": sorted(digests)})) if digests else set()


def _sighting_rows(
    one: _Occurrence, event: int, number: int, seen_at: datetime
) -> Iterable[dict[str, Any]]:
    for part, (span, evidence) in enumerate(zip(one.item.spans, one.item.evidence, strict=True)):
        yield {
            "event_id": event,
            "article_id": one.article,
            "occurrence": number,
            "part": part,
            "revision": one.revision,
            "start_offset": span.start,
            "end_offset": span.end,
            "text": evidence,
            "item": one.dumped if part == 0 else None,
            "digest": one.told.digest if part == 0 else None,
            "seen_at": seen_at,
        }


def _touched(
    earlier: Sequence[tuple[_Occurrence, Any]],
    rows: Sequence[Mapping[str, Any]],
    homes: _Homes,
    occurrences: Sequence[_Occurrence],
) -> Assigned:
    """All events that had or have one of the rewritten occurrences."""
    went: dict[int, Counter[int]] = defaultdict(Counter)
    now_at = {one.place: homes.events.get(one.told.digest) for one in occurrences}
    for one, row in earlier:
        event = now_at.get(one.place)
        if event is not None and event != row.event_id:
            went[row.event_id][event] += 1
    merged = {old: max(to, key=lambda event: (to[event], -event)) for old, to in went.items()}
    touched = {row.event_id for _, row in earlier} | {row["event_id"] for row in rows}
    added = additions_of(rows, [row for _, row in earlier])
    return Assigned(frozenset(touched), merged, added)
