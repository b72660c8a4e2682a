"""Reading one page: one tree serves the facts and the body."""

import re
from collections.abc import Mapping

from monitor.articles.blocks import join_paragraphs
from monitor.articles.body import body_text
from monitor.articles.facts import read_facts
from monitor.articles.files import file_kind
from monitor.articles.kinds import classify
from monitor.articles.languages import plain_language
from monitor.articles.pages import decode, parse_page
from monitor.articles.publication import guess_publication
from monitor.articles.trimming import trimmed, without_walls
from monitor.articles.types import Article, ArticleKind

_MARKUP = re.compile(r"<[a-zA-Z!?/]")
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_NO_HEADERS: Mapping[str, str] = {}


def read_article(
    body: bytes, *, url: str | None, headers: Mapping[str, str] = _NO_HEADERS
) -> Article:
    """Read the article of a page; never raises, whatever the bytes are.

    *url* is the address that the page came from, *headers* are the response's (for the charset).
    """
    where = url or "The page"
    file = file_kind(body)
    if file is not None:
        return Article(url, file[0], reason=f"{where} holds {file[1]}, not a page with an article.")
    page = decode(body, headers)
    if not _MARKUP.search(page):
        return _plain_text(page, url)
    tree = parse_page(page)
    if tree is None:
        return Article(url, ArticleKind.EMPTY, reason=f"{where} is empty.")
    facts = read_facts(tree, url)
    text = body_text(tree, facts.data, facts.lang, facts.title)
    published = facts.published
    if published.at is None and text:
        published = guess_publication(tree, url)
    kind, why = classify(facts, text, url)
    if kind is ArticleKind.PAYWALLED:
        text = without_walls(text)
    return Article(
        url,
        kind,
        text=trimmed(text, facts.title, facts.byline, published.at),
        canonical=facts.canonical,
        title=facts.title,
        byline=facts.byline,
        outlet=facts.outlet,
        lang=plain_language(text) or facts.lang,
        published=published.at,
        published_source=published.source,
        published_precision=published.precision,
        reason=f"{where} {why}." if why else None,
    )


def _plain_text(page: str, url: str | None) -> Article:
    """A text without markup: its paragraphs are what blank lines separate, else its lines."""
    where = url or "The page"
    if page.lstrip()[:1] in {"{", "["}:
        reason = f"{where} holds data for programs, not a page with an article."
        return Article(url, ArticleKind.NOT_ARTICLE, reason=reason)
    parts = _BLANK_LINES.split(page) if _BLANK_LINES.search(page.strip()) else page.splitlines()
    text = join_paragraphs(parts)
    if not text:
        return Article(url, ArticleKind.EMPTY, reason=f"{where} is empty.")
    return Article(url, ArticleKind.ARTICLE, text=text, lang=plain_language(text))
