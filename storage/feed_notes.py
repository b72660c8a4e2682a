"""What is remembered of a feed beside its columns: its wishes, since when it is missing or moved.

An answer of 304 repeats no wish of the document, and a publisher's wish holds all the same.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from storage.models import Meta


@dataclass(frozen=True, slots=True)
class FeedNotes:
    """Notes on one feed: seconds, hours and weekdays (Monday is 0; both in UTC), and times."""

    ttl_seconds: float | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    missing_since: datetime | None = None
    moved_since: datetime | None = None  # when the address that it redirects to was first seen


_NONE = FeedNotes()


def _key(feed_id: int) -> str:
    return f"feed {feed_id}"


def read_notes(connection: Connection, feed_id: int) -> FeedNotes:
    """The notes on a feed; empty ones where there are none."""
    written = connection.scalar(select(Meta.value).where(Meta.key == _key(feed_id)))
    if written is None:
        return _NONE
    values: dict[str, Any] = json.loads(written)
    return FeedNotes(
        values.get("ttl_seconds"),
        tuple(values.get("skip_hours", ())),
        tuple(values.get("skip_days", ())),
        _time(values.get("missing_since")),
        _time(values.get("moved_since")),
    )


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def write_notes(connection: Connection, feed_id: int, notes: FeedNotes) -> None:
    """Keep *notes* on a feed, in place of those before."""
    if read_notes(connection, feed_id) == notes:
        return
    forget_notes(connection, feed_id)
    if notes != _NONE:
        written = json.dumps(asdict(notes), default=datetime.isoformat)
        connection.execute(insert(Meta).values(key=_key(feed_id), value=written))


def forget_notes(connection: Connection, feed_id: int) -> None:
    """Forget what was noted on a feed."""
    connection.execute(delete(Meta).where(Meta.key == _key(feed_id)))
