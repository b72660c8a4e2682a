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
    connection: Connection, issues: Collection[str]
) -> dict[tuple[str, str], Position]:
    """The latest stance that is not neutral for each (issue, party) of *issues*."""
    if not issues:
        return {}
    rows = connection.execute(
        select(IssueMention.issue, IssueMention.party, IssueMention.stance, Event.id)
        .join(Event, Event.id == IssueMention.event_id)
        .where(
            IssueMention.issue.in_(list(issues)),
            IssueMention.party.is_not(None),
            IssueMention.stance != "neutral",
            Event.status != "withdrawn",
        )
        .order_by(Event.first_published_at, Event.id)
    )
    return {(row.issue, row.party): Position(row.stance, row.id) for row in rows}
