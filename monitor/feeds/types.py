"""What a feed holds, whatever its format."""

from dataclasses import dataclass
from datetime import datetime

from monitor.errors import MonitorError


class NotAFeedError(MonitorError):
    """A document is no feed; the message says what it is instead and what to do."""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry as the feed gave it: times are aware UTC, markup is made safe, links are http.

    *published_precision* is ``day`` where the feed gave no clock time with a zone.
    """

    id: str | None = None
    title: str | None = None
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    summary: str | None = None
    content: str | None = None
    author: str | None = None
    published_precision: str = "second"


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """One feed document and what it asks of its readers.

    *ttl_seconds* is how long to wait; *skip_hours* (0 to 23) and *skip_days* (Monday is 0), both
    in UTC, are when not to come. *parts* are the sitemaps that an index names, those to be followed
    first; *tells_changes* is false where the document stays the same when they change.
    """

    format: str
    id: str | None = None
    title: str | None = None
    link: str | None = None
    language: str | None = None
    entries: tuple[ParsedEntry, ...] = ()
    ttl_seconds: float | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    tells_changes: bool = True
