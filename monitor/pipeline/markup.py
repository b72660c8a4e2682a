"""The text of an entry's markup, for where its page can't be had."""

from bs4 import BeautifulSoup
from bs4.element import Tag

_BLOCKS = (
    "address article aside blockquote dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main ol p pre section table td th tr ul"
).split()
_SILENT = ["script", "style", "noscript", "template", "iframe", "svg", "figure", "form"]
_BREAK = "\u2029"


def text_of_markup(markup: str) -> str:
    """The paragraphs of HTML *markup*, separated by one blank line; plain text passes through.

    Words and quotation marks stay as they are; runs of blanks inside a paragraph become one.
    """
    if "<" not in markup and "&" not in markup:
        return "\n\n".join(" ".join(line.split()) for line in markup.splitlines() if line.strip())
    soup = BeautifulSoup(markup, "lxml")
    for tag in soup.find_all(_SILENT):
        tag.decompose()
    for tag in soup.find_all([*_BLOCKS, "br"]):
        assert isinstance(tag, Tag)
        tag.insert_before(_BREAK)
        tag.insert_after(_BREAK)
    paragraphs = soup.get_text().split(_BREAK)
    return "\n\n".join(" ".join(part.split()) for part in paragraphs if part.strip())
