"""The outbox: changes are written in the transaction of what they tell, in the order of commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from storage.items import dump
from storage.models import Change

_ORDER_LOCK = 0x6E616F62


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change to be told: topic, the event (None for a feed's), and its snapshot."""

    topic: str
    event_id: str | None
    event_type: str | None
    at: datetime
    snapshot: Mapping[str, Any]


def append(connection: Connection, changes: Sequence[NewChange]) -> None:
    """Write *changes* to the outbox.

    On PostgreSQL writers take turns from here to their commit, so that a reader who has seen a
    ``seq`` never misses a smaller one that commits later.
    """
    if not changes:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ORDER_LOCK})
    connection.execute(
        insert(Change),
        [
            {
                "topic": change.topic,
                "event_id": change.event_id,
                "event_type": change.event_type,
                "at": change.at,
                "snapshot": dump(change.snapshot),
            }
            for change in changes
        ],
    )


def last_seq(connection: Connection) -> int:
    """The newest ``seq``; 0 where there is none."""
    return connection.scalar(select(func.max(Change.seq))) or 0
