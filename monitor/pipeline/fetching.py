"""Stage: the article behind an entry. Page in, revision out."""

import asyncio
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from courlan import extract_domain
from sqlalchemy import Connection

from monitor.articles import Article, ArticleKind, read_article
from monitor.errors import MonitorError
from monitor.fetching import FetchError, FetchErrorKind, Response
from monitor.fetching.hints import HAS_ENOUGH, parse_retry_after
from monitor.fetching.urls import url_key
from monitor.fetching.walls import refusal
from monitor.pipeline.markup import text_of_markup
from monitor.pipeline.publication import choose_publication
from monitor.services import Services
from monitor.workers import WorkerError
from storage.articles import (
    ArticleRow,
    FeedText,
    PageText,
    feed_text,
    finish_unchanged,
    get_article,
    give_up,
    look_again,
    save_page,
    try_again,
)
from storage.columns import storable
from storage.entries import digest
from storage.feeds import park_host

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
# Minutes after a failed attempt until the next; after the last the feed's own text is taken.
_RETRY_MINUTES = (2, 15, 120, 720)
# What will be no other tomorrow.
_SETTLED = frozenset({FetchErrorKind.FORBIDDEN, FetchErrorKind.REFUSED})
# Statuses that say that the page is not to be had, now or later, by us.
_FINAL = frozenset({400, 401, 402, 404, 405, 406, 410, 414, 451})


async def fetch_article(services: Services, article_id: int) -> str:
    """Fetch the page of the article with this id and store its text; returns what came of it.

    ``stored``, ``unchanged``, ``feed`` (the feed's own text was taken), ``later`` or ``failed``.
    Safe to kill anywhere and to run again.
    """
    row, told = await asyncio.to_thread(_known, services, article_id)
    if row is None or row.state not in {"fetch", "done"}:
        return "unchanged"
    outcome = await _fetch(services, row, told)
    services.metrics.articles.labels("fetch", outcome).inc()
    return outcome


def _known(services: Services, article_id: int) -> tuple[ArticleRow | None, FeedText | None]:
    with services.database.read() as connection:
        return get_article(connection, article_id), feed_text(connection, article_id)


async def _fetch(services: Services, row: ArticleRow, told: FeedText | None) -> str:
    obstacle = _obstacle(services, row)
    if obstacle is not None:
        return await _take_feed_text(services, row, told, obstacle)
    try:
        response = await services.fetcher.get(
            row.url,
            etag=row.etag,
            last_modified=row.last_modified,
            accept=ACCEPT,
            robots=services.settings.fetch.robots,
        )
    except FetchError as error:
        if error.kind is FetchErrorKind.OFFLINE:
            return await _wait_for_network(services, row, str(error))
        if error.kind in _SETTLED:
            return await _take_feed_text(services, row, told, str(error))
        return await _put_off(services, row, told, str(error), None)
    return await _take(services, row, told, response)


def _obstacle(services: Services, row: ArticleRow) -> str | None:
    """Why the page is not even asked for, or None."""
    if not services.settings.fetch.articles:
        return "pages are not fetched ([fetch] articles)"
    if urlsplit(row.url).scheme not in {"http", "https"}:
        return "its address is no web page"
    return None


async def _take(
    services: Services, row: ArticleRow, told: FeedText | None, response: Response
) -> str:
    """Do what an answer's status asks for."""
    if response.status == 304:
        return await _leave(services, row)
    if not 200 <= response.status < 300:
        reason = refusal(row.url, response.status, response.headers)
        if response.status in _FINAL:
            return await _take_feed_text(services, row, told, reason)
        return await _put_off(services, row, told, reason, response)
    return await _read(services, row, told, response)


async def _read(
    services: Services, row: ArticleRow, told: FeedText | None, response: Response
) -> str:
    try:
        article = await services.workers.run(
            read_article, response.body, url=response.url, headers=dict(response.headers)
        )
    except WorkerError as error:
        reason = f"the page {row.url} could not be read: {error}"
        return await _take_feed_text(services, row, told, reason)
    if article.kind in _WITHOUT_TEXT or not article.text.strip():
        reason = article.reason or f"the page {row.url} holds no article ({article.kind.value})"
        return await _take_feed_text(services, row, told, reason)
    if row.state == "done" and article.kind is ArticleKind.PAYWALLED:
        # What was open when we read it is better than the stub that stands there now.
        return await _leave(services, row)
    now = services.now()
    keep_raw = services.settings.retention.keep_raw
    page = _page_text(row, article, response, now, keep_raw=keep_raw)

    def commit(connection: Connection) -> int | None:
        revision = save_page(connection, row.id, page, now)
        look_again(connection, row.id, now, services.settings.extract.min_relevance)
        return revision

    saved = await services.writer.run(commit)
    return "unchanged" if saved is None else "stored"


async def _leave(services: Services, row: ArticleRow) -> str:
    """Leave the text that we have as it is."""
    now = services.now()

    def commit(connection: Connection) -> None:
        finish_unchanged(connection, row.id, now)
        look_again(connection, row.id, now, services.settings.extract.min_relevance)

    await services.writer.run(commit)
    return "unchanged"


_WITHOUT_TEXT = frozenset(
    {ArticleKind.NOT_ARTICLE, ArticleKind.PDF, ArticleKind.VIDEO, ArticleKind.EMPTY}
)


def _page_text(
    row: ArticleRow, article: Article, response: Response, now: datetime, *, keep_raw: bool
) -> PageText:
    published = choose_publication(row, article, now)
    return PageText(
        text=storable(article.text),
        kind=article.kind.value,
        title=article.title,
        byline=article.byline,
        outlet=article.outlet,
        lang=article.lang,
        canonical=article.canonical,
        canonical_key=canonical_key(response.url, article.canonical),
        published_at=published.at,
        published_source=published.source,
        published_precision=published.precision,
        etag=response.headers.get("etag") if response.complete else None,
        last_modified=response.headers.get("last-modified") if response.complete else None,
        raw=response.body if keep_raw else None,
        reason=article.reason,
    )


def canonical_key(url: str, canonical: str | None) -> str | None:
    """The canonical address's key, where it is on the same site; syndicators name another's."""
    if canonical is None or not _same_site(url, canonical):
        return None
    return digest(url_key(canonical))


def _same_site(one: str, other: str) -> bool:
    here, there = urlsplit(one), urlsplit(other)
    if here.hostname == there.hostname:
        return here.port == there.port or None in {here.port, there.port}
    domain = extract_domain(one, fast=True)
    return domain is not None and domain == extract_domain(other, fast=True)


async def _wait_for_network(services: Services, row: ArticleRow, reason: str) -> str:
    """Being offline is nobody's fault: it costs the article no attempt."""
    if row.state == "done":
        return await _leave(services, row)
    at = services.now() + timedelta(minutes=_RETRY_MINUTES[0])
    await services.writer.run(
        lambda connection: try_again(connection, row.id, "fetch", at, row.attempts, reason)
    )
    return "later"


async def _put_off(
    services: Services,
    row: ArticleRow,
    told: FeedText | None,
    reason: str,
    response: Response | None,
) -> str:
    if row.state == "done":
        return await _leave(services, row)
    attempts = row.attempts + 1
    if attempts > len(_RETRY_MINUTES):
        return await _take_feed_text(services, row, told, reason)
    now = services.now()
    wait = timedelta(minutes=_RETRY_MINUTES[attempts - 1])
    asked = parse_retry_after(response.headers, now) if response else None
    at = now + max(wait, min(timedelta(seconds=asked or 0), timedelta(days=1)))

    def commit(connection: Connection) -> None:
        try_again(connection, row.id, "fetch", at, attempts, reason)
        if response is not None and asked and response.status in HAS_ENOUGH:
            park_host(connection, response.url, at)

    await services.writer.run(commit)
    return "later"


async def _take_feed_text(
    services: Services, row: ArticleRow, told: FeedText | None, reason: str
) -> str:
    """Where the page can't be had, what the feed gave is the article, marked as such."""
    if row.state == "done":
        return await _leave(services, row)
    now = services.now()
    markup = (told.content or told.summary) if told else None
    text = ""
    if markup and row.revision == 0:
        try:
            text = storable(await services.workers.run(text_of_markup, markup))
        except MonitorError as error:
            reason = f"{reason}; the feed's text could not be read: {error}"
    if not text.strip():
        await services.writer.run(
            lambda connection: (
                give_up(connection, row.id, reason)
                if row.revision == 0
                else finish_unchanged(connection, row.id, now)
            )
        )
        return "failed"
    page = PageText(
        text=text,
        kind="feed",
        title=row.title or (told.title if told else None),
        byline=row.byline,
        outlet=row.outlet,
        lang=row.lang,
        canonical=None,
        canonical_key=None,
        published_at=row.published_at,
        published_source=row.published_source,
        published_precision=row.published_precision,
        etag=None,
        last_modified=None,
        reason=reason,
    )
    await services.writer.run(lambda connection: save_page(connection, row.id, page, now))
    return "feed"
