"""Polling a feed on loopback into a store."""

import json
import socket
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from config.settings import load_settings
from monitor.polling import poll
from monitor.workers import WorkerError
from storage.feeds import remove_feed, update_feed
from tests.polling.desk import NOW, Desk
from tests.serving import Connection, Reply, Request, Server, hang, reset


def item(number: int, *, title: str = "A title", guid: str | None = None, link: str = "") -> str:
    day = NOW - timedelta(hours=number)
    return (
        f"<item><title>{title}</title><link>{link or f'https://n.example/{number}'}</link>"
        f"<guid isPermaLink='false'>{guid or number}</guid>"
        f"<pubDate>{day.strftime('%a, %d %b %Y %H:%M:%S GMT')}</pubDate></item>"
    )


def rss(*items: str, headers: Mapping[str, str] | None = None, title: str = "A feed") -> Reply:
    body = f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"
    return Reply(200, body.encode(), headers or {})


def test_entries_are_stored_once(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    feed = desk.watch(server.on("/", rss(item(1), item(2)), rss(item(3), item(1), item(2))))
    assert desk.brought(feed) == (2, 0, False)
    assert desk.brought(feed) == (1, 0, False)
    assert len(desk.rows("SELECT id FROM entry")) == 3
    assert [row["state"] for row in desk.rows("SELECT state FROM article")] == ["fetch"] * 3
    assert desk.feed("title", "last_status", "failures") == ("A feed", 200, 0)


def test_the_same_bytes_are_not_parsed_again(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", rss(item(1)), rss(item(1), headers={"etag": '"new"'})))
    desk.poll(feed)
    assert desk.brought(feed) == (0, 0, True)
    assert desk.workers.parsed == 1
    assert desk.feed("etag") == '"new"'


def test_validators_come_back_and_304_is_no_news(desk: Desk, server: Server) -> None:
    validators = {"etag": '"a"', "last-modified": "Wed, 28 Mar 2018 12:00:00 GMT"}
    feed = desk.watch(server.on("/", rss(item(1), headers=validators), Reply(304)))
    desk.poll(feed)
    for _ in range(2):
        assert desk.brought(feed) == (0, 0, True)
    for request in server.requests[1:]:
        assert request.headers["if-none-match"] == '"a"'
        assert request.headers["if-modified-since"] == "Wed, 28 Mar 2018 12:00:00 GMT"
    assert desk.feed("last_status", "last_ok_at") == (304, "2018-03-28T15:00:00.000000Z")


def test_a_validator_that_is_not_repeated_is_forgotten(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", rss(item(1), headers={"etag": '"a"'}), rss(item(2))))
    desk.poll(feed)
    desk.poll(feed)
    assert desk.feed("etag") is None


@pytest.mark.parametrize("etag", ['"é"', "'; DROP TABLE feed; --", '"' + "x" * 5000 + '"'])
def test_an_odd_validator_does_not_end_the_polling(
    any_desk: Desk, server: Server, etag: str
) -> None:
    feed = any_desk.watch(server.on("/", rss(item(1), headers={"etag": etag})))
    any_desk.poll(feed)
    assert any_desk.brought(feed) == (0, 0, True)


def test_a_body_that_broke_off_is_used_and_asked_for_again(desk: Desk, server: Server) -> None:
    whole = rss(item(1), item(2)).body
    broken = Reply(200, whole[:-60], {"content-length": str(len(whole)), "etag": '"a"'})
    feed = desk.watch(server.on("/", broken, rss(item(1), item(2))))
    assert desk.brought(feed)[0] >= 1
    assert desk.feed("etag", "body_hash") == (None, None)
    desk.brought(feed)
    assert len(desk.rows("SELECT id FROM entry")) == 2


def test_an_edited_entry_is_the_same_entry_and_its_article_is_fetched_again(
    any_desk: Desk, server: Server
) -> None:
    desk = any_desk
    feed = desk.watch(server.on("/", rss(item(1)), rss(item(1, title="Corrected"))))
    desk.poll(feed)
    with desk.database.write() as connection:
        connection.execute(sql("UPDATE article SET state = 'done'"))
    assert desk.brought(feed) == (0, 1, False)
    assert desk.rows("SELECT title, revision FROM entry") == [{"title": "Corrected", "revision": 2}]
    assert desk.rows("SELECT state FROM article") == [{"state": "fetch"}]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("&lt;b&gt;Dairy&lt;/b&gt; &amp;amp; autos", "Dairy & autos"),
        ("5 &lt; 6, he said", "5 < 6, he said"),
        ("&lt;b&gt;&lt;/b&gt;", "<b></b>"),
    ],
)
def test_a_title_is_stored_without_markup(
    desk: Desk, server: Server, written: str, stored: str
) -> None:
    desk.poll(desk.watch(server.on("/", rss(item(1, title=written)))))
    (entry,) = desk.rows("SELECT title FROM entry")
    assert entry["title"] == stored


def test_entries_with_one_guid_are_told_apart_by_their_links(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", rss(item(1, guid="x"), item(2, guid="x"))))
    assert desk.brought(feed) == (2, 0, False)


def test_new_guids_at_every_poll_make_no_new_articles(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", rss(item(1, guid="a")), rss(item(1, guid="b"))))
    desk.poll(feed)
    desk.poll(feed)
    assert len(desk.rows("SELECT id FROM article")) == 1


def test_one_article_in_two_feeds_is_one_article(desk: Desk, server: Server) -> None:
    one = desk.watch(server.on("/a", rss(item(1, link="https://www.n.example/1?utm_source=a"))))
    other = desk.watch(server.on("/b", rss(item(1, link="http://n.example/1/"))))
    desk.poll(one)
    desk.poll(other)
    assert len(desk.rows("SELECT id FROM entry")) == 2
    assert len(desk.rows("SELECT id FROM article")) == 1


def test_of_a_first_poll_only_the_newest_articles_are_fetched(desk: Desk, server: Server) -> None:
    newest = load_settings(environ={}).feeds.first_poll_articles
    items = [item(n) for n in range(newest + 10)]
    feed = desk.watch(server.on("/", rss(*items)))
    assert desk.brought(feed)[0] == newest + 10
    states = [row["state"] for row in desk.rows("SELECT state FROM article")]
    assert states.count("fetch") == newest
    assert states.count("skipped") == 10


def test_of_a_runaway_feed_the_newest_entries_are_taken(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "MAX_ENTRIES", 3)
    feed = desk.watch(server.on("/", rss(*(item(n) for n in (9, 8, 7, 1, 2, 3)))))
    assert desk.brought(feed) == (3, 0, False)
    entries = desk.rows("SELECT entry_id FROM entry ORDER BY entry_id")
    assert [row["entry_id"] for row in entries] == ["1", "2", "3"]


def test_a_feed_without_entries_is_read_all_the_same(desk: Desk, server: Server) -> None:
    assert desk.brought(desk.watch(server.on("/", rss()))) == (0, 0, False)


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (Reply(200, b"<!doctype html><html><body>Please log in</body></html>"), "web page"),
        (Reply(200, b""), "empty"),
        (Reply(200, b"%PDF-1.4\x00\xff"), "PDF"),
        (Reply(200, b"hello"), "plain text"),
        (Reply(404, b"no"), "404"),
        (Reply(500, b"no"), "500"),
        (Reply(403, b"<html>"), "403"),
        (Reply(200, b"x", {"content-encoding": "br"}), "coding"),
        (Reply(302, b"", {"location": "file:///etc/passwd"}), "no web address"),
    ],
    ids=["html", "empty", "binary", "text", "404", "500", "403", "coding", "file"],
)
def test_what_is_no_feed_is_told_in_a_sentence_and_asked_again(
    desk: Desk, server: Server, reply: Reply, word: str
) -> None:
    feed = desk.watch(server.on("/", reply))
    assert word in desk.error(feed)
    assert desk.feed("failures", "state", "polls") == (1, "active", 1)
    assert desk.feed("next_poll_at") > "2018-03-28T15:02"


@pytest.mark.parametrize("answer", [hang, reset], ids=["hang", "reset"])
def test_a_server_that_breaks_off_is_told_and_asked_again(
    desk: Desk, server: Server, answer: Any
) -> None:
    desk.error(desk.watch(server.on("/", answer)), timeout=0.3)
    assert desk.feed("failures", "last_status") == (1, None)


@pytest.mark.parametrize(
    "error",
    [
        WorkerError("it took longer than the limit of 5 seconds"),
        WorkerError("its worker was killed by signal SIGSEGV"),
        ValueError("a bug in a parser\nof many lines"),
        RecursionError("too deep"),
    ],
    ids=["over time", "crash", "bug", "depth"],
)
def test_a_parser_that_fails_is_the_feeds_failure(
    desk: Desk, server: Server, error: Exception
) -> None:
    desk.workers.error = error
    feed = desk.watch(server.on("/", rss(item(1))))
    assert "could not be parsed" in desk.error(feed)
    assert desk.feed("failures") == 1
    desk.workers.error = None
    assert desk.brought(feed) == (1, 0, False)


def test_gone_ends_the_polling(desk: Desk, server: Server) -> None:
    desk.error(desk.watch(server.on("/", Reply(410))))
    assert desk.feed("state", "last_status") == ("gone", 410)
    assert desk.topics() == ["feed.failing"]


def test_a_failing_feeds_change_keeps_the_token_in_its_address(desk: Desk, server: Server) -> None:
    desk.error(desk.watch(server.on("/rss?token=hush", Reply(410))))
    (change,) = desk.rows("SELECT * FROM change")
    assert "token=***" in str(change)
    assert "hush" not in str(change)


def test_failing_and_recovery_are_told_once_each(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    feed = desk.watch(server.on("/", *[Reply(500)] * 5, rss(item(1)), rss(item(2))))
    for _ in range(7):
        desk.poll(feed)
    assert desk.topics() == ["feed.failing", "feed.recovered"]
    told = [json.loads(row["snapshot"]) for row in desk.rows("SELECT snapshot FROM change")]
    assert [(row["state"], row["failures"]) for row in told] == [("failing", 3), ("active", 0)]
    assert told[0]["feed_url"] == server.url()
    assert "500" in told[0]["last_error"]


def test_retry_after_is_kept(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", Reply(429, b"", {"retry-after": "7200"})))
    desk.error(feed)
    assert desk.feed("next_poll_at") == "2018-03-28T17:00:00.000000Z"


def test_a_publishers_wish_is_kept(desk: Desk, server: Server) -> None:
    feed = desk.watch(server.on("/", rss(item(1), headers={"cache-control": "max-age=7200"})))
    desk.poll(feed)
    assert desk.feed("next_poll_at") >= "2018-03-28T17:00"


def moves(server: Server, *replies: Reply) -> str:
    server.on("/new", *replies)
    return server.on("/old", Reply(301, b"", {"location": "/new"}))


@pytest.mark.parametrize("then", ["the same", "304", "news"])
def test_a_feed_that_moved_for_good_is_followed_the_third_time_after_a_day(
    desk: Desk, server: Server, then: str
) -> None:
    later = {
        "the same": rss(item(1)),
        "304": Reply(304, b"", {"etag": '"a"'}),
        "news": rss(item(2)),
    }[then]
    feed = desk.watch(moves(server, rss(item(1), headers={"etag": '"a"'}), later))
    for _ in range(3):
        desk.poll(feed)
        assert desk.feed("url") == server.url("/old")
    desk.now += timedelta(hours=24)
    desk.poll(feed)
    assert desk.feed("url", "moved_to", "moved_seen") == (server.url("/new"), None, 0)


@pytest.mark.parametrize("reply", [Reply(404), Reply(200, b"<html>Maintenance</html>")])
def test_a_move_to_what_is_no_feed_does_not_count(desk: Desk, server: Server, reply: Reply) -> None:
    feed = desk.watch(moves(server, reply))
    for _ in range(5):
        desk.error(feed)
    assert desk.feed("url") == server.url("/old")


def test_a_feed_that_moved_to_another_of_ours_is_gone(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    feed = desk.watch(moves(server, rss(item(1))))
    desk.watch(server.url("/new"))
    for hours in (0, 12, 12):
        desk.now += timedelta(hours=hours)
        desk.poll(feed)
    old, new = desk.rows("SELECT url, state, last_error FROM feed ORDER BY id")
    assert (old["state"], new["state"]) == ("gone", "active")
    assert server.url("/new") in old["last_error"]


def test_a_feed_that_nobody_knows_is_no_fault(desk: Desk) -> None:
    assert desk.poll(99) is None


def meanwhile(desk: Desk, action: Any) -> Any:
    def answer(_: Request, connection: Connection) -> None:
        with desk.database.write() as writing:
            action(writing)
        connection.send(rss(item(1)).rendered())

    return answer


def test_a_feed_that_is_removed_meanwhile_is_no_fault(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    feed: int = desk.watch(
        server.on("/", meanwhile(desk, lambda writing: remove_feed(writing, feed)))
    )
    assert desk.poll(feed) is None
    assert desk.rows("SELECT id FROM entry") == []


def test_a_feed_that_is_paused_meanwhile_stays_paused(desk: Desk, server: Server) -> None:
    def pause(writing: Any) -> None:
        update_feed(writing, feed, {"state": "paused"})

    feed = desk.watch(server.on("/", meanwhile(desk, pause)))
    desk.poll(feed)
    assert desk.feed("state") == "paused"


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800", "\\udc00\\ud800", "\\ufffe"])
def test_text_that_no_database_can_hold_does_not_end_the_polling(
    any_desk: Desk, server: Server, text: str
) -> None:
    body = (
        '{"version":"https://jsonfeed.org/version/1.1","title":"T%s","items":[{"id":"1%s",'
        '"url":"https://n.example/%s","title":"A%sB","content_text":"C%sD"}]}'
    ).replace("%s", text)
    feed = any_desk.watch(server.on("/", Reply(200, body.encode())))
    assert any_desk.brought(feed) == (1, 0, False)
    assert any_desk.rows("SELECT title FROM entry")[0]["title"].startswith("A")


def test_an_offline_machine_blames_no_feed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "no")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    feed = desk.watch("http://a.example/feed")
    for _ in range(5):
        assert "name server" in desk.error(feed)
    assert desk.feed("failures", "state") == (0, "active")
    assert desk.topics() == []
