"""The paragraphs of any markup, by its block elements alone."""

import re
import unicodedata
from html import unescape

from lxml import etree, html

_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("html", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    ]
)
_SILENT = frozenset(
    [
        *("aside", "button", "canvas", "figure", "footer", "form", "head", "iframe", "math", "nav"),
        *("noscript", "object", "script", "select", "style", "svg", "template", "textarea"),
    ]
)
_UNSEEN = re.compile("[\x00\u00ad\u200b\u2060\ufeff\u200e\u200f]")
# A letter and its accents written apart. Composed one by one, since composing a whole text takes
# quadratic time over long runs of marks.
_APART = re.compile("[A-Za-z][\u0300-\u036f]{1,2}")
_BREAK = "\x1e"
_LINE = "\x1d"
_WRAPPED = re.compile(rf"([^\W_]|[,;])[ \t\r\n]*{_LINE}[ \t\r\n]*([^\W\d_])")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def text_of_blocks(root: etree._Element) -> str:
    """The paragraphs below *root*, joined by one blank line; what is no prose is left out."""
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        silent = not isinstance(tag, str) or (tag in _SILENT and element is not root)
        if event == "start":
            pieces.append(_break_of(tag))
            if silent:
                walk.skip_subtree()
            elif tag == "pre":
                pieces.append(_BLANK_LINE.sub(_BREAK, element.text or ""))
            else:
                pieces.append(element.text or "")
        else:
            pieces.append(_break_of(tag) if tag != "br" else "")
            if element is not root:
                pieces.append(element.tail or "")
    return join_paragraphs(unwrapped("".join(pieces)).split(_BREAK))


def _break_of(tag: object) -> str:
    """What *tag* means for the lines of a text; elements of a site's own are blocks."""
    if tag == "br":
        return _LINE
    return _BREAK if tag in _BLOCKS or "-" in str(tag) else ""


def unwrapped(text: str) -> str:
    """*text* with its line breaks as breaks of paragraphs, but for those inside of a sentence."""
    text = _WRAPPED.sub(
        lambda found: f"{found[1]} {found[2]}" if found[2].islower() else found[0], text
    )
    return text.replace(_LINE, _BREAK)


def text_of_fragment(markup: str) -> str:
    """The paragraphs of *markup*: plain text by its lines, HTML by its blocks."""
    if "<" not in markup:
        return join_paragraphs(unescape(markup).splitlines())
    try:
        root = html.document_fromstring(f"<div>{markup}</div>")
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    return text_of_blocks(root)


def join_paragraphs(parts: list[str]) -> str:
    """*parts* with blanks folded, the empty ones left out, joined by one blank line.

    Characters that nobody sees (soft hyphens, blanks of no width) are left out: they stand inside
    words. Accents become one with their letters.
    """
    folded = (" ".join(_UNSEEN.sub("", part).split()) for part in parts)
    return "\n\n".join(_APART.sub(_composed, part) for part in folded if part)


def _composed(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", letter[0])
