"""Deliveries: a change on its way to an endpoint, its attempts and what became of it."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from storage.endpoints import (
    EndpointRow,
    endpoints_with,
    load_subscription,
    update_endpoint,
)
from storage.models import Attempt, Change, Delivery, Endpoint

_CHUNK = 1000
# After so many failures in a row an endpoint gets one probe at a time.
BREAKER = 5


def undistributed(connection: Connection) -> bool:
    """Whether there are changes that have not been laid out for delivery."""
    newest = select(func.max(Change.seq)).scalar_subquery()
    return bool(connection.scalar(select(exists().where(Endpoint.cursor < newest))))


def fan_out(connection: Connection, now: datetime) -> int:
    """Lay out new changes for delivery to each endpoint that wants them; returns how many.

    An endpoint that is disabled collects them for when it is enabled again.
    """
    endpoints = connection.execute(select(Endpoint.id, Endpoint.cursor, Endpoint.filters)).all()
    return sum(_lay_out(connection, row.id, row.cursor, row.filters, now) for row in endpoints)


def _lay_out(connection: Connection, id: int, start: int, filters: str, now: datetime) -> int:
    wanted = load_subscription(filters)
    cursor, made = start, 0
    while True:
        changes = connection.execute(
            select(Change.seq, Change.topic, Change.event_id, Change.snapshot)
            .where(Change.seq > cursor)
            .order_by(Change.seq)
            .limit(_CHUNK)
        ).all()
        if not changes:
            break
        rows = [
            {
                "endpoint_id": id,
                "seq": change.seq,
                "event_id": change.event_id,
                "topic": change.topic,
                "state": "pending",
                "next_at": now,
                "created_at": now,
            }
            for change in changes
            if wanted.wants(change.topic, json.loads(change.snapshot))
        ]
        if rows:
            connection.execute(insert(Delivery), rows)
        cursor, made = changes[-1].seq, made + len(rows)
    if cursor != start:
        update_endpoint(connection, id, {"cursor": cursor})
    return made


def due_deliveries(
    connection: Connection,
    now: datetime,
    limit: int,
    *,
    exclude: Collection[int] = (),
    exclude_endpoints: Collection[int] = (),
) -> list[tuple[int, int]]:
    """Ids of deliveries whose time has come, with their endpoints, oldest first.

    Of one event, an endpoint gets a change only after the one before it. An endpoint that failed
    five times in a row gets one at a time.
    """
    rows = connection.execute(
        select(Delivery.id, Delivery.endpoint_id)
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
        .where(*_due(now))
        .where(
            Delivery.id.not_in(list(exclude)), Delivery.endpoint_id.not_in(list(exclude_endpoints))
        )
        .order_by(Delivery.next_at, Delivery.id)
        .limit(limit)
    )
    return [(row.id, row.endpoint_id) for row in rows]


def due_among(connection: Connection, ids: Collection[int], now: datetime) -> set[int]:
    """Which of these deliveries are due; others to their endpoints may have failed lately."""
    due = (
        select(Delivery.id)
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
        .where(Delivery.id.in_(list(ids)), *_due(now))
    )
    return set(connection.scalars(due))


def _due(now: datetime) -> list[ColumnElement[bool]]:
    """When a delivery may go, as conditions on it and its endpoint."""
    earlier, first = aliased(Delivery), aliased(Delivery)
    waits = exists().where(
        earlier.endpoint_id == Delivery.endpoint_id,
        earlier.event_id == Delivery.event_id,
        earlier.state == "pending",
        # Plus nothing, so that SQLite looks for the event and not through all that is older.
        earlier.seq + 0 < Delivery.seq,
    )
    # Not by the least id: that would be looked for anew for each of a long backlog.
    before = exists().where(
        first.endpoint_id == Delivery.endpoint_id,
        first.state == "pending",
        first.id < Delivery.id,
    )
    return [
        Delivery.state == "pending",
        Delivery.next_at <= now,
        ~waits,
        Endpoint.state == "active",
        or_(Endpoint.paused_until.is_(None), Endpoint.paused_until <= now),
        or_(Endpoint.failures < BREAKER, ~before),
    ]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery with all that sending it takes."""

    id: int
    attempts: int
    seq: int
    topic: str
    at: datetime
    event_id: str | None
    snapshot: str
    endpoint: EndpointRow


def get_parcels(connection: Connection, ids: Collection[int]) -> dict[int, Parcel]:
    """The deliveries with these *ids* that are pending and whose endpoints are active."""
    rows = connection.execute(
        select(
            Delivery.id,
            Delivery.attempts,
            Delivery.endpoint_id,
            Change.seq,
            Change.topic,
            Change.at,
            Change.event_id,
            Change.snapshot,
        )
        .join(Change, Change.seq == Delivery.seq)
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
        .where(Delivery.id.in_(list(ids)))
        .where(Delivery.state == "pending", Endpoint.state == "active")
    ).all()
    endpoints = endpoints_with(connection, {row.endpoint_id for row in rows})
    names = [name for name in Parcel.__slots__ if name != "endpoint"]
    return {
        row.id: Parcel(
            **{name: row._mapping[name] for name in names}, endpoint=endpoints[row.endpoint_id]
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """How one try went: an HTTP status or an error, how long it took, the answer's beginning."""

    at: datetime
    status: int | None
    error: str | None
    milliseconds: int
    response: str | None


def states_of(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """The states of these deliveries, which nobody else changes until the transaction ends."""
    rows = connection.execute(
        select(Delivery.id, Delivery.state)
        .where(Delivery.id.in_(list(ids)))
        .order_by(Delivery.id)
        .with_for_update()
    )
    return {row.id: row.state for row in rows}


def note_attempts(
    connection: Connection, notes: Sequence[tuple[int, AttemptRow, Mapping[str, Any]]]
) -> None:
    """Log tries of deliveries, and set the columns that follow from each."""
    if not notes:
        return
    connection.execute(
        insert(Attempt),
        [
            {
                "delivery_id": id,
                "at": attempt.at,
                "status": attempt.status,
                "error": attempt.error,
                "milliseconds": attempt.milliseconds,
                "response": attempt.response,
            }
            for id, attempt, _ in notes
        ],
    )
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for id, _, values in notes:
        alike[tuple(sorted(values.items()))].append(id)
    for columns, ids in alike.items():
        connection.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids))
            .values(attempts=Delivery.attempts + 1, **dict(columns))
        )


def count_stuck(connection: Connection, endpoint: int, since: datetime) -> int:
    """How many messages an endpoint that fails since then holds up: those that wait or died.

    Most that wait were never tried: a failing endpoint gets one at a time.
    """
    died = exists().where(Attempt.delivery_id == Delivery.id, Attempt.at >= since)
    count = connection.scalar(
        select(func.count()).where(
            Delivery.endpoint_id == endpoint,
            or_(Delivery.state == "pending", and_(Delivery.state == "dead", died)),
        )
    )
    return count or 0


def list_deliveries(
    connection: Connection,
    *,
    endpoint: int | None,
    state: str | None,
    limit: int,
    before: int | None = None,
) -> list[dict[str, Any]]:
    """The newest deliveries (of those older than *before*) with their last attempt."""
    last = (
        select(Attempt.delivery_id, func.max(Attempt.id).label("id"))
        .group_by(Attempt.delivery_id)
        .subquery()
    )
    query = (
        select(
            Delivery.id.label("delivery"),
            Endpoint.endpoint_id.label("endpoint"),
            Endpoint.url,
            Delivery.seq,
            Delivery.topic,
            Delivery.event_id,
            Delivery.state,
            Delivery.attempts,
            Delivery.next_at,
            Delivery.delivered_at,
            Attempt.status,
            Attempt.error,
            Attempt.milliseconds,
            Attempt.response,
        )
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
        .outerjoin(last, last.c.delivery_id == Delivery.id)
        .outerjoin(Attempt, Attempt.id == last.c.id)
        .order_by(Delivery.id.desc())
        .limit(limit)
    )
    if endpoint is not None:
        query = query.where(Delivery.endpoint_id == endpoint)
    if state is not None:
        query = query.where(Delivery.state == state)
    if before is not None:
        query = query.where(Delivery.id < before)
    return [dict(row._mapping) for row in connection.execute(query)]


def replay(
    connection: Connection,
    *,
    endpoint: int | None,
    now: datetime,
    ids: Collection[int] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    dead: bool = False,
) -> int:
    """Send deliveries again, with the same ids and bodies; returns how many are due now.

    Those with *ids*, or made from *since* to *until* (exclusive), or all that are *dead*. What
    was cancelled is sent only where its id is named.
    """
    unsent = ("pending",) if ids else ("pending", "cancelled")
    chosen: list[Any] = [Delivery.state.not_in(unsent)]
    if endpoint is not None:
        chosen.append(Delivery.endpoint_id == endpoint)
    if ids:
        chosen.append(Delivery.id.in_(list(ids)))
    if since is not None:
        chosen.append(Delivery.created_at >= since)
    if until is not None:
        chosen.append(Delivery.created_at < until)
    if dead:
        chosen.append(Delivery.state == "dead")
    done = connection.execute(
        update(Delivery).where(*chosen).values(state="pending", next_at=now, attempts=0)
    )
    return done.rowcount


def count_pending(connection: Connection) -> int:
    """How many deliveries wait."""
    return connection.scalar(select(func.count()).where(Delivery.state == "pending")) or 0
