"""The feeds that a web page names, and where feeds usually are."""

from dataclasses import dataclass

from monitor.articles.pages import decode, parse_page
from monitor.feeds.values import one_line, web_link

_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
    "application/json": "json",
    "text/xml": "xml",
    "application/xml": "xml",
}
_USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
GUESS = "guess"


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names; *type* is ``guess`` where it is only a usual place for one."""

    url: str
    title: str | None
    type: str


def find_feeds(page: bytes, url: str) -> list[FoundFeed]:
    """The feeds that *page*, fetched from *url*, names; usual places where it names none."""
    tree = parse_page(decode(page, {}))
    found: dict[str, FoundFeed] = {}
    if tree is not None:
        base = next((web_link(tag.get("href"), url) for tag in tree.iter("base")), None) or url
        for link in tree.iter("link", "a"):
            feed = _named(link.attrib, base)
            if feed is not None:
                found.setdefault(feed.url, feed)
    if found:
        return list(found.values())
    guesses = (web_link(path, url) for path in _USUAL_PATHS)
    return [FoundFeed(guess, None, GUESS) for guess in guesses if guess]


def _named(attributes: dict[str, str], base: str) -> FoundFeed | None:
    relations = attributes.get("rel", "").lower().split()
    kind = _TYPES.get(attributes.get("type", "").split(";")[0].strip().lower())
    address = web_link(attributes.get("href"), base)
    if address is None or kind is None or not {"alternate", "feed"} & set(relations):
        return None
    if kind == "json" and "oembed" in address:
        return None
    return FoundFeed(address, one_line(attributes.get("title")), kind)
