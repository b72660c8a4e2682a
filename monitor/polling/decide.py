"""What the outcome of a poll means for the feed. Pure: old state and facts in, new state out."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.feeds import FeedRow

# A feed counts as failing after so many failures in a row; one is often the network's hiccup.
FAILING_AFTER = 3
# A permanent redirect is believed once it was seen so often, over so long a time: maintenance
# pages redirect too.
MOVED_AFTER = 3
MOVED_FOR = timedelta(days=1)
# A feed that there is no trace of for so long is gone.
MISSING_FOR = timedelta(days=7)
# … if it was looked for so often: the machine may have slept in between.
MISSING_TIMES = 10
# What a publisher may ask for at most: a header must not silence a feed for good.
LONGEST_HINT = timedelta(days=1)
_SLOWER = 1.5


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """Bounds of the polling interval, in seconds."""

    min_interval: int
    max_interval: int


@dataclass(frozen=True, slots=True)
class SkippedTimes:
    """When a feed does not want to be asked: hours (0 to 23) and weekdays (Monday is 0), in UTC."""

    hours: Sequence[int] = ()
    days: Sequence[int] = ()

    def after(self, moment: datetime) -> datetime:
        """The first time from *moment* on that is not skipped, a day later at most."""
        last = moment + LONGEST_HINT
        while moment < last and (moment.hour in self.hours or moment.weekday() in self.days):
            moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return min(moment, last)


_NEVER_SKIPPED = SkippedTimes()


@dataclass(frozen=True, slots=True)
class FeedUpdate:
    """Columns of the feed to set, and the topic of the change to announce, if any."""

    values: dict[str, Any]
    topic: str | None = None


def after_success(
    feed: FeedRow,
    now: datetime,
    policy: PollPolicy,
    *,
    new: int,
    gaps: Sequence[timedelta],
    hint: float | None,
    jitter: float,
    skipped: SkippedTimes = _NEVER_SKIPPED,
) -> FeedUpdate:
    """The feed answered. *gaps* lie between its recent entries, *hint* is the publisher's wish.

    A feed is asked about twice as often as it publishes; the interval falls at once when
    something came and grows by half when nothing did. *hint* (seconds) and *jitter* (0 to 1, a
    tenth of the interval at most) only lengthen the wait, and times to be *skipped* do; a user's
    fixed interval beats the publisher's wishes.
    """
    interval = feed.fixed_interval or _interval(feed, policy, new, gaps)
    wait = timedelta(seconds=interval)
    if hint and not feed.fixed_interval:
        wait = max(wait, min(timedelta(seconds=hint), LONGEST_HINT))
    next_at = now + wait * (1 + jitter / 10)
    values = {
        # A user's pause outlives a poll by hand.
        "state": "paused" if feed.state == "paused" else "active",
        "interval": interval,
        "next_poll_at": next_at if feed.fixed_interval else skipped.after(next_at),
        "last_polled_at": now,
        "last_ok_at": now,
        "last_error": None,
        "failures": 0,
        "polls": feed.polls + 1,
    }
    if new:
        values["last_new_at"] = now
    return FeedUpdate(values, "feed.recovered" if feed.state == "failing" else None)


def _interval(feed: FeedRow, policy: PollPolicy, new: int, gaps: Sequence[timedelta]) -> int:
    if not new:
        seconds = feed.interval * _SLOWER
    elif gaps:
        seconds = statistics.median(gap.total_seconds() for gap in gaps) / 2
    else:
        seconds = feed.interval / 2
    return int(min(max(seconds, policy.min_interval), policy.max_interval))


def after_failure(
    feed: FeedRow,
    now: datetime,
    policy: PollPolicy,
    *,
    message: str,
    status: int | None,
    retry_after: float | None,
    offline: bool,
    jitter: float,
    missing_since: datetime | None = None,
) -> FeedUpdate:
    """The feed could not be had; it is asked again, ever more seldom, and for ever.

    410 (Gone, RFC 9110 §15.5.11) ends it, and so does a week in which there was no such page or
    no such host (*missing_since*); live feeds were seen to answer 404 for a while. While we are
    *offline* no feed is to blame.
    """
    values: dict[str, Any] = {
        "last_polled_at": now,
        "last_error": message,
        "last_status": status,
        "polls": feed.polls + 1,
    }
    if status == 410:
        return FeedUpdate(values | {"state": "gone"}, "feed.failing")
    is_gone = missing_since is not None and now - missing_since >= MISSING_FOR
    if is_gone and feed.failures + 1 >= MISSING_TIMES:
        reason = f"{message} That has been so for {MISSING_FOR.days} days; it is asked no more."
        return FeedUpdate(values | {"state": "gone", "last_error": reason}, "feed.failing")
    failures = feed.failures if offline else feed.failures + 1
    base = min(policy.min_interval * 2 ** min(failures, 20), policy.max_interval)
    wait = max(base * (0.5 + jitter / 2), min(retry_after or 0.0, LONGEST_HINT.total_seconds()))
    fails_now = failures >= FAILING_AFTER and feed.state == "active"
    values |= {
        "failures": failures,
        "next_poll_at": now + timedelta(seconds=wait),
        "state": "failing" if fails_now else feed.state,
    }
    return FeedUpdate(values, "feed.failing" if fails_now else None)


def after_redirect(
    feed: FeedRow, permanent_url: str | None, now: datetime, since: datetime | None
) -> tuple[dict[str, Any], datetime | None]:
    """Count a permanent redirect, and follow it for good once it was seen often and long enough.

    *since* is when its target was first seen; returns the feed's columns to set, and that time.
    """
    if permanent_url is None or permanent_url == feed.url:
        return ({"moved_to": None, "moved_seen": 0} if feed.moved_seen else {}), None
    again = feed.moved_to == permanent_url and since is not None
    first = since if again and since is not None else now
    seen = feed.moved_seen + 1 if again else 1
    if seen >= MOVED_AFTER and now - first >= MOVED_FOR:
        return {"url": permanent_url, "moved_to": None, "moved_seen": 0}, None
    return {"moved_to": permanent_url, "moved_seen": seen}, first
