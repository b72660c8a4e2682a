"""Expressions that stand side by side and name one time: a day with its hour, a range."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from extractors.dates.anchoring import Discourse
from extractors.dates.calendar import ONE_DAY
from extractors.dates.capture import Capture
from extractors.dates.clock import RULES as CLOCK_RULES
from extractors.dates.reader import Passage
from extractors.languages import language_data
from extractors.text.folding import fold
from extractors.types import Precision, Span, TimeExpression, TimexType

# How many tokens may stand between two expressions that are one, and how far before a range a
# verb of moving may be ("was put off from May 1 to June 1").
_GAP = 3
_MOVED = 10
_LAST_WEEK = date.max - timedelta(14)
_YEARS_INFERRED = frozenset({"day", "month"})
_NOW = "PRESENT_REF"
_LATE_PARTS = frozenset({"TAF", "TEV", "TNI"})


@dataclass(frozen=True, slots=True)
class Joins:
    """A language's words that join two expressions to one.

    *ranges* has for each word that opens a range what may link its ends, *bare* what links them
    with nothing before, *both* what names both ends at once and so is no move from one to the
    other, as *moving* verbs would make it. Only days of *day_rules* go with their hours, only
    times of *range_rules* make ranges; where either is empty, all do.
    """

    ranges: Mapping[str, frozenset[str]]
    bare: frozenset[str]
    both: frozenset[str]
    articles: frozenset[str]
    moving: frozenset[str]
    day_time: frozenset[str]
    time_day: frozenset[str]
    day_rules: frozenset[str]
    range_rules: frozenset[str]


@cache
def joins_of(lang: str) -> Joins:
    """The joining words of a language, folded."""
    data = language_data(lang, "dates")["joins"]
    return Joins(
        {fold(opening): frozenset(map(fold, links)) for opening, links in data["ranges"].items()},
        *(frozenset(map(fold, data[name])) for name in list(Joins.__dataclass_fields__)[1:]),
    )


@dataclass(slots=True)
class _Item:
    """An expression, the tokens that it takes, and what its words leave open.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    first: int
    last: int
    rule: str
    half: str | None
    yearless: bool
    found: TimeExpression


def join(
    discourse: Discourse, resolved: Iterable[tuple[Capture, TimeExpression]]
) -> Iterator[TimeExpression]:
    """The expressions of a passage, those made one that are one."""
    joins = joins_of(discourse.lang)
    last: _Item | None = None
    published = discourse.published
    today = published + ONE_DAY if published is not None and published < date.max else None
    for capture, alone in resolved:
        found = replace(alone, end=today) if alone.value == _NOW and last is not None else alone
        yearless = capture.rule in _YEARS_INFERRED and capture.get("year") is None
        half = capture.get("ampm")
        item = _Item(capture.first, capture.last, capture.rule, half, yearless, found)
        joined = _joined(capture.passage, joins, last, item) if last is not None else None
        if joined is None and last is not None:
            yield _without_day(last.found)
        last = joined or item
    if last is not None:
        yield _without_day(last.found)


def _without_day(found: TimeExpression) -> TimeExpression:
    """*found*; "now" alone lies nowhere in the calendar."""
    return replace(found, end=None) if found.value == _NOW else found


def _joined(passage: Passage, joins: Joins, one: _Item | None, other: _Item) -> _Item | None:
    if one is None or other.first - one.last - 1 > _GAP:
        return None
    between = tuple(passage.word(index) for index in range(one.last + 1, other.first))
    if between and between[-1] in joins.articles and len(between) > 1:
        between = between[:-1]
    found = (
        _day_with_time(joins, one, other, between)
        or _time_with_day(joins, one, other, between)
        or _range(passage, joins, one, other, between)
    )
    if found is None:
        return None
    found = replace(found, span=Span(one.found.span.start, other.found.span.end))
    return _Item(one.first, other.last, found.rule, one.half or other.half, False, found)


def _within(words: tuple[str, ...], allowed: frozenset[str]) -> bool:
    return bool(allowed) and all(word in allowed for word in words)


def _is_clock(item: _Item) -> bool:
    value = item.found.value or ""
    return item.rule in CLOCK_RULES and value.partition("T")[2][:1].isdecimal()


def _is_day(item: _Item) -> bool:
    found = item.found
    if found.type is not TimexType.DATE or found.start is None or found.end is None:
        return False
    return found.precision is Precision.DAY and (found.end - found.start).days == 1


def _day_with_time(
    joins: Joins, one: _Item, other: _Item, between: tuple[str, ...]
) -> TimeExpression | None:
    """Friday at 5 p.m., tonight at 8, Mondays at 4 p.m.: the time of the day before it."""
    if not _is_clock(other) or not _within(between, joins.day_time):
        return None
    if joins.day_rules and one.rule not in joins.day_rules:
        return None
    day = one.found
    value, time = day.value or "", (other.found.value or "").partition("T")[2]
    if day.type is TimexType.SET and value.startswith("XXXX-WXX-"):
        return replace(day, value=f"{value}T{time.removesuffix(':00')}")
    named, _, part = value.partition("T")
    if part and f"T{part}" in _LATE_PARTS:
        hour, _, rest = time.partition(":")
        if other.half is None and int(hour) < 12:
            time = f"{int(hour) + 12}:{rest}"
    elif part or not _is_day(one):
        return None
    return replace(
        day, type=TimexType.TIME, value=f"{named}T{time}", rule=other.rule, precision=Precision.DAY
    )


def _time_with_day(
    joins: Joins, one: _Item, other: _Item, between: tuple[str, ...]
) -> TimeExpression | None:
    """At 5 p.m. on Friday, the morning of May 3: the hour or part of the day behind it."""
    if one.rule not in CLOCK_RULES or not _within(between, joins.time_day):
        return None
    time = (one.found.value or "").partition("T")[2]
    if not time or (time.isalpha() and not between):
        return None
    if joins.day_rules and other.rule not in joins.day_rules and not time.isalpha():
        return None
    named, _, part = (other.found.value or "").partition("T")
    if not (part.isalpha() or _is_day(other)):
        return None
    return replace(other.found, type=TimexType.TIME, value=f"{named}T{time}", rule=one.rule)


def _range(
    passage: Passage, joins: Joins, one: _Item, other: _Item, between: tuple[str, ...]
) -> TimeExpression | None:
    """From May 3 to June 1, between Monday and Friday, 2014-2018: from the first to the last."""
    first, last = one.found, other.found
    if joins.range_rules and not joins.range_rules >= {one.rule, other.rule}:
        return None
    if len(between) != 1 or not {first.type, last.type} <= {TimexType.DATE, TimexType.TIME}:
        return None
    opened = between[0] in joins.ranges.get(passage.word(one.first - 1), ())
    if not opened and (between[0] not in joins.bare or first.precision is not last.precision):
        return None
    before = range(one.first - 1, one.first - _MOVED, -1)
    if between[0] not in joins.both and any(passage.word(at) in joins.moving for at in before):
        return None
    if first.type is TimexType.TIME and last.type is TimexType.TIME:
        return _hours(first, last)
    end = last.end
    if first.start is None or end is None:
        return None
    if other.rule == "weekday" and end <= first.start <= _LAST_WEEK:
        end += timedelta((first.start - end).days // 7 * 7 + 7)  # "from next Monday to Friday"
    if one.yearless and other.rule in _YEARS_INFERRED:
        first = _in_year_before(first, end)
    if first.start is None or not first.start < end:
        return None
    return replace(first, type=TimexType.DATE, end=end)


def _in_year_before(first: TimeExpression, end: date) -> TimeExpression:
    """*first* in the year that puts it right before *end*, where its words name no year."""
    start, value = first.start, first.value or ""
    if start is None or start.year == end.year == 1:
        return first
    year = end.year if start.replace(year=2000) < end.replace(year=2000) else end.year - 1
    try:
        return replace(first, start=start.replace(year=year), value=f"{year:04d}{value[4:]}")
    except ValueError:
        return first  # 29 February


def _hours(first: TimeExpression, last: TimeExpression) -> TimeExpression:
    """From one hour to another: on the day of the last, where the words name one behind it."""
    time = (first.value or "").partition("T")[2]
    named = (last.value or "").partition("T")[0]
    return replace(last, value=f"{named}T{time}")
