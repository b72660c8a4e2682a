"""Forgetting what is old and not needed: never what an event rests on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select

from storage.models import Article, Delivery, Entry, Event, Sighting


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows went."""

    articles: int
    deliveries: int


def prune(
    connection: Connection,
    *,
    articles_before: datetime | None,
    deliveries_before: datetime | None,
) -> Pruned:
    """Remove articles that no event needs, with their texts, and finished deliveries.

    An article goes when it was found before *articles_before* and carries no sighting; its
    entries stay, so that a feed that still lists it does not bring it back. A delivery goes when
    it was finished (delivered, cancelled or dead) and made before *deliveries_before*. None keeps.
    """
    articles = deliveries = 0
    if articles_before is not None:
        needed = exists().where(Sighting.article_id == Article.id)
        first = exists().where(Event.first_article_id == Article.id)
        listed = exists().where(Entry.article_id == Article.id, Entry.seen_at >= articles_before)
        old = (
            select(Article.id)
            .where(Article.discovered_at < articles_before, ~needed, ~first, ~listed)
            .where(Article.state.in_(("done", "skipped", "failed")))
        )
        articles = connection.execute(delete(Article).where(Article.id.in_(old))).rowcount
    if deliveries_before is not None:
        deliveries = connection.execute(
            delete(Delivery).where(
                Delivery.created_at < deliveries_before, Delivery.state != "pending"
            )
        ).rowcount
    return Pruned(articles, deliveries)
