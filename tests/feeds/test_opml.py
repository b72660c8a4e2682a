"""Exchanging lists of feeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import UsageError
from monitor.feeds.opml import OpmlFeed, read_opml, write_opml

LIST = b"""<?xml version="1.0"?>
<opml version="1.0"><head><title>mine</title></head><body>
  <outline text="Loose" xmlUrl="https://a.example/rss"/>
  <outline text="Trade">
    <outline text="Mexico" title="M&#233;xico">
      <outline type="rss" text="short" title="El Puente" XMLURL="https://b.example/rss"/>
      <outline type="rss" text="again" xmlUrl="https://a.example/rss"/>
      <outline type="link" text="no feed" url="https://c.example/"/>
      <outline type="rss" text="bad" xmlUrl="file:///etc/passwd"/>
    </outline>
  </outline>
</body></opml>"""


def test_feeds_are_read_with_titles_and_folders_each_once() -> None:
    assert read_opml(LIST) == [
        OpmlFeed("https://a.example/rss", "Loose", None),
        OpmlFeed("https://b.example/rss", "El Puente", "Trade/México"),
    ]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"{}", b"\xff\xfe\x00"])
def test_what_is_no_opml_is_a_mistake_of_the_user(body: bytes) -> None:
    with pytest.raises(UsageError, match="no OPML"):
        read_opml(body)


def test_no_entity_is_expanded() -> None:
    bomb = b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + LIST.replace(
        b"Loose", b"&x;"
    ).replace(b'<?xml version="1.0"?>', b"")
    assert "root" not in (read_opml(bomb)[0].title or "")


def test_a_title_that_xml_cannot_hold_is_written_without_it() -> None:
    written = write_opml([OpmlFeed("https://a.example/rss", "be\x07ll", "a\x00b")], "x\x01y")
    assert read_opml(written.encode()) == [OpmlFeed("https://a.example/rss", "bell", "ab")]


NAMES = st.text("aéÑ1&<\"'", min_size=1, max_size=8)
FEEDS = st.builds(
    OpmlFeed,
    url=st.integers(0, 10**6).map(lambda n: f"https://a.example/{n}?a=1&b=2"),
    title=st.none() | NAMES,
    folder=st.none() | st.lists(NAMES, min_size=1, max_size=3).map("/".join),
)


@given(st.lists(FEEDS, unique_by=lambda feed: feed.url, max_size=8))
def test_what_is_written_is_read_back(feeds: list[OpmlFeed]) -> None:
    back = read_opml(write_opml(feeds, "mine").encode())
    wanted = {(f.url, f.title or f.url, f.folder) for f in feeds}
    assert {(f.url, f.title, f.folder) for f in back} == wanted


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_raise_anything_else(body: bytes) -> None:
    try:
        assert read_opml(body) is not None
    except UsageError:
        return
