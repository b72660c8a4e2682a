"""Polling one feed: fetch, parse in a worker, store the entries and the feed's new state."""

import asyncio
import hashlib
import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection

from monitor.errors import MonitorError
from monitor.feeds import NotAFeedError, ParsedFeed, parse_feed
from monitor.fetching import FetchError, FetchErrorKind, Response
from monitor.fetching.hints import HAS_ENOUGH, freshness, parse_retry_after
from monitor.fetching.walls import refusal, wall_of
from monitor.masking import masked
from monitor.polling.decide import (
    LONGEST_HINT,
    FeedUpdate,
    PollPolicy,
    SkippedTimes,
    after_failure,
    after_redirect,
    after_success,
)
from monitor.polling.entries import entry_items, newest
from monitor.polling.parts import with_parts
from monitor.services import Services
from monitor.workers import WorkerError
from storage.entries import Ingested, IngestPolicy, entry_gaps, ingest_entries
from storage.feed_notes import FeedNotes, read_notes, write_notes
from storage.feeds import FeedRow, find_feed, get_feed, park_host, update_feed
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
    offline: bool = False  # no feed could be had, and this one is not to blame


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
        return await _failed(services, feed, str(error), kind=error.kind)
    if response.status == 304:
        return await _unchanged(services, feed, response)
    if not 200 <= response.status < 300:
        message = refusal(feed.url, response.status, response.headers)
        return await _failed(services, feed, f"{message}.", response=response)
    if hashlib.sha256(response.body).hexdigest() == feed.body_hash:
        return await _unchanged(services, feed, response)
    try:
        parsed = await with_parts(
            await _parsed(services, response),
            feed.url,
            partial(services.fetcher.get, accept=ACCEPT),
            partial(_parsed, services),
        )
    except WorkerError as error:
        message = f"The feed {feed.url} could not be parsed: {error}."
        return await _failed(services, feed, message, response=response)
    except MonitorError as error:
        return await _failed(services, feed, _instead(feed, response, error), response=response)
    except Exception as error:
        # A fault of ours that one document shows; asking for it all the time would not help.
        log.exception("stage failed", stage="poll", item=feed.id)
        message = f"The feed {feed.url} could not be parsed: {type(error).__name__}."
        return await _failed(services, feed, message, response=response)
    return await _store(services, feed, response, parsed)


async def _parsed(services: Services, response: Response) -> ParsedFeed:
    """The feed in an answer, read by a worker."""
    return await services.workers.run(
        parse_feed, response.body, url=response.url, headers=dict(response.headers)
    )


def _instead(feed: FeedRow, response: Response, error: MonitorError) -> str:
    """What came where a feed was before: walls and error pages come with status 200 too."""
    wall = wall_of(response.status, response.headers)
    if wall is not None:
        return f"{feed.url} answered with a wall of {wall} that wants to see a person."
    if isinstance(error, NotAFeedError) and feed.last_ok_at is not None:
        day = feed.last_ok_at.date().isoformat()
        return f"{str(error).rstrip('.')}; it was a feed until {day}."
    return str(error)


def _policy(services: Services) -> PollPolicy:
    feeds = services.settings.feeds
    return PollPolicy(feeds.min_interval, feeds.max_interval)


def _hint(response: Response, notes: FeedNotes, now: datetime) -> float | None:
    wishes = (
        freshness(response.headers, now),
        parse_retry_after(response.headers, now),
        notes.ttl_seconds,
    )
    return max((wish for wish in wishes if wish), default=None)


async def _failed(
    services: Services,
    feed: FeedRow,
    message: str,
    *,
    response: Response | None = None,
    kind: FetchErrorKind | None = None,
) -> PollOutcome | None:
    now = services.now()
    status = response.status if response else None
    is_missing = status == 404 or kind is FetchErrorKind.UNKNOWN_HOST
    asked = parse_retry_after(response.headers, now) if response else None

    def commit(connection: Connection) -> bool:
        if response is not None and asked and status in HAS_ENOUGH:
            park_host(connection, response.url, now + min(timedelta(seconds=asked), LONGEST_HINT))
        notes = read_notes(connection, feed.id)
        since = (notes.missing_since or now) if is_missing else None
        if kind is not FetchErrorKind.OFFLINE:
            notes = replace(notes, missing_since=since)
        change = after_failure(
            feed,
            now,
            _policy(services),
            message=message,
            status=status,
            retry_after=asked,
            offline=kind is FetchErrorKind.OFFLINE,
            jitter=random.random(),
            missing_since=since,
        )
        return _apply(connection, feed, change, now, notes)

    known = await services.writer.run(commit)
    offline = kind is FetchErrorKind.OFFLINE
    return PollOutcome(feed.id, feed.url, error=message, offline=offline) if known else None


async def _unchanged(services: Services, feed: FeedRow, response: Response) -> PollOutcome | None:
    now = services.now()

    def commit(connection: Connection) -> bool:
        notes = replace(read_notes(connection, feed.id), missing_since=None)
        change = after_success(
            feed,
            now,
            _policy(services),
            new=0,
            gaps=(),
            hint=_hint(response, notes, now),
            jitter=random.random(),
            skipped=SkippedTimes(notes.skip_hours, notes.skip_days),
        )
        moved, since = after_redirect(feed, response.permanent_url, now, notes.moved_since)
        change.values.update(moved, **_validators(response, feed), last_status=response.status)
        return _apply(connection, feed, change, now, replace(notes, moved_since=since))

    known = await services.writer.run(commit)
    return PollOutcome(feed.id, feed.url, unchanged=True) if known else None


async def _store(
    services: Services, feed: FeedRow, response: Response, parsed: ParsedFeed
) -> PollOutcome | None:
    now = services.now()
    items = await asyncio.to_thread(entry_items, newest(parsed.entries, MAX_ENTRIES))
    notes = FeedNotes(parsed.ttl_seconds, parsed.skip_hours, parsed.skip_days)
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
            hint=_hint(response, notes, now),
            jitter=random.random(),
            skipped=SkippedTimes(notes.skip_hours, notes.skip_days),
        )
        before = read_notes(connection, feed.id)
        moved, since = after_redirect(feed, response.permanent_url, now, before.moved_since)
        change.values.update(
            moved,
            **_validators(response, feed),
            title=named.title,
            last_status=response.status,
            body_hash=hashlib.sha256(response.body).hexdigest() if response.complete else None,
        )
        if not parsed.tells_changes:
            change.values.update(etag=None, last_modified=None, body_hash=None)
        _apply(connection, feed, change, now, replace(notes, moved_since=since))
        return ingested

    ingested = await services.writer.run(commit)
    if ingested is None:
        return None
    return PollOutcome(feed.id, feed.url, new=ingested.new, edited=ingested.edited)


def _named(feed: FeedRow, parsed: ParsedFeed) -> FeedRow:
    """The feed with the title that it gives itself, where a user gave it none."""
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


def _apply(
    connection: Connection,
    feed: FeedRow,
    change: FeedUpdate,
    now: datetime,
    notes: FeedNotes | None = None,
) -> bool:
    """Set the feed's columns and notes, tell its change; False where it was removed meanwhile."""
    values = change.values
    current = get_feed(connection, feed.id)
    if current is None:
        return False
    if notes is not None:
        write_notes(connection, feed.id, notes)
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
            # A change goes to whoever subscribed: what an address holds in confidence stays here.
            "feed_url": masked(feed.url),
            "title": feed.title,
            "state": values["state"],
            "last_error": masked(values.get("last_error") or "") or None,
            "failures": values.get("failures", feed.failures),
        }
        append(connection, [NewChange(change.topic, None, None, now, snapshot)])
    return True
