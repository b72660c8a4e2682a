"""What the press world's server sends: pages, and feeds in every form that there is."""

import html
import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from monitor.demo.world import Outlet, Story

FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def page_of(outlet: Outlet, story: Story, url: str) -> str:
    """An article's web page, with the clutter that pages have."""
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": _iso(story.published),
        "dateModified": _iso(story.updated or story.published),
        "author": {"@type": "Person", "name": story.byline},
        "publisher": {"@type": "Organization", "name": outlet.name},
        "inLanguage": outlet.lang,
        "mainEntityOfPage": url,
    }
    linked = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    paragraphs = "\n".join(
        f"<p>{html.escape(p, quote=False)}</p>" for p in story.text.split("\n\n")
    )
    name, title = html.escape(outlet.name), html.escape(story.title)
    return f"""<!doctype html>
<html lang="{outlet.lang}">
<head><meta charset="utf-8"><title>{title} | {name}</title>
<link rel="canonical" href="{html.escape(url)}">
<meta property="og:site_name" content="{name}"><meta property="og:title" content="{title}">
<meta property="og:type" content="article">
<meta name="description" content="{html.escape(story.summary)}">
<script type="application/ld+json">{linked}</script></head>
<body>
<header><nav><a href="/{outlet.id}/">{name}</a></nav></header>
<main><article><h1>{title}</h1>
<p class="byline">{html.escape(story.byline)}</p>
<div class="body">
{paragraphs}
</div></article></main>
<footer><p>{name} is an invented outlet of the nafta-monitor demo.</p></footer>
</body></html>
"""


def feed_of(outlet: Outlet, stories: Sequence[Story], base: str) -> str:
    """The outlet's feed; *base* is the address of its folder, without the last slash."""
    return _FORMS[outlet.form](outlet, stories, base)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _link(base: str, story: Story) -> str:
    return f"{base}/{story.slug}"


def _rss(outlet: Outlet, stories: Sequence[Story], base: str) -> str:
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{escape(_link(base, s))}</link>"
        f'<guid isPermaLink="false">{outlet.id}-{s.slug}</guid>'
        f"<pubDate>{format_datetime(s.published)}</pubDate>"
        f"<description>{escape(_told(s))}</description></item>"
        for s in stories
    )
    return (
        f'{_XML}<rss version="2.0"><channel><title>{escape(outlet.name)}</title>'
        f"<link>{escape(base)}/</link><description>{escape(outlet.name)}</description>"
        f"<language>{outlet.lang}</language>{items}</channel></rss>"
    )


def _told(story: Story) -> str:
    """The summary; a corrected article says so, as outlets do."""
    return f"{story.summary} (Corrected.)" if story.updated else story.summary


def _atom(outlet: Outlet, stories: Sequence[Story], base: str) -> str:
    entries = "".join(
        f"<entry><id>tag:{outlet.id},{s.slug}</id><title>{escape(s.title)}</title>"
        f'<link rel="alternate" href="{escape(_link(base, s))}"/>'
        f"<published>{_iso(s.published)}</published>"
        f"<updated>{_iso(s.updated or s.published)}</updated>"
        f"<author><name>{escape(s.byline)}</name></author>"
        f"<summary>{escape(_told(s))}</summary></entry>"
        for s in stories
    )
    newest = max((s.updated or s.published for s in stories), default=None)
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.lang}">'
        f"<id>tag:{outlet.id}</id><title>{escape(outlet.name)}</title>"
        f"<updated>{_iso(newest) if newest else ''}</updated>{entries}</feed>"
    )


def _rdf(outlet: Outlet, stories: Sequence[Story], base: str) -> str:
    links = [escape(_link(base, story)) for story in stories]
    listed = "".join(f'<rdf:li rdf:resource="{link}"/>' for link in links)
    items = "".join(
        f'<item rdf:about="{link}"><title>{escape(s.title)}</title><link>{link}</link>'
        f"<description>{escape(_told(s))}</description><dc:date>{_iso(s.published)}</dc:date>"
        f"<dc:creator>{escape(s.byline)}</dc:creator></item>"
        for link, s in zip(links, stories, strict=True)
    )
    return (
        f'{_XML}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{escape(base)}/"><title>{escape(outlet.name)}</title>'
        f"<link>{escape(base)}/</link><description>{escape(outlet.name)}</description>"
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>{items}</rdf:RDF>"
    )


def _json(outlet: Outlet, stories: Sequence[Story], base: str) -> str:
    items = [
        {
            "id": f"{outlet.id}/{s.slug}",
            "url": _link(base, s),
            "title": s.title,
            "summary": _told(s),
            "content_text": _told(s),
            "date_published": _iso(s.published),
            "authors": [{"name": s.byline}],
        }
        for s in stories
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/",
        "language": outlet.lang,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False)


def _sitemap(outlet: Outlet, stories: Sequence[Story], base: str) -> str:
    urls = "".join(
        f"<url><loc>{escape(_link(base, s))}</loc>"
        f"<lastmod>{_iso(s.updated or s.published)}</lastmod>"
        f"<news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.lang}</news:language></news:publication>"
        f"<news:publication_date>{_iso(s.published)}</news:publication_date>"
        f"<news:title>{escape(s.title)}</news:title></news:news></url>"
        for s in stories
    )
    return (
        f'{_XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


_FORMS = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json, "sitemap": _sitemap}
