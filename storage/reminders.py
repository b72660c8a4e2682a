"""Deadlines that come near and that pass, each told once.

The table ``reminder`` remembers what was told: for each day that is counted to, the numbers of
days ahead; and that a deadline passed, as the number ``-1`` of its end.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select, text, update

from storage.models import Change, Deadline, Event, Reminder
from storage.outbox import NewChange, append
from storage.snapshots import event_snapshots

# That of recordings: what is told of an event and what its articles say must not cross.
_IDENTITY_LOCK = 0x6E616964
_PASSED = -1
# Kinds of which the last day counts; of the others (a meeting, a vote) it is the first.
_UNTIL = frozenset({"deadline", "target", "expiry", "horizon", "clock"})
_DATING = ("deadline.new", "deadline.updated", "deadline.moved")


def remind(connection: Connection, today: date, remind_days: Sequence[int], now: datetime) -> int:
    """Tell of deadlines that come within one of *remind_days*, and of those that passed.

    A reminder is told once for each date and number of days; one whose day had come before the
    date was known is not told at all, nor is the passing of what was never told as coming.
    Returns how many changes were told.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _IDENTITY_LOCK})
    topics = _passed(connection, today)
    horizon = today + timedelta(days=max(remind_days, default=0))
    rows = connection.execute(
        _deadlines()
        .where(Event.status == "active", Deadline.due_from <= horizon)
        .order_by(Deadline.due_from, Event.id)
    ).all()
    for row in rows:
        left = (due_day(row) - today).days
        if _is_near(connection, row, left, remind_days):
            topics.append((row.id, row.event_id, "deadline.approaching", left))
    _tell(connection, topics, now)
    return len(topics)


def _deadlines() -> Any:
    return select(Event.id, Event.event_id, Event.first_seen_at, *Deadline.__table__.c).join(
        Deadline, Deadline.event_id == Event.id
    )


def _passed(connection: Connection, today: date) -> list[tuple[int, str, str, int]]:
    """Mark what is over as passed; returns what is to be told of that.

    What passed before stays told when its date is made more exact, or moved to an earlier day,
    and when a clock that ran ahead comes back; put off to a later day, it passes again.
    """
    marked = exists().where(
        Reminder.event_id == Event.id,
        Reminder.days == _PASSED,
        Reminder.due_from >= Deadline.due_to,
    )
    over = (Deadline.due_to <= today, Event.status.in_(("active", "passed")))
    rows = connection.execute(_deadlines().where(*over, ~marked).order_by(Event.id)).all()
    connection.execute(
        update(Event)
        .where(Event.status == "active", Event.type == "deadline")
        .where(Event.id.in_(select(Deadline.event_id).where(Deadline.due_to <= today)))
        .values(status="passed")
    )
    if rows:
        connection.execute(
            insert(Reminder),
            [{"event_id": row.id, "due_from": row.due_to, "days": _PASSED} for row in rows],
        )
    return [
        (row.id, row.event_id, "deadline.passed", 0)
        for row in rows
        if _told_as_coming(connection, row.event_id)
    ]


def _told_as_coming(connection: Connection, event_id: str) -> bool:
    """Whether a deadline was told as one to come since it passed last."""
    since = (
        select(func.coalesce(func.max(Change.seq), 0))
        .where(Change.event_id == event_id, Change.topic == "deadline.passed")
        .scalar_subquery()
    )
    snapshots = connection.scalars(
        select(Change.snapshot)
        .where(Change.event_id == event_id, Change.topic.in_(_DATING), Change.seq > since)
        .order_by(Change.seq)
    )
    return any(json.loads(snapshot)["status"] == "active" for snapshot in snapshots)


def due_day(row: Row[Any]) -> date:
    """The day that counts down: the last one of what must be done by then, else the first."""
    if row.kind in _UNTIL and row.due_to is not None:
        last: date = row.due_to - timedelta(days=1)
        return last
    first: date = row.due_from
    return first


def _is_near(connection: Connection, row: Row[Any], left: int, remind_days: Sequence[int]) -> bool:
    """Whether a reminder is to be told now, *left* days ahead; notes all whose day has come."""
    come = sorted({days for days in remind_days if left <= days})
    told = set(
        connection.scalars(
            select(Reminder.days).where(
                Reminder.event_id == row.id, Reminder.due_from == due_day(row)
            )
        )
    )
    fresh = [days for days in come if days not in told]
    if not fresh or left < 0:
        return False
    connection.execute(
        insert(Reminder),
        [{"event_id": row.id, "due_from": due_day(row), "days": days} for days in fresh],
    )
    known = (due_day(row) - _known_since(connection, row)).days
    return any(known > days for days in fresh)


def _known_since(connection: Connection, row: Row[Any]) -> date:
    """The day on which the date as it is now was told first."""
    since: datetime = row.first_seen_at
    dating = connection.execute(
        select(Change.at, Change.snapshot)
        .where(Change.event_id == row.event_id, Change.topic.in_(_DATING))
        .order_by(Change.seq.desc())
    )
    for change in dating:
        due = json.loads(change.snapshot)["due"]
        if (due["from"], due["to"]) != (_iso(row.due_from), _iso(row.due_to)):
            break
        since = change.at
    return since.date()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _tell(
    connection: Connection,
    topics: Sequence[tuple[int, str, str, int]],
    now: datetime,
) -> None:
    snapshots = event_snapshots(connection, [id for id, *_ in topics])
    changes = []
    for id, event_id, topic, left in topics:
        snapshot = snapshots[id]
        if topic == "deadline.approaching":
            snapshot = snapshot | {"days_left": left}
        changes.append(NewChange(topic, event_id, "deadline", now, snapshot))
    append(connection, changes)
