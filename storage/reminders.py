"""Deadlines that come near and that pass, each told once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from storage.models import Deadline, Event, Reminder
from storage.outbox import NewChange, append
from storage.snapshots import event_snapshots

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
    topics: list[tuple[int, str, str]] = []
    for row in rows:
        if row.due_to is not None and row.due_to <= today:
            connection.execute(update(Event).where(Event.id == row.id).values(status="passed"))
            topics.append((row.id, row.event_id, "deadline.passed"))
        elif _is_near(connection, row, today, remind_days):
            topics.append((row.id, row.event_id, "deadline.approaching"))
    _tell(connection, topics, today, now)
    return len(topics)


def due_day(row: Row[Any]) -> date:
    """The day that counts down: the last one of what must be done by then, else the first."""
    if row.kind in _UNTIL and row.due_to is not None:
        last: date = row.due_to - timedelta(days=1)
        return last
    first: date = row.due_from
    return first


def _is_near(
    connection: Connection, row: Row[Any], today: date, remind_days: Sequence[int]
) -> bool:
    """Whether a reminder is to be told now; notes all whose day has come."""
    left = (due_day(row) - today).days
    come = [days for days in remind_days if left <= days]
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
    known_since = row.first_seen_at.date()
    return any((due_day(row) - known_since).days > days for days in fresh)


def _tell(
    connection: Connection,
    topics: Sequence[tuple[int, str, str]],
    today: date,
    now: datetime,
) -> None:
    snapshots = event_snapshots(connection, [id for id, _, _ in topics])
    changes = []
    for id, event_id, topic in topics:
        snapshot = snapshots[id]
        if topic == "deadline.approaching":
            due = date.fromisoformat(snapshot["due"]["from"])
            snapshot = snapshot | {"days_left": max(0, (due - today).days)}
        changes.append(NewChange(topic, event_id, "deadline", now, snapshot))
    append(connection, changes)
