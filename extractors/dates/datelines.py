"""The day in a dateline: "OTTAWA, March 3, 2018 —", "MADRID, 3 de marzo de 2018 (EFE).-"."""

from extractors.dates.capture import Capture
from extractors.dates.lexicon import LOWER

# How many paragraphs may stand before the text, how much of one is read, how many tokens of place
# and agency may stand before the day.
PARAGRAPHS = 3
LENGTH = 300
_PLACE = 10
_CLOSING = frozenset("-—(:")


def in_dateline(capture: Capture) -> bool:
    """Whether *capture* is a day with its year in a dateline, or alone in its paragraph."""
    signs = capture.passage.signs
    if capture.number("year") is None or capture.first > _PLACE:
        return False
    if LOWER in signs[: capture.first]:
        return False
    after = capture.after()
    return not after or after in _CLOSING or (after == "." and capture.last + 2 >= len(signs))
