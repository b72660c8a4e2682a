"""Dates that say when something was said, and so are no deadlines."""

import re
from collections.abc import Sequence

from extractors.deadlines.place import Place
from extractors.types import Precision, Quote, Span

# How many words behind a date that opens its sentence a word of saying may stand.
_REPORT_REACH = 20
# "Told reporters on Friday": how many words may stand between.
_TOLD_REACH = 5
_YEAR = re.compile(r"\d{4}")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2} ?(?:a\.?m|p\.?m|h\b|heures|horas|hrs)(?: ?\d\d)?")


def has_number(wording: str) -> bool:
    """Whether a day is named by a number; the digits of a time of day are none."""
    return any(map(str.isdigit, wording)) and any(map(str.isdigit, _CLOCK.sub("", wording)))


def is_weekday(place: Place) -> bool:
    """Whether the words name a day without its number."""
    if place.time.precision is not Precision.DAY:
        return False
    return not has_number(place.time.span.of(place.folded))


def dates_a_report(place: Place, quotes: Sequence[Quote]) -> bool:
    """Whether the date says when something was said: it stands beside a word of saying."""
    if place.limit:
        return False
    if place.near("reported", 1) or _is_told_on(place):
        return True
    reach = _REPORT_REACH if place.time.span.start == place.scope.start else 1
    return bool(quotes) and any(
        quote.cue is not None
        and place.sentence.covers(quote.cue)
        and place.distance(quote.cue.start, quote.cue.end) <= reach
        and not any(span.covers(place.time.span) for span in quote.spans)
        for quote in quotes
    )


def is_announced_on(place: Place) -> bool:
    """Whether a day without its year stands right behind a word of saying: a day gone by."""
    if place.limit or place.time.precision is not Precision.DAY:
        return False
    if _YEAR.search(place.folded, place.time.span.start, place.time.span.end):
        return False
    return place.words.told_before.search(place.lead) is not None or (
        place.words.complement.match(place.tail) is not None and place.says_before("reported")
    )


def _is_told_on(place: Place) -> bool:
    """Whether a word of saying stands shortly before a weekday, with nothing due between."""
    start = max(place.scope.start, place.time.span.start - 60)
    told = place.said.words("reported", Span(start, place.time.span.start))
    if not told or place.distance(told[-1].start, told[-1].end) > _TOLD_REACH:
        return False
    return not place.said.senses(Span(told[-1].end, place.time.span.start))
