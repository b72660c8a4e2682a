"""Where each party stands on an issue now."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select, union_all

from storage.models import Event, IssueMention

LEAST_CONFIDENCE = 0.5  # below it a stance is guessed; the view `positions` has the same number


@dataclass(frozen=True, slots=True)
class Position:
    """A party's stance on an issue and the event (its primary key) that it rests on."""

    stance: str
    event: int


def current_positions(
    connection: Connection, places: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Position]:
    """The latest stance, not neutral and not guessed, for each (issue, party) that has one."""
    if not places:
        return {}
    asked = {
        f"{name}_{number}": value
        for number, place in enumerate(sorted(places))
        for name, value in zip(("issue", "party"), place, strict=True)
    }
    rows = connection.execute(_statement(len(places)), asked)
    return {(row.issue, row.party): Position(row.stance, row.event_id) for row in rows}


@cache
def _statement(places: int) -> Any:
    return union_all(*(select(_latest(number).subquery()) for number in range(places)))


def _latest(number: int) -> Any:
    return (
        select(IssueMention.issue, IssueMention.party, IssueMention.stance, IssueMention.event_id)
        .join(Event, Event.id == IssueMention.event_id)
        .where(
            IssueMention.issue == bindparam(f"issue_{number}"),
            IssueMention.party == bindparam(f"party_{number}"),
            IssueMention.stance != "neutral",
            Event.status != "withdrawn",
            Event.confidence >= LEAST_CONFIDENCE,
        )
        .order_by(IssueMention.told_at.desc(), IssueMention.event_id.desc())
        .limit(1)
    )
