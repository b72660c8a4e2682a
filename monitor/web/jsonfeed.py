"""JSON Feed 1.1."""

from collections.abc import Sequence
from typing import Any

from monitor.web.encoding import iso
from monitor.web.entries import FeedEntry
from monitor.web.wording import web_link


def json_feed(
    title: str, home_url: str, self_url: str, entries: Sequence[FeedEntry], next_url: str | None
) -> dict[str, Any]:
    """The JSON Feed of *entries*, newest first; *next_url* is that of the older ones."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home_url,
        "feed_url": self_url,
        "items": [_item(entry) for entry in entries],
    }
    return feed | ({"next_url": next_url} if next_url else {})


def _item(entry: FeedEntry) -> dict[str, Any]:
    article = web_link(entry.article_url)
    item = {
        "id": entry.id,
        "url": entry.url,
        "external_url": article,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": iso(entry.published),
        "date_modified": iso(entry.updated),
        "language": entry.lang,
        "tags": list(entry.tags),
        "authors": [{"name": entry.author}] if entry.author else None,
    }
    return {name: value for name, value in item.items() if value is not None}
