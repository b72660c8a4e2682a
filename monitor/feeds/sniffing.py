"""What kind of document some bytes are, told by themselves and never by a header."""

import codecs
import re
import zlib
from collections.abc import Mapping
from enum import StrEnum

from monitor.articles.pages import decode


class DocumentKind(StrEnum):
    """What a document is, as far as feeds are concerned."""

    EMPTY = "empty"
    JSON = "json"
    HTML = "html"
    SITEMAP = "sitemap"
    MARKUP = "markup"
    TEXT = "text"


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How the first character of a document is written where it takes more than one byte.
_NULLS = {
    b"<\x00\x00\x00": "utf-32-le",
    b"\x00\x00\x00<": "utf-32-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
    b"{\x00": "utf-16-le",
    b"\x00{": "utf-16-be",
}
_GZIP = b"\x1f\x8b\x08"
_MAX_UNPACKED = 16 * 1024 * 1024
_DECLARED = re.compile(r"""(^\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")
_HEAD_BYTES = 64 * 1024
# What may stand before the root element.
_PROLOGUE = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_FEED_ROOTS = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_HTML_ROOTS = frozenset({"html", "head", "body", "div", "script", "meta", "title", "p", "table"})


def unpacked(body: bytes) -> bytes:
    """What a gzip file holds, up to 16 MB; anything else as it is. Sitemaps are often packed."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _MAX_UNPACKED)
    except zlib.error:
        return body


def byte_order(body: bytes) -> tuple[str | None, int]:
    """The encoding that the first bytes show, and how many bytes of mark to skip."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return encoding, len(mark)
    start = body.lstrip(b" \t\r\n")[:4]
    for null, encoding in _NULLS.items():
        if start.startswith(null):
            return encoding, 0
    return None, 0


def as_text(body: bytes) -> str:
    """*body* as text by its byte order, else as what it shows or declares; damage is replaced."""
    encoding, skip = byte_order(body)
    if encoding is None:
        return decode(body, {})
    return body[skip:].decode(encoding, errors="replace")


def in_utf8(body: bytes, headers: Mapping[str, str]) -> tuple[bytes, Mapping[str, str]]:
    """A document in UTF-16 or UTF-32, declared or not, in UTF-8, and *headers* that say so."""
    encoding, _ = byte_order(body)
    if encoding in {None, "utf-8"}:
        return body, headers
    text = _DECLARED.sub(r"\1", as_text(body), count=1)
    others = {name: value for name, value in headers.items() if name.lower() != "content-type"}
    kept = others | {"content-type": "application/xml; charset=utf-8"}
    return text.encode("utf-8", "replace"), kept


def kind_of(body: bytes) -> DocumentKind:
    """What kind of document *body* is, by its beginning."""
    head = as_text(body[:_HEAD_BYTES]).lstrip("\ufeff \t\r\n\x00\x0b\x0c")
    if not head:
        return DocumentKind.EMPTY
    if head[0] in "{[":
        return DocumentKind.JSON
    root = _root_of(head)
    if root in {"urlset", "sitemapindex"}:
        return DocumentKind.SITEMAP
    if root in _HTML_ROOTS or "<!doctype html" in head[:200].lower():
        return DocumentKind.MARKUP if _FEED_ROOTS.search(head) else DocumentKind.HTML
    return DocumentKind.MARKUP if "<" in head else DocumentKind.TEXT


def _root_of(head: str) -> str | None:
    at = 0
    while match := _PROLOGUE.match(head, at):
        at = match.end()
    root = _ROOT.match(head, at)
    return root[1].lower() if root else None
