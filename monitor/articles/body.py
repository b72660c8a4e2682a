"""The text of a page's article, paragraph by paragraph."""

import logging

from lxml import etree
from lxml.html import HtmlElement

from monitor.articles.blocks import (
    join_paragraphs,
    text_of_blocks,
    text_of_fragment,
    unwrapped,
)
from monitor.articles.linked_data import LinkedData
from monitor.articles.prose import prose_container
from monitor.articles.pruning import prune

# It warns of pages that hold no text, which here is an answer like any other.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
# The elements of trafilatura's own tree that stand on their own lines.
_BREAKING = frozenset(["body", "main", "div", "p", "head", "quote", "list", "item", "table"])
_BREAKING |= {"row"}
_CELL = "\x1f"
_BREAK = "\x1e"
_LINE = "\x1d"
_MARKS = {"fr": ("«\u00a0", "\u00a0»"), "es": ("«", "»")}
_WRITTEN_OUT = frozenset("«“„\"‘'")
_OTHER_MARKS = ("“", "”")
# Less than this is a teaser or a caption: other sources of the text are asked as well.
_SHORT = 250
_CLEARLY_MORE = 1.5
_MOST_OF_IT = 0.5
_PROSE_IN_PARAGRAPHS = "boolean(.//p[string-length(.) > 80] | self::p)"
# trafilatura's time grows with the square of a page's elements; articles have far fewer.
_MAX_ELEMENTS = 40_000


def body_text(
    tree: HtmlElement, data: LinkedData, lang: str | None, title: str | None = None
) -> str:
    """The article's paragraphs, joined by one blank line; "" where there are none.

    trafilatura's reading, unless the page's JSON-LD or what it marks as its article's body tells
    clearly more, or the page's blocks do where that is next to nothing or has lost its breaks.
    Quotations marked up as ``<q>`` get the marks that browsers show, those of *lang*; articles
    below the one of *title* are cut off.
    """
    _write_out_quotations(tree, lang)
    text, marked, apart, in_cell = "", "", "", False
    if tree.xpath("count(//*)") <= _MAX_ELEMENTS:
        prune(tree, title)
        marked = _marked(tree)
        apart, in_cell = _set_apart(tree)
        text = _extracted(tree)
    told = text_of_fragment(data.body)
    for other in (told, marked):
        if len(other) >= _SHORT and (
            len(other) > _CLEARLY_MORE * len(text) or _has_lost_breaks(text, other)
        ):
            return other
    if len(apart) > _MOST_OF_IT * len(text) and (
        in_cell or _longest(text) > _CLEARLY_MORE * _longest(apart)
    ):
        return apart
    plain = _plain(tree) if len(text) < _SHORT else ""
    return plain if len(plain) > max(_SHORT, _CLEARLY_MORE * len(text)) else text


def _marked(tree: HtmlElement) -> str:
    """The blocks of what the page marks as its article's body, if it marks one."""
    found = tree.xpath('//*[@itemprop="articleBody"]')
    return text_of_blocks(found[0]) if len(found) == 1 else ""


def _has_lost_breaks(text: str, told: str) -> bool:
    """Whether *text* is one block where the same words, as *told*, are several paragraphs."""
    return "\n\n" not in text and "\n\n" in told and len(told) > 0.9 * len(text)


def _write_out_quotations(tree: HtmlElement, lang: str | None) -> None:
    start, end = _MARKS.get(lang or "", _OTHER_MARKS)
    for quotation in list(tree.iter("q")):
        if (quotation.text or "").lstrip()[:1] in _WRITTEN_OUT:
            quotation.drop_tag()
            continue
        quotation.text = start + (quotation.text or "")
        if len(quotation):
            quotation[-1].tail = (quotation[-1].tail or "") + end
        else:
            quotation.text += end
        quotation.drop_tag()


def _extracted(tree: HtmlElement) -> str:
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(tree, include_comments=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 — whatever it does not get over, the page has other sources
        return ""
    body = getattr(document, "body", None)
    return paragraphs_of(body) if body is not None else ""


def _set_apart(tree: HtmlElement) -> tuple[str, bool]:
    """The page's prose, where it is not in paragraphs, and whether it is in a cell of a table.

    Old pages are tables, with the article in one cell and the way to others in its neighbours. Of
    other odd pages trafilatura makes one paragraph, as often as not.
    """
    container = prose_container(tree)
    if container is None or container.xpath(_PROSE_IN_PARAGRAPHS):
        return "", False
    in_cell = any(tag.tag == "td" for tag in (container, *container.iterancestors()))
    return text_of_blocks(container), in_cell


def _longest(text: str) -> int:
    return max(map(len, text.split("\n\n")))


def _plain(tree: HtmlElement) -> str:
    """The blocks of the page's ``<article>`` or ``<main>``, where it has just one."""
    for name in ("article", "main"):
        found = list(tree.iter(name))
        if len(found) == 1:
            return text_of_blocks(found[0])
    return ""


def paragraphs_of(body: etree._Element) -> str:
    """The text of trafilatura's tree *body*: a paragraph a block, a row of a table one line."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        if event == "start":
            pieces.append(_LINE if tag == "lb" else _BREAK if tag in _BREAKING else "")
            pieces.append(element.text or "")
        else:
            pieces.append(_CELL if tag == "cell" else _BREAK if tag in _BREAKING else "")
            if element is not body:
                pieces.append(element.tail or "")
    return join_paragraphs([_row(part) for part in unwrapped("".join(pieces)).split(_BREAK)])


def _row(part: str) -> str:
    return " | ".join(cell.strip() for cell in part.split(_CELL) if cell.strip())
