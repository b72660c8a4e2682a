"""When a page was published, by its own statements and by guesses, best first."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml.html import HtmlElement

from monitor.articles.linked_data import LinkedData
from monitor.articles.times import WrittenTime, read_time

_META = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "published-date",
    "displaydate",
    "ptime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "originalpublicationdate",
    "iso-8601-publish-date",
    "rnews:datepublished",
    "article_date_original",
    "date",
)
# It warns of dates that it cannot read.
logging.getLogger("htmldate").setLevel(logging.CRITICAL)
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Published:
    """A time of publication, where it was found and how exact it is."""

    at: datetime | None = None
    source: str | None = None
    precision: str | None = None


def guess_publication(tree: HtmlElement, url: str | None) -> Published:
    """The day that htmldate finds in the page's markup, where the page states none."""
    from htmldate import find_date

    try:
        day = read_time(find_date(tree, extensive_search=False, original_date=True, url=url))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 — it is a guess, and it may fail
        day = None
    # The first of January is what a bare year becomes, and that may be the copyright's.
    if day is None or (day.at.month, day.at.day) == (1, 1):
        return Published()
    return Published(day.at, "htmldate", "day")


def find_publication(
    tree: HtmlElement, meta: Mapping[str, tuple[str, ...]], data: LinkedData, url: str | None
) -> Published:
    """The time of publication that the page states, else the day in its address, else nothing."""
    for source, time in _statements(tree, meta, data, url):
        if time is not None:
            return Published(time.at, source, time.precision)
    return Published()


def _statements(
    tree: HtmlElement, meta: Mapping[str, tuple[str, ...]], data: LinkedData, url: str | None
) -> Iterator[tuple[str, WrittenTime | None]]:
    yield "jsonld", read_time(data.article.get("datePublished"))
    for name in _META:
        for value in meta.get(name, ())[:1]:
            yield "meta", read_time(value)
    for tag in _time_tags(tree):
        yield "time", read_time(tag.get("datetime") or tag.get("content"))
    yield "jsonld", read_time(data.article.get("dateCreated"))
    for tag in _date_lines(tree):
        yield "time", read_time("".join(tag.itertext()).strip())
    yield "url", _day_in_address(url)


def _time_tags(tree: HtmlElement) -> list[HtmlElement]:
    """Elements with a time for machines: those marked as the publication first."""
    marked = tree.xpath(
        '(//*[@itemprop="datePublished"][@datetime or @content] | //time[@pubdate][@datetime]'
        ' | //time[@datetime][contains(@class, "publi")])[position() <= 3]'
    )
    if marked:
        return list(marked)
    return list(
        tree.xpath(
            "(//article//time[@datetime][not(ancestor::aside or ancestor::nav or ancestor::footer)]"
            " | //main//header//time[@datetime] | (//h1)[1]/following::time[@datetime][1])[1]"
        )
    )


def _date_lines(tree: HtmlElement) -> list[HtmlElement]:
    """Elements below the headline that are named as a date, for people."""
    named = " or ".join(
        f'contains(@{attribute}, "{part}")'
        for attribute in ("class", "id")
        for part in ("date", "publi", "fecha")
    )
    lines: list[HtmlElement] = tree.xpath(
        f"((//h1)[1]/following::*[self::time or {named}][string-length(.) < 80])[position() <= 2]"
    )
    return lines


def _day_in_address(url: str | None) -> WrittenTime | None:
    found = _DAY_IN_ADDRESS.search(url or "")
    if found is None:
        return None
    try:
        day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
    except ValueError:
        return None
    return WrittenTime(day, "day")
