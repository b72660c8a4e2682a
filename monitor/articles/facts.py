"""Facts of a page: title, byline, outlet, language, time and address."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from monitor.articles.cues import byline_word
from monitor.articles.linked_data import LinkedData, bare_address, names_of, read_linked_data
from monitor.articles.publication import Published, find_publication

_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|@", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")
_TITLE_SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022:\u00bb-]\s+")
_AUTHOR_TAGS = (
    *("author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "byl"),
    *("sailthru.author", "creator"),
)
# Where a line with a name goes on with something else: a date, a time, a role.
_NOT_A_NAME = re.compile(r"[|·•/\d@:]")
_MAX_NAME_WORDS = 10
_MAX_AUTHORS = 8
_MAX_BYLINE = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself, apart from its text."""

    meta: Mapping[str, tuple[str, ...]]
    data: LinkedData
    canonical: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    lang: str | None = None
    published: Published = field(default_factory=Published)
    titles: tuple[str, ...] = ()  # what the page is called anywhere, the title among them
    teasers: frozenset[str] = frozenset()  # headings that are links
    moments: int = 0  # times for machines

    def said(self, *names: str) -> str | None:
        """The first value of the meta tags *names*, tried in order."""
        return first_meta(self.meta, names)


def read_facts(tree: HtmlElement, url: str | None) -> Facts:
    """The facts of *tree*, fetched from *url*."""
    meta = _meta_tags(tree)
    canonical = _canonical(tree, meta, url)
    own = frozenset(bare_address(address) for address in (url, canonical) if address)
    data = read_linked_data(tree, own)
    outlet = _outlet(meta, data)
    return Facts(
        meta=meta,
        data=data,
        canonical=canonical,
        title=_title(tree, meta, data, outlet),
        byline=_byline(tree, meta, data),
        outlet=outlet,
        lang=_language(tree, meta, data),
        published=find_publication(tree, meta, data, canonical or url),
        titles=tuple(_words(tag) for name in ("title", "h1") for tag in _few(tree, name)[:2]),
        teasers=_linked_headings(tree),
        moments=sum(1 for _ in tree.iter("time")),
    )


def first_meta(meta: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> str | None:
    """The first value of the tags *names*, tried in order."""
    return next((values[0] for name in names if (values := meta.get(name))), None)


def _meta_tags(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for tag in tree.iter("meta"):
        content = " ".join(tag.get("content", "").split())
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        name = name or tag.get("http-equiv") or ""
        if content and name:
            name = name.strip().lower()
            found[name] = (*found.get(name, ())[:20], content)
    return found


def _canonical(
    tree: HtmlElement, meta: Mapping[str, tuple[str, ...]], url: str | None
) -> str | None:
    links = (
        link.get("href") for link in tree.iter("link") if "canonical" in link.get("rel", "").lower()
    )
    for address in (*links, first_meta(meta, ["og:url"])):
        if not address:
            continue
        try:
            absolute = urljoin(url or "", address.strip())
            parts = urlsplit(absolute)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname:
            return str(absolute)
    return None


def _outlet(meta: Mapping[str, tuple[str, ...]], data: LinkedData) -> str | None:
    publisher = names_of(data.article.get("publisher"))
    named = [name for name in publisher if not _ADDRESS.search(name)]
    return next(iter(named), None) or first_meta(
        meta, ["og:site_name", "application-name", "dc.publisher", "dcterms.publisher"]
    )


def _title(
    tree: HtmlElement, meta: Mapping[str, tuple[str, ...]], data: LinkedData, outlet: str | None
) -> str | None:
    headline = data.article.get("headline")
    candidates = [
        headline if isinstance(headline, str) else None,
        first_meta(meta, ["og:title", "twitter:title", "dc.title", "dcterms.title"]),
        *(_words(tag) for tag in _few(tree, "h1")[:1]),
        *(_words(tag) for tag in _few(tree, "title")[:1]),
    ]
    for candidate in candidates:
        title = " ".join((candidate or "").split())
        if title:
            shorter = _without_outlet(title, outlet)
            return _printed(tree, title) if shorter == title else shorter
    return None


def _printed(tree: HtmlElement, title: str) -> str:
    """*title* as far as a heading of the page has it: behind that stand its section and site."""
    parts = list(_TITLE_SEPARATOR.finditer(title))
    if parts:
        headings = {_words(tag) for name in ("h1", "h2") for tag in _few(tree, name)[:20]}
        for part in reversed(parts):
            if title[: part.start()] in headings:
                return title[: part.start()]
    return title


def _without_outlet(title: str, outlet: str | None) -> str:
    """*title* without the outlet's name after its last separator."""
    parts = list(_TITLE_SEPARATOR.finditer(title))
    if outlet and parts:
        last = title[parts[-1].end() :].casefold()
        if last == outlet.casefold() or last in outlet.casefold().split(" "):
            return title[: parts[-1].start()]
    return title


def _byline(tree: HtmlElement, meta: Mapping[str, tuple[str, ...]], data: LinkedData) -> str | None:
    """Who wrote it: by the JSON-LD, else the meta tags, else elements marked as the author."""
    sources: tuple[Callable[[], list[str]], ...] = (
        lambda: names_of(data.article.get("author")),
        lambda: [value for name in _AUTHOR_TAGS for value in meta.get(name, ())],
        lambda: _marked_authors(tree),
    )
    for names in (source() for source in sources):
        people = [byline_word().sub("", name) for name in names if not _ADDRESS.search(name)]
        byline = ", ".join(list(dict.fromkeys(people))[:_MAX_AUTHORS])
        if byline and len(byline) <= _MAX_BYLINE:
            return byline
    return None


def _marked_authors(tree: HtmlElement) -> list[str]:
    marked: list[HtmlElement] = tree.xpath(
        '(//*[@rel="author"] | //*[@itemprop="author"]//*[@itemprop="name"]'
        ' | //*[@itemprop="author"][not(.//*[@itemprop="name"])])[position() <= 8]'
    )
    if names := [name for tag in marked if (name := _words(tag))]:
        return names
    lines: list[HtmlElement] = tree.xpath(
        '(//*[contains(@class, "byline") or contains(@class, "author") or contains(@class, "autor")'
        ' or contains(@class, "auteur")][string-length(.) < 120])[position() <= 4]'
    )
    printed = (_NOT_A_NAME.split(_words(line))[0].strip(" ,;-–—") for line in lines)
    return [name for name in printed if 1 < len(name.split()) <= _MAX_NAME_WORDS][:1]


def _language(
    tree: HtmlElement, meta: Mapping[str, tuple[str, ...]], data: LinkedData
) -> str | None:
    in_data = data.article.get("inLanguage")
    if isinstance(in_data, dict):
        in_data = in_data.get("alternateName") or in_data.get("name")
    said = (
        tree.get("lang") or tree.get("xml:lang"),
        in_data,
        first_meta(meta, ["og:locale", "content-language", "language", "dc.language"]),
    )
    for value in said:
        match = _LANGUAGE.match(value.strip().lower()) if isinstance(value, str) else None
        if match:
            return match[0]
    return None


def _linked_headings(tree: HtmlElement) -> frozenset[str]:
    headings: list[HtmlElement] = tree.xpath(
        "(//*[self::h2 or self::h3 or self::h4][.//a[@href] or parent::a])[position() <= 200]"
    )
    return frozenset(_words(heading) for heading in headings)


def _few(tree: HtmlElement, name: str) -> list[HtmlElement]:
    return [tag for tag in tree.iter(name) if _words(tag)]


def _words(tag: HtmlElement) -> str:
    return " ".join("".join(tag.itertext()).split())
