"""Dates that the text takes back: denied, replaced, or over."""

import re
from datetime import date

from extractors.deadlines.milestones import kind_on
from extractors.deadlines.place import Place
from extractors.reading import Knowledge
from extractors.types import Precision, Span

# Which dates without a year may lie in the past though the next of their name lies ahead.
_DATED = (Precision.DAY, Precision.MONTH, Precision.SEASON)
_YEAR = re.compile(r"\d{4}")
# How many words from a date "originally" or "denied" may stand.
_VOID_REACH = 12
# How many words behind "postponed" the new date may stand.
_MOVED_REACH = 6


def is_void(place: Place, published: date, knowledge: Knowledge) -> bool:
    """Whether the text takes the date back: denied, replaced while it lies ahead, or over."""
    if _is_over(place) or _is_moved_away(place) or _is_other(place):
        return True
    if place.time.end is not None and place.time.end <= published:
        return False
    if place.near("superseded", _VOID_REACH, within_clause=True):
        return True
    if place.limit and place.words.words["exclusive"].fullmatch(place.limit):
        return False  # "ruled out a vote before January": January is what is left
    denied = place.near("denied", _VOID_REACH, within_clause=True)
    return denied and kind_on(place, knowledge) is None


def _is_over(place: Place) -> bool:
    """Whether a date without a year stands with a verb of the past ("imposed on July 1")."""
    if place.limit or place.time.precision not in _DATED:
        return False
    if _YEAR.search(place.folded, place.time.span.start, place.time.span.end):
        return False
    if place.is_done:
        return True
    if not place.says_before("past_verbs"):
        return False
    return not (place.says("future", place.core) or place.says("obligation", place.core))


def _is_other(place: Place) -> bool:
    """Whether the date is the one that does not hold ("rather than in May", "would have been")."""
    if place.words.instead_before.search(place.lead):
        return True
    return place.says_before("counterfactual")


def _follows(move: Span, other: Span, place: Place) -> bool:
    """Whether the date *other* stands shortly behind a word of moving."""
    between = place.folded[move.end : max(move.end, other.start)]
    return other.start > move.end and len(between.split()) <= _MOVED_REACH


def _is_moved_away(place: Place) -> bool:
    """Whether the date is the old one of two: "extended from May 17 to June 1"."""
    moves = place.said.words("moved", place.clause)
    if not moves or not any(_follows(moves[-1], other, place) for other in place.others):
        return False
    own = place.time.span
    from_here = place.words.moved_from_before.search(place.lead)
    later = any(other.start > own.end for other in place.others)
    return later and (own.end <= moves[0].start or bool(from_here))
