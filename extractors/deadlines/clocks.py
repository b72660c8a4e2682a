"""Lengths of time laid down by law, treaty or order: "195 days", "un préavis de six mois"."""

import re

from extractors.deadlines.context import Context
from extractors.deadlines.place import Place
from extractors.deadlines.wording import span_of
from extractors.terms import TermKind
from extractors.types import Clock, TimeExpression, TimexType

_UNITS = {"day": "D", "month": "M", "week": "W", "year": "Y", "hour": "H"}
# A counted length of more than one day ("P1D" is a day, "PXW" some weeks).
_STOP = re.compile(r"[,;:—(]")
_ANCHOR_WORDS = 5
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_DAYS = {"D": 1, "W": 7}
_LONG = 15
# The numbers of days that trade laws, treaties and orders lay down.
_STATUTORY = frozenset({10, 15, 20, 30, 45, 60, 75, 90, 105, 120, 150, 180, 195, 240, 270})
# How far behind "before" a date may stand that describes the event ("before the July 1 review").
_DATE_NEAR = 6
_COUNTED = re.compile(r"P(?!1D$)T?\d")


def is_clock(place: Place) -> bool:
    """Whether a duration is a length laid down, and no mere stretch of time."""
    time, words = place.time, place.words
    if time.type is TimexType.SET:
        return is_cycle(time) and bool(place.said.words("cyclic", place.clause))
    is_length = time.type is TimexType.DURATION
    if (is_length or place.limit is not None) and is_offset(place):
        return place.limit is not None and place.says("obligation")
    if not is_length or not _COUNTED.match(time.value or ""):
        return False
    text = time.span.of(place.folded)
    wrong = words.clock_never.search(text) or not words.clock_unit.search(text)
    if time.start is not None or wrong:
        return False
    return _is_laid_down(place, text) or _is_counted_from(place) or _is_statutory(place)


def is_cycle(time: TimeExpression) -> bool:
    """Whether something is to recur every so many years ("a review every six years")."""
    match = _LENGTH.fullmatch(time.value or "")
    return (
        time.type is TimexType.SET and match is not None and match[2] == "Y" and int(match[1]) > 1
    )


def _is_statutory(place: Place) -> bool:
    """Whether a length is one that laws and orders give ("60 days"), and nothing counts it as past.

    Lengths of months are so where the clause speaks of leaving, of a change by degrees, or of time
    that must pass.
    """
    match, words = _LENGTH.fullmatch(place.time.value or ""), place.words
    if match is None or words.clock_spent.search(place.lead) or place.limit:
        return False
    if match[2] == "D":
        return int(match[1]) in _STATUTORY and not place.tells_of_past
    return bool(place.said.words("periods", place.clause)) and not place.says_before("perfect")


def _is_laid_down(place: Place, text: str) -> bool:
    """Whether the words beside a length say that it is a period, a notice, or time given."""
    words, lead = place.words, place.lead
    if words.clock_before.search(lead + _leading_limit(text, place)):
        return True
    if words.clock_after.match(place.tail):
        return True
    if words.clock_given.search(lead) and words.clock_to.match(place.tail):
        return True
    if words.clock_ahead.match(place.tail) and words.clock_equal.search(lead):
        return True
    return bool(words.clock_term.search(lead)) and not place.says_before("perfect")


def _is_counted_from(place: Place) -> bool:
    """Whether a length must lie between another event and what is due."""
    words = place.words
    if not words.clock_offset.match(place.tail) or place.says_before("past"):
        return False
    if place.says("obligation"):
        return True
    ahead = words.clock_ahead.match(place.tail) is not None and place.says("future")
    return _is_long(place.time.value or "") and (ahead or place.says_before("future"))


def _is_long(value: str) -> bool:
    """Whether a length is one that laws lay down, and no "two days before"."""
    match = _LENGTH.fullmatch(value)
    return match is not None and (match[2] in "MY" or int(match[1]) * _DAYS[match[2]] >= _LONG)


def is_offset(place: Place) -> bool:
    """Whether the words count from another event ("seven days later")."""
    text = place.time.span.of(place.folded)
    return bool(place.words.offset_end.search(text) and place.words.clock_unit.search(text))


def is_term(place: Place) -> bool:
    """Whether a duration is how long something stays in force: "will last 16 years"."""
    time, words = place.time, place.words
    counted = time.type is TimexType.DURATION and _COUNTED.match(time.value or "")
    if not counted or time.start is not None or not words.clock_term.search(place.lead):
        return False
    return not place.says_before("perfect")


def _leading_limit(text: str, place: Place) -> str:
    """A limit inside the expression itself, before its number: "up to 180 days"."""
    match = place.words.inner_limit.match(text)
    return match.group() if match else ""


def clock_of(place: Place, context: Context) -> Clock:
    """The clock that a duration names, with the pack's rule where one certainly fits."""
    return Clock(
        length=span_of(place).of(place.text),
        anchor=_anchor(place),
        rule=_rule(place, context),
    )


def _anchor(place: Place) -> str | None:
    """The event from which a length counts, as written: "before signing" gives "signing"."""
    end = place.time.span.end
    offset = place.words.clock_offset.match(place.folded, end)
    if offset is None or offset.end() > place.scope.end:
        return None
    dated = (other.end for other in place.others if 0 <= other.start - offset.end() <= _DATE_NEAR)
    first = min(dated, default=offset.end())
    stop = _STOP.search(place.folded, first, place.scope.end)
    genitive = place.words.genitive.match(place.folded, offset.end())
    start = genitive.end() if genitive else offset.end()
    words = place.text[start : stop.start() if stop else place.scope.end].split()
    return " ".join(words[:_ANCHOR_WORDS]).strip(' .!?"”»') or None


def _rule(place: Place, context: Context) -> str | None:
    """The only clock of the packs that the sentence names and whose length the text gives."""
    named = {id for hit in context.hits.within(place.scope) for id in hit.ids(TermKind.CLOCK)}
    fitting = [
        clock.id
        for pack in context.knowledge.packs
        for clock in pack.clocks
        if clock.id in named and place.time.value == _value(clock.length, clock.unit)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _value(length: int, unit: str) -> str | None:
    """A length as a TIMEX3 value ("P90D"), None for a unit that has none."""
    letter = next((letter for name, letter in _UNITS.items() if name in unit), None)
    return None if letter is None else f"P{'T' if letter == 'H' else ''}{length}{letter}"
