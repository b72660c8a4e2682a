"""Proof that what is stored hangs together."""

from collections.abc import Iterator

from sqlalchemy import Connection, exists, func, select

from storage.models import (
    Article,
    Change,
    Deadline,
    Event,
    IssueMention,
    Quote,
    Revision,
    Sighting,
)

_PAGE = 500


def find_faults(connection: Connection) -> Iterator[str]:
    """What contradicts the store's promises, a sentence each; nothing for a sound store."""
    yield from _offsets(connection)
    yield from _counts(connection)
    yield from _data(connection)
    yield from _changes(connection)


def _offsets(connection: Connection) -> Iterator[str]:
    """Every sighting's characters stand where it says, in the revision that it names."""
    rows = connection.execute(
        select(
            Event.event_id,
            Article.article_id,
            Article.revision.label("current"),
            Sighting.revision,
            Sighting.start_offset,
            Sighting.end_offset,
            Sighting.text,
            Revision.text.label("body"),
        )
        .join(Event, Event.id == Sighting.event_id)
        .join(Article, Article.id == Sighting.article_id)
        .outerjoin(
            Revision,
            (Revision.article_id == Sighting.article_id) & (Revision.number == Sighting.revision),
        )
        .execution_options(yield_per=_PAGE)
    )
    for row in rows:
        where = f"The sighting of {row.event_id} in {row.article_id}"
        if row.body is None:
            yield f"{where} names revision {row.revision}, which is not stored."
        elif row.body[row.start_offset : row.end_offset] != row.text:
            yield f"{where} does not hold the text at {row.start_offset}:{row.end_offset}."


def _counts(connection: Connection) -> Iterator[str]:
    counted = (
        select(Sighting.event_id, func.count().label("occurrences"))
        .where(Sighting.part == 0)
        .group_by(Sighting.event_id)
        .subquery()
    )
    rows = connection.execute(
        select(Event.event_id, Event.sightings, Event.status, counted.c.occurrences).outerjoin(
            counted, counted.c.event_id == Event.id
        )
    )
    for row in rows:
        found = row.occurrences or 0
        if found != row.sightings:
            yield f"{row.event_id} counts {row.sightings} sightings, but {found} are stored."
        if not found and row.status != "withdrawn":
            yield f"{row.event_id} is {row.status} without a sighting."


def _data(connection: Connection) -> Iterator[str]:
    keys = {
        "quote": Quote.event_id,
        "deadline": Deadline.event_id,
        "issue_mention": IssueMention.event_id,
    }
    for type, key in keys.items():
        lost = select(Event.event_id).where(Event.type == type, ~exists().where(key == Event.id))
        for event_id in connection.scalars(lost):
            yield f"{event_id} has no data."


def _changes(connection: Connection) -> Iterator[str]:
    silent = select(Event.event_id).where(~exists().where(Change.event_id == Event.event_id))
    for event_id in connection.scalars(silent):
        yield f"{event_id} was never told of in the outbox."
