"""RSS, Atom, RDF and CDF, read by feedparser and completed where it leaves something out."""

import calendar
import io
import re
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import feedparser
import feedparser.mixin
from feedparser.datetimes import (
    _parse_date,
    _parse_date_greek,
    _parse_date_hungarian,
    _parse_date_nate,
    _parse_date_onblog,
)

from monitor.articles.times import YEARS
from monitor.feeds.guarding import guarded
from monitor.feeds.markup import safe_markup
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
_SHORT_DATE = re.compile(r"[\d:TZW+.-]{2,}")
_OTHER_TIMES = ("created", "prism_publicationdate", "dcterms_date", "dcterms_available")
# Markup that runs, in what is said to be plain text.
_DANGEROUS = re.compile(
    r"<\s*/?\s*(?:script|style|iframe|object|embed|applet|form|input|meta|link|base|svg|math|frame)"
    r"|<[^<>]*\b(?:on\w+\s*=|style\s*=|(?:java|vb)script:|data:)",
    re.IGNORECASE,
)
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
    version = found.get("version", "")
    if not version and not found.entries:
        return None
    feed = found.feed
    rss = not version.startswith("atom")
    skip_hours, skip_days = skipped_times(body) if rss else ((), ())
    site = _first_link([*_alternates(feed), feed.get("link")], url)
    return ParsedFeed(
        format=version or "unknown",
        id=clean(feed.get("id")),
        title=_title(feed),
        link=site,
        language=clean(feed.get("language")),
        entries=tuple(_entry(entry, url or site, rss=rss) for entry in found.entries),
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
        published = (updated if rss else None) or next(
            (found for name in _OTHER_TIMES if (found := _time(entry, name))), None
        )
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
    text = dict.get(entry, name)
    written = written_time(text)
    if written is not None or not isinstance(text, str):
        return written
    parsed = _guessed(text) or _of_other_tongues(text)
    if parsed is None:
        return None
    try:
        moment = _EPOCH + timedelta(seconds=calendar.timegm(parsed))
    except (OverflowError, ValueError):
        return None
    return moment if moment.year in YEARS else None


def _guessed(text: str) -> time.struct_time | None:
    """The library's reading of shortened ISO dates; of other texts it guesses the month."""
    return _parse_date(text) if _SHORT_DATE.fullmatch(text.strip()) else None


def _of_other_tongues(text: str) -> Any:
    for read in (_parse_date_greek, _parse_date_hungarian, _parse_date_nate, _parse_date_onblog):
        try:
            if found := read(text):
                return found
        except (KeyError, ValueError, OverflowError, AttributeError):
            continue
    return None


def _title(owner: Any) -> str | None:
    """The title as plain text; inline markup stays, made safe, where there is some."""
    title = owner.get("title") or ""
    detail = owner.get("title_detail") or {}
    if detail.get("type") in _MARKUP_TYPES and "<" not in title:
        title = unescape(title)
    elif _DANGEROUS.search(title):
        title = safe_markup(title, None)
    return one_line(title)


def _entry_link(entry: Any, url: str | None) -> str | None:
    # feedparser takes an id for the link where there is none: that must be an address in full.
    link = entry.get("link") if entry.get("link") != entry.get("id") else None
    links = [entry.get("feedburner_origlink"), *_alternates(entry), link]
    return _first_link(links, url) or web_link(entry.get("id"))


def _alternates(owner: Any) -> list[str | None]:
    """The addresses of the owner's page, in the document's order, those of web pages first."""
    links = [
        link
        for link in owner.get("links", ())
        if str(link.get("rel")).rpartition("/")[2] == "alternate"
    ]
    links.sort(key=lambda link: link.get("type", "text/html") not in _MARKUP_TYPES)
    return [link.get("href") for link in links]


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
