"""An index of sitemaps as one feed: its newest parts are fetched and read together."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from monitor.errors import MonitorError
from monitor.feeds import NotAFeedError, ParsedFeed
from monitor.fetching import Response

# So many parts of an index are followed at a poll: the news are in the newest.
MAX_PARTS = 3

Get = Callable[[str], Awaitable[Response]]
Read = Callable[[Response], Awaitable[ParsedFeed]]


async def with_parts(index: ParsedFeed, url: str, get: Get, read: Read) -> ParsedFeed:
    """*index* with the entries of the sitemaps that it names; any other feed as it is.

    *get* fetches and *read* parses. An index inside an index is not followed. Raises what they
    raise, or :class:`NotAFeedError`, where not one part can be had.
    """
    if not index.parts:
        return index
    found: list[ParsedFeed] = []
    fault: MonitorError | None = None
    for part in index.parts[:MAX_PARTS]:
        try:
            answer = await get(part)
            if 200 <= answer.status < 300:
                found.append(await read(answer))
            else:
                fault = NotAFeedError(f"{part} answered with HTTP status {answer.status}.")
        except MonitorError as error:
            fault = error
    if not found:
        raise fault or NotAFeedError(f"{url} names no sitemap that can be followed.")
    entries = tuple(entry for part in found for entry in part.entries)
    return replace(index, title=found[0].title, language=found[0].language, entries=entries)
