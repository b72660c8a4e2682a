"""Looking at a feed without storing anything: what a poll would see."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from config.settings import Settings
from monitor.daemon import fetch_policy
from monitor.errors import MonitorError
from monitor.feeds import ParsedFeed, parse_feed
from monitor.feeds.discovery import GUESS, FoundFeed, find_feeds
from monitor.fetching import Fetcher, FetchError, Response
from monitor.fetching.walls import refusal
from monitor.polling.parts import with_parts
from monitor.polling.poll import ACCEPT
from monitor.text_tables import shown

_SHOWN_ENTRIES = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """What a poll of an address sees: the answer and the feed, or the error."""

    url: str
    response: Response | None
    feed: ParsedFeed | None
    error: str | None

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        feed, answer = self.feed, self.response
        return {
            "url": self.url,
            "final_url": answer.url if answer else None,
            "moved_permanently_to": answer.permanent_url if answer else None,
            "status": answer.status if answer else None,
            "bytes": len(answer.body) if answer else None,
            "etag": answer.headers.get("etag") if answer else None,
            "last_modified": answer.headers.get("last-modified") if answer else None,
            "format": feed.format if feed else None,
            "title": feed.title if feed else None,
            "entries": len(feed.entries) if feed else None,
            "sitemaps": list(feed.parts) if feed and feed.parts else None,
            "error": self.error,
        }

    def lines(self) -> Iterator[str]:
        """As lines for a person."""
        for key, value in self.as_json().items():
            if value is not None:
                yield f"{key.replace('_', ' ')}: {shown(value)}"
        for entry in (self.feed.entries if self.feed else ())[:_SHOWN_ENTRIES]:
            when = entry.published.isoformat() if entry.published else "no date"
            yield f"  {when}  {shown(entry.title) or '(no title)'}  {shown(entry.link)}"


async def check_feed(settings: Settings, url: str) -> Seen:
    """What a poll of *url* would see now; no error is raised for what is wrong with it."""
    async with Fetcher(fetch_policy(settings)) as fetcher:
        try:
            response = await fetcher.get(url, accept=ACCEPT)
        except FetchError as error:
            return Seen(url, None, None, str(error))
        if not 200 <= response.status < 300:
            reason = refusal(url, response.status, response.headers)
            return Seen(url, response, None, f"{reason}.")
        try:
            feed = await with_parts(
                await _parsed(response), url, partial(fetcher.get, accept=ACCEPT), _parsed
            )
        except MonitorError as error:
            return Seen(url, response, None, str(error))
    return Seen(url, response, feed, None)


async def _parsed(response: Response) -> ParsedFeed:
    return parse_feed(response.body, url=response.url, headers=dict(response.headers))


async def discover(settings: Settings, url: str) -> list[FoundFeed]:
    """The feeds that the page at *url* names; where it names none, usual places that hold one.

    Raises :class:`FetchError` where the page cannot be had.
    """
    async with Fetcher(fetch_policy(settings)) as fetcher:
        page = await fetcher.get(url)
        found = find_feeds(page.body, page.url)
        return [feed for feed in found if feed.type != GUESS or await _is_feed(fetcher, feed.url)]


async def _is_feed(fetcher: Fetcher, url: str) -> bool:
    try:
        answer = await fetcher.get(url, accept=ACCEPT)
        parse_feed(answer.body, url=answer.url, headers=dict(answer.headers))
    except MonitorError:
        return False
    return 200 <= answer.status < 300


async def feed_behind(settings: Settings, url: str) -> str:
    """The feed at *url*, or the first that the page there names.

    Raises :class:`MonitorError` where there is none, with what was found instead.
    """
    seen = await check_feed(settings, url)
    if seen.error is None:
        return url
    if seen.response is None or not 200 <= seen.response.status < 300:
        raise MonitorError(f"{seen.error} Use --no-check to add it all the same.")
    named = [f for f in find_feeds(seen.response.body, seen.response.url) if f.type != GUESS]
    if not named:
        raise MonitorError(seen.error)
    return urljoin(seen.response.url, named[0].url)
