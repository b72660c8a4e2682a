"""What a poll brought: its entries, stored once each, and the articles behind them."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, and_, insert, select, update

from storage.feeds import FeedRow
from storage.models import Article, Entry

# An entry whose text changes at every poll is noise, not news.
MAX_REVISIONS = 24
# A story that its feed dates later than this after it was found was not published then.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EntryItem:
    """An entry as a feed gave it just now, with its identity in the feed."""

    key: str
    entry_id: str | None
    link: str | None
    link_key: str | None  # the article's address, as its identity (see monitor.fetching.urls)
    title: str | None
    summary: str | None
    content: str | None
    author: str | None
    published_at: datetime | None
    updated_at: datetime | None
    published_precision: str = "second"  # "day" where the feed gives no clock time

    @property
    def content_hash(self) -> str:
        """A digest of what an edit would change; dates alone are no edit."""
        parts = (self.link, self.title, self.summary, self.content)
        return digest("\x1f".join(part or "" for part in parts))


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a poll brought: entries that are new and entries that were edited."""

    new: int
    edited: int


@dataclass(frozen=True, slots=True)
class IngestPolicy:
    """Which entries' articles are fetched."""

    fetch_articles: bool
    newest: int | None  # only so many of the newest (a feed's first poll); None: all
    oldest: datetime  # published before: stored, not fetched

    def __post_init__(self) -> None:
        if self.newest is not None and self.newest < 0:
            raise ValueError("newest cannot be negative")


def ingest_entries(
    connection: Connection,
    feed: FeedRow,
    items: Sequence[EntryItem],
    policy: IngestPolicy,
    now: datetime,
) -> Ingested:
    """Store *items* of one poll, each once, and make the articles behind them due.

    An item known by its key is the same entry: unchanged it costs nothing, edited it becomes a
    new revision whose article is fetched again. An article known by its address (from any feed)
    is not made twice.
    """
    by_key = {item.key: item for item in items}
    known = {
        row.key: row
        for row in connection.execute(
            select(Entry.id, Entry.key, Entry.content_hash, Entry.revision, Entry.article_id).where(
                Entry.feed_id == feed.id, Entry.key.in_(list(by_key))
            )
        )
    }
    fresh = [item for key, item in by_key.items() if key not in known]
    edited = [
        item
        for key, item in by_key.items()
        if key in known
        and known[key].content_hash != item.content_hash
        and known[key].revision < MAX_REVISIONS
    ]
    articles = _articles_for(connection, feed, fresh, policy, now)
    if fresh:
        connection.execute(
            insert(Entry),
            [
                _entry_values(item)
                | {"feed_id": feed.id, "seen_at": now, "article_id": articles.get(_address(item))}
                for item in fresh
            ],
        )
    for item in edited:
        row = known[item.key]
        connection.execute(
            update(Entry)
            .where(Entry.id == row.id)
            .values(_entry_values(item) | {"revision": row.revision + 1})
        )
    _fetch_again(connection, [known[item.key].article_id for item in edited], now)
    return Ingested(len(fresh), len(edited))


def _entry_values(item: EntryItem) -> dict[str, Any]:
    return {
        "key": item.key,
        "entry_id": item.entry_id,
        "link": item.link,
        "title": item.title,
        "summary": item.summary,
        "content": item.content,
        "author": item.author,
        "published_at": item.published_at,
        "updated_at": item.updated_at,
        "content_hash": item.content_hash,
    }


def _address(item: EntryItem) -> str:
    """What identifies the entry's article: its address, or the entry where it has none."""
    return digest(item.link_key) if item.link_key else digest(f"entry:{item.key}")


def digest(key: str) -> str:
    """A key of any length as one that any index takes."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _articles_for(
    connection: Connection,
    feed: FeedRow,
    items: Sequence[EntryItem],
    policy: IngestPolicy,
    now: datetime,
) -> dict[str, int]:
    """The article of each of *items* by its address; those that are missing are made."""
    by_address: dict[str, EntryItem] = {}
    for item in items:
        by_address.setdefault(_address(item), item)
    found = _known_articles(connection, by_address)
    missing = {key: item for key, item in by_address.items() if key not in found}
    if not missing:
        return found
    newest_first = sorted(missing, key=lambda key: missing[key].published_at or now, reverse=True)
    wanted = newest_first if policy.newest is None else newest_first[: policy.newest]
    connection.execute(
        insert(Article),
        [
            _article_values(feed, key, missing[key], now)
            | _first_state(missing[key], key in set(wanted), policy, now)
            for key in reversed(newest_first)
        ],
    )
    return found | _known_articles(connection, missing)


def _known_articles(connection: Connection, keys: Collection[str]) -> dict[str, int]:
    rows = connection.execute(
        select(Article.url_key, Article.id).where(Article.url_key.in_(list(keys)))
    )
    return {row.url_key: row.id for row in rows}


def _article_values(feed: FeedRow, key: str, item: EntryItem, now: datetime) -> dict[str, Any]:
    published = item.published_at
    if published is not None and published > now + _AHEAD:
        published = None
    return {
        "article_id": f"a_{key[:20]}",
        "url_key": key,
        "url": item.link or feed.url,
        "host": (urlsplit(item.link or feed.url).hostname or "")[:255],
        "outlet": feed.outlet or feed.title,
        "title": item.title,
        "byline": item.author,
        "lang": feed.lang,
        "zone": feed.zone,
        "published_at": published,
        "published_source": "feed" if published else None,
        "published_precision": item.published_precision if published else None,
        "discovered_at": now,
    }


def _first_state(
    item: EntryItem, wanted: bool, policy: IngestPolicy, now: datetime
) -> dict[str, Any]:
    too_old = item.published_at is not None and item.published_at < policy.oldest
    if too_old or not wanted:
        reason = "published too long ago" if too_old else "not among the newest of the first poll"
        return {"state": "skipped", "next_at": None, "last_error": reason}
    return {"state": "fetch", "next_at": now, "last_error": None}


def _fetch_again(
    connection: Connection, article_ids: Collection[int | None], now: datetime
) -> None:
    ids = [article_id for article_id in article_ids if article_id is not None]
    if ids:
        connection.execute(
            update(Article)
            .where(and_(Article.id.in_(ids), Article.state.in_(("done", "failed", "extract"))))
            .values(state="fetch", next_at=now, attempts=0, last_error=None)
        )


def entry_gaps(connection: Connection, feed_id: int, since: datetime) -> list[timedelta]:
    """The times between a feed's entries published since then, for its polling interval."""
    times = connection.scalars(
        select(Entry.published_at)
        .where(Entry.feed_id == feed_id, Entry.published_at >= since)
        .order_by(Entry.published_at)
    )
    return [after - before for before, after in pairwise(times) if before and after]
