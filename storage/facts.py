"""What is stored of events: their rows and those of their types, as values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, select

from storage.bulk import among
from storage.models import Deadline, Event, IssueMention, Quote

Values = Mapping[str, Any]

MODELS: Mapping[str, Any] = {"quote": Quote, "deadline": Deadline, "issue_mention": IssueMention}

_EVENT = Event.__table__.c.keys()
_DATA = {type: model.__table__.c.keys() for type, model in MODELS.items()}
_STARTS = dict(zip(MODELS, accumulate(map(len, _DATA.values()), initial=len(_EVENT)), strict=False))
_JOINED = Event.__table__
for _model in MODELS.values():
    _JOINED = _JOINED.outerjoin(_model, _model.event_id == Event.id)
_FACTS = (
    select(
        *Event.__table__.c,
        *(
            column.label(f"{type}_{column.key}")
            for type, model in MODELS.items()
            for column in model.__table__.c
        ),
    )
    .select_from(_JOINED)
    .where(among(Event.id, "ids"))
)


@dataclass(frozen=True, slots=True)
class EventFacts:
    """The columns of an event's row, and of its type's row (None for one that is new)."""

    event: Values
    data: Values | None

    @property
    def type(self) -> str:
        """The kind of event."""
        return str(self.event["type"])


def event_facts(connection: Connection, ids: Collection[int]) -> dict[int, EventFacts]:
    """The events with these *ids* (primary keys), by id; in one statement, whatever their types."""
    found: dict[int, EventFacts] = {}
    for row in connection.execute(_FACTS, {"ids": sorted(ids)}) if ids else ():
        event = dict(zip(_EVENT, row, strict=False))
        type = event["type"]
        start = _STARTS[type]
        data = row[start : start + len(_DATA[type])]
        there = data[0] is not None
        found[row[0]] = EventFacts(
            event, dict(zip(_DATA[type], data, strict=True)) if there else None
        )
    return found
