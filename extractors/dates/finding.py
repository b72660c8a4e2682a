"""From forms to expressions: leftmost, then longest, never overlapping."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter

from extractors.dates import absolute, amounts, clock, datelines, periods, relative, weekdays
from extractors.dates.anchoring import Discourse
from extractors.dates.capture import NO_TIME, Capture, Meaning, value_in
from extractors.dates.forms import Form, forms_of, index_of
from extractors.dates.joining import join
from extractors.dates.lexicon import UNKNOWN, Lexicon, lexicon_of
from extractors.dates.narrowing import part_of, widen
from extractors.dates.reader import Passage, read_passage
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
    lexicon = lexicon_of(reading.lang)
    if discourse.published is None:
        discourse.published = _dateline(reading, discourse, lexicon)
    found: list[TimeExpression] = []
    for paragraph in reading.paragraphs:
        discourse.near = None
        if not _SAYING.search(reading.folded, paragraph.start, paragraph.end):
            continue
        for start, end in _pieces(reading.folded, paragraph):
            passage = read_passage(reading.text, reading.folded, start, end, lexicon)
            found.extend(_expressions(passage, discourse))
    return tuple(found)


def _dateline(reading: Reading, discourse: Discourse, lexicon: Lexicon) -> date | None:
    for paragraph in reading.paragraphs[: datelines.PARAGRAPHS]:
        end = min(paragraph.end, paragraph.start + datelines.LENGTH)
        passage = read_passage(reading.text, reading.folded, paragraph.start, end, lexicon)
        fresh = Discourse(discourse.lang, None, discourse.settings)
        for capture, found in _resolved(passage, fresh):
            if found.precision is Precision.DAY and datelines.in_dateline(passage, capture):
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


def _expressions(passage: Passage, discourse: Discourse) -> Iterator[TimeExpression]:
    return join(passage, discourse, _with_days(_resolved(passage, discourse)))


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


def _resolved(passage: Passage, discourse: Discourse) -> Iterator[tuple[Capture, TimeExpression]]:
    reach = 0
    for capture in _captures(passage, discourse.lang):
        if capture.first < reach:
            continue
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


def _captures(passage: Passage, lang: str) -> list[Capture]:
    """Everything that a form matches, leftmost first, the longest first among those."""
    if not passage.signs.strip(UNKNOWN):
        return []
    found = []
    forms = forms_of(lang)
    for order in index_of(lang).fitting(passage.signs):
        form = forms[order]
        for match in form.regex.finditer(passage.signs):
            if match.start() < match.end():
                first, part = widen(passage, form.rule, match.start(), lang)
                found.append((first, -match.end(), order, part, match, form))
                if first < match.start():
                    found.append((match.start(), -match.end(), order, "", match, form))
    found.sort(key=itemgetter(0, 1, 2))
    return [_capture(passage, form, match, first, part) for first, _, _, part, match, form in found]


def _capture(passage: Passage, form: Form, match: re.Match[str], first: int, part: str) -> Capture:
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    for group, (name, class_name) in form.groups.items():
        place = match.start(group)
        caught = value_in(passage.meaning(place), class_name)
        if place < 0 or caught is None:
            continue
        source, value = caught
        names = {name}
        if class_name in {"anyunit", "unit", "units"} and not name.startswith("small"):
            names |= {source, "anyunit"}
        for key in names:
            values.setdefault(key, value)
            places.setdefault(key, place)
    return Capture(passage, form.rule, first, match.start(), match.end() - 1, part, values, places)
