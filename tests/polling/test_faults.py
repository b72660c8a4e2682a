"""Faults of clocks, hosts and dates that polling lives through."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage.feeds import due_feeds
from tests.polling.desk import NOW, Desk
from tests.polling.test_poll import item, rss
from tests.serving import Reply, Server


def moment(value: object) -> datetime:
    """A time as either database gives it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def due(desk: Desk, **later: float) -> list[int]:
    with desk.database.read() as connection:
        return sorted(due_feeds(connection, desk.now + timedelta(**later), 10))


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_has_enough_is_left_alone_even_after_a_restart(
    any_desk: Desk, server: Server, status: int
) -> None:
    desk = any_desk
    enough = Reply(status, b"", {"retry-after": "7200"})
    first = desk.watch(server.on("/1", rss(item(1, link=server.url("/a"))), enough))
    second = desk.watch(server.url("/2"))
    elsewhere = desk.watch("https://elsewhere.example/feed")
    desk.poll(first)
    desk.error(first)
    assert due(desk, minutes=110) == [elsewhere]
    assert due(desk, hours=2) == [first, second, elsewhere]
    (article,) = desk.rows("SELECT next_at FROM article")
    assert moment(article["next_at"]) == NOW + timedelta(hours=2)


def test_a_host_in_trouble_that_names_no_time_holds_up_its_other_feeds_for_no_longer(
    desk: Desk, server: Server
) -> None:
    first = desk.watch(server.on("/1", Reply(503)))
    second = desk.watch(server.url("/2"))
    desk.error(first)
    assert due(desk) == [second]


def test_a_host_may_ask_for_a_day_at_most(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/1", Reply(429, b"", {"retry-after": "99999999"})))
    other = desk.watch(server.url("/2"))
    desk.error(feed)
    assert due(desk, hours=24) == [feed, other]


def test_a_clock_that_jumps_a_day_ahead_and_back_silences_no_feed_and_doubles_no_entry(
    any_desk: Desk, server: Server
) -> None:
    desk = any_desk
    feed = desk.watch(server.on("/", rss(item(1)), rss(item(1), item(2))))
    desk.now = NOW + timedelta(days=1)
    assert desk.brought(feed) == (1, 0, False)
    desk.now = NOW
    assert due(desk) == [feed]
    assert desk.brought(feed) == (1, 0, False)
    assert due(desk) == []
    assert moment(desk.feed("next_poll_at")) < NOW + timedelta(hours=7)


@pytest.fixture(params=["Pacific/Apia", "America/St_Johns", "", "Nowhere/Odd"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A local time zone of the machine."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2018, 3, 25, 0, 59, 59, tzinfo=UTC),
        datetime(2016, 2, 28, 23, 59, 59, tzinfo=UTC),
        datetime(2017, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
    ids=["summer time", "leap day", "new year"],
)
@pytest.mark.usefixtures("zone")
def test_the_machines_zone_and_the_calendar_change_no_time(
    desk: Desk, server: Server, now: datetime
) -> None:
    desk.now = now
    feed = desk.watch(server.on("/", rss(item(1))))
    desk.poll(feed)
    (entry,) = desk.rows("SELECT published_at FROM entry")
    assert entry["published_at"] == "2018-03-28T14:00:00.000000Z"
    wait = datetime.fromisoformat(desk.feed("next_poll_at")) - now
    assert timedelta(minutes=5) <= wait <= timedelta(hours=7)
    assert os.environ["TZ"] is not None


def dated(number: int, date: str) -> str:
    return (
        f"<item><title>{number}</title><link>https://n.example/{number}</link>"
        f"<guid isPermaLink='false'>{number}</guid>{date and f'<pubDate>{date}</pubDate>'}</item>"
    )


def test_dates_without_sense_lose_no_entry_and_date_no_article(
    any_desk: Desk, server: Server
) -> None:
    desk = any_desk
    items = (
        dated(1, "Thu, 01 Jan 1970 00:00:00 GMT"),
        dated(2, "Thu, 01 Jan 2099 00:00:00 GMT"),
        dated(3, ""),
        dated(4, "the other day"),
    )
    feed = desk.watch(server.on("/", rss(*items)))
    assert desk.brought(feed) == (4, 0, False)
    articles = desk.rows("SELECT title, state, published_at FROM article ORDER BY title")
    assert [row["state"] for row in articles] == ["skipped", "fetch", "fetch", "fetch"]
    assert [row["published_at"] for row in articles[1:]] == [None, None, None]
    assert moment(desk.feed("next_poll_at")) < NOW + timedelta(hours=7)
