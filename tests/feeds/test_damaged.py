"""Feeds that break the rules of their format, and what is read in them all the same."""

import json
from typing import Any

import pytest

from monitor.feeds import ParsedEntry, ParsedFeed, parse_feed

URL = "https://paper.example/dir/feed.xml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def feed_of(body: str | bytes) -> ParsedFeed:
    return parse_feed(body.encode() if isinstance(body, str) else body, url=URL)


def item_of(markup: str, prologue: str = "") -> ParsedEntry:
    document = f"{prologue}<rss version='2.0'><channel><item>{markup}</item></channel></rss>"
    (entry,) = feed_of(document).entries
    return entry


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("start", ["", "<?xml version='1.0' encoding='utf-8'?>"])
def test_a_feed_of_wide_letters_is_read_whatever_it_declares(encoding: str, start: str) -> None:
    body = f"{start}<rss><channel><item><title>été</title></item></channel></rss>".encode(encoding)
    assert [entry.title for entry in feed_of(body).entries] == ["été"]


@pytest.mark.parametrize(
    "prologue",
    [
        "",
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss-0.91.dtd">',
    ],
    ids=["no type", "a type"],
)
def test_the_names_of_letters_are_read_with_and_without_a_document_type(prologue: str) -> None:
    assert item_of("<title>caf&eacute;&nbsp;&amp; th&eacute;</title>", prologue).title == (
        "café & thé"
    )


def test_an_entity_that_the_document_declares_is_written_out() -> None:
    entry = item_of("<title>&paper; says</title>", '<!DOCTYPE rss [<!ENTITY paper "Courier">]>')
    assert entry.title == "Courier says"


def test_an_open_cdata_section_hides_nothing() -> None:
    document = (
        "<rss><channel><item><title><![CDATA[one</title></item><item><title>two</title></item>"
    )
    assert [entry.title for entry in feed_of(document).entries] == ["one", "two"]


@pytest.mark.parametrize(
    ("links", "first"),
    [
        ("<link>/1</link><link>/2</link>", "/1"),
        ("<link>/1</link><a:link xmlns:a='http://www.w3.org/2005/Atom' href='/2'/>", "/1"),
        ("<link href='/1'/><link href='/2'/>", "/1"),
        ("<link rel='alternate' type='application/json' href='/1'/><link href='/2'/>", "/2"),
        ("<link rel='http://www.iana.org/assignments/relation/alternate' href='/1'/>", "/1"),
        ("<image><link>/1</link></image><link>/2</link>", "/2"),
    ],
)
def test_of_several_links_the_first_to_a_page_is_the_entrys(links: str, first: str) -> None:
    assert item_of(f"<title>a</title>{links}").link == f"https://paper.example{first}"


@pytest.mark.parametrize(
    ("tag", "space"),
    [
        ("prism:publicationDate", "http://prismstandard.org/namespaces/basic/2.0/"),
        ("x:date", "http://purl.org/dc/terms/"),
        ("x:issued", "http://purl.org/dc/terms/"),
        ("x:published", "http://www.w3.org/2005/Atom"),
    ],
)
def test_a_time_is_found_under_its_other_names(tag: str, space: str) -> None:
    entry = item_of(f"<{tag} xmlns:{tag.partition(':')[0]}='{space}'>2018-03-28T21:05:00Z</{tag}>")
    assert entry.published is not None
    assert entry.published.isoformat() == "2018-03-28T21:05:00+00:00"


@pytest.mark.parametrize(
    ("title", "safe"),
    [
        ("a &lt;script&gt;x()&lt;/script&gt; b", "a b"),
        ("a &lt;img src=x onerror=x()&gt; b", 'a <img src="x" /> b'),
        ("5 &lt; 6, he said", "5 < 6, he said"),
        ("a &lt;b&gt;bold&lt;/b&gt; word", "a <b>bold</b> word"),
    ],
)
def test_nothing_that_runs_is_left_in_a_title(title: str, safe: str) -> None:
    assert item_of(f"<title>{title}</title>").title == safe


def json_feed(*items: dict[str, Any]) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items})


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace('"one"}', '"one",}').replace("]}", ",]}"),
        lambda text: text.replace('"one"', '"one\n\x01"'),
        lambda text: "\ufeff" + text,
        lambda text: text + "\n<!-- from the cache -->",
        lambda text: text[:-4],
    ],
    ids=["commas", "control characters", "mark", "trailing", "cut off"],
)
def test_a_json_feed_of_small_damage_is_read(damage: Any) -> None:
    feed = feed_of(damage(json_feed({"id": "1", "title": "one"}, {"id": "2", "title": "a, }"})))
    assert feed.title == "T"
    assert feed.entries[0].title == "one"


def test_half_a_letter_is_shown_as_damage() -> None:
    text = json_feed({"id": "\ud83d1", "url": "/\ud83d", "title": "a \ud83d b"})
    (entry,) = feed_of(text).entries
    assert (entry.id, entry.link, entry.title) == ("\ufffd1", None, "a \ufffd b")


def test_a_comma_inside_of_a_text_is_no_damage() -> None:
    text = json_feed({"id": "1", "title": 'a,] "b",}'}).replace('"}]', '",}]')
    assert feed_of(text).entries[0].title == 'a,] "b",}'


def test_a_json_feed_in_latin_1_is_read() -> None:
    text = '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"été"}]}'
    assert feed_of(text.encode("latin-1")).entries[0].title == "été"


def sitemap(page: str, namespaces: str = f'xmlns:news="{NEWS}"') -> ParsedEntry:
    text = (
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {namespaces}>{page}</urlset>'
    )
    (entry,) = feed_of(text).entries
    return entry


def test_bare_ampersands_of_a_sitemap_are_kept() -> None:
    entry = sitemap(
        "<url><loc>https://n.example/?a=1&b=2</loc>"
        "<news:news><news:title>AT&T caf&eacute;</news:title></news:news></url>"
    )
    assert (entry.link, entry.title) == ("https://n.example/?a=1&b=2", "AT&T café")


def test_a_prefix_that_a_sitemap_forgot_to_declare_is_known() -> None:
    page = (
        "<url><loc>https://n.example/1</loc><news:news><news:title>T</news:title></news:news></url>"
    )
    assert sitemap(page, namespaces="").title == "T"


def test_a_title_that_was_escaped_twice_is_read() -> None:
    page = (
        "<url><loc>https://n.example/1</loc>"
        "<news:news><news:title>L&amp;#39;accord</news:title></news:news></url>"
    )
    assert sitemap(page).title == "L'accord"


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel><link>https://n.example/news/</link><item><link>a</link></item></channel></rss>",
        (
            '{"version":"https://jsonfeed.org/version/1","home_page_url":"https://n.example/news/",'
            '"items":[{"id":"1","url":"a"}]}'
        ),
    ],
    ids=["rss", "json"],
)
def test_a_feed_whose_address_is_not_known_has_links_from_its_site(body: str) -> None:
    (entry,) = parse_feed(body.encode(), url=None).entries
    assert entry.link == "https://n.example/news/a"
