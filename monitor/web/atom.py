"""Atom (RFC 4287)."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from monitor.web.encoding import iso
from monitor.web.entries import FeedEntry
from monitor.web.wording import web_link

_NAMESPACE = "http://www.w3.org/2005/Atom"
# What XML 1.0 has no way to write.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom_text(
    title: str, feed_id: str, self_url: str, home_url: str, entries: Iterable[FeedEntry]
) -> str:
    """The Atom feed of *entries*, newest first."""
    return "".join(atom_parts(title, feed_id, self_url, home_url, entries))


def atom_parts(
    title: str, feed_id: str, self_url: str, home_url: str, entries: Iterable[FeedEntry]
) -> Iterator[str]:
    """The parts of :func:`atom_text` one after the other, for as many entries as there are."""
    feed = ET.Element("feed", {"xmlns": _NAMESPACE})
    _add(feed, "title", title)
    _add(feed, "id", feed_id)
    _link(feed, self_url, "self", "application/atom+xml")
    _link(feed, home_url, "alternate", "text/html")
    _add(_add(feed, "author"), "name", "nafta-monitor")
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield ET.tostring(feed, encoding="unicode").removesuffix("</feed>")
    newest = datetime.fromtimestamp(0, UTC)
    for entry in entries:
        newest = max(newest, entry.updated)
        holder = ET.Element("feed")
        _add_entry(holder, entry)
        yield ET.tostring(holder[0], encoding="unicode")
    # The order of a feed's elements means nothing (RFC 4287, 4.1.1), and only now this is known.
    yield f"<updated>{iso(newest)}</updated></feed>"


def _add_entry(feed: ET.Element, entry: FeedEntry) -> None:
    element = _add(feed, "entry")
    if entry.lang:
        element.set("xml:lang", _clean(entry.lang))
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "published", iso(entry.published))
    _add(element, "updated", iso(entry.updated))
    _link(element, entry.url, "alternate", "text/html")
    article = web_link(entry.article_url)
    if article:
        _link(element, article, "via", "text/html")
    if entry.author:
        _add(_add(element, "author"), "name", entry.author)
    for tag in entry.tags:
        _add(element, "category").set("term", _clean(tag))
    _add(element, "content", entry.text).set("type", "text")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = None if text is None else _clean(text)
    return element


def _link(parent: ET.Element, href: str, relation: str, media_type: str) -> None:
    _add(parent, "link").attrib.update(href=_clean(href), rel=relation, type=media_type)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
