"""What is connected with a new wording: found by index, judged by :mod:`storage.identity`."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from storage.bulk import among, insert_numbers, listed, numbers
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
from storage.identity_words import Data
from storage.models import Event, Sighting, SightingKey

# Above this a component is not followed further: what is nearest to the new wordings counts.
_LARGEST = 400

# For each event when it was first published, and its name: of equals the earliest told wins.
Beginnings = dict[int, tuple[datetime, str]]

_NEAR = select(SightingKey.hash, SightingKey.digest, SightingKey.size).where(
    among(SightingKey.hash, "keys"),
    SightingKey.digest >= bindparam("least"),
    SightingKey.digest < bindparam("beyond"),
)
_TOLD = (
    select(
        Sighting.digest,
        Sighting.event_id,
        Event.type,
        Event.first_published_at,
        Event.event_id,
        func.count(),
        func.min(Sighting.item),
    )
    .join(Event, Event.id == Sighting.event_id)
    .where(among(Sighting.digest, "digests"))
    .group_by(
        Sighting.digest, Sighting.event_id, Event.type, Event.first_published_at, Event.event_id
    )
)
_AN_ARTICLE = select(func.min(Sighting.article_id)).where(among(Sighting.digest, "digests"))
_TOLD_ELSEWHERE = (
    select(Sighting.digest)
    .where(
        among(Sighting.digest, "digests"),
        Sighting.article_id.not_in(select(listed("articles").c.value)),
    )
    .distinct()
)
_FORGET = delete(SightingKey).where(
    among(SightingKey.hash, "keys"), SightingKey.digest == bindparam("told")
)


@dataclass(frozen=True, slots=True)
class Component:
    """Tellings by digest, and how many stored occurrences each event has of them."""

    tellings: Mapping[int, Telling]
    stored: Mapping[int, Mapping[int, int]]
    begun: Beginnings = field(default_factory=dict)

    def groups(self) -> list[frozenset[int]]:
        """The digests in sets, one an event, in an order that everybody finds alike."""
        return sorted(partition(self.tellings.values()), key=min)

    def article_of(self, connection: Connection, group: Collection[int]) -> int:
        """One article that holds an occurrence of *group*."""
        found = connection.scalar(_AN_ARTICLE, {"digests": group})
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
    begun: Beginnings = {}
    lost = {one.digest for one in gone}
    frontier = [*fresh, *gone]
    while frontier and len(tellings) < _LARGEST:
        near = _near(connection, frontier, tellings.keys() | lost)
        loaded = _load(connection, {digest for found in near.values() for digest in found}, begun)
        reached: dict[int, Telling] = {}
        for one in frontier:
            for digest in near.get(one.digest, ()):
                if digest in loaded and digest not in reached:
                    other, counts = loaded[digest]
                    if related(one, other):
                        reached[digest] = other
                        stored[digest] = counts
        tellings |= reached
        frontier = list(reached.values())
    return Component(tellings, stored, begun)


def _near(
    connection: Connection, tellings: Sequence[Telling], known: Set[int]
) -> dict[int, set[int]]:
    """For each telling the digests in its window that share enough keys, but not *known* ones."""
    groups = [(alike, plain_keys(alike[0])) for alike in _by_keys(tellings)]
    keys = {key for alike, _ in groups for one in alike for key in keys_near(one)}
    if not keys:
        return {}
    days = [days_near(one) for alike, own in groups if own for one in alike]
    asked = {
        "keys": sorted(keys),
        "least": min(first for first, _ in days),
        "beyond": max(end for _, end in days),
    }
    holders: dict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for key, digest, size in numbers(connection, _NEAR, asked):
        holders[key].append(digest)
        sizes[digest] = size
    found: dict[int, set[int]] = {}
    for alike, own in groups:
        if own:
            near = _enough(alike, len(own), holders, sizes) - known
            found |= {one.digest: near for one in alike}
    return found


def _by_keys(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Tellings of the same keys, but for their days, together."""
    groups: dict[tuple[int, ...], list[Telling]] = defaultdict(list)
    for one in tellings:
        groups[plain_keys(one)].append(one)
    return list(groups.values())


def _enough(
    alike: Sequence[Telling],
    own: int,
    holders: Mapping[int, Sequence[int]],
    sizes: Mapping[int, int],
) -> set[int]:
    """The digests that share enough of the keys of tellings that have the same ones."""
    days = [days_near(one) for one in alike]
    least, beyond = min(first for first, _ in days), max(end for _, end in days)
    keys = {key for one in alike for key in keys_near(one)}
    counts = Counter(chain.from_iterable(holders[key] for key in keys & holders.keys()))
    return {
        digest
        for digest, count in counts.items()
        if least <= digest < beyond and shares_enough(alike[0], count, min(own, sizes[digest]))
    }


def _load(
    connection: Connection, digests: Collection[int], begun: Beginnings
) -> dict[int, tuple[Telling, dict[int, int]]]:
    """Stored tellings with the number of their occurrences in each event; notes these events."""
    if not digests:
        return {}
    found: dict[int, tuple[Telling, dict[int, int]]] = {}
    for row in connection.execute(_TOLD, {"digests": sorted(digests)}):
        digest, event, type, published, name, count, item = row
        assert digest is not None  # as in every first part
        assert item is not None
        if digest not in found:
            found[digest] = (Telling(type, digest, _data(item)), {})
        found[digest][1][event] = count
        begun[event] = (published, name)
    return found


@lru_cache(maxsize=4096)
def _data(item: str) -> Data:
    """An item's data; what one article is compared with, the next one mostly is as well."""
    data: Data = json.loads(item)
    return data


def sole_digests(connection: Connection, digests: Collection[int], rows: Sequence[Any]) -> set[int]:
    """Those of *digests* that only the articles of *rows* told: they are told no longer."""
    if not digests:
        return set()
    articles = sorted({row.article_id for row in rows})
    asked = {"digests": sorted(digests), "articles": articles}
    return set(digests) - set(connection.scalars(_TOLD_ELSEWHERE, asked))


def remember(connection: Connection, fresh: Iterable[Telling], gone: Iterable[Telling]) -> None:
    """Keep the keys of *fresh* tellings and forget those of *gone* ones."""
    rows = [
        (key, one.digest, len(keys)) for one in fresh for keys in [keys_of(one)] for key in keys
    ]
    insert_numbers(connection, SightingKey, rows)
    for one in gone:
        keys = keys_of(one)
        if keys:
            connection.execute(_FORGET, {"keys": keys, "told": one.digest})
