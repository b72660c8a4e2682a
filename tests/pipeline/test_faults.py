"""Pages that cannot be had, or are none: what becomes of the article behind an entry."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text as sql

from tests.pipeline.desk import LONG, NOW, Desk, page
from tests.serving import Reply, Server

SUMMARY = "<p>Ministers met on Wednesday.</p>"


def told(desk: Desk) -> str:
    with desk.database.read() as connection:
        return str(connection.scalar(sql("SELECT last_error FROM article")))


@pytest.mark.parametrize("status", [401, 402, 404, 410, 451])
def test_a_page_that_will_not_be_had_leaves_the_feeds_own_text(
    desk: Desk, server: Server, status: int
) -> None:
    desk.find(server.on("/a", Reply(status)), summary=SUMMARY)
    assert desk.fetch() == "feed"
    assert str(status) in told(desk)


@pytest.mark.parametrize("status", [403, 408, 429, 500, 502, 503])
def test_a_page_that_may_be_had_later_is_asked_for_again(
    desk: Desk, server: Server, status: int
) -> None:
    desk.find(server.on("/a", Reply(status), page(LONG)), summary=SUMMARY)
    assert desk.fetch() == "later"
    assert desk.fetch() == "stored"


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"%PDF-1.7\n\x00\xff", "PDF"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (gzip.compress(b"<html>"), "gzip"),
        (b"", "empty"),
        (b"<title>Page not found</title><h1>Page not found</h1><p>Sorry.</p>", "notice"),
        (b"<meta property=og:type content=video><title>T</title><p>A caption.</p>", "video"),
    ],
    ids=["pdf", "video", "zip", "gzip", "empty", "error page", "video page"],
)
def test_what_is_no_article_leaves_the_feeds_own_text_and_says_so(
    desk: Desk, server: Server, body: bytes, word: str
) -> None:
    desk.find(server.on("/a", Reply(200, body)), summary=SUMMARY)
    assert desk.fetch() == "feed"
    assert word in told(desk)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16", "windows-1252"])
def test_a_page_in_an_encoding_that_it_does_not_name_is_read(
    desk: Desk, server: Server, encoding: str
) -> None:
    text = "La négociation se poursuit, a dit la ministre. " * 12
    body = (
        f"<html><head><title>T</title></head><body><article><p>{text}</p></article></body></html>"
    )
    desk.find(server.on("/a", Reply(200, body.encode(encoding), {"content-type": "text/html"})))
    assert desk.fetch() == "stored"
    with desk.database.read() as connection:
        assert connection.scalar(sql("SELECT text FROM revision")) == text.strip()


def test_a_host_that_has_enough_is_asked_for_none_of_its_pages(desk: Desk, server: Server) -> None:
    desk.find(server.on("/a", Reply(429, b"", {"retry-after": "3600"})))
    assert desk.fetch() == "later"
    desk.now += timedelta(minutes=59)
    assert not desk.due()
    desk.now += timedelta(minutes=1)
    assert desk.due()


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2018-03-28T09:00:00Z", "2018-03-28T09:00:00.000000Z"),
        ("2099-01-01T00:00:00Z", "2018-03-28T15:00:00.000000Z"),
    ],
)
def test_a_page_that_dates_itself_in_the_future_is_not_believed(
    desk: Desk, server: Server, written: str, published: str
) -> None:
    body = f'<html><head><meta property="article:published_time" content="{written}"></head>{LONG}'
    desk.find(server.on("/a", Reply(200, body.encode())), published=NOW)
    assert desk.fetch() == "stored"
    with desk.database.read() as connection:
        at = connection.scalar(sql("SELECT published_at FROM article"))
    expected = datetime.fromisoformat(published)
    found = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    assert found.astimezone(UTC) == expected
