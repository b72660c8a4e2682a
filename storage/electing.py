"""Which event each group of tellings is: one that most of it was before, or a new one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, insert, select

from storage.bulk import among
from storage.components import Beginnings, Component
from storage.identity import Telling, own_name
from storage.identity_words import hash64
from storage.models import Event

_PREFIXES = {"quote": "q", "deadline": "d", "issue_mention": "i"}

_BEGUN = select(Event.id, Event.first_published_at, Event.event_id).where(among(Event.id, "ids"))
_NAMED = select(Event.id, Event.event_id, Event.status).where(among(Event.event_id, "names", Text))
_MAKE = insert(Event).returning(Event.event_id, Event.id)


def elect(
    connection: Connection, ballots: Counter[tuple[int, int]], begun: Beginnings
) -> dict[int, int]:
    """The event of each group: that of most of its occurrences, of equals the earliest told.

    *begun* says when events were told, as far as that is known already.
    """
    told = dict(begun)
    unknown = sorted({event for _, event in ballots} - told.keys())
    if unknown:
        rows = connection.execute(_BEGUN, {"ids": unknown})
        told |= {row.id: (row.first_published_at, row.event_id) for row in rows}
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for group, event in sorted(ballots, key=lambda pair: (-ballots[pair], told[pair[1]], pair[0])):
        if group not in chosen and event not in taken:
            chosen[group] = event
            taken.add(event)
    return chosen


@dataclass(frozen=True, slots=True)
class EventMaker:
    """Makes events, each named after its earliest wording; one that was withdrawn comes back.

    *articles* are those of fresh digests, *taken* the events that have groups already.
    """

    component: Component
    articles: Mapping[int, int]
    taken: set[int]
    now: datetime

    def events(self, connection: Connection, groups: Sequence[frozenset[int]]) -> list[int]:
        """The event of each of these groups, which have none yet."""
        wanted = dict(enumerate(groups))
        found: dict[int, int] = {}
        for attempt in range(1000):
            if not wanted:
                break
            names = {number: self._name(group, attempt) for number, group in wanted.items()}
            known = _named(connection, names.values())
            free = {number: name for number, name in names.items() if name not in known}
            found |= self._insert(connection, {n: (free[n], wanted[n]) for n in free})
            for number, name in names.items():
                row = known.get(name)
                if row is not None and self._may_come_back(wanted[number], row):
                    found[number] = row.id
                    self.taken.add(row.id)
            wanted = {n: group for n, group in wanted.items() if n not in found}
        return [found[number] for number in range(len(groups))]

    def _first(self, group: frozenset[int]) -> Telling:
        return self.component.tellings[min(group)]

    def _name(self, group: frozenset[int], attempt: int) -> str:
        first = self._first(group)
        name = hash64(first.type, own_name(first) or f"{first.digest} {attempt}") & (2**64 - 1)
        return f"{_PREFIXES[first.type]}_{name:016x}"

    def _may_come_back(self, group: frozenset[int], row: Any) -> bool:
        withdrawn = row.status == "withdrawn" and row.id not in self.taken
        return withdrawn or own_name(self._first(group)) is not None

    def _insert(
        self, connection: Connection, wanted: Mapping[int, tuple[str, frozenset[int]]]
    ) -> dict[int, int]:
        if not wanted:
            return {}
        rows = [self._row(connection, name, group) for name, group in wanted.values()]
        made = connection.execute(_MAKE, rows)
        ids = {row.event_id: row.id for row in made}
        self.taken.update(ids.values())
        return {number: ids[name] for number, (name, _) in wanted.items()}

    def _row(self, connection: Connection, name: str, group: frozenset[int]) -> dict[str, Any]:
        first = self._first(group)
        article = next((self.articles[one] for one in sorted(group) if one in self.articles), 0)
        return {
            "event_id": name,
            "type": first.type,
            "status": "new",
            "lang": first.data["lang"],
            "first_seen_at": self.now,
            "last_seen_at": self.now,
            "first_published_at": self.now,
            "last_published_at": self.now,
            "first_article_id": article or self.component.article_of(connection, group),
        }


def _named(connection: Connection, names: Iterable[str]) -> dict[str, Any]:
    rows = connection.execute(_NAMED, {"names": sorted(names)})
    return {row.event_id: row for row in rows}
