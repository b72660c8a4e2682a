"""Proof that what is stored hangs together."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, and_, exists, func, literal, or_, select, text
from sqlalchemy.orm import aliased

from storage.check_changes import change_faults
from storage.check_search import search_faults
from storage.models import (
    Article,
    Base,
    Deadline,
    Event,
    IssueMention,
    Quote,
    Revision,
    Sighting,
    Story,
)
from storage.printed import OUTLET

_PAGE = 500
# So many of a kind are told one by one.
_TOLD = 20
_DATA: dict[str, Any] = {"quote": Quote, "deadline": Deadline, "issue_mention": IssueMention}


def find_faults(connection: Connection) -> Iterator[str]:
    """What contradicts the store's promises, a sentence each; nothing for a sound store."""
    for check in _CHECKS:
        faults = check(connection)
        yield from islice(faults, _TOLD)
        more = sum(1 for _ in faults)
        if more:
            yield f"… and {more} more of this kind."


def _file(connection: Connection) -> Iterator[str]:
    """The file itself is sound; a server answers for its own."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.execute(text("PRAGMA integrity_check")):
            if said != "ok":
                yield f"The database's file is damaged: {said}."


def _orphans(connection: Connection) -> Iterator[str]:
    """No row names another that is not there."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                yield from _orphans_of(connection, table, column, key.column)


def _orphans_of(connection: Connection, table: Table, column: Any, target: Any) -> Iterator[str]:
    parent = target.table.alias("parent")
    there = exists().where(parent.c[target.key] == column)
    lost = select(func.count()).select_from(table).where(column.is_not(None), ~there)
    count = connection.scalar(lost)
    if count:
        yield (
            f"{count} rows of {table.name} name a row of {target.table.name} ({column.key}) "
            "that is not stored."
        )


def _offsets(connection: Connection) -> Iterator[str]:
    """Every sighting's characters stand where it says, in the revision that it names."""
    rows = connection.execute(
        select(
            Event.event_id,
            Article.article_id,
            Article.revision.label("current"),
            Article.extracted_revision.label("extracted"),
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
        elif row.revision != row.extracted:
            yield f"{where} is of revision {row.revision}, but {row.extracted} was read last."


def _texts(connection: Connection) -> Iterator[str]:
    """Every article has the text of its current revision."""
    current = and_(Revision.article_id == Article.id, Revision.number == Article.revision)
    lost = select(Article.article_id).where(Article.revision > 0, ~exists().where(current))
    for article_id in connection.scalars(lost):
        yield f"The article {article_id} has lost its text."


def _counts(connection: Connection) -> Iterator[str]:
    """Events count what is stored of them, and none is active without evidence."""
    counted = (
        select(
            Sighting.event_id,
            func.count().label("sightings"),
            func.count(OUTLET.distinct()).label("outlets"),
            func.count(func.coalesce(Article.story_id, -Article.id).distinct()).label("stories"),
        )
        .join(Article, Article.id == Sighting.article_id)
        .where(Sighting.part == 0)
        .group_by(Sighting.event_id)
        .subquery()
    )
    found = [func.coalesce(counted.c[name], 0).label(f"{name}_found") for name in _COUNTED]
    rows = connection.execute(
        select(Event.event_id, Event.status, *(Event.__table__.c[n] for n in _COUNTED), *found)
        .outerjoin(counted, counted.c.event_id == Event.id)
        .where(
            or_(
                counted.c.sightings.is_(None),
                *(Event.__table__.c[name] != counted.c[name] for name in _COUNTED),
            )
        )
        .execution_options(yield_per=_PAGE)
    )
    for row in rows:
        if not row.sightings_found and row.status != "withdrawn":
            yield f"{row.event_id} is {row.status} without a sighting."
        for name in _COUNTED if row.sightings_found else ("sightings",):
            told, there = getattr(row, name), getattr(row, f"{name}_found")
            if told != there:
                yield f"{row.event_id} counts {told} {name}, but {there} are stored."


_COUNTED = ("sightings", "outlets", "stories")


def _data(connection: Connection) -> Iterator[str]:
    """Every event has the data of its type, and of no other."""
    for type, model in _DATA.items():
        held = exists().where(model.event_id == Event.id)
        for event_id in connection.scalars(select(Event.event_id).where(Event.type == type, ~held)):
            yield f"{event_id} has no data."
        for event_id in connection.scalars(select(Event.event_id).where(Event.type != type, held)):
            yield f"{event_id} has data of a {type}, which it is not."
    rows = connection.execute(
        select(Event.event_id, Deadline.moves, Deadline.history)
        .join(Deadline, Deadline.event_id == Event.id)
        .where(or_(Deadline.moves > 0, Deadline.history != "[]"))
    )
    for row in rows:
        if row.history.count('"due"') != row.moves:
            yield f"{row.event_id} counts {row.moves} moves, but its history tells of others."


def _identity(connection: Connection) -> Iterator[str]:
    """One wording of one speaker in its days is one event."""
    first = select(Sighting).where(Sighting.part == 0).subquery()
    one = aliased(Sighting, first)
    doubled = connection.execute(
        select(func.min(Event.event_id), func.max(Event.event_id))
        .select_from(first)
        .join(Event, Event.id == one.event_id)
        .where(one.digest.is_not(None))
        .group_by(one.digest)
        .having(func.min(one.event_id) != func.max(one.event_id))
    )
    for event_id, other in doubled:
        yield f"{event_id} and {other} have a sighting of the same wording: they are one event."
    bare = or_(Sighting.digest.is_(None), Sighting.item.is_(None))
    count = connection.scalar(select(func.count()).where(Sighting.part == 0, bare))
    if count:
        yield f"{count} sightings have lost what their events are made of."


def _stories(connection: Connection) -> Iterator[str]:
    """A story has articles, in its language."""
    held = exists().where(Article.story_id == Story.id)
    for story_id in connection.scalars(select(Story.story_id).where(~held)):
        yield f"The story {story_id} has no article."


def _views(connection: Connection) -> Iterator[str]:
    """What users read is what is stored, row by row."""
    for view, condition in _OF_VIEWS.items():
        told = connection.scalar(text(f"SELECT count(*) FROM {view}"))  # noqa: S608
        stored = connection.scalar(condition())
        if told != stored:
            yield f"The view {view} shows {told} rows, but {stored} are stored."


def _all(model: Any, *conditions: Any) -> Callable[[], Any]:
    return lambda: select(func.count()).select_from(model).where(*conditions or (literal(True),))


_OF_VIEWS = {
    "articles": _all(Article, Article.revision > 0),
    "stories": _all(Story),
    "sightings": _all(Sighting),
    "quotes": _all(Event, Event.type == "quote"),
    "deadlines": _all(Event, Event.type == "deadline"),
    "issue_mentions": _all(Event, Event.type == "issue_mention"),
    **{
        view: _all(Base.metadata.tables[table])
        for view, table in (("feeds", "feed"), ("entries", "entry"), ("changes", "change"))
    },
}
_CHECKS: tuple[Callable[[Connection], Iterator[str]], ...] = (
    *(_file, _orphans, _offsets, _texts, _counts, _data, _identity, _stories),
    *(change_faults, _views, search_faults),
)
