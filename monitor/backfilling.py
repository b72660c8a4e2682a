"""Articles of archives into the store, by the same reading that pages of the web go through."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.settings import Settings
from monitor.archives import Archived, ArchiveError, read_archive
from monitor.articles import Article, ArticleKind, read_article
from monitor.daemon import open_services, worker_count
from monitor.fetching import FetchError
from monitor.fetching.decoding import read_body
from monitor.fetching.urls import url_key
from monitor.pipeline.fetching import canonical_key
from monitor.services import Services
from monitor.workers import WorkerError
from storage.archived import is_known, store_archived
from storage.articles import PageText
from storage.columns import storable
from storage.entries import digest

_LONGEST_URL = 8000
_TEXTS = frozenset({ArticleKind.ARTICLE, ArticleKind.PAYWALLED, ArticleKind.LIVE})


@dataclass(slots=True)
class Filled:
    """What came of archives: articles stored, known before, and left out, by the reason."""

    stored: int = 0
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


async def backfill(
    settings: Settings,
    archives: Sequence[Path],
    base: str | None,
    on_read: Callable[[int], None] = lambda _: None,
) -> Filled:
    """Store the articles of *archives*; their extraction is due then.

    *on_read* hears how many more bytes were read. Can be stopped anywhere and run again: what is
    stored is passed over. An archive that cannot be read (further) is an error; the others go on.
    """
    filled = Filled()
    async with open_services(settings) as services:
        for archive in archives:
            try:
                await _fill_from(services, archive, base, filled, on_read)
            except ArchiveError as error:
                filled.errors.append(str(error))
    return filled


async def _fill_from(
    services: Services,
    archive: Path,
    base: str | None,
    filled: Filled,
    on_read: Callable[[int], None],
) -> None:
    limit = 2 * worker_count(services.settings)
    in_hand: set[asyncio.Task[None]] = set()
    position = 0
    items = read_archive(archive, base)
    try:
        while (item := await asyncio.to_thread(next, items, None)) is not None:
            on_read(item.position - position)
            position = item.position
            in_hand.add(asyncio.create_task(_take(services, item, filled)))
            if len(in_hand) >= limit:
                done, in_hand = await asyncio.wait(in_hand, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
    finally:
        await asyncio.gather(*in_hand)


async def _take(services: Services, item: Archived, filled: Filled) -> None:
    reason = item.reason
    if reason is None and item.url is not None and await _is_known(services, item.url):
        filled.known += 1
        return
    article = None if reason else await _article(services, item)
    if isinstance(article, str):
        reason = article
    elif article is not None:
        reason = _obstacle(item, article)
    if reason is not None:
        filled.left_out[reason] += 1
    elif article is not None and not isinstance(article, str):
        if await _store(services, item, article):
            filled.stored += 1
        else:
            filled.known += 1


async def _is_known(services: Services, url: str) -> bool:
    def ask() -> bool:
        with services.database.read() as connection:
            return is_known(connection, digest(url_key(url)))

    return await asyncio.to_thread(ask)


async def _article(services: Services, item: Archived) -> Article | str:
    """The article of *item*, or why there is none."""
    if item.article is not None:
        return item.article
    assert item.body is not None
    try:
        body, _ = await read_body(
            _once(item.body),
            item.headers.get("content-encoding", ""),
            url=item.url or item.place,
            max_bytes=services.settings.fetch.max_bytes,
        )
        return await services.workers.run(
            read_article, body, url=item.url, headers=dict(item.headers)
        )
    except FetchError:
        return "too big or broken"
    except WorkerError as error:
        return str(error)


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body


def _obstacle(item: Archived, article: Article) -> str | None:
    """Why the article is not taken, or None."""
    if article.kind not in _TEXTS or not article.text.strip():
        return "no article in the page"
    url = item.url or article.canonical
    if url is None:
        return "without an address (--base-url gives one)"
    if not url.startswith(("http://", "https://")) or len(url) > _LONGEST_URL:
        return "an address that is no web page"
    if article.published is None and item.at is None:
        # Told as of today, what was said years ago would pass for news.
        return "without a date of publication"
    return None


async def _store(services: Services, item: Archived, article: Article) -> bool:
    url = storable(item.url or article.canonical or "")
    key = digest(url_key(url))
    keep_raw = services.settings.retention.keep_raw
    page = PageText(
        text=storable(article.text),
        kind=article.kind.value,
        title=article.title,
        byline=article.byline,
        outlet=article.outlet,
        lang=article.lang,
        canonical=article.canonical,
        canonical_key=canonical_key(url, article.canonical),
        published_at=article.published or item.at,
        published_source=article.published_source if article.published else "archive",
        published_precision=article.published_precision if article.published else "day",
        etag=None,
        last_modified=None,
        raw=item.body if keep_raw else None,
        reason=article.reason,
    )
    now = services.now()
    return await services.writer.run(
        lambda connection: store_archived(connection, url, key, page, now)
    )
