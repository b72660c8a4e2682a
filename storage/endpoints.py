"""Webhook endpoints and what each subscribes to."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from storage.items import dump
from storage.models import Change, Delivery, Endpoint
from storage.outbox import last_seq

# Sent only to those who name them.
OPT_IN = ("sighting.new", "feed.failing", "feed.recovered")
# From the least sure to the surest.
CERTAINTIES = ("conditional", "proposed", "expected", "fixed")


@dataclass(frozen=True, slots=True)
class Subscription:
    """What an endpoint gets: topics (patterns such as ``deadline.*``), and narrower by field.

    An empty tuple does not narrow. A change without an event (a feed's) knows no fields and is
    narrowed by its topic alone. ``certainties`` asks for the least sure of those named, or surer.
    """

    topics: tuple[str, ...] = ("*",)
    issues: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()

    def wants(self, topic: str, snapshot: Mapping[str, Any]) -> bool:
        """Whether a change of *topic* with this *snapshot* is to be delivered."""
        if not any(_covers(pattern, topic) for pattern in self.topics):
            return False
        if topic.startswith("feed."):
            return True
        return all(
            not wanted or not found.isdisjoint(wanted)
            for wanted, found in (
                (self.issues, set(snapshot.get("issues", ()))),
                (self.parties, _who(snapshot, "party")),
                (self.actors, _who(snapshot, "actor")),
                (self.langs, {snapshot.get("lang")}),
                (self.outlets, {item["outlet"] for item in snapshot.get("evidence", ())}),
                (self.types, {snapshot.get("type")}),
                (_at_least(self.certainties), {snapshot.get("certainty")}),
            )
        )

    def dumped(self) -> str:
        """As it is stored."""
        return dump(asdict(self))


def load_subscription(stored: str) -> Subscription:
    """A subscription as it was stored."""
    return Subscription(**{key: tuple(value) for key, value in json.loads(stored).items()})


def _covers(pattern: str, topic: str) -> bool:
    if topic in OPT_IN:
        return pattern == topic or pattern == f"{topic.partition('.')[0]}.*"
    return fnmatchcase(topic, pattern)


def _at_least(certainties: tuple[str, ...]) -> tuple[str, ...]:
    """The least sure of *certainties* that is known, and all that are surer."""
    known = [CERTAINTIES.index(one) for one in certainties if one in CERTAINTIES]
    return CERTAINTIES[min(known) :] if known else certainties


def _who(snapshot: Mapping[str, Any], key: str) -> set[str]:
    """The parties (or actors) that an event's data names: of a speaker, a setter or a holder."""
    people = (snapshot, snapshot.get("speaker"), snapshot.get("set_by"))
    return {person[key] for person in people if person and person.get(key)}


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """An endpoint with its state. ``secret`` and ``old_secret`` are in their stored form."""

    id: int
    endpoint_id: str
    url: str
    secret: str = field(repr=False)
    old_secret: str | None = field(repr=False)
    old_secret_until: datetime | None
    filters: str
    state: str
    reason: str | None
    added_at: datetime
    cursor: int
    failures: int
    failing_since: datetime | None
    paused_until: datetime | None
    last_ok_at: datetime | None
    last_error: str | None

    @property
    def subscription(self) -> Subscription:
        """What it subscribes to."""
        return load_subscription(self.filters)


_COLUMNS = [getattr(Endpoint, name) for name in EndpointRow.__slots__]


def add_endpoint(
    connection: Connection,
    *,
    endpoint_id: str,
    url: str,
    secret: str,
    subscription: Subscription,
    now: datetime,
    from_start: bool = False,
) -> EndpointRow:
    """Deliver changes to *url* from now on, or all that the outbox holds with *from_start*."""
    connection.execute(
        insert(Endpoint).values(
            endpoint_id=endpoint_id,
            url=url,
            secret=secret,
            filters=subscription.dumped(),
            added_at=now,
            cursor=0 if from_start else last_seq(connection),
        )
    )
    found = find_endpoint(connection, endpoint_id)
    assert found is not None
    return found


def list_endpoints(connection: Connection) -> list[EndpointRow]:
    """All endpoints, as they were added."""
    rows = connection.execute(select(*_COLUMNS).order_by(Endpoint.id))
    return [EndpointRow(**row._mapping) for row in rows]


def find_endpoint(connection: Connection, name: str) -> EndpointRow | None:
    """The endpoint that a user means by its id or address; None where none or several fit."""
    rows = connection.execute(
        select(*_COLUMNS).where(or_(Endpoint.endpoint_id == name, Endpoint.url == name)).limit(2)
    ).all()
    return EndpointRow(**rows[0]._mapping) if len(rows) == 1 else None


def endpoints_with(connection: Connection, ids: Collection[int]) -> dict[int, EndpointRow]:
    """The endpoints with these *ids* (primary keys) that there are."""
    rows = connection.execute(select(*_COLUMNS).where(Endpoint.id.in_(list(ids))))
    return {row.id: EndpointRow(**row._mapping) for row in rows}


def update_endpoint(connection: Connection, id: int, values: Mapping[str, Any]) -> None:
    """Set columns of an endpoint."""
    connection.execute(update(Endpoint).where(Endpoint.id == id).values(**values))


def remove_endpoint(connection: Connection, id: int) -> None:
    """Forget an endpoint with all that was to be delivered to it."""
    connection.execute(delete(Endpoint).where(Endpoint.id == id))


def enable_endpoint(connection: Connection, id: int) -> None:
    """Take up deliveries to an endpoint again, what waited meanwhile first."""
    update_endpoint(
        connection,
        id,
        {
            "state": "active",
            "reason": None,
            "failures": 0,
            "failing_since": None,
            "paused_until": None,
        },
    )


def cancel_unwanted(connection: Connection, endpoint: EndpointRow, wanted: Subscription) -> int:
    """Cancel pending deliveries that a new subscription does not want; returns how many."""
    rows = connection.execute(
        select(Delivery.id, Change.topic, Change.snapshot)
        .join(Change, Change.seq == Delivery.seq)
        .where(Delivery.endpoint_id == endpoint.id, Delivery.state == "pending")
    ).all()
    ids = [row.id for row in rows if not wanted.wants(row.topic, json.loads(row.snapshot))]
    if ids:
        connection.execute(
            update(Delivery).where(Delivery.id.in_(ids)).values(state="cancelled", next_at=None)
        )
    return len(ids)
