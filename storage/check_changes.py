"""Whether the outbox tells all that happened: no change is hidden, none is unheard of."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, exists, func, select, text
from sqlalchemy.orm import aliased

from storage.facts import EventFacts, event_facts
from storage.models import Change, Endpoint, Event
from storage.snapshots import data_of

_PAGE = 400
_FIRST = ("quote.new", "deadline.new", "issue.new")
# Numbered by the changes themselves, so a change's own snapshot cannot have them all.
_ASIDE = frozenset({"history"})


def change_faults(connection: Connection) -> Iterator[str]:
    """What the outbox does not tell as it is, a sentence each."""
    yield from _beginnings(connection)
    yield from _strangers(connection)
    yield from _newest(connection)
    yield from _numbers(connection)


def _beginnings(connection: Connection) -> Iterator[str]:
    """Every event was told of, and first of all as new."""
    told = aliased(Change)
    first = select(func.min(told.seq)).where(told.event_id == Event.event_id).scalar_subquery()
    rows: Any = connection.execute(
        select(Event.event_id, Change.topic)
        .outerjoin(Change, Change.seq == first)
        .where(Change.topic.is_(None) | Change.topic.not_in(_FIRST))
        .execution_options(yield_per=_PAGE)
    )
    for event_id, topic in rows:
        if topic is None:
            yield f"{event_id} was never told of in the outbox."
        else:
            yield f"{event_id} was first told of as {topic}: the change before it is missing."


def _strangers(connection: Connection) -> Iterator[str]:
    known = exists().where(Event.event_id == Change.event_id)
    lost = select(Change.seq, Change.event_id).where(Change.event_id.is_not(None), ~known)
    for seq, event_id in connection.execute(lost):
        yield f"The change {seq} tells of {event_id}, which is not stored."


def _newest(connection: Connection) -> Iterator[str]:
    """The last that was told of an event is what is stored of it."""
    last = -1
    while ids := connection.scalars(
        select(Event.id).where(Event.id > last).order_by(Event.id).limit(_PAGE)
    ).all():
        last = ids[-1]
        facts = event_facts(connection, ids)
        told = _last_told(connection, [one.event["event_id"] for one in facts.values()])
        for one in facts.values():
            seq, snapshot = told.get(one.event["event_id"], (0, None))
            different = _differences(one, snapshot) if snapshot is not None else []
            if different:
                yield (
                    f"{one.event['event_id']} has another {', '.join(different)} than its last "
                    f"change ({seq}) tells: a change is missing."
                )


def _last_told(
    connection: Connection, names: Sequence[str]
) -> dict[str, tuple[int, dict[str, Any]]]:
    newest = select(func.max(Change.seq)).where(Change.event_id.in_(names))
    rows = connection.execute(
        select(Change.event_id, Change.seq, Change.snapshot).where(
            Change.seq.in_(newest.group_by(Change.event_id))
        )
    )
    return {row.event_id: (row.seq, json.loads(row.snapshot)) for row in rows}


def _differences(facts: EventFacts, snapshot: dict[str, Any]) -> list[str]:
    # That a deadline's day came is told by the clock, which may not have come round yet.
    gone = facts.event["status"] == "withdrawn"
    stored = {"lang": facts.event["lang"], "issues": json.loads(facts.event["issues"])}
    stored |= data_of(facts)
    found = [
        name
        for name, value in stored.items()
        if name not in _ASIDE and json.loads(json.dumps(value)) != snapshot.get(name)
    ]
    return (["status"] if gone != (snapshot.get("status") == "withdrawn") else []) + found


def _numbers(connection: Connection) -> Iterator[str]:
    """No number of a change is given twice, and nobody waits for one that was given before."""
    newest = connection.scalar(select(func.max(Change.seq))) or 0
    given = _last_number(connection)
    if given < newest:
        yield (
            f"The next change would get the number {given + 1}, but {newest} is taken: "
            "consumers would miss it."
        )
    ahead = select(Endpoint.endpoint_id, Endpoint.cursor).where(Endpoint.cursor > newest)
    for endpoint_id, cursor in connection.execute(ahead):
        yield (
            f"The endpoint {endpoint_id} waits for changes after {cursor}, but the newest is "
            f"{newest}: it would miss those between."
        )


def _last_number(connection: Connection) -> int:
    """The greatest number that the server has given to a change."""
    if connection.dialect.name == "sqlite":
        query = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'change'"
    else:
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence('change', 'seq')"))
        query = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608
    return connection.scalar(text(query)) or 0
