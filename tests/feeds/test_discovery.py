"""Finding the feeds of a page."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.discovery import GUESS, FoundFeed, find_feeds

URL = "https://paper.example/news/"


def test_named_feeds_come_in_the_page_s_order_with_their_titles() -> None:
    page = b"""<html><head><base href="/en/">
    <link rel="alternate" type="application/rss+xml" title="All &amp; more" href="rss.xml">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="https://o.example/a">
    <link rel="alternate" type="application/feed+json" href="/feed.json">
    <link rel="alternate" hreflang="fr" href="/fr/">
    <link rel="alternate" type="application/json+oembed" href="/oembed?x">
    <link rel="stylesheet" type="text/css" href="/s.css">
    <link rel="alternate" type="application/rss+xml" href="rss.xml">
    </head></html>"""
    assert find_feeds(page, URL) == [
        FoundFeed("https://paper.example/en/rss.xml", "All & more", "rss"),
        FoundFeed("https://o.example/a", None, "atom"),
        FoundFeed("https://paper.example/feed.json", None, "json"),
    ]


def test_where_none_is_named_the_usual_places_are_guessed() -> None:
    guesses = find_feeds(b"<html><body>no feed</body></html>", URL)
    assert {feed.type for feed in guesses} == {GUESS}
    assert "https://paper.example/feed" in {feed.url for feed in guesses}


def test_an_address_that_is_no_web_address_is_no_feed() -> None:
    page = b'<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">'
    assert {feed.type for feed in find_feeds(page, URL)} == {GUESS}


@given(st.binary(max_size=300))
def test_no_page_makes_it_raise(page: bytes) -> None:
    assert find_feeds(page, URL)
