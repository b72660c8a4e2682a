"""RSS, Atom, RDF and CDF, read by feedparser and completed where it leaves something out."""

import calendar
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import feedparser
import feedparser.mixin

from monitor.articles.times import YEARS
from monitor.feeds.guarding import guarded
from monitor.feeds.types import ParsedEntry, ParsedFeed
from monitor.feeds.values import clean, one_line, precision_of, web_link, written_time
from monitor.feeds.wishes import skipped_times

_PERIODS = {
    "hourly": 3600,
    "daily": 86400,
    "weekly": 604800,
    "monthly": 2629800,
    "yearly": 31557600,
}
_MARKUP_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HEADERS = ("content-type", "content-language", "content-location")
# An id is a name, not a link: resolved, it would change with the feed's address.
feedparser.mixin._FeedParserMixin.can_be_relative_uri -= {"id"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_syndication(
    body: bytes, *, url: str | None, headers: Mapping[str, str]
) -> ParsedFeed | None:
    """The feed in *body*; None where feedparser finds none in it."""
    known = {name.lower(): value for name, value in headers.items()}
    sent = {name: known[name] for name in _HEADERS if name in known}
    if url is not None:
        sent["content-location"] = url
    try:
        found = feedparser.parse(io.BytesIO(guarded(body)), response_headers=sent)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 — a fault of the library costs this one document
        return None
    if not found.version and not found.entries:
        return None
    feed = found.feed
    rss = not found.version.startswith("atom")
    skip_hours, skip_days = skipped_times(body) if rss else ((), ())
    return ParsedFeed(
        format=found.version or "unknown",
        id=clean(feed.get("id")),
        title=_title(feed),
        link=_first_link([feed.get("link"), *_alternates(feed)], url),
        language=clean(feed.get("language")),
        entries=tuple(_entry(entry, url, rss=rss) for entry in found.entries),
        ttl_seconds=_ttl(feed),
        skip_hours=skip_hours,
        skip_days=skip_days,
    )


def _entry(entry: Any, url: str | None, *, rss: bool) -> ParsedEntry:
    published, updated = _time(entry, "published"), _time(entry, "updated")
    source = "published"
    if published is None:
        # An RSS item has no time of change of its own: what feedparser calls updated is dc:date.
        source = "updated" if rss and updated else "created"
        published = (updated if rss else None) or _time(entry, "created")
    return ParsedEntry(
        id=clean(entry.get("id")),
        title=_title(entry),
        link=_entry_link(entry, url),
        published=published,
        updated=updated,
        summary=clean(entry.get("summary")),
        content=_content(entry),
        author=one_line(entry.get("author")),
        published_precision=precision_of(dict.get(entry, source if published else "updated")),
    )


def _time(entry: Any, name: str) -> datetime | None:
    # feedparser answers "updated" with "published" where the key is missing: ask the plain dict.
    written = written_time(dict.get(entry, name))
    parsed = dict.get(entry, f"{name}_parsed")
    if written is not None or parsed is None:
        return written
    try:
        time = _EPOCH + timedelta(seconds=calendar.timegm(parsed))
    except (OverflowError, ValueError):
        return None
    return time if time.year in YEARS else None


def _title(owner: Any) -> str | None:
    """The title as plain text; inline markup stays, made safe, where there is some."""
    title = owner.get("title") or ""
    detail = owner.get("title_detail") or {}
    if detail.get("type") in _MARKUP_TYPES and "<" not in title:
        title = unescape(title)
    return one_line(title)


def _entry_link(entry: Any, url: str | None) -> str | None:
    # feedparser takes an id for the link where there is none: that must be an address in full.
    link = entry.get("link") if entry.get("link") != entry.get("id") else None
    links = [entry.get("feedburner_origlink"), link, *_alternates(entry)]
    return _first_link(links, url) or web_link(entry.get("id"))


def _alternates(owner: Any) -> list[str | None]:
    return [link.get("href") for link in owner.get("links", ()) if link.get("rel") == "alternate"]


def _first_link(links: Iterable[str | None], url: str | None) -> str | None:
    return next((usable for link in links if (usable := web_link(link, url))), None)


def _content(entry: Any) -> str | None:
    parts = entry.get("content") or ()
    best = max(parts, key=lambda part: "html" in (part.get("type") or ""), default=None)
    return clean(best.get("value")) if best is not None else None


def _ttl(feed: Any) -> float | None:
    ttl = _number(feed.get("ttl"))
    if ttl:
        return ttl * 60
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    if period is None:
        return None
    return period / (_number(feed.get("sy_updatefrequency")) or 1)


def _number(text: object) -> float | None:
    text = str(text).strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
