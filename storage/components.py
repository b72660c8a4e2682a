"""What is connected with a new wording: found by index, judged by :mod:`storage.identity`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.identity import Telling, days_near, is_compared, keys_near, keys_of, partition, related
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
        near = _near(connection, frontier, tellings.keys() | lost)
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


def _near(
    connection: Connection, frontier: Sequence[Telling], known: Collection[int]
) -> dict[int, set[int]]:
    """For each telling the digests that share a key with it in its window, but not *known* ones."""
    wanted: dict[int, list[Telling]] = defaultdict(list)
    for one in frontier:
        for key in keys_near(one):
            wanted[key].append(one)
    found: dict[int, set[int]] = {one.digest: set() for one in frontier}
    compared = [one for one in frontier if is_compared(one)]
    if not compared:
        return found
    limits = [days_near(one) for one in compared]
    within = SightingKey.digest.between(min(a for a, _ in limits), max(b for _, b in limits) - 1)
    for chunk in _chunks(sorted(wanted)):
        rows = connection.execute(
            select(SightingKey.hash, SightingKey.digest).where(SightingKey.hash.in_(chunk), within)
        )
        for hash, digest in rows:
            if digest not in known:
                for one in wanted[hash]:
                    found[one.digest].add(digest)
    return found


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
    rows = [{"hash": key, "digest": one.digest} for one in fresh for key in keys_of(one)]
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
