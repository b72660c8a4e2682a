"""Recording what an article says: events, sightings, stories and the outbox in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, text, update

from extractors.types import Extraction
from storage.assigning import ArticleRef, assign, stored_items, stored_rows
from storage.bulk import among
from storage.facts import event_facts
from storage.items import Item, items_of
from storage.models import Article, Revision, Story
from storage.outbox import NewChange, append
from storage.positions import Position, current_positions
from storage.settling import Settled, settle
from storage.snapshots import snapshots_of
from storage.stories import Member, Placed, drop_empty, place_article

_IDENTITY_LOCK = 0x6E616964

_REF = (
    *(Article.id, Article.article_id, Article.revision, Article.published_at),
    *(Article.discovered_at, Story.story_id, Story.first_published_at),
)
_ARTICLE = (
    select(
        *(Article.id, Article.article_id, Article.state, Article.published_at, Article.title),
        *(Article.revision, Article.discovered_at, Article.extracted_revision),
        *(Article.story_id, Article.shingles, Revision.text),
    )
    .join(Revision, Revision.article_id == Article.id)
    .where(Article.id == bindparam("id"), Revision.number == Article.revision)
)
_REFS = select(*_REF).outerjoin(Story, Story.id == Article.story_id).where(among(Article.id, "ids"))
_FINISH = update(Article).where(Article.id == bindparam("its_id"))


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
    row = connection.execute(_ARTICLE, {"id": id}).first()
    if row is None or row.state != "extract" or row.text != body:
        return Recorded()
    relevant = extraction.relevance.score >= min_relevance
    items = items_of(extraction, body, names) if relevant else []
    placed = _place(connection, row, extraction, extractor, body)
    concerned = [*placed.moved, id] if row.extracted_revision else placed.moved
    rows = stored_rows(connection, concerned)
    refs = _refs(connection, [*placed.moved, id])
    places = _positions_in([*items, *stored_items(rows, id)])
    before = current_positions(connection, places)
    articles = [(refs[one], stored_items(rows, one)) for one in sorted(placed.moved)]
    assigned = assign(connection, [*articles, (refs[id], items)], rows, now)
    retold = {row.event_id for row in rows if row.article_id in placed.moved}
    added = {id: one for id, one in assigned.added.items() if id not in retold}
    touched = retold | assigned.touched
    settled = settle(connection, touched, added, now)
    after = current_positions(connection, places) if touched else before
    _tell(connection, settled, assigned.merged, before, after, now)
    return _counted(settled)


def _place(
    connection: Connection, row: Any, extraction: Extraction, extractor: str, body: str
) -> Placed:
    """Put the article into its story, and note that its extraction is done."""
    at = row.published_at or row.discovered_at
    member = Member(row.id, row.article_id, row.story_id, at, row.title, row.shingles)
    placed = place_article(connection, member, extraction.lang, body)
    connection.execute(
        _FINISH,
        {
            "its_id": row.id,
            "state": "done",
            "next_at": None,
            "attempts": 0,
            "last_error": None,
            "lang": extraction.lang,
            "extracted_revision": row.revision,
            "extractor": extractor,
            "relevance": extraction.relevance.score,
            "relevance_reason": extraction.relevance.reason,
            "story_id": placed.story,
            "shingles": placed.shingles,
        },
    )
    drop_empty(connection, placed.left)
    return placed


def _refs(connection: Connection, ids: Collection[int]) -> dict[int, ArticleRef]:
    found: dict[int, ArticleRef] = {}
    for row in connection.execute(_REFS, {"ids": sorted(ids)}):
        story, at = row.story_id or row.article_id, row.published_at or row.discovered_at
        told_at = min(at, row.first_published_at or at)
        found[row.id] = ArticleRef(row.id, row.article_id, row.revision, story, at, told_at)
    return found


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
    facts = {change.id: change.facts for change in settled}
    others = {*homes.values(), *(position.event for position in turned.values())} - facts.keys()
    facts |= event_facts(connection, others)
    if not facts:
        return
    snapshots = snapshots_of(connection, facts)
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
