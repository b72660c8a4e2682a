"""What is cut from a page's tree before its article is looked for."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_LETTERS = re.compile(r"[\W_]+")
# A paragraph of prose; what is shorter may be a label, a caption, or a link.
_PROSE = 80
# So much prose under a heading of its own, after so much under the page's, is another article.
_ANOTHER = 2
_LINK = 200
_ENDS_A_SENTENCE = (".", "!", "?", "…", "”", "»", '"', "’")
_LISTED = frozenset(["li", "td", "th", "dd", "blockquote", "figcaption"])
_MOST = 5000
_MOST_HEADINGS = 20


def prune(tree: HtmlElement, title: str | None) -> None:
    """Cut from *tree* other articles below the one of *title*, and paragraphs that only link."""
    for element in [*_other_articles(tree, title), *_link_paragraphs(tree)]:
        if element.getparent() is not None:
            element.drop_tree()


def letters_of(text: str) -> str:
    """*text* without case, blanks and marks, for comparing."""
    return _LETTERS.sub("", text).casefold()


def _other_articles(tree: HtmlElement, title: str | None) -> Iterator[HtmlElement]:
    """The containers of headings like the page's own that come after its article.

    Pages that scroll without end append the next articles.
    """
    headings = [tag for tag in tree.iter("h1") if letters_of(tag.text_content())]
    if not title or not headings or letters_of(headings[0].text_content()) != letters_of(title):
        return
    order = {tag: at for at, tag in enumerate(tree.iter())}
    prose = [order[tag] for tag in tree.iter("p") if len(tag.text_content()) > _PROSE]
    own = {headings[0], *headings[0].iterancestors()}
    for start in [*headings[1:], *tree.iter("article")][:_MOST_HEADINGS]:
        if start in own:
            continue
        container = _outermost(start, own)
        first, end = _extent(container, order)
        # What stands beside it holds the page's heading and, if it is an article, prose as well.
        beside = next((tag for tag in container.itersiblings(preceding=True) if tag in own), None)
        if beside is None or not _is_headed(container):
            continue
        own_first, own_end = _extent(beside, order)
        above = sum(own_first <= at < own_end for at in prose)
        inside = sum(first <= at < end for at in prose)
        if above >= _ANOTHER and inside >= _ANOTHER:
            yield container


def _extent(element: HtmlElement, order: dict[HtmlElement, int]) -> tuple[int, int]:
    """The places in *order* of *element* and of what comes after all that is in it."""
    return order[element], order[element] + sum(1 for _ in element.iter())


def _outermost(element: HtmlElement, outside: set[HtmlElement]) -> HtmlElement:
    """The outermost element around *element* that is none of *outside*."""
    for above in element.iterancestors():
        if above in outside:
            break
        element = above
    return element


def _is_headed(container: HtmlElement) -> bool:
    """Whether *container* begins with a heading."""
    first = next((tag for tag in container.iter() if _is_text(tag)), None)
    return first is not None and any(
        str(tag.tag) in {"h1", "h2", "h3"} for tag in [first, *first.iterancestors()]
    )


def _is_text(tag: HtmlElement) -> bool:
    return isinstance(tag.tag, str) and bool((tag.text or "").strip())


def _link_paragraphs(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Paragraphs between paragraphs that are one link and no sentence: they point elsewhere."""
    for paragraph in list(tree.iter("p"))[:_MOST]:
        text = " ".join(paragraph.text_content().split())
        if not 0 < len(text) < _LINK or text.endswith(_ENDS_A_SENTENCE):
            continue
        links = list(paragraph.iter("a"))
        linked = sum(len(letters_of(link.text_content())) for link in links)
        if len(links) == 1 and linked == len(letters_of(text)) and not _is_listed(paragraph):
            yield paragraph


def _is_listed(paragraph: HtmlElement) -> bool:
    return any(above.tag in _LISTED for above in paragraph.iterancestors())
