"""What feeds ask of their readers, how exact their times are, and sitemaps without news."""

import pytest

from monitor.feeds import NotAFeedError, parse_feed

_ITEM = "<item><title>A</title><link>https://n.example/1</link><pubDate>%s</pubDate></item>"


def rss(head: str = "", date: str = "Wed, 28 Mar 2018 15:00:00 GMT") -> bytes:
    return f"<rss version='2.0'><channel>{head}{_ITEM % date}</channel></rss>".encode()


@pytest.mark.parametrize(
    ("head", "hours", "days"),
    [
        ("<skipHours><hour>0</hour><hour>13</hour></skipHours>", (0, 13), ()),
        ("<skipHours><hour>24</hour><hour>77</hour></skipHours>", (0,), ()),
        ("<skipDays><day>Sunday</day><day>saturday</day><day>Noday</day></skipDays>", (), (5, 6)),
        (
            "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(24)) + "</skipHours>",
            (),
            (),
        ),
        ("<skipHours/><skipDays></skipDays>", (), ()),
    ],
    ids=["hours", "24 is midnight", "days", "all hours are none", "empty"],
)
def test_hours_and_days_to_be_skipped_are_read(
    head: str, hours: tuple[int, ...], days: tuple[int, ...]
) -> None:
    feed = parse_feed(rss(head), url=None)
    assert (feed.skip_hours, feed.skip_days) == (hours, days)
    assert len(feed.entries) == 1


@pytest.mark.parametrize(
    ("date", "precision"),
    [
        ("Wed, 28 Mar 2018 15:00:00 GMT", "second"),
        ("Wed, 28 Mar 2018 00:00:00 GMT", "day"),
        ("Wed, 28 Mar 2018 00:00:00 -0400", "second"),
        ("2018-03-28", "day"),
        ("Wed, 28 Mar 2018", "day"),
    ],
)
def test_a_bare_day_is_known_for_one(date: str, precision: str) -> None:
    (entry,) = parse_feed(rss(date=date), url=None).entries
    assert entry.published is not None
    assert entry.published.date().isoformat() == "2018-03-28"
    assert entry.published_precision == precision


def test_a_bare_day_in_json_and_in_a_sitemap() -> None:
    feed = b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","date_published":"2018-03-28"}]}'
    assert parse_feed(feed, url=None).entries[0].published_precision == "day"
    sitemap = (
        b"<urlset><url><loc>https://n.example/1</loc><lastmod>2018-03-28</lastmod></url></urlset>"
    )
    (entry,) = parse_feed(sitemap, url=None).entries
    assert entry.published_precision == "day"


def sitemap(*pages: tuple[str, str]) -> bytes:
    listed = "".join(f"<url><loc>{at}</loc><lastmod>{day}</lastmod></url>" for at, day in pages)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{listed}</urlset>".encode()


def test_a_sitemap_without_news_lists_its_pages_newest_first() -> None:
    body = sitemap(("https://n.example/old", "2018-01-01"), ("https://n.example/new", "2018-03-28"))
    feed = parse_feed(body, url="https://n.example/sitemap.xml")
    assert [entry.link for entry in feed.entries] == [
        "https://n.example/new",
        "https://n.example/old",
    ]


def test_of_a_whole_sites_pages_only_the_newest_are_taken() -> None:
    body = sitemap(
        *((f"https://n.example/{n}", f"2018-03-28T{n % 24:02}:00:00Z") for n in range(999))
    )
    assert len(parse_feed(body, url=None).entries) == 200


def index(*parts: tuple[str, str | None]) -> bytes:
    listed = "".join(
        f"<sitemap><loc>{at}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for at, day in parts
    )
    return f"<sitemapindex>{listed}</sitemapindex>".encode()


def test_an_index_names_its_parts_those_for_news_first() -> None:
    body = index(
        ("/a.xml", "2018-03-28"), ("/news-1.xml", "2018-03-01"), ("/news-2.xml", "2018-03-02")
    )
    feed = parse_feed(body, url="https://n.example/sitemap.xml")
    assert feed.parts == ("https://n.example/news-2.xml", "https://n.example/news-1.xml")
    assert feed.tells_changes


def test_an_index_without_times_cannot_tell_that_a_part_changed() -> None:
    feed = parse_feed(index(("/a.xml", None), ("/b.xml", None)), url="https://n.example/s.xml")
    assert feed.parts == ("https://n.example/b.xml", "https://n.example/a.xml")
    assert not feed.tells_changes


def test_an_index_of_nothing_is_no_feed() -> None:
    with pytest.raises(NotAFeedError, match="names none"):
        parse_feed(b"<sitemapindex/>", url=None)
