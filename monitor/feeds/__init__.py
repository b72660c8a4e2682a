"""Feeds: bytes in, entries out, whatever the format."""

from collections.abc import Mapping

from monitor.articles.files import file_kind
from monitor.feeds.jsonfeed import parse_json_feed
from monitor.feeds.sitemaps import parse_sitemap
from monitor.feeds.sniffing import DocumentKind, as_text, in_utf8, kind_of, unpacked
from monitor.feeds.syndication import parse_syndication
from monitor.feeds.types import NotAFeedError, ParsedEntry, ParsedFeed

__all__ = ["NotAFeedError", "ParsedEntry", "ParsedFeed", "parse_feed"]

_NO_HEADERS: Mapping[str, str] = {}
_INSTEAD = {
    DocumentKind.EMPTY: "is empty; try again later or check the address",
    DocumentKind.TEXT: "holds plain text, not a feed; check the address",
    DocumentKind.MARKUP: "holds markup that is no feed; check the address",
}


def parse_feed(
    body: bytes, *, url: str | None, headers: Mapping[str, str] = _NO_HEADERS
) -> ParsedFeed:
    """Read a feed of any format: RSS, Atom, RDF, JSON Feed, a sitemap or an index of them.

    *url* is the address that it came from (links are resolved against it) and *headers* are the
    response's, for the charset; the format is told by the content alone. Raises
    :class:`NotAFeedError` where *body* is no feed.
    """
    where = url or "The document"
    body = unpacked(body)
    file = file_kind(body)
    if file is not None:
        raise NotAFeedError(f"{where} holds {file[1]}, not a feed; check the address.")
    body, headers = in_utf8(body, headers)
    kind = kind_of(body)
    if kind is DocumentKind.JSON:
        return parse_json_feed(as_text(body), url=url, where=where)
    if kind is DocumentKind.SITEMAP:
        return parse_sitemap(body, url=url, where=where)
    if kind is DocumentKind.HTML:
        command = f"nafta-monitor feeds discover {url or 'URL'}"
        raise NotAFeedError(f"{where} holds a web page, not a feed; use `{command}`.")
    feed = (
        parse_syndication(body, url=url, headers=headers) if kind is DocumentKind.MARKUP else None
    )
    if feed is None:
        raise NotAFeedError(f"{where} {_INSTEAD[kind]}.")
    return feed
