"""Stage: what an article says. Text in, events out."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from extractors.types import Document, Extraction
from monitor.pipeline.publication import publication_day
from monitor.services import Services
from monitor.tasks import extract_document
from monitor.workers import WorkerError
from storage.articles import ArticleRow, give_up, look_again, texts_of, try_again
from storage.events import Recorded, record_extraction

# An article that kills its worker is tried so often in all, then parked with the reason.
_ATTEMPTS = 3


async def extract_article(services: Services, article_id: int) -> str:
    """Extract from the current revision of the article with this id and record its events.

    Returns ``recorded``, ``later`` or ``failed``. Safe to kill anywhere and to run again:
    recording the same extraction twice changes nothing.
    """
    found = await asyncio.to_thread(_text_of, services, article_id)
    if found is None:
        return "failed"
    row, text = found
    if row.state != "extract":
        return "recorded"
    settings = services.settings
    day = publication_day(
        row.published_at, row.published_precision, row.zone, settings.deadlines.time_zone
    )
    try:
        extraction = await services.workers.run(
            extract_document, settings.extract.packs, Document(text, day, row.lang)
        )
    except WorkerError as error:
        outcome = await _failed(services, row, f"extraction from {row.url} failed: {error}")
    else:
        await _record(services, row, text, extraction)
        outcome = "recorded"
    services.metrics.articles.labels("extract", outcome).inc()
    return outcome


def _text_of(services: Services, article_id: int) -> tuple[ArticleRow, str] | None:
    with services.database.read() as connection:
        return texts_of(connection, [article_id]).get(article_id)


async def _record(
    services: Services, row: ArticleRow, text: str, extraction: Extraction
) -> Recorded:
    settings = services.settings.extract
    if extraction.lang not in settings.languages:
        extraction = replace(extraction, quotes=(), deadlines=(), issues=())
    now = services.now()

    def commit(connection: Connection) -> Recorded:
        recorded = record_extraction(
            connection,
            row.id,
            text,
            extraction,
            names=services.issue_names,
            extractor=services.version,
            min_relevance=settings.min_relevance,
            now=now,
        )
        look_again(connection, row.id, now, settings.min_relevance)
        return recorded

    recorded = await services.writer.run(commit)
    services.metrics.events.labels("new").inc(recorded.new)
    services.metrics.events.labels("updated").inc(recorded.updated)
    services.metrics.events.labels("withdrawn").inc(recorded.withdrawn)
    return recorded


async def _failed(services: Services, row: ArticleRow, reason: str) -> str:
    attempts = row.attempts + 1
    if attempts >= _ATTEMPTS:
        await services.writer.run(lambda connection: give_up(connection, row.id, reason))
        return "failed"
    at = services.now() + timedelta(seconds=5 * 4**attempts)
    await services.writer.run(
        lambda connection: try_again(connection, row.id, "extract", at, attempts, reason)
    )
    return "later"
