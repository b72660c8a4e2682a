"""From forms to expressions: leftmost, then longest, never overlapping."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from extractors.dates import absolute, amounts, clock, datelines, periods, relative, weekdays
from extractors.dates.anchoring import Discourse
from extractors.dates.capture import NO_TIME, Capture, Meaning
from extractors.dates.chunks import Chunks, chunks_of
from extractors.dates.joining import join
from extractors.dates.matching import capture_of, matches_in, places_of
from extractors.dates.narrowing import part_of
from extractors.dates.reader import passage_of
from extractors.languages import SUPPORTED, language_data
from extractors.reading import Reading
from extractors.types import Precision, Span, TimeExpression, TimexType

Rule = Callable[[Capture, Discourse], Meaning | None]
RULES: Mapping[str, Rule] = {
    "none": lambda _capture, _discourse: NO_TIME,
    "numeric": absolute.numeric_date,
    "day": absolute.day_date,
    "month": absolute.month_date,
    "year": periods.year_date,
    "decade": periods.decade_date,
    "century": periods.century_date,
    "quarter": periods.part_of_year,
    "season": periods.season_date,
    "holiday": periods.holiday_date,
    "fiscal": periods.fiscal_year,
    "deictic": relative.deictic_day,
    "weekday": weekdays.weekday_date,
    "weekday_number": weekdays.weekday_number,
    "day_number": weekdays.day_number,
    "week": weekdays.named_week,
    "nth_week": weekdays.nth_week,
    "nth_weekday": weekdays.nth_weekday,
    "from": weekdays.offset_from_day,
    "period": relative.period_date,
    "unit": relative.rest_of_unit,
    "offset": relative.offset_date,
    "in": relative.later_offset,
    "same": relative.same_time,
    "same_period": relative.same_period,
    "ref": relative.reference,
    "duration": amounts.duration,
    "set": amounts.recurrence,
    "clock": clock.clock_time,
    "daypart": clock.part_of_day,
}


# What every expression has: a letter or digit.
_SAYING = re.compile(r"[^\W_]")


def find_dates(reading: Reading) -> tuple[TimeExpression, ...]:
    """The temporal expressions of a document, in order, resolved against its publication day.

    Where that is not known, the day of a dateline stands in. Nothing overlaps; a language that is
    not supported has none. Raises nothing.
    """
    if reading.lang not in SUPPORTED:
        return ()
    settings = language_data(reading.lang, "dates")["settings"]
    discourse = Discourse(reading.lang, reading.published_on, settings)
    chunks = chunks_of(reading.lang)
    if discourse.published is None:
        discourse.published = _dateline(reading, discourse, chunks)
    found: list[TimeExpression] = []
    for paragraph in reading.paragraphs:
        discourse.near = None
        folded, start, end = reading.folded, paragraph.start, paragraph.end
        if not (folded[start].isalnum() or _SAYING.search(folded, start, end)):
            continue
        for start, end in _pieces(folded, paragraph):
            resolved = _resolved(reading.text, start, end, chunks, discourse)
            found.extend(join(discourse, _with_days(resolved)))
    return tuple(found)


def _dateline(reading: Reading, discourse: Discourse, chunks: Chunks) -> date | None:
    for paragraph in reading.paragraphs[: datelines.PARAGRAPHS]:
        end = min(paragraph.end, paragraph.start + datelines.LENGTH)
        fresh = Discourse(discourse.lang, None, discourse.settings)
        for capture, found in _resolved(reading.text, paragraph.start, end, chunks, fresh):
            if found.precision is Precision.DAY and datelines.in_dateline(capture):
                return found.start
    return None


# No paragraph of an article is longer; it bounds the memory that a freak of megabytes takes.
_LONGEST_PIECE = 50_000


def _pieces(folded: str, paragraph: Span) -> Iterator[tuple[int, int]]:
    """A paragraph in pieces of bounded length, cut at blanks where there are any."""
    start = paragraph.start
    while paragraph.end - start > _LONGEST_PIECE:
        cut = folded.rfind(" ", start + 1, start + _LONGEST_PIECE)
        end = cut if cut > 0 else start + _LONGEST_PIECE
        yield start, end
        start = end
    yield start, paragraph.end


# How many tokens may stand between a time of day and the day that follows it ("à 14 h le lundi").
_DAY_AFTER = 3


def _with_days(
    resolved: Iterable[tuple[Capture, TimeExpression]],
) -> Iterator[tuple[Capture, TimeExpression]]:
    """The same, times of day on the day that is named right behind them."""
    waiting: tuple[Capture, TimeExpression] | None = None
    for capture, found in resolved:
        if waiting is not None:
            before, time = waiting
            close = capture.first - before.last <= _DAY_AFTER
            yield before, clock.on_day(time, found) if close else time
            waiting = None
        if capture.rule in clock.RULES and not clock.names_day(capture):
            waiting = capture, found
        else:
            yield capture, found
    if waiting is not None:
        yield waiting


def _resolved(
    text: str, start: int, end: int, chunks: Chunks, discourse: Discourse
) -> Iterator[tuple[Capture, TimeExpression]]:
    """What is said of time in ``text[start:end]``, in order, with the words that say it."""
    pieces = chunks.read(text[start:end])
    signs = "".join([piece.signs for piece in pieces])
    matches = matches_in(signs, discourse.lang)
    if not matches:
        return
    passage = passage_of(start, signs, pieces)
    reach = 0
    for place in places_of(matches, passage, discourse.lang):
        if place.first < reach:
            continue
        capture = capture_of(passage, place)
        try:
            meaning = RULES[capture.rule](capture, discourse)
        except (ValueError, OverflowError):
            # No calendar has it: 30 February keeps its span.
            meaning = Meaning(TimexType.DATE) if capture.rule == "day" else NO_TIME
        if meaning is None:
            continue
        if meaning is NO_TIME:
            reach = capture.last + 1
            continue
        meaning = part_of(meaning, capture.part, discourse)
        reach = capture.last + 1
        if not relative.is_comparison(capture):
            _remember(meaning, discourse)
        yield (
            capture,
            TimeExpression(
                passage.span(capture.first, capture.last),
                meaning.type,
                meaning.value,
                meaning.start,
                meaning.end,
                meaning.precision,
                capture.rule,
            ),
        )


def _remember(meaning: Meaning, discourse: Discourse) -> None:
    if meaning.period is None:
        return
    discourse.period = meaning.period
    if meaning.period.precision is Precision.DAY:
        discourse.day = discourse.near = meaning.period.start
    elif meaning.period.precision is not Precision.WEEK:
        discourse.stretch = meaning.period
