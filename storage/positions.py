"""Where each party stands on an issue now."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.models import Event, IssueMention


@dataclass(frozen=True, slots=True)
class Position:
    """A party's stance on an issue and the event (its primary key) that it rests on."""

    stance: str
    event: int


def current_positions(
    connection: Connection, places: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Position]:
    """The latest stance that is not neutral for each (issue, party) of *places* that has one."""
    found: dict[tuple[str, str], Position] = {}
    for issue, party in sorted(places):
        row = connection.execute(
            select(IssueMention.stance, IssueMention.event_id)
            .join(Event, Event.id == IssueMention.event_id)
            .where(
                IssueMention.issue == issue,
                IssueMention.party == party,
                IssueMention.stance != "neutral",
                Event.status != "withdrawn",
            )
            .order_by(IssueMention.told_at.desc(), IssueMention.event_id.desc())
            .limit(1)
        ).first()
        if row is not None:
            found[issue, party] = Position(row.stance, row.event_id)
    return found
