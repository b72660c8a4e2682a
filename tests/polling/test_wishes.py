"""What a feed asks for, what a missing one comes to, and an index of sitemaps as a feed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text as sql

from monitor.polling.decide import MISSING_FOR, PollPolicy, SkippedTimes, after_failure
from monitor.writing import AsyncWriter
from storage.engine import Database
from storage.feed_notes import FeedNotes, read_notes, write_notes
from storage.feeds import due_feeds, pollable_feeds, remove_feed
from tests.polling.desk import Desk
from tests.polling.test_decide import FEED, NOW
from tests.polling.test_poll import item, rss
from tests.serving import Reply, Server


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    writer = AsyncWriter(sqlite_database)
    yield Desk(sqlite_database, writer)
    writer.close()


def test_skipped_hours_and_days_are_waited_out() -> None:
    wednesday = datetime(2018, 3, 28, 15, 20, tzinfo=UTC)
    assert SkippedTimes().after(wednesday) == wednesday
    assert SkippedTimes(hours=(15, 16)).after(wednesday) == datetime(2018, 3, 28, 17, tzinfo=UTC)
    assert SkippedTimes(days=(2,)).after(wednesday) == datetime(2018, 3, 29, tzinfo=UTC)


def test_skipped_days_silence_a_feed_for_a_day_at_most() -> None:
    friday = datetime(2018, 3, 30, 15, 20, tzinfo=UTC)
    assert SkippedTimes(days=(4, 5, 6)).after(friday) == friday + timedelta(days=1)


def test_a_feeds_wishes_hold_after_a_304_too(desk: Desk, server: Server) -> None:
    asked = "<ttl>300</ttl><skipHours><hour>20</hour></skipHours>"
    feed = desk.watch(server.on("/", rss(asked + item(1), headers={"etag": '"a"'}), Reply(304)))
    for _ in range(2):
        desk.poll(feed)
        # 300 minutes after 15:00 is an hour to be skipped.
        assert desk.feed("next_poll_at") == "2018-03-28T21:00:00.000000Z"


def failed_missing(since: timedelta, failures: int) -> str:
    update = after_failure(
        replace(FEED, failures=failures),
        NOW,
        PollPolicy(300, 21_600),
        message="There is no such page.",
        status=404,
        retry_after=None,
        offline=False,
        jitter=0.0,
        missing_since=NOW - since,
    )
    return str(update.values["state"])


def test_a_feed_that_is_missing_for_a_week_is_gone() -> None:
    assert failed_missing(MISSING_FOR, failures=40) == "gone"
    assert failed_missing(MISSING_FOR - timedelta(hours=1), failures=40) != "gone"


def test_a_week_in_which_nobody_looked_does_not_count() -> None:
    assert failed_missing(MISSING_FOR, failures=1) != "gone"


def test_a_missing_feed_ends_with_the_reason_and_one_that_returns_is_forgiven(
    desk: Desk, server: Server
) -> None:
    feed = desk.watch(server.on("/", *[Reply(404)] * 10, rss(item(1)), Reply(404)))
    for _ in range(10):
        desk.poll(feed)
        desk.now += timedelta(hours=10)
    desk.poll(feed)
    for _ in range(13):
        assert desk.feed("state") != "gone"
        desk.now += timedelta(hours=15)
        desk.error(feed)
    state, reason = desk.feed("state", "last_error")
    assert state == "gone"
    assert "404" in reason
    assert "for 7 days" in reason


def test_a_wall_is_named(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", Reply(403, b"", {"cf-mitigated": "challenge"})))
    assert "wall of Cloudflare" in desk.error(feed)


def test_a_page_where_a_feed_was_says_until_when(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", rss(item(1)), Reply(200, b"<html><p>Hello</html>")))
    desk.poll(feed)
    assert desk.error(feed).endswith("it was a feed until 2018-03-28.")


def test_a_bare_day_of_a_feed_stays_a_day(desk: Desk, server: Server) -> None:
    entry = (
        "<item><title>A</title><link>https://n.example/1</link><pubDate>2018-03-28</pubDate></item>"
    )
    desk.poll(desk.watch(server.on("/", rss(entry))))
    assert desk.rows("SELECT published_precision FROM article") == [{"published_precision": "day"}]


def part(*names: str) -> Reply:
    urls = "".join(
        f"<url><loc>https://n.example/{name}</loc><lastmod>2018-03-28T10:00:00Z</lastmod></url>"
        for name in names
    )
    return Reply(200, f"<urlset>{urls}</urlset>".encode())


def index(server: Server, *names: str, times: bool = True) -> Reply:
    day = "<lastmod>2018-03-28</lastmod>" if times else ""
    listed = "".join(f"<sitemap><loc>{server.url(name)}</loc>{day}</sitemap>" for name in names)
    return Reply(200, f"<sitemapindex>{listed}</sitemapindex>".encode())


def test_an_index_of_sitemaps_is_followed_to_its_news(desk: Desk, server: Server) -> None:
    server.on("/news.xml", part("a", "b"))
    server.on("/all.xml", part("c"))
    feed = desk.watch(server.on("/", index(server, "/all.xml", "/news.xml")))
    assert desk.brought(feed) == (2, 0, False)
    assert server.asked("/all.xml") == []
    assert desk.brought(feed) == (0, 0, True)
    assert len(server.asked("/news.xml")) == 1


def test_an_index_without_times_is_followed_each_time(desk: Desk, server: Server) -> None:
    server.on("/a.xml", part("a"), part("a", "b"))
    feed = desk.watch(server.on("/", index(server, "/a.xml", times=False)))
    assert desk.brought(feed) == (1, 0, False)
    assert desk.brought(feed) == (1, 0, False)


def test_of_an_index_a_few_parts_are_followed_and_a_bad_one_is_passed_over(
    desk: Desk, server: Server
) -> None:
    names = [f"/{n}.xml" for n in range(9)]
    for name in names:
        server.on(name, part(name.strip("/")))
    server.on("/8.xml", Reply(500))
    feed = desk.watch(server.on("/", index(server, *names)))
    assert desk.brought(feed) == (2, 0, False)
    assert len(server.requests) == 4


def test_an_index_whose_parts_cannot_be_had_is_a_failure(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", index(server, "/none.xml")))
    assert "404" in desk.error(feed)


def test_feeds_take_turns_by_host(desk: Desk) -> None:
    first = [desk.watch(f"https://a.example/{n}") for n in range(3)]
    (other,) = [desk.watch("https://b.example/")]
    with desk.database.read() as connection:
        assert due_feeds(connection, NOW, 9) == [first[0], other, first[1], first[2]]
        assert due_feeds(connection, NOW, 2) == [first[0], other]
        assert due_feeds(connection, NOW, 2, exclude=[first[0]]) == [other, first[1]]
        assert pollable_feeds(connection) == [first[0], other, first[1], first[2]]


def test_notes_are_kept_and_go_with_the_feed(desk: Desk) -> None:
    feed = desk.watch("https://a.example/")
    notes = FeedNotes(60.0, (1, 2), (6,), NOW)
    with desk.database.write() as connection:
        assert read_notes(connection, feed) == FeedNotes()
        write_notes(connection, feed, notes)
        assert read_notes(connection, feed) == notes
        remove_feed(connection, feed)
        assert read_notes(connection, feed) == FeedNotes()
        assert connection.execute(sql("SELECT key FROM meta WHERE key LIKE 'feed %'")).all() == []
