"""What a feed holds, whatever its format."""

from dataclasses import dataclass
from datetime import datetime

from monitor.errors import MonitorError


class NotAFeedError(MonitorError):
    """A document is no feed; the message says what it is instead and what to do."""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry as the feed gave it: times are aware UTC, markup is made safe, links are http."""

    id: str | None = None
    title: str | None = None
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    summary: str | None = None
    content: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """One feed document; *ttl_seconds* is how long it asks readers to wait."""

    format: str
    id: str | None = None
    title: str | None = None
    link: str | None = None
    language: str | None = None
    entries: tuple[ParsedEntry, ...] = ()
    ttl_seconds: float | None = None
