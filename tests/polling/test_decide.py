"""What a poll means for its feed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.polling.decide import (
    FeedUpdate,
    PollPolicy,
    after_failure,
    after_redirect,
    after_success,
)
from storage.feeds import FeedRow

NOW = datetime(2018, 3, 28, 15, 0, tzinfo=UTC)
POLICY = PollPolicy(min_interval=300, max_interval=21_600)
FEED = FeedRow(
    id=1,
    url="https://a.example/feed",
    title=None,
    outlet=None,
    lang=None,
    zone=None,
    folder=None,
    state="active",
    fixed_interval=None,
    interval=900,
    next_poll_at=NOW,
    etag=None,
    last_modified=None,
    body_hash=None,
    moved_to=None,
    moved_seen=0,
    last_polled_at=None,
    last_ok_at=None,
    last_new_at=None,
    last_status=None,
    last_error=None,
    failures=0,
    polls=7,
)


def succeeded(
    feed: FeedRow = FEED,
    *,
    new: int = 0,
    gaps: list[float] | None = None,
    hint: float | None = None,
    jitter: float = 0.0,
) -> FeedUpdate:
    between = [timedelta(seconds=gap) for gap in gaps or []]
    return after_success(feed, NOW, POLICY, new=new, gaps=between, hint=hint, jitter=jitter)


def failed(
    feed: FeedRow = FEED,
    *,
    status: int | None = 500,
    retry_after: float | None = None,
    offline: bool = False,
    jitter: float = 1.0,
) -> FeedUpdate:
    return after_failure(
        feed,
        NOW,
        POLICY,
        message="It failed.",
        status=status,
        retry_after=retry_after,
        offline=offline,
        jitter=jitter,
    )


def wait(update: FeedUpdate) -> float:
    """Seconds until the next poll."""
    moment = update.values["next_poll_at"]
    assert isinstance(moment, datetime)
    return (moment - NOW).total_seconds()


@pytest.mark.parametrize(
    ("interval", "new", "gaps", "expected"),
    [
        (900, 0, [], 1350),
        (20_000, 0, [], 21_600),
        (900, 3, [3600, 1800, 7200], 1800),
        (900, 3, [10, 10, 10], 300),
        (900, 1, [1e6], 21_600),
        (900, 1, [], 450),
        (400, 1, [], 300),
    ],
    ids=["nothing", "slowest", "by its pace", "fastest", "rare", "no pace", "no pace, fast"],
)
def test_the_interval_follows_what_the_feed_publishes(
    interval: int, new: int, gaps: list[float], expected: int
) -> None:
    update = succeeded(replace(FEED, interval=interval), new=new, gaps=gaps)
    assert update.values["interval"] == expected
    assert wait(update) == expected


@pytest.mark.parametrize(
    ("hint", "expected"), [(None, 1350), (60, 1350), (7200, 7200), (1e9, 86_400), (0, 1350)]
)
def test_a_publishers_wish_only_lengthens_the_wait(hint: float | None, expected: float) -> None:
    assert wait(succeeded(hint=hint)) == expected


def test_a_users_own_interval_beats_the_wish() -> None:
    update = succeeded(replace(FEED, fixed_interval=600), new=9, gaps=[99_999], hint=7200)
    assert (update.values["interval"], wait(update)) == (600, 600)


def test_jitter_lengthens_the_wait_by_a_tenth_at_most() -> None:
    assert wait(succeeded(jitter=1.0)) == pytest.approx(1.1 * 1350)


def test_a_success_clears_the_failures() -> None:
    update = succeeded(replace(FEED, failures=2, last_error="It failed."), new=1)
    assert update.topic is None
    values = update.values
    assert (values["failures"], values["last_error"], values["polls"]) == (0, None, 8)
    assert values["last_ok_at"] == values["last_new_at"] == NOW
    assert "last_new_at" not in succeeded().values


def test_a_failing_feed_that_answers_has_recovered() -> None:
    update = succeeded(replace(FEED, state="failing", failures=9))
    assert (update.topic, update.values["state"]) == ("feed.recovered", "active")


def test_the_third_failure_in_a_row_is_told_once() -> None:
    feed, topics = FEED, []
    for _ in range(6):
        update = failed(feed)
        topics.append(update.topic)
        feed = replace(feed, **{k: v for k, v in update.values.items() if k in _FEED_KEYS})
    assert topics == [None, None, "feed.failing", None, None, None]
    assert (feed.state, feed.failures) == ("failing", 6)


_FEED_KEYS = {"state", "failures", "next_poll_at", "polls"}


def test_a_failing_feed_is_asked_ever_more_seldom_and_for_ever() -> None:
    waits = [wait(failed(replace(FEED, failures=n))) for n in (0, 1, 2, 5, 50, 5000)]
    assert waits == [600, 1200, 2400, 19_200, 21_600, 21_600]
    assert wait(failed(replace(FEED, failures=50), jitter=0.0)) == 10_800


@pytest.mark.parametrize(
    ("retry_after", "expected"), [(7200, 7200), (1, 600), (1e9, 86_400), (None, 600)]
)
def test_retry_after_is_kept_within_a_day(retry_after: float | None, expected: float) -> None:
    assert wait(failed(status=429, retry_after=retry_after)) == expected


def test_gone_ends_the_feed_and_says_so() -> None:
    update = failed(status=410)
    assert (update.values["state"], update.topic) == ("gone", "feed.failing")
    assert "next_poll_at" not in update.values


def test_while_we_are_offline_no_feed_is_to_blame() -> None:
    feed = FEED
    for _ in range(10):
        update = failed(feed, status=None, offline=True)
        assert update.topic is None
        feed = replace(feed, **{k: v for k, v in update.values.items() if k in _FEED_KEYS})
    assert (feed.state, feed.failures) == ("active", 0)
    assert wait(update) <= 300


@pytest.mark.parametrize("state", ["paused", "gone"])
def test_a_poll_by_hand_leaves_a_paused_feed_paused(state: str) -> None:
    feed = replace(FEED, state=state, failures=5)
    assert failed(feed).topic is None
    assert failed(feed).values["state"] == state
    expected = "paused" if state == "paused" else "active"
    assert succeeded(feed).values["state"] == expected


def redirected(
    feed: FeedRow, target: str | None, *, hours: float = 0, since: datetime | None = None
) -> tuple[dict[str, Any], datetime | None]:
    return after_redirect(feed, target, NOW + timedelta(hours=hours), since)


def test_a_permanent_redirect_is_believed_the_third_time_after_a_day() -> None:
    feed, target = FEED, "https://b.example/feed"
    since: datetime | None = None
    for seen in (1, 2, 3):
        values, since = redirected(feed, target, hours=seen, since=since)
        assert (values, since) == (
            {"moved_to": target, "moved_seen": seen},
            NOW + timedelta(hours=1),
        )
        feed = replace(feed, **values)
    values, since = redirected(feed, target, hours=25, since=since)
    assert (values, since) == ({"url": target, "moved_to": None, "moved_seen": 0}, None)


def test_another_target_or_none_begins_the_count_anew() -> None:
    feed = replace(FEED, moved_to="https://b.example/feed", moved_seen=9)
    values, since = redirected(feed, "https://c.example/feed", hours=99, since=NOW)
    assert (values["moved_seen"], since) == (1, NOW + timedelta(hours=99))
    assert redirected(feed, None, since=NOW) == ({"moved_to": None, "moved_seen": 0}, None)
    assert redirected(FEED, None) == ({}, None)


@given(
    new=st.integers(0, 100),
    gaps=st.lists(st.floats(0, 1e7), max_size=5),
    hint=st.none() | st.floats(0, 1e12),
    jitter=st.floats(0, 1),
    interval=st.integers(1, 10**6),
)
def test_the_next_poll_is_never_too_soon_nor_too_late(
    new: int, gaps: list[float], hint: float | None, jitter: float, interval: int
) -> None:
    update = succeeded(
        replace(FEED, interval=interval), new=new, gaps=gaps, hint=hint, jitter=jitter
    )
    assert 300 <= wait(update) <= 1.1 * 86_400
