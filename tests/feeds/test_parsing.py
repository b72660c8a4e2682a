"""What parsing a feed promises beside the formats: refusals, limits, charsets, links, times."""

import contextlib
import json
import time
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.feeds import NotAFeedError, ParsedEntry, parse_feed
from monitor.feeds.guarding import MAX_ENTRIES

URL = "https://paper.example/feed"


ATOM = "http://www.w3.org/2005/Atom"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"


def rss(items: str, prologue: str = "", channel: str = "<title>T</title>") -> bytes:
    return f'{prologue}<rss version="2.0"><channel>{channel}{items}</channel></rss>'.encode()


def only_entry(items: str, **options: str) -> ParsedEntry:
    (entry,) = parse_feed(rss(items, **options), url=URL).entries
    return entry


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"<!DOCTYPE html><html><body>x</body></html>", f"feeds discover {URL}`"),
        (b"<?xml version='1.0'?>\n<!-- x --><html xmlns='x'><p/></html>", "web page"),
        (b"\xef\xbb\xbf<html><head></head></html>", "web page"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"PK\x03\x04....", "zip"),
        (b"Service unavailable", "plain text"),
        (b"<svg><path/></svg>", "no feed"),
        (b'{"error": 404}', "no JSON Feed"),
        (b'{"items": [', "damaged JSON"),
        (b"[" * 100_000, "damaged JSON"),
        (b"<sitemapindex><sitemap/></sitemapindex>", "index of sitemaps"),
        (b"<urlset><url><loc>https://a.example/</loc></url></urlset>", "sitemap without news"),
    ],
)
def test_refusal_says_where_what_and_what_to_do(body: bytes, said: str) -> None:
    with pytest.raises(NotAFeedError) as refused:
        parse_feed(body, url=URL, headers={"content-type": "application/rss+xml"})
    message = str(refused.value)
    assert URL in message
    assert said in message
    assert message.endswith(".")


def test_a_document_without_an_address_is_named_as_such() -> None:
    with pytest.raises(NotAFeedError, match=r"^The document is empty"):
        parse_feed(b"", url=None)


@pytest.mark.parametrize("kind", ["text/html", "application/json", "image/png", ""])
def test_content_type_does_not_decide(kind: str) -> None:
    feed = parse_feed(rss("<item><title>a</title></item>"), url=URL, headers={"Content-Type": kind})
    assert [entry.title for entry in feed.entries] == ["a"]


@pytest.mark.parametrize(
    ("encoding", "header", "declared"),
    [
        ("utf-8", "", ""),
        ("utf-8", "text/xml", ""),
        ("iso-8859-1", "application/xml; charset=ISO-8859-1", ""),
        ("windows-1252", "", "windows-1252"),
        ("utf-16", "", "utf-16"),
        ("utf-16-le", "application/xml; charset=utf-16le", ""),
    ],
)
def test_charset_is_found(encoding: str, header: str, declared: str) -> None:
    said = f" encoding='{declared}'" if declared else ""
    document = rss("<item><title>été, año</title></item>", f"<?xml version='1.0'{said}?>")
    body = document.decode().encode(encoding)
    feed = parse_feed(body, url=URL, headers={"Content-Type": header} if header else {})
    assert [entry.title for entry in feed.entries] == ["été, año"]


def test_bytes_that_are_ampersands_only_by_chance_are_kept() -> None:
    title = "商う"  # each letter has the byte of an ampersand in ISO-2022-JP
    body = rss(
        f"<item><title>{title}</title></item>", "<?xml version='1.0' encoding='iso-2022-jp'?>"
    )
    (entry,) = parse_feed(body.decode().encode("iso-2022-jp"), url=URL).entries
    assert entry.title == title


def test_a_gzipped_feed_is_unpacked() -> None:
    packer = zlib.compressobj(wbits=31)
    body = packer.compress(rss("<item><title>a</title></item>")) + packer.flush()
    assert len(parse_feed(body, url=URL).entries) == 1


def test_a_gzip_bomb_is_refused() -> None:
    packer = zlib.compressobj(9, wbits=31)
    body = b"".join(packer.compress(b" " * 1_000_000) for _ in range(40)) + packer.flush()
    with pytest.raises(NotAFeedError):
        parse_feed(body, url=URL)


@pytest.mark.parametrize(
    ("item", "link"),
    [
        ("<link>a</link>", "https://paper.example/a"),
        ("<link>https://paper.example/a b</link>", "https://paper.example/a b"),
        ("<link>\n https://paper.example/a \n</link>", "https://paper.example/a"),
        ("<link>javascript:alert(1)</link>", None),
        (
            "<link>javascript:x</link><guid>https://paper.example/g</guid>",
            "https://paper.example/g",
        ),
        ("<link>mailto:a@b.example</link>", None),
        ("<link></link><guid isPermaLink='true'>https://p.example/g</guid>", "https://p.example/g"),
        ("<guid isPermaLink='false'>https://p.example/g</guid>", "https://p.example/g"),
        ("<guid>123</guid>", None),
        ("<link>/a</link><guid>123</guid>", "https://paper.example/a"),
        ("<title>none</title>", None),
        (f"<a:link xmlns:a='{ATOM}' rel='alternate' href='/b'/>", "https://paper.example/b"),
        (f"<a:link xmlns:a='{ATOM}' href='/b'/><guid>c</guid>", "https://paper.example/b"),
        (f"<a:link xmlns:a='{ATOM}' rel='self' href='/b'/><title>none</title>", None),
        ("<link>http://[bad</link>", None),
    ],
)
def test_link_is_the_first_usable_address(item: str, link: str | None) -> None:
    assert only_entry(f"<item>{item}</item>").link == link


def test_an_id_is_kept_as_it_is_written() -> None:
    assert only_entry("<item><guid>news/77</guid></item>").id == "news/77"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("A &amp;amp;lt;B", "A &lt;B"),
        ("<![CDATA[A & B]]>", "A & B"),
        ("<![CDATA[AT&T]]>", "AT&T"),
        ("R&D costs", "R&D costs"),
        ("<![CDATA[Qu&eacute;bec]]>", "Québec"),
        ("  two\n lines ", "two lines"),
        ("bell\u0085 and\u0001 more".replace("\u0001", "&#1;"), "bell and more"),
        ("", None),
    ],
)
def test_title_is_plain_text_decoded_once(written: str, title: str | None) -> None:
    item = f"<item><title>{written}</title><guid>1</guid></item>"
    found = only_entry(item).title
    assert found == title or (found or "").replace("…", "") == title


@pytest.mark.parametrize(
    "written",
    [
        "Wed, 28 Mar 2018 17:05:00 -0400",
        "Wed, 28 Mar 2018 17:05:00 EDT",
        "2018-03-28T21:05:00Z",
        "2018-03-28T17:05:00-4:00",
        "2018-03-28 17:05:00 -0400",
        "2018/03/28 21:05:00",
        "mer., 28 mars 2018 17:05:00 -0400",
        "mié, 28 mar 2018 17:05:00 -0400",
        "1522271100",
    ],
)
def test_published_is_read_in_utc(written: str) -> None:
    found = only_entry(f"<item><pubDate>{written}</pubDate></item>").published
    assert found == datetime(2018, 3, 28, 21, 5, tzinfo=UTC)


@pytest.mark.parametrize("written", ["yesterday", "0000-00-00", "99999999999999999"])
def test_a_time_that_is_none_is_left_out(written: str) -> None:
    assert only_entry(f"<item><pubDate>{written}</pubDate></item>").published is None


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>60</ttl>", 3600.0),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        (f"<u:updatePeriod xmlns:u='{SYNDICATION}'>daily</u:updatePeriod>", 86400.0),
    ],
)
def test_ttl_is_what_the_feed_asks_for(channel: str, seconds: float | None) -> None:
    assert parse_feed(rss("", channel=channel), url=URL).ttl_seconds == seconds


BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY a{n} "{"&a%s;" % (n - 1 or "") * 10}">'.replace("&a0;", "&a;")
        for n in range(1, 10)
    )
    + "]>"
)
EXTERNAL = '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://a.example/x"> %x;]>'
ATTRIBUTES = " ".join(f'a{n}="{n}"' for n in range(50_000))


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>&a9;</title></item>", BOMB),
        rss("<item><title>x</title></item>", EXTERNAL),
        rss(f"<item {ATTRIBUTES}><title>x</title></item>"),
        rss(f"<item><title>x</title><author>{'a.' * 50_000}</author></item>"),
        rss("<item><title>x</title></item>" + "<a>" * 10_000),
        f"{BOMB}<urlset><url><loc>&a9;</loc><news>&a9;</news></url></urlset>".encode(),
        b'{"items": [{"id": ' + b"1" * 100_000 + b"}]}",
    ],
    ids=["laughs", "external dtd", "attributes", "author", "nested", "sitemap", "number"],
)
def test_an_attack_costs_little(body: bytes) -> None:
    start = time.process_time()
    with contextlib.suppress(NotAFeedError):
        assert len(json.dumps([entry.title for entry in parse_feed(body, url=URL).entries])) < 1000
    assert time.process_time() - start < 5


def test_no_file_is_read_for_an_entity() -> None:
    entry = only_entry(
        "<item><title>&x;</title></item>",
        prologue='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    )
    assert "root" not in (entry.title or "")


def test_of_an_endless_feed_the_first_entries_are_read() -> None:
    items = "".join(f"<item><guid>{n}</guid></item>" for n in range(MAX_ENTRIES + 5))
    feed = parse_feed(rss(items), url=URL)
    assert len(feed.entries) == MAX_ENTRIES
    assert feed.entries[0].id == "0"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>x()</script>",
        "<img src=x onerror=x()>",
        "<a href='javascript:x()'>y</a>",
        "<iframe src='https://a.example'></iframe>",
        "<p style='background:url(javascript:x())'>y</p>",
    ],
)
def test_markup_is_made_safe_in_every_format(markup: str) -> None:
    escaped = markup.replace("<", "&lt;")
    item = {"id": "1", "content_html": markup}
    document = {"version": "https://jsonfeed.org/version/1", "items": [item]}
    summary = only_entry(f"<item><guid>1</guid><description>{escaped}</description></item>").summary
    content = parse_feed(json.dumps(document).encode(), url=URL).entries[0].content
    for made_safe in (summary, content):
        assert not any(word in (made_safe or "") for word in ("script", "onerror", "iframe"))


STARTS = (
    b"<rss><channel><item>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>",
    b'{"items":[{"id":',
    b"<urlset><url><news>",
    b"<opml>",
    b"\xff\xfe<\x00?\x00",
    b"<?xml version='1.0' encoding='utf-7'?><rss>",
    b"\x1f\x8b\x08",
)


@settings(max_examples=300)
@given(
    st.binary(max_size=400) | st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary()),
    st.sampled_from([None, "", "http://[", "https://a.example/\x00", "nonsense"]),
    st.dictionaries(st.sampled_from(["content-type", "Content-Location"]), st.text(max_size=20)),
)
@example(b"<![CDATA[", None, {})
@example(b"<rss><channel><item><link>http://[</link></item></channel></rss>", None, {})
def test_whatever_the_bytes_only_a_refusal_is_raised(
    body: bytes, url: str | None, headers: dict[str, str]
) -> None:
    try:
        feed = parse_feed(body, url=url, headers=headers)
    except NotAFeedError:
        return
    for entry in feed.entries:
        assert entry.link is None or entry.link.startswith(("http://", "https://", "HTTP"))
        assert entry.published is None or entry.published.tzinfo is UTC
