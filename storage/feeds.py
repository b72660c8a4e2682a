"""Feeds and their entries: what is due, what a poll brought."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from storage.feed_notes import forget_notes
from storage.models import Article, Entry, Feed

# An entry whose text changes at every poll is noise, not news.
MAX_REVISIONS = 24
_POLLED = ("active", "failing")
# So many more due feeds are looked at than are wanted, to take turns among hosts.
_LOOK_AHEAD = 2000
# A story that its feed dates later than this after it was found was not published then.
_AHEAD = timedelta(days=1)
# Daemons that share a database may have clocks that differ by so much.
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed with the state that its polling needs."""

    id: int
    url: str
    title: str | None
    outlet: str | None
    lang: str | None
    zone: str | None
    folder: str | None
    state: str
    fixed_interval: int | None
    interval: int
    next_poll_at: datetime
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    moved_to: str | None
    moved_seen: int
    last_polled_at: datetime | None
    last_ok_at: datetime | None
    last_new_at: datetime | None
    last_status: int | None
    last_error: str | None
    failures: int
    polls: int


_COLUMNS = [getattr(Feed, name) for name in FeedRow.__slots__]
# Asked at every poll; to put it together takes longer than to run it.
_BY_ID = select(*_COLUMNS).where(Feed.id == bindparam("feed_id"))


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed to be watched."""

    url: str
    title: str | None = None
    outlet: str | None = None
    lang: str | None = None
    zone: str | None = None
    folder: str | None = None
    fixed_interval: int | None = None


def add_feeds(
    connection: Connection, feeds: Sequence[NewFeed], *, interval: int, now: datetime
) -> list[str]:
    """Watch *feeds*, to be polled at once; those that are known already are left as they are.

    Returns the addresses that are new.
    """
    known = set(
        connection.scalars(select(Feed.url).where(Feed.url.in_([feed.url for feed in feeds])))
    )
    fresh = {feed.url: feed for feed in feeds if feed.url not in known}
    if fresh:
        connection.execute(
            insert(Feed),
            [
                {
                    "url": feed.url,
                    "title": feed.title,
                    "outlet": feed.outlet,
                    "lang": feed.lang,
                    "zone": feed.zone,
                    "folder": feed.folder,
                    "fixed_interval": feed.fixed_interval,
                    "interval": feed.fixed_interval or interval,
                    "added_at": now,
                    "next_poll_at": now,
                }
                for feed in fresh.values()
            ],
        )
    return list(fresh)


def get_feed(connection: Connection, feed_id: int) -> FeedRow | None:
    """The feed with this id."""
    row = connection.execute(_BY_ID, {"feed_id": feed_id}).first()
    return FeedRow(**row._mapping) if row else None


def list_feeds(connection: Connection) -> list[FeedRow]:
    """All feeds, as they were added."""
    rows = connection.execute(select(*_COLUMNS).order_by(Feed.id))
    return [FeedRow(**row._mapping) for row in rows]


def find_feed(connection: Connection, name: str) -> FeedRow | None:
    """The feed that a user means by its id, address, or title; None where none or several fit."""
    named = [Feed.url == name, func.lower(Feed.title) == name.lower()]
    if name.isdecimal():
        named.append(Feed.id == int(name))
    rows = connection.execute(select(*_COLUMNS).where(or_(*named)).limit(2)).all()
    return FeedRow(**rows[0]._mapping) if len(rows) == 1 else None


def due_feeds(
    connection: Connection, now: datetime, limit: int, exclude: Collection[int] = ()
) -> list[int]:
    """The ids of feeds whose next poll is due, longest overdue first, host by host in turn.

    Those of hosts that have feeds in hand (*exclude*) come after the others. A feed that was last
    polled after *now* was so by a clock that has been put right since: it is due.
    """
    by_a_wrong_clock = Feed.last_polled_at > now + _CLOCKS_DIFFER
    rows = connection.execute(
        select(Feed.id, Feed.url)
        .where(or_(Feed.next_poll_at <= now, by_a_wrong_clock), Feed.state.in_(_POLLED))
        .order_by(Feed.next_poll_at, Feed.id)
        .limit(limit + len(exclude) + _LOOK_AHEAD)
    ).all()
    in_hand = set(exclude)
    busy = [row.url for row in rows if row.id in in_hand]
    waiting = [(row.id, row.url) for row in rows if row.id not in in_hand]
    return _by_turns(waiting, busy)[:limit]


def pollable_feeds(connection: Connection) -> list[int]:
    """The ids of all feeds that are not paused or gone, host by host in turn."""
    rows = connection.execute(
        select(Feed.id, Feed.url).where(Feed.state.in_(_POLLED)).order_by(Feed.id)
    ).all()
    return _by_turns([(row.id, row.url) for row in rows], ())


def _by_turns(feeds: Iterable[tuple[int, str]], busy: Iterable[str]) -> list[int]:
    """The ids of *feeds*, so that a host's feeds do not stand in a queue before everybody else's.

    *busy* are addresses that are being asked already.
    """
    turns = Counter(_place(url) for url in busy)
    taken: list[tuple[int, int]] = []
    for id, url in feeds:
        taken.append((turns[_place(url)], id))
        turns[_place(url)] += 1
    return [id for _, id in sorted(taken, key=itemgetter(0))]


def _place(url: str) -> str:
    """Host and port of *url*, without a judgement on the rest of it."""
    return url.partition("://")[2].partition("/")[0].lower()


def update_feed(connection: Connection, feed_id: int, values: dict[str, Any]) -> None:
    """Set columns of a feed."""
    if values:
        connection.execute(update(Feed).where(Feed.id == feed_id).values(values))


def park_host(connection: Connection, url: str, until: datetime) -> None:
    """Leave the host of *url* alone until then: none of its feeds and articles is due before.

    It said that it has enough, and a restart must not forget that.
    """
    places = [f"{scheme}://{_place(url)}" for scheme in ("http", "https")]
    here = [
        test
        for place in places
        for test in (
            Feed.url == place,
            Feed.url.startswith(f"{place}/", autoescape=True),
            Feed.url.startswith(f"{place}?", autoescape=True),
        )
    ]
    connection.execute(
        update(Feed)
        .where(or_(*here), Feed.state.in_(_POLLED), Feed.next_poll_at < until)
        .values(next_poll_at=until)
    )
    host = (urlsplit(url).hostname or "")[:255]
    connection.execute(
        update(Article)
        .where(Article.host == host, Article.state == "fetch", Article.next_at < until)
        .values(next_at=until)
    )


def remove_feed(connection: Connection, feed_id: int) -> None:
    """Stop watching a feed; its entries go, the articles and events that they led to stay."""
    forget_notes(connection, feed_id)
    connection.execute(delete(Feed).where(Feed.id == feed_id))


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
