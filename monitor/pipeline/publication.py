"""When an article was published: which source to believe, and on which day that was there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.articles import Article
from storage.articles import ArticleRow

# What is dated later than this after it was read was not published then.
_AHEAD = timedelta(days=1)
# The page's own statements, best first; an address says only the day.
_TRUSTED = ("jsonld", "meta", "time")


@dataclass(frozen=True, slots=True)
class Publication:
    """A time of publication, where it was found and how exact it is."""

    at: datetime | None
    source: str | None
    precision: str | None


def choose_publication(row: ArticleRow, article: Article, now: datetime) -> Publication:
    """The page's statement of when it was published, else the feed's, else a guess of the page.

    A time to come (from *now*) is none of publication.
    """
    on_page = Publication(article.published, article.published_source, article.published_precision)
    if on_page.at is not None and on_page.at > now + _AHEAD:
        on_page = Publication(None, None, None)
    in_feed = Publication(row.published_at, row.published_source, row.published_precision)
    if on_page.at is None:
        return in_feed
    if in_feed.at is None or row.published_source != "feed":
        return on_page
    exact = on_page.precision != "day"
    return on_page if on_page.source in _TRUSTED and exact else in_feed


def publication_day(
    at: datetime | None, precision: str | None, zone: str | None, default_zone: str
) -> date | None:
    """The calendar time of publication where the outlet is, for resolving "Friday" and "today".

    A bare day stays the day that was printed.
    """
    if at is None:
        return None
    if precision == "day":
        return at.date()
    try:
        return at.astimezone(ZoneInfo(zone or default_zone))
    except (ZoneInfoNotFoundError, ValueError):
        return at.astimezone(ZoneInfo(default_zone))
