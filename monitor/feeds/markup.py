"""Markup that comes with a feed, made safe."""

from monitor.feeds.values import clean


def safe_markup(markup: object, base: str | None) -> str | None:
    """*markup* as feedparser would give it: links made absolute, nothing that runs."""
    from feedparser.sanitizer import _sanitize_html
    from feedparser.urls import resolve_relative_uris

    cleaned = clean(markup)
    if cleaned is None:
        return None
    absolute = resolve_relative_uris(cleaned, base or "", "utf-8", "text/html")
    return clean(_sanitize_html(absolute, "utf-8", "text/html"))
