"""The documents that are searched, kept in step with the rows in the same transaction.

SQLite: triggers on the documents' tables carry each change into an FTS5 table. PostgreSQL: a GIN
index over them. A document goes with its row (``ON DELETE CASCADE``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from storage.full_text import DOCUMENT_TABLES, DOCUMENTS, document_of
from storage.models import (
    Article,
    ArticleSearch,
    Deadline,
    Event,
    EventSearch,
    IssueMention,
    Meta,
    Quote,
    Revision,
    Sighting,
)

# What is searched of each type of event, beside the title of the article that carried it first.
_SEARCHED: Mapping[str, tuple[Any, ...]] = {
    "quote": (
        *(Quote.text, Quote.context, Quote.speaker_name, Quote.speaker_mention),
        *(Quote.role, Quote.organisation),
    ),
    "deadline": (
        *(Deadline.what, Deadline.due_text, Deadline.context, Deadline.set_by),
        Deadline.consequence,
    ),
    "issue_mention": (IssueMention.text, IssueMention.issue, IssueMention.issue_name),
}
_CHUNK = 400
_KEY = "documents"
Document = tuple[int, str]


def index_events(connection: Connection, events: Mapping[str, Sequence[int]]) -> None:
    """Make the documents of *events*, ids by type, what their rows say now."""
    for type, ids in events.items():
        for start in range(0, len(ids), _CHUNK):
            found = _event_documents(connection, type, ids[start : start + _CHUNK])
            _put(connection, EventSearch, list(found))


def index_article(
    connection: Connection, id: int, texts: Iterable[str | None], *, retitled: bool
) -> None:
    """Make the document of an article that of *texts*: title, byline and text.

    With *retitled* the events that it carried first get its title too.
    """
    _put(connection, ArticleSearch, [(id, document_of(texts))])
    if not retitled:
        return
    seen = select(Sighting.event_id).where(Sighting.article_id == id)
    rows = connection.execute(
        select(Event.id, Event.type).where(Event.id.in_(seen), Event.first_article_id == id)
    )
    events: dict[str, list[int]] = {}
    for row in rows:
        events.setdefault(row.type, []).append(row.id)
    index_events(connection, events)


def renew_documents(connection: Connection) -> None:
    """Make all documents anew and note by which rules, unless that is so already."""
    if documents_are_current(connection):
        return
    index_everything(connection)
    connection.execute(delete(Meta).where(Meta.key == _KEY))
    connection.execute(insert(Meta).values(key=_KEY, value=DOCUMENTS))


def documents_are_current(connection: Connection) -> bool:
    """Whether the documents were made by this version's rules."""
    return connection.scalar(select(Meta.value).where(Meta.key == _KEY)) == DOCUMENTS


def index_everything(connection: Connection) -> None:
    """Make all documents anew, and SQLite's index of them."""
    for kind in (_Events, _Articles):
        connection.execute(delete(kind.model))
        for rows in _pages(connection, kind.row):
            _put(connection, kind.model, list(kind.documents(connection, rows)))
    if connection.dialect.name == "sqlite":
        for index in DOCUMENT_TABLES:
            connection.execute(text(f"INSERT INTO {index} ({index}) VALUES ('rebuild')"))  # noqa: S608


def stale_documents(connection: Connection) -> Iterator[str]:
    """The public ids of the events and articles whose documents are not what they should be."""
    for kind in (_Events, _Articles):
        key = _key(kind.model)
        for rows in _pages(connection, kind.row):
            ids = [row.id for row in rows]
            expected = dict(kind.documents(connection, rows))
            stored = connection.execute(select(key, kind.model.document).where(key.in_(ids)))
            found = {row[0]: row[1] for row in stored}
            for row in rows:
                if found.get(row.id) != expected.get(row.id):
                    yield row.public_id


class _Events:
    """What the documents of events are made of."""

    model = EventSearch
    row = (Event.id, Event.event_id.label("public_id"), Event.type)

    @staticmethod
    def documents(connection: Connection, rows: Sequence[Any]) -> Iterator[Document]:
        for type in _SEARCHED:
            ids = [row.id for row in rows if row.type == type]
            yield from _event_documents(connection, type, ids)


class _Articles:
    """What the documents of articles are made of."""

    model = ArticleSearch
    row = (Article.id, Article.article_id.label("public_id"))

    @staticmethod
    def documents(connection: Connection, rows: Sequence[Any]) -> Iterator[Document]:
        return _article_documents(connection, [row.id for row in rows])


def _event_documents(connection: Connection, type: str, ids: Sequence[int]) -> Iterator[Document]:
    parts = _SEARCHED[type]
    data = parts[0].class_
    rows = connection.execute(
        select(Event.id, Article.title, *parts)
        .join(data, data.event_id == Event.id)
        .join(Article, Article.id == Event.first_article_id)
        .where(Event.id.in_(ids))
    )
    for id, title, *texts in rows:
        # A statement mostly stands in its context, which then holds its words already.
        told = texts[1:] if texts[0] in (texts[1] or "") else texts
        yield id, document_of([*told, title], type)


def _article_documents(connection: Connection, ids: Sequence[int]) -> Iterator[Document]:
    rows = connection.execute(
        select(Article.id, Article.title, Article.byline, Revision.text)
        .join(Revision, Revision.article_id == Article.id)
        .where(Revision.number == Article.revision, Article.id.in_(ids))
    )
    for id, *texts in rows:
        yield id, document_of(texts)


def _pages(connection: Connection, row: tuple[Any, ...]) -> Iterator[Sequence[Any]]:
    """All rows, in the order of their ids, so many at a time that memory stays flat."""
    last = -1
    while rows := connection.execute(
        select(*row).where(row[0] > last).order_by(row[0]).limit(_CHUNK)
    ).all():
        yield rows
        last = rows[-1].id


def _put(connection: Connection, model: Any, found: Sequence[Document]) -> None:
    if not found:
        return
    key = _key(model)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(model)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[key],
            set_={"document": statement.excluded.document},
            where=model.document != statement.excluded.document,
        ),
        [{key.name: id, "document": document} for id, document in found],
    )


def _key(model: Any) -> Any:
    (key,) = model.__table__.primary_key
    return key
