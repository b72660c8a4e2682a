"""Feeds and the state of their polling: what is watched, what is due."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from storage.feed_notes import forget_notes
from storage.models import Article, Feed

_POLLED = ("active", "failing")
# So many more due feeds are looked at than are wanted, to take turns among hosts.
_LOOK_AHEAD = 2000
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
