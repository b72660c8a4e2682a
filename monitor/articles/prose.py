"""Where a page has its prose, told by the length of its lines alone."""

from collections import defaultdict

from lxml import etree
from lxml.html import HtmlElement

_LINE = 80
_MOST_OF_IT = 0.8
_BREAK = "\x1e"
_INLINE = frozenset("a abbr b bdi cite code em i mark q s small strong sub sup time u".split())
_SILENT = frozenset(["script", "style", "noscript", "template"])


def prose_container(tree: HtmlElement) -> HtmlElement | None:
    """The innermost element that holds most of the page's long lines; None where there are none.

    A line is a run of text that no element interrupts but those of the line itself (links, bold).
    """
    held: dict[etree._Element, int] = defaultdict(int)
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _INLINE or element.tag in _SILENT:
            continue
        long = sum(len(line) for line in _lines(element) if len(line.strip()) >= _LINE)
        if long:
            for above in (element, *element.iterancestors()):
                held[above] += long
    here = tree
    total = held.get(here, 0)
    if not total:
        return None
    while True:
        inner = max(here, key=lambda child: held.get(child, 0), default=None)
        if inner is None or held.get(inner, 0) < _MOST_OF_IT * total:
            return here
        here = inner


def _lines(element: etree._Element) -> list[str]:
    """The runs of text right in *element*, links and bold words included."""
    pieces = [element.text or ""]
    for child in element:
        inline = child.tag in _INLINE
        pieces.append("".join(child.itertext()) if inline else _BREAK)
        pieces.append(child.tail or "")
    return "".join(pieces).split(_BREAK)
