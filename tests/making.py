"""Factories of what the store holds, for tests."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert

from extractors.types import (
    Certainty,
    Deadline,
    DeadlineKind,
    Extraction,
    IssueMention,
    Precision,
    Quote,
    QuoteKind,
    Relevance,
    SetBy,
    Span,
    Speaker,
    Stance,
)
from storage.articles import PageText, save_page
from storage.engine import Database
from storage.events import Recorded, record_extraction
from storage.models import Article

NOW = datetime(2018, 3, 28, 15, 0, tzinfo=UTC)
NAMES = {"sunset-review": "Sunset clause", "dairy": "Dairy"}


def span_of(text: str, part: str) -> Span:
    """Where *part* stands in *text*; it must."""
    start = text.index(part)
    return Span(start, start + len(part))


def quote(
    text: str,
    *parts: str,
    speaker: str | None = "Steve Verheul",
    actor: str | None = None,
    party: str | None = None,
    kind: QuoteKind = QuoteKind.DIRECT,
) -> Quote:
    """A statement of *speaker*, whose words stand in *text*."""
    who = Speaker(name=speaker, actor=actor, party=party) if speaker else None
    spans = tuple(span_of(text, part) for part in parts)
    return Quote(spans, kind, None, who, Span(0, len(text)))


def deadline(
    text: str,
    part: str,
    day: date,
    until: date | None = None,
    *,
    what: str,
    kind: DeadlineKind = DeadlineKind.DEADLINE,
    certainty: Certainty = Certainty.FIXED,
    party: str | None = "US",
    milestone: str | None = None,
) -> Deadline:
    """A deadline on *day* (or from it to *until*), whose words stand in *text*."""
    return Deadline(
        span=span_of(text, part),
        kind=kind,
        what=what,
        start=day,
        end=until or date.fromordinal(day.toordinal() + 1),
        precision=Precision.DAY,
        set_by=SetBy(None, party, "Washington") if party else None,
        certainty=certainty,
        milestone=milestone,
    )


def mention(text: str, part: str, issue: str, *, party: str | None, stance: Stance) -> IssueMention:
    """A position of *party* on *issue*, whose words stand in *text*."""
    return IssueMention(span_of(text, part), issue, Span(0, len(text)), stance, None, party)


@dataclass(frozen=True, slots=True)
class Printed:
    """An article that is stored: primary key, public id and text."""

    id: int
    article_id: str
    text: str


def add_article(
    connection: Connection,
    url: str,
    text: str,
    *,
    published: datetime = NOW,
    outlet: str = "Wire",
    title: str = "A title",
) -> Printed:
    """Store an article whose extraction is due."""
    key = hashlib.sha256(url.encode()).hexdigest()
    id = connection.execute(
        insert(Article)
        .values(
            article_id=f"a_{key[:20]}",
            url_key=key,
            url=url,
            host="news.example",
            state="fetch",
            outlet=outlet,
            title=title,
            lang="en",
            published_at=published,
            discovered_at=NOW,
        )
        .returning(Article.id)
    ).scalar_one()
    set_text(connection, id, text, published=published)
    return Printed(id, f"a_{key[:20]}", text)


def set_text(
    connection: Connection,
    id: int,
    text: str,
    *,
    published: datetime = NOW,
    title: str | None = None,
) -> None:
    """Store a page's text for an article, as the fetch stage does."""
    page = PageText(
        text=text,
        kind="article",
        title=title,
        byline=None,
        outlet=None,
        lang="en",
        canonical=None,
        canonical_key=None,
        published_at=published,
        published_source="feed",
        published_precision="second",
        etag=None,
        last_modified=None,
    )
    save_page(connection, id, page, NOW)


def extraction(
    *,
    quotes: Sequence[Quote] = (),
    deadlines: Sequence[Deadline] = (),
    issues: Sequence[IssueMention] = (),
    lang: str = "en",
    relevance: float = 1.0,
) -> Extraction:
    """An extraction of these items."""
    return Extraction(
        lang=lang,
        quotes=tuple(quotes),
        deadlines=tuple(deadlines),
        issues=tuple(issues),
        relevance=Relevance(relevance, "for the test"),
    )


def record(
    database: Database, article: Printed, found: Extraction, *, now: datetime = NOW
) -> Recorded:
    """Record an extraction of an article, as the extract stage does."""
    with database.write() as connection:
        return record_extraction(
            connection,
            article.id,
            article.text,
            found,
            names=NAMES,
            extractor="test",
            min_relevance=0.2,
            now=now,
        )


def print_and_record(
    database: Database,
    url: str,
    text: str,
    found: Extraction,
    *,
    published: datetime = NOW,
    outlet: str = "Wire",
    now: datetime = NOW,
) -> Printed:
    """An article, stored and recorded."""
    with database.write() as connection:
        article = add_article(connection, url, text, published=published, outlet=outlet)
    record(database, article, found, now=now)
    return article
