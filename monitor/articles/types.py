"""What is read from an article's page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ArticleKind(StrEnum):
    """What the page is."""

    ARTICLE = "article"
    PAYWALLED = "paywalled"
    LIVE = "live"
    NOT_ARTICLE = "not_article"
    PDF = "pdf"
    VIDEO = "video"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Article:
    """A page's article: *text* is paragraphs joined by one blank line.

    *published* is aware; *published_source* says where it was found (``jsonld``, ``meta``,
    ``time``, ``url``, ``htmldate``), *published_precision* is ``second`` or ``day``. *reason* is a
    sentence where the page holds no article.
    """

    url: str | None
    kind: ArticleKind
    text: str = ""
    canonical: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    lang: str | None = None
    published: datetime | None = None
    published_source: str | None = None
    published_precision: str | None = None
    reason: str | None = None
