"""What an archive holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.articles import Article
from monitor.errors import MonitorError


class ArchiveError(MonitorError):
    """An archive cannot be read, or not beyond a place in it."""


@dataclass(frozen=True, slots=True)
class Archived:
    """One thing in an archive: a page (*body*), an *article* that was read already, or neither.

    *place* says where it stands, for people; *position* how far the archive is read, in bytes;
    *reason* why it can be no article; *at* when it was fetched for the archive.
    """

    place: str
    position: int
    url: str | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    article: Article | None = None
    at: datetime | None = None
    reason: str | None = None
