"""What stands before the first words of a paragraph: a dateline, a heading between dashes.

"OTTAWA — ", "CIUDAD DE MÉXICO.— ", "Madrid, 3 ene (EFE).- ", "- “Bad start” - ": what they name
says nothing and is part of no statement.
"""

import re

from extractors.types import Span

_REACH = 90
_MOST_WORDS = 9
_PARAGRAPHS = 3  # of a document that may open with a place in small letters
_SHORTEST_PLACE = 3  # letters, of a place in capitals
_LINE = re.compile(
    r"(?P<place>[^\W\d_][^—–:;!?\"“«»(\n]*?)"
    r"(?P<agency>\s?\([^()\n]{2,30}\)\s?)?"
    r"(?P<mark>\s?\.\s?(?:--?|[—–]+)\s?|\s?--?\s|\s?[—–]+\s?)(?=\S)"
)
# What the mark of a dateline holds: a hyphen within a word is none.
_DASHES = "-–—"
_DASH = re.compile(r"–|—|-\s|\.\s?-")
_CROSSHEAD = re.compile(
    r"(?P<dash>[-–—])\s?(?=[^\s-])(?P<head>[^\n]{3,80}?)\s(?P=dash)\s?(?:(?P<rest>\S)|$)",
    re.MULTILINE,
)
_OPENING = '«“"¿¡'


def after_crosshead(text: str, paragraph: Span) -> int:
    """Where the words of a paragraph begin after a heading between dashes, else its start."""
    if text[paragraph.start : paragraph.start + 1] not in {"-", "–", "—"}:
        return paragraph.start
    match = _CROSSHEAD.match(text, paragraph.start, paragraph.end)
    if match is None or re.search(r"[.;:]\s", match["head"]):
        return paragraph.start
    if match["rest"] is None:
        return paragraph.end
    begins = match["rest"].isupper() or match["rest"] in _OPENING
    return match.start("rest") if begins and match["dash"] != "—" else paragraph.start


def after_dateline(text: str, number: int, paragraph: Span) -> int:
    """Where the words of the paragraph with that *number* begin, dateline or heading left out.

    Returns the paragraph's start where there is none.
    """
    first = text[paragraph.start : paragraph.start + 1]
    if not first.isupper():
        return after_crosshead(text, paragraph)
    reach = min(paragraph.end, paragraph.start + _REACH)
    if True not in [text.find(dash, paragraph.start, reach) >= 0 for dash in _DASHES]:
        return paragraph.start
    if not _DASH.search(text, paragraph.start, reach):
        return paragraph.start
    match = _LINE.match(text, paragraph.start, reach)
    if match is None or not _is_dateline(text, number, match):
        return paragraph.start
    return match.end()


def _is_dateline(text: str, number: int, match: re.Match[str]) -> bool:
    words = match["place"].replace(",", " ").split()
    if not words or len(words) > _MOST_WORDS or text[match.end() : match.end() + 1].islower():
        return False
    if match["agency"]:
        return True
    capitals = words[0].isupper() and len(words[0].strip(".")) >= _SHORTEST_PLACE
    capitals = capitals or (len(words) > 1 and all(word.isupper() for word in words))
    spaced = match["mark"].strip() in {"-", "–"} and match["mark"][:1] != " "
    if capitals:
        return not spaced and (len(words) == 1 or words[1][:1].isupper() or words[1][:1].isdigit())
    dotted = match["mark"].lstrip().startswith(".")
    if number >= _PARAGRAPHS or not (dotted or match["mark"].strip() in {"—", "–"}):
        return False
    return len(words) <= (4 if dotted else 2) and all(word[:1].isupper() for word in words)
