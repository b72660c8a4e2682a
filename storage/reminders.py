"""Deadlines that come near and that pass, each told once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select, update

from storage.models import Change, Deadline, Event, Reminder
from storage.outbox import NewChange, append
from storage.snapshots import event_snapshots

_LOOK_BACK = timedelta(days=30)
# Kinds of which the last day counts; of the others (a meeting, a vote) it is the first.
_UNTIL = frozenset({"deadline", "target", "expiry", "horizon", "clock"})


def remind(connection: Connection, today: date, remind_days: Sequence[int], now: datetime) -> int:
    """Tell of deadlines that come within one of *remind_days*, and of those that passed.

    A reminder is told once for each date and number of days; one whose day had come before the
    date was known is not told at all. Returns how many changes were told.
    """
    horizon = today + timedelta(days=max(remind_days, default=0))
    rows = connection.execute(
        select(Event.id, Event.event_id, Event.first_seen_at, *Deadline.__table__.c)
        .join(Deadline, Deadline.event_id == Event.id)
        .where(Event.status == "active", Deadline.due_from.is_not(None))
        .where(Deadline.due_from <= horizon)
        .order_by(Deadline.due_from, Event.id)
    ).all()
    topics = [(*event, "deadline.passed", 0) for event in _passed_untold(connection, today)]
    for row in rows:
        left = (due_day(row) - today).days
        if row.due_to is not None and row.due_to <= today:
            connection.execute(update(Event).where(Event.id == row.id).values(status="passed"))
            topics.append((row.id, row.event_id, "deadline.passed", left))
        elif _is_near(connection, row, left, remind_days):
            topics.append((row.id, row.event_id, "deadline.approaching", left))
    _tell(connection, topics, now)
    return len(topics)


def _passed_untold(connection: Connection, today: date) -> list[tuple[int, str]]:
    """Deadlines that an article of the day after marked as passed before we came to tell it."""
    moved = (
        select(func.max(Change.seq))
        .where(Change.event_id == Event.event_id, Change.topic == "deadline.moved")
        .correlate(Event)
        .scalar_subquery()
    )
    told = exists().where(
        Change.event_id == Event.event_id,
        Change.topic == "deadline.passed",
        Change.seq > func.coalesce(moved, 0),
    )
    rows = connection.execute(
        select(Event.id, Event.event_id, Event.first_seen_at, Deadline.due_to)
        .join(Deadline, Deadline.event_id == Event.id)
        .where(Event.status == "passed", ~told)
        .where(Deadline.due_to <= today, Deadline.due_to > today - _LOOK_BACK)
        .order_by(Event.id)
    ).all()
    return [
        (row.id, row.event_id)
        for row in rows
        if _known_since(connection, row.event_id, row.first_seen_at) < row.due_to
    ]


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
                Reminder.event_id == row.id, Reminder.due_from == row.due_from
            )
        )
    )
    fresh = [days for days in come if days not in told]
    if not fresh or left < 0:
        return False
    connection.execute(
        insert(Reminder),
        [{"event_id": row.id, "due_from": row.due_from, "days": days} for days in fresh],
    )
    known = (due_day(row) - _known_since(connection, row.event_id, row.first_seen_at)).days
    return any(known > days for days in fresh)


def _known_since(connection: Connection, event_id: str, first_seen_at: datetime) -> date:
    """The day on which the date as it is now was told first."""
    moved = connection.scalar(
        select(func.max(Change.at)).where(
            Change.event_id == event_id, Change.topic == "deadline.moved"
        )
    )
    return max(moved or first_seen_at, first_seen_at).date()


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
