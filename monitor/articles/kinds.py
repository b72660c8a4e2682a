"""What kind of page it is: an article, part of one behind a wall, a live blog, or none."""

import re
from urllib.parse import urlsplit

from monitor.articles.cues import cue
from monitor.articles.facts import Facts
from monitor.articles.linked_data import ARTICLE_TYPES
from monitor.articles.types import ArticleKind

_LISTS = frozenset(["CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"])
_LOCKED_TIERS = frozenset(["locked", "premium", "paid", "subscriber", "subscription"])
# Fewer characters than this beside a video or a list are its caption or its teasers.
_CAPTION = 400
# A longer text is an article, whatever its last lines sell; a longer line is a part of it.
_TEASER = 2000
_NOTICE = 200
_TEASERS = 5
_MOMENTS = 3
_VIDEO_PATH = re.compile(r"^https?://[^/]+/(?:[\w-]+/){0,3}vid[eé]os?/", re.IGNORECASE)
_LIVE_PATH = re.compile(r"^https?://[^?#]+/(?:live|liveblog|en-direct|en-vivo)/", re.IGNORECASE)
_STATUS_TITLE = re.compile(r"^\W*(?:error\s+)?(?:40[0134]|410|50[0234])\b", re.IGNORECASE)


def classify(facts: Facts, text: str, url: str | None) -> tuple[ArticleKind, str | None]:
    """The kind of the page and, where it holds no article, why: a sentence without its subject."""
    kind: tuple[ArticleKind, str | None] = (ArticleKind.ARTICLE, None)
    states_article = bool(facts.data.article) or facts.said("og:type") == "article"
    short = len(text) < _CAPTION
    if short and not facts.data.article and _is_notice(facts):
        kind = ArticleKind.NOT_ARTICLE, f"holds a notice ({facts.title}), not an article"
    elif short and (_is_video(facts) or _VIDEO_PATH.search(url or "")):
        kind = ArticleKind.VIDEO, "holds a video, not an article"
    elif not text:
        kind = ArticleKind.EMPTY, "holds no text"
    elif facts.data.is_live or _runs(facts, url):
        kind = ArticleKind.LIVE, None
    elif _is_locked(facts) or _asks_to_subscribe(text):
        kind = ArticleKind.PAYWALLED, "keeps its text, or a part of it, for subscribers"
    elif _is_list(facts, text) or (not states_article and _is_front(facts, text, url)):
        kind = ArticleKind.NOT_ARTICLE, "is a front page or a list, not an article"
    return kind


def _is_notice(facts: Facts) -> bool:
    return any(
        _STATUS_TITLE.search(title) or cue("notices").search(title)
        for title in (facts.title or "", *facts.titles)
    )


def _runs(facts: Facts, url: str | None) -> bool:
    """Whether the page is called live: by its whole name, or by a sign of it beside times."""
    titles = [title for title in (facts.title, *facts.titles) if title]
    if any(cue("live").search(title) for title in titles):
        return True
    signed = any(cue("live_signs").match(title) for title in titles) or _LIVE_PATH.search(url or "")
    return bool(signed) and facts.moments >= _MOMENTS


def _is_video(facts: Facts) -> bool:
    stated = (facts.said("og:type") or "").startswith("video")
    return stated or ("VideoObject" in facts.data.types and not facts.data.types & ARTICLE_TYPES)


def _is_locked(facts: Facts) -> bool:
    tier = (facts.said("article:content_tier", "content_tier") or "").lower()
    return facts.data.is_free is False or tier in _LOCKED_TIERS


def _asks_to_subscribe(text: str) -> bool:
    """Whether a short text ends by asking for a subscription."""
    if len(text) >= _TEASER:
        return False
    return any(cue("walls").search(line) for line in text.split("\n\n")[-3:] if len(line) < _NOTICE)


def _is_list(facts: Facts, text: str) -> bool:
    """Whether the page says that it is a list, or its text is all teasers of articles."""
    if facts.data.article:
        return False
    parts = text.split("\n\n")
    teasers = sum(part in facts.teasers for part in parts)
    undated = facts.published.at is None and facts.byline is None
    if undated and facts.data.types & _LISTS:
        return True
    longest = max((len(part) for part in parts if part not in facts.teasers), default=0)
    return teasers >= _TEASERS and teasers * 4 >= len(parts) and longest < _CAPTION


def _is_front(facts: Facts, text: str, url: str | None) -> bool:
    """Whether the page is at the root of its site, or a site's page of short lines."""
    undated = facts.published.at is None and facts.byline is None
    short_lines = max(map(len, text.split("\n\n"))) < _NOTICE
    return _is_root(url or facts.canonical) or (
        undated and short_lines and facts.said("og:type") == "website"
    )


def _is_root(url: str | None) -> bool:
    try:
        address = urlsplit(url or "")
    except ValueError:
        return False
    return bool(address.netloc) and not address.path.strip("/") and not address.query
