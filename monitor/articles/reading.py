"""Reading one page: one tree serves the facts and the body."""

from collections.abc import Mapping

from monitor.articles.body import body_text
from monitor.articles.facts import read_facts
from monitor.articles.files import file_kind
from monitor.articles.kinds import classify
from monitor.articles.languages import plain_language
from monitor.articles.pages import decode, parse_page
from monitor.articles.publication import guess_publication
from monitor.articles.types import Article, ArticleKind

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
    tree = parse_page(decode(body, headers))
    if tree is None:
        return Article(url, ArticleKind.EMPTY, reason=f"{where} is empty.")
    facts = read_facts(tree, url)
    text = body_text(tree, facts.data, facts.lang)
    published = facts.published
    if published.at is None and text:
        published = guess_publication(tree, url)
    kind, why = classify(facts, text, url)
    return Article(
        url,
        kind,
        text=text,
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
