"""What moved since yesterday: the first thing that a reader wants to see in the morning."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from monitor.web.wording import is_past, next_due
from storage.models import Change, Event, Quote
from storage.outbox import last_seq
from storage.view_tables import decoded, view_table

_DAY = timedelta(days=1)
# What is told of an article that was published long before is no news, however new it is to us.
_FRESH = timedelta(days=3)
# So many changes are looked at; who wants more follows the outbox.
_LOOKED_AT = 5_000
_LIKELY = ("fixed", "expected")
_SHOWN, _SPEAKERS, _NEW = 6, 5, 4
_MOST_IDS = 1_000

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lately:
    """What is new from *since* to *until*; *current* says that this is about now, not an archive.

    *moved* and *dates* are rows of the view ``deadlines``, *positions* snapshots of mentions with
    ``was``; *speakers* are those of the new quotes: name, party, how many.
    """

    since: datetime
    until: datetime
    current: bool
    counts: Mapping[str, int]
    moved: Sequence[Values] = ()
    positions: Sequence[Values] = ()
    dates: Sequence[Values] = ()
    speakers: Sequence[tuple[str, str | None, int]] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.moved or self.positions or self.dates or self.speakers)


def lately(connection: Connection, now: datetime) -> Lately | None:
    """What moved in the last day, or in an archive in its last one; None: nothing was told yet."""
    last = last_seq(connection)
    newest = connection.scalar(select(Change.at).where(Change.seq == last))
    if newest is None:
        return None
    current = now - newest <= _DAY
    until = now if current else newest
    since = until - _DAY
    told = connection.execute(
        select(Change.seq, Change.topic, Change.event_id).where(
            Change.seq > last - _LOOKED_AT, Change.at >= since
        )
    ).all()
    by_topic: dict[str, list[Any]] = {}
    for row in told:
        by_topic.setdefault(row.topic, []).append(row)
    return Lately(
        since,
        until,
        current,
        {topic: len({row.event_id for row in rows}) for topic, rows in by_topic.items()},
        _moved(connection, _ids(by_topic.get("deadline.moved"))),
        _positions(connection, by_topic.get("position.changed", []), since - _FRESH),
        _dates(connection, _ids(by_topic.get("deadline.new")), until.date()),
        _speakers(connection, _ids(by_topic.get("quote.new"))),
    )


def with_moved(coming: Sequence[Values], news: Lately | None, today: date) -> list[Values]:
    """The *coming* deadlines and those that moved lately, however far off: the soonest first."""
    there = {row["event_id"] for row in coming}
    more = [
        row
        for row in (news.moved if news else ())
        if row["event_id"] not in there and not is_past(row["due_from"], row["due_to"], today)
    ]
    rows = [*coming, *more]
    return sorted(rows, key=lambda row: next_due(row["due_from"], row["due_to"], today))


def _ids(rows: Sequence[Any] | None) -> list[str]:
    """The events of *rows*, newest first, each once."""
    return list(dict.fromkeys(row.event_id for row in reversed(rows or ())))[:_MOST_IDS]


def _moved(connection: Connection, ids: list[str]) -> list[Values]:
    view = view_table("deadlines")
    query = select(view).where(
        view.c.event_id.in_(ids[:50]), view.c.status != "withdrawn", view.c.moves > 0
    )
    rows = [decoded(dict(row)) for row in connection.execute(query).mappings()]
    rows.sort(key=lambda row: ids.index(row["event_id"]))
    return rows[:_SHOWN]


def _positions(connection: Connection, told: Sequence[Any], fresh: datetime) -> list[Values]:
    """Each position that is another than before, once, however often it went to and fro."""
    query = (
        select(Change.seq, Change.snapshot)
        .where(Change.seq.in_([row.seq for row in told[-200:]]))
        .order_by(Change.seq)
    )
    found: dict[tuple[str, str], Values] = {}
    for row in connection.execute(query):
        snapshot = json.loads(row.snapshot)
        position = snapshot.get("position") or {}
        place = (snapshot.get("issue"), snapshot.get("party"))
        was = found[place]["was"] if place in found else position.get("previous")
        found.pop(place, None)  # the latest shall come last
        found[place] = snapshot | {"was": was, "stance": position.get("stance")}
    changed = [
        snapshot
        for snapshot in reversed(found.values())
        if snapshot["was"] != snapshot["stance"] and _moment(snapshot["published_at"]) >= fresh
    ]
    return changed[:_SHOWN]


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text or "9999-01-01T00:00:00Z")


def _dates(connection: Connection, ids: list[str], today: date) -> list[Values]:
    """The soonest of the new deadlines that lie ahead, if nothing else has to happen first."""
    view = view_table("deadlines")
    query = (
        select(view)
        .where(
            view.c.event_id.in_(ids),
            view.c.status == "active",
            view.c.due_from >= today,
            view.c.certainty.in_(_LIKELY),
        )
        .order_by(view.c.due_from, view.c.event_id)
        .limit(_NEW)
    )
    return [decoded(dict(row)) for row in connection.execute(query).mappings()]


def _speakers(connection: Connection, ids: list[str]) -> list[tuple[str, str | None, int]]:
    """Who spoke most in the new quotes."""
    query = (
        select(Quote.speaker_name, Quote.party, func.count())
        .join(Event, Event.id == Quote.event_id)
        .where(Event.event_id.in_(ids), Event.status == "active", Quote.speaker_name.is_not(None))
        .group_by(Quote.speaker_name, Quote.party)
    )
    counts: Counter[str] = Counter()
    parties: dict[str, str | None] = {}
    for found, party, count in connection.execute(query):
        name = str(found)
        counts[name] += count
        parties[name] = party or parties.get(name)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(name, parties[name], count) for name, count in ordered[:_SPEAKERS]]
