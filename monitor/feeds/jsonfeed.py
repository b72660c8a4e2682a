"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from typing import Any

from monitor.feeds.damaged_json import read_json
from monitor.feeds.markup import safe_markup
from monitor.feeds.types import NotAFeedError, ParsedEntry, ParsedFeed
from monitor.feeds.values import clean, one_line, precision_of, web_link, written_time


def parse_json_feed(text: str, *, url: str | None, where: str) -> ParsedFeed:
    """The feed in the JSON *text*; raises :class:`NotAFeedError` where it is other JSON."""
    try:
        document = read_json(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(
            f"{where} holds damaged JSON, not a feed; check the address."
        ) from error
    if not isinstance(document, dict) or not _is_json_feed(document):
        raise NotAFeedError(f"{where} holds JSON that is no JSON Feed; check the address.")
    version = document.get("version")
    items = document.get("items")
    base = web_link(document.get("feed_url"), url) or url or web_link(document.get("home_page_url"))
    return ParsedFeed(
        format="json1.1" if str(version).rstrip("/").endswith("1.1") else "json1.0",
        id=web_link(document.get("feed_url"), url),
        title=one_line(document.get("title")),
        link=web_link(document.get("home_page_url"), url),
        language=clean(document.get("language")),
        entries=tuple(
            _entry(item, document, base)
            for item in (items if isinstance(items, list) else ())
            if isinstance(item, dict)
        ),
    )


def _is_json_feed(document: dict[str, Any]) -> bool:
    version = document.get("version")
    return (isinstance(version, str) and "jsonfeed.org" in version) or isinstance(
        document.get("items"), list
    )


def _entry(item: dict[str, Any], feed: dict[str, Any], base: str | None) -> ParsedEntry:
    id = _id(item.get("id"))
    return ParsedEntry(
        id=id,
        title=one_line(item.get("title")),
        link=web_link(item.get("url"), base)
        or web_link(item.get("external_url"), base)
        or web_link(id),
        published=written_time(item.get("date_published")),
        updated=written_time(item.get("date_modified")),
        summary=clean(item.get("summary")),
        content=safe_markup(item.get("content_html"), base) or clean(item.get("content_text")),
        author=_authors(item) or _authors(feed),
        published_precision=precision_of(item.get("date_published") or item.get("date_modified")),
    )


def _id(value: object) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return clean(value)


def _authors(item: dict[str, Any]) -> str | None:
    authors = item.get("authors")
    listed = authors if isinstance(authors, list) else [authors or item.get("author")]
    names = [
        one_line(author.get("name") if isinstance(author, dict) else author) for author in listed
    ]
    return ", ".join(name for name in names if name) or None
