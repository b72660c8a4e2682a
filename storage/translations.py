"""Which statements are one statement in two languages, as far as that is certain.

Words of different languages cannot be compared here, figures can. A statement's *gist* is who
made it, the week, and its figures in their order; where a gist is in each language that of one
statement only, these are translations of each other (the view ``quotes`` says so). Most
translations are not found; what is found is one.
"""

import re
from datetime import UTC, datetime

_FEWEST_FIGURES = 2
_FEWEST_DIGITS = 5
_LONGEST = 200
# Thousands are parted by spaces in French and Spanish, by points or commas elsewhere.
_FIGURE = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")


def gist_of(actor: str | None, kind: str, text: str, at: datetime) -> str | None:
    """The gist of a statement that was published first at *at*; None where it is not telling.

    Only a word-for-word statement of a person of the pack has one, with two different figures
    and five digits at least.
    """
    if actor is None or kind != "direct":
        return None
    figures = [re.sub(r"\D", "", figure).lstrip("0") for figure in _FIGURE.findall(text)]
    if len(set(figures)) < _FEWEST_FIGURES or sum(map(len, figures)) < _FEWEST_DIGITS:
        return None
    year, week, _ = at.astimezone(UTC).isocalendar()
    gist = f"{actor} {year}-{week:02} {' '.join(figures)}"
    return gist if len(gist) <= _LONGEST else None
