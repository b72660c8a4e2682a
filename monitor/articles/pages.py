"""A page's bytes as text and as one tree."""

import codecs
import re
from collections.abc import Mapping

from lxml import html

_PARSER_OPTIONS = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(
    rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_XML_ENCODING = re.compile(
    rb"""^\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE
)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# What browsers read under these names (https://encoding.spec.whatwg.org/#names-and-labels).
_ALIASES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Of Python's codecs those that are character sets of pages; others raise, whatever they are told.
_CHARSETS = (
    *("utf-8", "utf-16", "utf-32", "iso8859", "cp", "koi8", "gb", "hz", "big5", "euc"),
    *("shift_jis", "iso2022", "mac", "ascii", "tis"),
)
# Their text is ASCII bytes throughout, so that it passes for UTF-8.
_ASCII_ONLY = ("iso2022", "hz")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
# No program writes so many attributes; parsers take quadratic time over them.
OVERGROWN_TAG = (
    r"""<([a-zA-Z][^\s<>/]*+)(?:[\s/]++[^\s"'<>/=]++"""
    r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+){200,}+"""
)
_OVERGROWN = re.compile(OVERGROWN_TAG)


def decode(body: bytes, headers: Mapping[str, str]) -> str:
    """The text of *body* by its byte order mark, its own bytes, the header or its ``<meta>``.

    Text that is valid UTF-8 is that, whatever is declared: by chance it hardly happens.
    """
    marked = next(((mark, name) for mark, name in _BOMS if body.startswith(mark)), None)
    if marked is not None:
        return body[len(marked[0]) :].decode(marked[1], errors="replace")
    wide = _utf16(body) if b"\x00" in body[:400] else None
    declared = _declared(body, headers)
    if wide is not None:
        return body.decode(wide, errors="replace")
    if declared is None or not declared.startswith(_ASCII_ONLY):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            # A stray byte, or the end cut off, in a page that is UTF-8 otherwise.
            if declared in {None, "utf-8"} and _mostly_utf8(body, error):
                return body.decode("utf-8", errors="replace")
    return body.decode(declared or "cp1252", errors="replace")


def _mostly_utf8(body: bytes, error: UnicodeDecodeError) -> bool:
    sample = body[max(0, error.start - 200_000) : error.start + 200_000]
    text = sample.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    others = len(sample) - len(text)
    return damaged * 4 < others


def _utf16(body: bytes) -> str | None:
    head = body[:400]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 4:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(body: bytes, headers: Mapping[str, str]) -> str | None:
    header = next((v for name, v in headers.items() if name.lower() == "content-type"), "")
    found = _HEADER_CHARSET.search(header)
    names = [found[1]] if found else []
    for pattern in (_META_CHARSET, _XML_ENCODING):
        declared = pattern.search(body[:4096])
        if declared:
            names.append(declared[1].decode("ascii", "replace"))
    return next((known for name in names if (known := _codec(name))), None)


def _codec(name: str) -> str | None:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not info.name.startswith(_CHARSETS):
        return None
    return _ALIASES.get(info.name, info.name)


def parse_page(page: str) -> html.HtmlElement | None:
    """The tree of an HTML *page*; None where there is nothing in it."""
    page = _OVERGROWN.sub(r"<\1", _CONTROL.sub("", page))
    if not page.strip():
        return None
    parser = html.HTMLParser(**_PARSER_OPTIONS)
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (html.etree.LxmlError, ValueError, AssertionError):
        return None
