"""The text of a page's article, paragraph by paragraph."""

import logging

from lxml import etree
from lxml.html import HtmlElement

from monitor.articles.blocks import join_paragraphs, text_of_blocks, text_of_fragment
from monitor.articles.linked_data import LinkedData

# It warns of pages that hold no text, which here is an answer like any other.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
# The elements of trafilatura's own tree that stand on their own lines.
_BREAKING = frozenset(["body", "main", "div", "p", "head", "quote", "list", "item", "table"])
_BREAKING |= {"row", "lb"}
_CELL = "\x1f"
_BREAK = "\x1e"
_MARKS = {"fr": ("«\u00a0", "\u00a0»"), "es": ("«", "»")}
_WRITTEN_OUT = frozenset("«“„\"‘'")
_OTHER_MARKS = ("“", "”")
# Less than this is a teaser or a caption: other sources of the text are asked as well.
_SHORT = 250
_CLEARLY_MORE = 1.5
# trafilatura's time grows with the square of a page's elements; articles have far fewer.
_MAX_ELEMENTS = 40_000


def body_text(tree: HtmlElement, data: LinkedData, lang: str | None) -> str:
    """The article's paragraphs, joined by one blank line; "" where there are none.

    trafilatura's reading, unless the page's JSON-LD tells clearly more, or the blocks of its
    ``<article>`` do where that is next to nothing. Quotations marked up as ``<q>`` get the marks
    that browsers show, those of *lang*.
    """
    _write_out_quotations(tree, lang)
    text = _extracted(tree)
    told = text_of_fragment(data.body)
    if len(told) >= _SHORT and (
        len(told) > _CLEARLY_MORE * len(text) or _has_lost_breaks(text, told)
    ):
        return told
    plain = _plain(tree) if len(text) < _SHORT else ""
    return plain if len(plain) > max(_SHORT, _CLEARLY_MORE * len(text)) else text


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

    if tree.xpath("count(//*)") > _MAX_ELEMENTS:
        return ""
    try:
        document = bare_extraction(tree, include_comments=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 — whatever it does not get over, the page has other sources
        return ""
    body = getattr(document, "body", None)
    return paragraphs_of(body) if body is not None else ""


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
            pieces.append(_BREAK if tag in _BREAKING else "")
            pieces.append(element.text or "")
        else:
            pieces.append(_CELL if tag == "cell" else _BREAK if tag in _BREAKING else "")
            if element is not body:
                pieces.append(element.tail or "")
    return join_paragraphs([_row(part) for part in "".join(pieces).split(_BREAK)])


def _row(part: str) -> str:
    return " | ".join(cell.strip() for cell in part.split(_CELL) if cell.strip())
