"""Polling one feed: fetch, parse in a worker, store the entries and the feed's new state."""

import asyncio
import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Connection

from monitor.errors import MonitorError
from monitor.feeds import ParsedEntry, ParsedFeed, parse_feed
from monitor.fetching import FetchError, FetchErrorKind, Response
from monitor.fetching.hints import freshness, parse_retry_after
from monitor.fetching.urls import url_key
from monitor.polling.decide import (
    FeedUpdate,
    PollPolicy,
    after_failure,
    after_redirect,
    after_success,
)
from monitor.services import Services
from monitor.workers import WorkerError
from storage.columns import storable
from storage.feeds import (
    EntryItem,
    FeedRow,
    Ingested,
    IngestPolicy,
    digest,
    entry_gaps,
    find_feed,
    get_feed,
    ingest_entries,
    update_feed,
)
from storage.outbox import NewChange, append

log = structlog.get_logger()

# More than this from one poll is a runaway feed: the newest are taken, the rest left.
MAX_ENTRIES = 5000
_GAP_DAYS = 14
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """What came of a poll, for people: the feed, how many entries, or the error."""

    feed_id: int
    url: str
    new: int = 0
    edited: int = 0
    unchanged: bool = False
    error: str | None = None


async def poll_feed(services: Services, feed_id: int) -> PollOutcome | None:
    """Poll the feed with this id now and commit what it brought; None where there is none (left).

    Safe to kill anywhere and to run again: entries, articles and the feed's validators are
    committed together.
    """
    feed = await asyncio.to_thread(_known_feed, services, feed_id)
    if feed is None:
        return None
    outcome = await _poll(services, feed)
    if outcome is None:
        return None
    services.metrics.polls.labels(
        "failed" if outcome.error else "unchanged" if outcome.unchanged else "read"
    ).inc()
    services.metrics.entries.labels("new").inc(outcome.new)
    services.metrics.entries.labels("edited").inc(outcome.edited)
    return outcome


def _known_feed(services: Services, feed_id: int) -> FeedRow | None:
    with services.database.read() as connection:
        return get_feed(connection, feed_id)


async def _poll(services: Services, feed: FeedRow) -> PollOutcome | None:
    try:
        response = await services.fetcher.get(
            feed.url, etag=feed.etag, last_modified=feed.last_modified, accept=ACCEPT
        )
    except FetchError as error:
        offline = error.kind is FetchErrorKind.OFFLINE
        return await _failed(services, feed, str(error), offline=offline)
    if response.status == 304:
        return await _unchanged(services, feed, response)
    if not 200 <= response.status < 300:
        message = f"{feed.url} answered with HTTP status {response.status}"
        return await _failed(services, feed, f"{message}.", response=response)
    if hashlib.sha256(response.body).hexdigest() == feed.body_hash:
        return await _unchanged(services, feed, response)
    try:
        parsed = await services.workers.run(
            parse_feed, response.body, url=response.url, headers=dict(response.headers)
        )
    except WorkerError as error:
        message = f"The feed {feed.url} could not be parsed: {error}."
        return await _failed(services, feed, message, response=response)
    except MonitorError as error:
        return await _failed(services, feed, str(error), response=response)
    except Exception as error:
        # A fault of ours that one document shows; asking for it all the time would not help.
        log.exception("stage failed", stage="poll", item=feed.id)
        message = f"The feed {feed.url} could not be parsed: {type(error).__name__}."
        return await _failed(services, feed, message, response=response)
    return await _store(services, feed, response, parsed)


def _policy(services: Services) -> PollPolicy:
    feeds = services.settings.feeds
    return PollPolicy(feeds.min_interval, feeds.max_interval)


def _hint(response: Response, parsed: ParsedFeed | None, now: datetime) -> float | None:
    wishes = [freshness(response.headers, now), parse_retry_after(response.headers, now)]
    if parsed is not None:
        wishes.append(parsed.ttl_seconds)
    return max((wish for wish in wishes if wish), default=None)


async def _failed(
    services: Services,
    feed: FeedRow,
    message: str,
    *,
    response: Response | None = None,
    offline: bool = False,
) -> PollOutcome | None:
    now = services.now()
    change = after_failure(
        feed,
        now,
        _policy(services),
        message=message,
        status=response.status if response else None,
        retry_after=parse_retry_after(response.headers, now) if response else None,
        offline=offline,
        jitter=random.random(),
    )
    known = await services.writer.run(lambda connection: _apply(connection, feed, change, now))
    return PollOutcome(feed.id, feed.url, error=message) if known else None


async def _unchanged(services: Services, feed: FeedRow, response: Response) -> PollOutcome | None:
    now = services.now()
    change = after_success(
        feed,
        now,
        _policy(services),
        new=0,
        gaps=(),
        hint=_hint(response, None, now),
        jitter=random.random(),
    )
    change.values.update(
        after_redirect(feed, response.permanent_url),
        **_validators(response, feed),
        last_status=response.status,
    )
    known = await services.writer.run(lambda connection: _apply(connection, feed, change, now))
    return PollOutcome(feed.id, feed.url, unchanged=True) if known else None


async def _store(
    services: Services, feed: FeedRow, response: Response, parsed: ParsedFeed
) -> PollOutcome | None:
    now = services.now()
    items = await asyncio.to_thread(entry_items, _newest(parsed.entries))
    settings = services.settings
    policy = IngestPolicy(
        fetch_articles=settings.fetch.articles,
        newest=settings.feeds.first_poll_articles if feed.last_ok_at is None else None,
        oldest=now - timedelta(days=settings.feeds.max_age_days),
    )

    def commit(connection: Connection) -> Ingested | None:
        if get_feed(connection, feed.id) is None:
            return None
        named = _named(feed, parsed)
        ingested = ingest_entries(connection, named, items, policy, now)
        change = after_success(
            feed,
            now,
            _policy(services),
            new=ingested.new,
            gaps=entry_gaps(connection, feed.id, now - timedelta(days=_GAP_DAYS)),
            hint=_hint(response, parsed, now),
            jitter=random.random(),
        )
        change.values.update(
            after_redirect(feed, response.permanent_url),
            **_validators(response, feed),
            title=named.title,
            last_status=response.status,
            body_hash=hashlib.sha256(response.body).hexdigest() if response.complete else None,
        )
        _apply(connection, feed, change, now)
        return ingested

    ingested = await services.writer.run(commit)
    if ingested is None:
        return None
    return PollOutcome(feed.id, feed.url, new=ingested.new, edited=ingested.edited)


def _named(feed: FeedRow, parsed: ParsedFeed) -> FeedRow:
    """The feed with the title that it gives itself, where a user gave it none."""
    from dataclasses import replace

    return replace(feed, title=feed.title or parsed.title)


def _validators(response: Response, feed: FeedRow) -> dict[str, str | None]:
    """What to send next time; nothing after a body that came in part."""
    if not response.complete:
        return {"etag": None, "last_modified": None}
    kept = (feed.etag, feed.last_modified) if response.status == 304 else (None, None)
    return {
        "etag": response.headers.get("etag", kept[0]),
        "last_modified": response.headers.get("last-modified", kept[1]),
    }


def _apply(connection: Connection, feed: FeedRow, change: FeedUpdate, now: datetime) -> bool:
    """Set the feed's columns and tell its change; False where it was removed meanwhile."""
    values = change.values
    current = get_feed(connection, feed.id)
    if current is None:
        return False
    if current.state != feed.state:
        # A user paused or resumed it while it was being polled.
        values = values | {"state": current.state}
    if "url" in values and find_feed(connection, values["url"]) is not None:
        # The new address is another feed of ours already: this one has nothing to add.
        values = {key: value for key, value in values.items() if key != "url"}
        values |= {"state": "gone", "last_error": f"It moved to {change.values['url']}."}
    update_feed(connection, feed.id, values)
    if change.topic is not None and values["state"] == change.values["state"]:
        snapshot = {
            "feed_url": feed.url,
            "title": feed.title,
            "state": values["state"],
            "last_error": values.get("last_error"),
            "failures": values.get("failures", feed.failures),
        }
        append(connection, [NewChange(change.topic, None, None, now, snapshot)])
    return True


def _newest(entries: Sequence[ParsedEntry]) -> Sequence[ParsedEntry]:
    """As many entries as one poll may bring; those without a date count as new."""
    if len(entries) <= MAX_ENTRIES:
        return entries
    ahead = datetime.max.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.published or ahead, reverse=True)[:MAX_ENTRIES]


def entry_items(entries: Sequence[ParsedEntry]) -> list[EntryItem]:
    """The entries of one document with their identity in the feed.

    An entry is the same by its id where ids are distinct in the document, else by its link, else
    by its title and day.
    """
    ids = Counter(entry.id for entry in entries if entry.id)
    return [
        _item(entry, unique_id=entry.id is not None and ids[entry.id] == 1) for entry in entries
    ]


def _item(entry: ParsedEntry, *, unique_id: bool) -> EntryItem:
    link_key = url_key(entry.link) if entry.link else None
    if unique_id:
        identity = f"id:{entry.id}"
    elif link_key:
        identity = f"link:{link_key}"
    else:
        day = entry.published.date() if entry.published else ""
        identity = f"text:{entry.title}:{day}:{'' if entry.title else entry.summary}"
    return EntryItem(
        key=digest(identity),
        entry_id=_storable(entry.id),
        link=_storable(entry.link),
        link_key=link_key,
        title=_storable(entry.title),
        summary=_storable(entry.summary),
        content=_storable(entry.content),
        author=_storable(entry.author),
        published_at=entry.published or entry.updated,
        updated_at=entry.updated,
    )


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)
