"""News sitemaps: the list of a paper's newest articles, made for search engines."""

from lxml import etree

from monitor.feeds.types import NotAFeedError, ParsedEntry, ParsedFeed
from monitor.feeds.values import clean, one_line, web_link, written_time


def parse_news_sitemap(body: bytes, *, url: str | None, where: str) -> ParsedFeed:
    """The articles that the sitemap *body* lists.

    Raises :class:`NotAFeedError` for an index of sitemaps and for a sitemap without news.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise NotAFeedError(f"{where} holds a damaged sitemap; check the address.")
    if etree.QName(root).localname == "sitemapindex":
        raise NotAFeedError(
            f"{where} holds an index of sitemaps, not a feed; "
            "add the news sitemap that it names instead."
        )
    pages = root.findall("{*}url")
    entries = tuple(entry for page in pages if (entry := _entry(page, url)))
    if pages and not entries:
        raise NotAFeedError(
            f"{where} holds a sitemap without news; use the site's news sitemap or its feed."
        )
    return ParsedFeed(
        format="news-sitemap",
        title=_text(root, "{*}url/{*}news/{*}publication/{*}name"),
        language=_text(root, "{*}url/{*}news/{*}publication/{*}language"),
        entries=entries,
    )


def _entry(page: etree._Element, url: str | None) -> ParsedEntry | None:
    news = page.find("{*}news")
    link = web_link(page.findtext("{*}loc"), url)
    if news is None or link is None:
        return None
    return ParsedEntry(
        id=link,
        title=_text(news, "{*}title"),
        link=link,
        published=written_time(news.findtext("{*}publication_date")),
        updated=written_time(page.findtext("{*}lastmod")),
        summary=clean(news.findtext("{*}description")),
    )


def _text(element: etree._Element, path: str) -> str | None:
    return one_line(element.findtext(path))
