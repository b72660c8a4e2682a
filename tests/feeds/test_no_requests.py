"""Documents that ask for others while they are read: nobody hears of it."""

from collections.abc import Callable, Iterator

import pytest

from monitor.articles import read_article
from monitor.errors import MonitorError
from monitor.feeds import parse_feed
from monitor.feeds.opml import read_opml
from tests.serving import Server, serve

READERS: dict[str, Callable[[bytes], object]] = {
    "feed": lambda body: parse_feed(body, url=None),
    "list": read_opml,
    "page": lambda body: read_article(body, url=None),
}
ROOTS = {
    "rss": "<rss version='2.0'><channel><item><title>{}</title></item></channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>{}</title></entry></feed>",
    "sitemap": "<urlset><url><loc>https://n.example/1</loc><lastmod>{}</lastmod></url></urlset>",
    "opml": "<opml><body><outline text='{}'/></body></opml>",
    "html": "<html><body><p>{}</p></body></html>",
}
ASKING = {
    "document type": '<!DOCTYPE {root} SYSTEM "{url}">',
    "entity": '<!DOCTYPE {root} [<!ENTITY x SYSTEM "{url}">]>',
    "parameter": '<!DOCTYPE {root} [<!ENTITY % x SYSTEM "{url}"> %x;]>',
    "style sheet": '<?xml-stylesheet href="{url}" type="text/xsl"?>',
    "file": '<!DOCTYPE {root} [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("asking", ASKING)
def test_reading_asks_for_nothing_else(server: Server, reader: str, root: str, asking: str) -> None:
    start = ASKING[asking].format(root=root, url=server.url("/x.dtd"))
    include = f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{server.url('/x')}'/>"
    document = f"<?xml version='1.0'?>{start}{ROOTS[root].format('&x;' + include)}"
    try:
        found = repr(READERS[reader](document.encode()))
    except MonitorError as error:
        found = str(error)
    assert "root:" not in found
    assert server.connections == 0
