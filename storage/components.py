"""What is connected with a new wording: found by index, judged by :mod:`storage.identity`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.identity import (
    Telling,
    days_near,
    keys_near,
    keys_of,
    partition,
    plain_keys,
    related,
    shares_enough,
)
from storage.items import load_item
from storage.models import Event, Sighting, SightingKey

# Above this a component is not followed further: what is nearest to the new wordings counts.
_LARGEST = 400
_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Component:
    """Tellings by digest, and how many stored occurrences each event has of them."""

    tellings: Mapping[int, Telling]
    stored: Mapping[int, Mapping[int, int]]

    def groups(self) -> list[frozenset[int]]:
        """The digests in sets, one an event, in an order that everybody finds alike."""
        return sorted(partition(self.tellings.values()), key=min)

    def article_of(self, connection: Connection, group: Collection[int]) -> int:
        """One article that holds an occurrence of *group*."""
        chosen = select(func.min(Sighting.article_id)).where(Sighting.digest.in_(list(group)))
        found = connection.scalar(chosen)
        assert found is not None
        return int(found)


def load_component(
    connection: Connection, fresh: Sequence[Telling], gone: Sequence[Telling]
) -> Component:
    """All stored tellings that are connected with *fresh* or *gone* ones, and *fresh* itself.

    *gone* are no longer told; what they held together is judged without them.
    """
    tellings = {one.digest: one for one in fresh}
    stored: dict[int, dict[int, int]] = defaultdict(dict)
    lost = {one.digest for one in gone}
    frontier = [*fresh, *gone]
    while frontier and len(tellings) < _LARGEST:
        known = tellings.keys() | lost
        near = {
            one.digest: found
            for alike in _by_keys(frontier)
            for found in [_near(connection, alike, known)]
            for one in alike
        }
        loaded = _load(connection, {digest for found in near.values() for digest in found})
        reached: dict[int, Telling] = {}
        for one in frontier:
            for digest in near[one.digest]:
                if digest in loaded and digest not in reached:
                    other, counts = loaded[digest]
                    if related(one, other):
                        reached[digest] = other
                        stored[digest] = counts
        tellings |= reached
        frontier = list(reached.values())
    return Component(tellings, stored)


def _by_keys(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Tellings of the same keys, but for their days, together: one query finds for all."""
    groups: dict[tuple[int, ...], list[Telling]] = defaultdict(list)
    for one in tellings:
        groups[plain_keys(one)].append(one)
    return list(groups.values())


def _near(connection: Connection, alike: Sequence[Telling], known: Collection[int]) -> set[int]:
    """The digests that share enough keys with tellings in their window, but not *known* ones."""
    keys = sorted({key for one in alike for key in keys_near(one)})
    if not keys:
        return set()
    days = [days_near(one) for one in alike]
    least, beyond = min(first for first, _ in days), max(end for _, end in days)
    rows = connection.execute(
        select(SightingKey.digest, func.count(), func.min(SightingKey.size))
        .where(SightingKey.hash.in_(keys), SightingKey.digest.between(least, beyond - 1))
        .group_by(SightingKey.digest)
    )
    own = len(plain_keys(alike[0]))
    return {
        digest
        for digest, count, size in rows
        if digest not in known and shares_enough(alike[0], count, min(own, size))
    }


def _load(
    connection: Connection, digests: Collection[int]
) -> dict[int, tuple[Telling, dict[int, int]]]:
    """Stored tellings with the number of their occurrences in each event."""
    found: dict[int, tuple[Telling, dict[int, int]]] = {}
    for chunk in _chunks(sorted(digests)):
        rows = connection.execute(
            select(
                Sighting.digest,
                Sighting.event_id,
                Event.type,
                func.count(),
                func.min(Sighting.item),
            )
            .join(Event, Event.id == Sighting.event_id)
            .where(Sighting.digest.in_(chunk))
            .group_by(Sighting.digest, Sighting.event_id, Event.type)
        )
        for digest, event, type, count, item in rows:
            assert digest is not None  # as in every first part
            assert item is not None
            told = Telling(type, digest, load_item(type, (), (), item).data)
            found.setdefault(digest, (told, {}))[1][event] = count
    return found


def sole_digests(connection: Connection, digests: Collection[int], rows: Sequence[Any]) -> set[int]:
    """Those of *digests* that only the articles of *rows* told: they are told no longer."""
    articles = sorted({row.article_id for row in rows})
    others: set[int] = set()
    for chunk in _chunks(sorted(digests)):
        kept = connection.scalars(
            select(Sighting.digest)
            .where(Sighting.digest.in_(chunk), Sighting.article_id.not_in(articles))
            .distinct()
        )
        others.update(digest for digest in kept if digest is not None)
    return set(digests) - others


def remember(connection: Connection, fresh: Iterable[Telling], gone: Iterable[Telling]) -> None:
    """Keep the keys of *fresh* tellings and forget those of *gone* ones."""
    rows = [
        {"hash": key, "digest": one.digest, "size": len(keys)}
        for one in fresh
        for keys in [keys_of(one)]
        for key in keys
    ]
    if rows:
        dialects = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
        statement: Any = dialects[connection.dialect.name](SightingKey)
        connection.execute(statement.on_conflict_do_nothing(), rows)
    for one in gone:
        keys = keys_of(one)
        if keys:
            connection.execute(
                delete(SightingKey).where(
                    SightingKey.hash.in_(keys), SightingKey.digest == one.digest
                )
            )


def _chunks(values: Sequence[int]) -> Iterable[Sequence[int]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
