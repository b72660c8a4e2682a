"""Recording what an article says: events, sightings, stories and the outbox in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, text, update

from extractors.types import Extraction
from storage.assigning import ArticleRef, assign, stored_items
from storage.items import Item, items_of
from storage.models import Article, Revision, Story
from storage.outbox import NewChange, append
from storage.positions import Position, current_positions
from storage.settling import Settled, events_of, settle
from storage.snapshots import event_snapshots
from storage.stories import place_article

_IDENTITY_LOCK = 0x6E616964


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many events a recording made, changed and withdrew."""

    new: int = 0
    updated: int = 0
    withdrawn: int = 0


def record_extraction(
    connection: Connection,
    id: int,
    body: str,
    extraction: Extraction,
    *,
    names: Mapping[str, str],
    extractor: str,
    min_relevance: float,
    now: datetime,
) -> Recorded:
    """Record *extraction* of the text *body* as all that the article with this id says.

    Idempotent: recording the same again changes nothing. Where the article has another text by
    now, nothing is done and its extraction stays due. An article less relevant than
    *min_relevance* says nothing.
    """
    if connection.dialect.name == "postgresql":
        # Two recordings at once could each make an event of the same words.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _IDENTITY_LOCK})
    row = _article(connection, id)
    if row is None or row.state != "extract" or row.text != body:
        return Recorded()
    relevant = extraction.relevance.score >= min_relevance
    items = items_of(extraction, body, names) if relevant else []
    _finish(connection, id, row, extraction, extractor)
    moved = place_article(connection, id, extraction.lang, body)
    touched = set(events_of(connection, moved))
    places = _positions_in([*items, *stored_items(connection, id)])
    before = current_positions(connection, places)
    articles = [(_ref(connection, one), stored_items(connection, one)) for one in sorted(moved)]
    assigned = assign(connection, [*articles, (_ref(connection, id), items)], now)
    settled = settle(connection, touched | assigned.touched, now)
    after = current_positions(connection, places)
    _tell(connection, settled, assigned.merged, before, after, now)
    return _counted(settled)


def _article(connection: Connection, id: int) -> Any:
    return connection.execute(
        select(Article.state, Article.revision, Article.lang, Revision.text)
        .join(Revision, Revision.article_id == Article.id)
        .where(Article.id == id, Revision.number == Article.revision)
    ).first()


def _finish(
    connection: Connection, id: int, row: Any, extraction: Extraction, extractor: str
) -> None:
    connection.execute(
        update(Article)
        .where(Article.id == id)
        .values(
            state="done",
            next_at=None,
            attempts=0,
            last_error=None,
            lang=extraction.lang,
            extracted_revision=row.revision,
            extractor=extractor,
            relevance=extraction.relevance.score,
            relevance_reason=extraction.relevance.reason,
        )
    )


def _ref(connection: Connection, id: int) -> ArticleRef:
    row = connection.execute(
        select(
            Article.id,
            Article.article_id,
            Article.revision,
            Article.published_at,
            Article.discovered_at,
            Story.story_id,
            Story.first_published_at,
        )
        .outerjoin(Story, Story.id == Article.story_id)
        .where(Article.id == id)
    ).one()
    story, at = row.story_id or row.article_id, row.published_at or row.discovered_at
    return ArticleRef(
        row.id, row.article_id, row.revision, story, at, min(at, row.first_published_at or at)
    )


def _positions_in(items: Iterable[Item]) -> set[tuple[str, str]]:
    """The (issue, party) pairs on which items give positions."""
    mentions = (item.data for item in items if item.type == "issue_mention")
    return {(data["issue"], data["party"]) for data in mentions if data["party"] is not None}


def _tell(
    connection: Connection,
    settled: Sequence[Settled],
    merged: Mapping[int, int],
    before: Mapping[tuple[str, str], Position],
    after: Mapping[tuple[str, str], Position],
    now: datetime,
) -> None:
    turned = {
        place: position
        for place, position in after.items()
        if place in before and before[place].stance != position.stance
    }
    homes = {
        change.id: merged[change.id]
        for change in settled
        if change.topic.endswith(".withdrawn") and change.id in merged
    }
    ids: Collection[int] = {change.id for change in settled} | {p.event for p in turned.values()}
    if not ids:
        return
    snapshots = event_snapshots(connection, {*ids, *homes.values()})
    for id, home in homes.items():
        snapshots[id]["merged_into"] = snapshots[home]["id"]
    changes = [
        NewChange(change.topic, change.event_id, change.type, now, snapshots[change.id])
        for change in settled
    ]
    for place, position in sorted(turned.items()):
        told = {"position": {"stance": position.stance, "previous": before[place].stance}}
        snapshot = snapshots[position.event] | told
        changes.append(
            NewChange("position.changed", snapshot["id"], "issue_mention", now, snapshot)
        )
    append(connection, changes)


def _counted(settled: Sequence[Settled]) -> Recorded:
    ends = [change.topic.rpartition(".")[2] for change in settled if change.topic != "sighting.new"]
    return Recorded(
        ends.count("new"), ends.count("updated") + ends.count("moved"), ends.count("withdrawn")
    )
