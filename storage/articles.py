"""Articles and their revisions: what is due, what a page brought."""

import hashlib
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from storage.full_text_index import index_article
from storage.models import Article, Entry, Revision

# When the page of an article is looked at again, from when it was found; and up to which age.
_LOOKS = (timedelta(hours=3), timedelta(hours=24))
_YOUNG = timedelta(days=2)
_CORRECTED = ("article", "live")


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article with what its next stage needs."""

    id: int
    article_id: str
    url: str
    url_key: str
    state: str
    attempts: int
    outlet: str | None
    title: str | None
    byline: str | None
    lang: str | None
    zone: str | None
    published_at: datetime | None
    published_source: str | None
    published_precision: str | None
    etag: str | None
    last_modified: str | None
    revision: int
    extracted_revision: int


_COLUMNS = [getattr(Article, name) for name in ArticleRow.__slots__]


@dataclass(frozen=True, slots=True)
class FeedText:
    """What a feed itself says of an article: markup of its content or summary."""

    title: str | None
    content: str | None
    summary: str | None
    author: str | None


@dataclass(frozen=True, slots=True)
class PageText:
    """What became of an article's page, ready to be stored."""

    text: str
    kind: str
    title: str | None
    byline: str | None
    outlet: str | None
    lang: str | None
    canonical: str | None
    canonical_key: str | None  # None where the canonical address is another site's
    published_at: datetime | None
    published_source: str | None
    published_precision: str | None
    etag: str | None
    last_modified: str | None
    raw: bytes | None = None
    reason: str | None = None  # where the page is not the whole article


def due_articles(
    connection: Connection,
    state: str,
    now: datetime,
    limit: int,
    *,
    exclude: Collection[int] = (),
    exclude_hosts: Collection[str] = (),
) -> list[tuple[int, str]]:
    """Ids and hosts of articles in *state* whose time has come, first come first served.

    Those to be fetched include those that are done and looked at again (:func:`look_again`).
    """
    states = ("fetch", "done") if state == "fetch" else (state,)
    rows = connection.execute(
        select(Article.id, Article.host)
        .where(Article.state.in_(states), Article.next_at <= now)
        .where(Article.id.not_in(list(exclude)), Article.host.not_in(list(exclude_hosts)))
        .order_by(Article.next_at, Article.id)
        .limit(limit)
    )
    return [(row.id, row.host) for row in rows]


def get_article(connection: Connection, id: int) -> ArticleRow | None:
    """The article with this id."""
    row = connection.execute(select(*_COLUMNS).where(Article.id == id)).first()
    return ArticleRow(**row._mapping) if row else None


def feed_text(connection: Connection, id: int) -> FeedText | None:
    """The newest entry that led to an article."""
    row = connection.execute(
        select(Entry.title, Entry.content, Entry.summary, Entry.author)
        .where(Entry.article_id == id)
        .order_by(Entry.seen_at.desc(), Entry.id.desc())
        .limit(1)
    ).first()
    return FeedText(**row._mapping) if row else None


def texts_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[ArticleRow, str]]:
    """Articles with the text of their current revision."""
    rows = connection.execute(
        select(*_COLUMNS, Revision.text)
        .join(Revision, Revision.article_id == Article.id)
        .where(Revision.number == Article.revision, Article.id.in_(list(ids)))
    )
    found = {}
    for row in rows:
        values = dict(row._mapping)
        text = values.pop("text")
        found[row.id] = (ArticleRow(**values), text)
    return found


def save_page(connection: Connection, id: int, page: PageText, now: datetime) -> int | None:
    """Store what an article's page brought, and make its extraction due if the text is new.

    Returns the number of the new revision; None where the text is the one that we have, or where
    the page turned out to be an article that we know by its canonical address (the entries are
    then led to that one).
    """
    row = get_article(connection, id)
    if row is None or _merged_into_known(connection, row, page):
        return None
    text_hash = hashlib.sha256(page.text.encode("utf-8", "surrogatepass")).hexdigest()
    current = connection.scalar(
        select(Revision.content_hash).where(
            Revision.article_id == id, Revision.number == row.revision
        )
    )
    facts: dict[str, Any] = {
        "kind": page.kind,
        "title": page.title or row.title,
        "byline": page.byline or row.byline,
        "outlet": row.outlet or page.outlet,
        "lang": page.lang or row.lang,
        "canonical": page.canonical,
        "canonical_key": page.canonical_key,
        "published_at": page.published_at,
        "published_source": page.published_source,
        "published_precision": page.published_precision,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "fetched_at": now,
        "attempts": 0,
        "last_error": page.reason,
    }
    if current == text_hash:
        done = row.extracted_revision == row.revision
        facts |= {"state": "done" if done else "extract", "next_at": None if done else now}
    else:
        facts |= {"state": "extract", "next_at": now, "revision": row.revision + 1}
        connection.execute(
            insert(Revision).values(
                article_id=id,
                number=row.revision + 1,
                fetched_at=now,
                title=facts["title"],
                text=page.text,
                content_hash=text_hash,
                raw=zlib.compress(page.raw) if page.raw is not None else None,
            )
        )
    connection.execute(update(Article).where(Article.id == id).values(facts))
    searched = (facts["title"], facts["byline"])
    if current != text_hash or searched != (row.title, row.byline):
        retitled = row.revision > 0 and facts["title"] != row.title
        index_article(connection, id, (*searched, page.text), retitled=retitled)
    return None if current == text_hash else row.revision + 1


def _merged_into_known(connection: Connection, row: ArticleRow, page: PageText) -> bool:
    """Whether the page is another address of an article that we have; then it is that one."""
    if page.canonical_key is None or row.revision > 0:
        return False
    twin = connection.scalar(
        select(Article.id)
        .where(
            Article.id != row.id,
            or_(
                Article.url_key == page.canonical_key,
                Article.canonical_key == page.canonical_key,
            ),
        )
        .order_by(Article.id)
        .limit(1)
    )
    if twin is None:
        return False
    connection.execute(update(Entry).where(Entry.article_id == row.id).values(article_id=twin))
    connection.execute(delete(Article).where(Article.id == row.id))
    return True


def finish_unchanged(connection: Connection, id: int, now: datetime) -> None:
    """Note that a page has not changed since it was fetched (304)."""
    row = get_article(connection, id)
    if row is not None:
        done = row.extracted_revision == row.revision
        state = {"state": "done" if done else "extract", "next_at": None if done else now}
        connection.execute(
            update(Article)
            .where(Article.id == id)
            .values(attempts=0, last_error=None, fetched_at=now, **state)
        )


def look_again(connection: Connection, id: int, now: datetime, min_relevance: float) -> None:
    """Have the page of an article that is done fetched again while it is young.

    Publishers correct what is new: it is looked at a few hours and a day after it was found. That
    is for pages with something to say (*min_relevance*) that were published lately; others and
    those that are not done are left as they are.
    """
    row = connection.execute(
        select(Article.discovered_at, Article.published_at).where(
            Article.id == id,
            Article.state == "done",
            Article.kind.in_(_CORRECTED),
            Article.relevance >= min_relevance,
        )
    ).first()
    if row is None or (row.published_at or now) < row.discovered_at - _YOUNG:
        return
    looks = (row.discovered_at + wait for wait in _LOOKS)
    at = next((look for look in looks if look > now), None)
    connection.execute(update(Article).where(Article.id == id).values(next_at=at))


def try_again(
    connection: Connection, id: int, state: str, at: datetime, attempts: int, reason: str
) -> None:
    """Put a stage of an article off until *at*."""
    connection.execute(
        update(Article)
        .where(Article.id == id)
        .values(state=state, next_at=at, attempts=attempts, last_error=reason)
    )


def give_up(connection: Connection, id: int, reason: str, *, state: str = "failed") -> None:
    """Park an article with the reason; an edit of its entry takes it up again."""
    connection.execute(
        update(Article).where(Article.id == id).values(state=state, next_at=None, last_error=reason)
    )


def extract_again(connection: Connection, now: datetime, since: datetime | None) -> int:
    """Make extraction due for all stored articles; returns for how many.

    Articles whose extraction failed are taken up too. With *since*, only those published since.
    """
    chosen = [Article.revision > 0, Article.state.in_(("done", "failed"))]
    if since is not None:
        chosen.append(Article.published_at >= since)
    done = connection.execute(
        update(Article).where(*chosen).values(state="extract", next_at=now, attempts=0)
    )
    return done.rowcount
