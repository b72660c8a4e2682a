"""Sitemaps: the lists of a paper's articles that are made for search engines."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

from lxml import etree

from monitor.feeds.guarding import with_references
from monitor.feeds.sniffing import as_text
from monitor.feeds.types import NotAFeedError, ParsedEntry, ParsedFeed
from monitor.feeds.values import clean, one_line, precision_of, web_link, written_time

_ENCODING = re.compile(rb"<\?xml\b[^>]*\bencoding\s*=")
_PREFIXES = (b"news", b"image", b"video")
_NEVER = datetime.min.replace(tzinfo=UTC)
_MOST_PAGES = 200
_MOST_PARTS = 10


def parse_sitemap(body: bytes, *, url: str | None, where: str) -> ParsedFeed:
    """The articles that the sitemap *body* lists, or the parts that an index of sitemaps names.

    A sitemap without news lists pages by the time of their last change. Raises
    :class:`NotAFeedError` where it says no times either.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(_mended(body), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise NotAFeedError(f"{where} holds a damaged sitemap; check the address.")
    if etree.QName(root).localname == "sitemapindex":
        return _index(root, url, where)
    pages = root.findall("{*}url")
    entries = [entry for page in pages if (entry := _news(page, url))]
    if not entries:
        entries = _newest([entry for page in pages if (entry := _page(page, url))])
    if pages and not entries:
        raise NotAFeedError(
            f"{where} holds a sitemap without news or times; "
            "use the site's news sitemap or its feed."
        )
    return ParsedFeed(
        format="news-sitemap",
        title=_text(root, "{*}url/{*}news/{*}publication/{*}name"),
        language=_text(root, "{*}url/{*}news/{*}publication/{*}language"),
        entries=tuple(entries),
    )


def _mended(body: bytes) -> bytes:
    """*body* in UTF-8, with its ampersands written out and without prefixes that it forgot."""
    if _ENCODING.search(body[:200]) is None:
        body = as_text(body).encode("utf-8", "replace")
    for prefix in _PREFIXES:
        if b"xmlns:%b" % prefix not in body:
            body = body.replace(b"<%b:" % prefix, b"<").replace(b"</%b:" % prefix, b"</")
    return with_references(body)


def _news(page: etree._Element, url: str | None) -> ParsedEntry | None:
    news = page.find("{*}news")
    link = web_link(page.findtext("{*}loc"), url)
    if news is None or link is None:
        return None
    return ParsedEntry(
        id=link,
        title=one_line(unescape(news.findtext("{*}title") or "")),
        link=link,
        published=written_time(news.findtext("{*}publication_date")),
        updated=written_time(page.findtext("{*}lastmod")),
        summary=clean(news.findtext("{*}description")),
        published_precision=precision_of(
            news.findtext("{*}publication_date") or page.findtext("{*}lastmod")
        ),
    )


def _page(page: etree._Element, url: str | None) -> ParsedEntry | None:
    changed = page.findtext("{*}lastmod")
    link, updated = web_link(page.findtext("{*}loc"), url), written_time(changed)
    if link is None or updated is None:
        return None
    return ParsedEntry(
        id=link, link=link, updated=updated, published_precision=precision_of(changed)
    )


def _newest(entries: list[ParsedEntry]) -> list[ParsedEntry]:
    """Of the pages of a whole site those that changed last."""
    return sorted(entries, key=lambda entry: entry.updated or _NEVER, reverse=True)[:_MOST_PAGES]


def _index(root: etree._Element, url: str | None, where: str) -> ParsedFeed:
    """The parts of an index: those that are named for news, else those that changed last."""
    found: dict[str, datetime] = {}
    for part in root.findall("{*}sitemap"):
        link = web_link(part.findtext("{*}loc"), url)
        if link is not None:
            found[link] = written_time(part.findtext("{*}lastmod")) or _NEVER
    if not found:
        raise NotAFeedError(f"{where} holds an index of sitemaps that names none.")
    news = [link for link in found if "news" in urlsplit(link).path.lower()]
    # Of parts without a time the last one is mostly the newest, and the sort is stable.
    listed = (news or list(found))[::-1]
    chosen = sorted(listed, key=found.__getitem__, reverse=True)[:_MOST_PARTS]
    return ParsedFeed(
        format="sitemap-index",
        parts=tuple(chosen),
        tells_changes=all(found[link] is not _NEVER for link in chosen),
    )


def _text(element: etree._Element, path: str) -> str | None:
    return one_line(element.findtext(path))
