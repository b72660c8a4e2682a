"""Expressions that stand side by side and name one time: a day with its hour, a range."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
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
_MOVED = 6
_NOW = "PRESENT_REF"
_LATE_PARTS = frozenset({"TAF", "TEV", "TNI"})


@dataclass(frozen=True, slots=True)
class Joins:
    """A language's words that join two expressions to one; all empty where it joins none.

    Only days of *day_rules* take their hours, only times of *range_rules* make ranges; where
    either is empty, all do.
    """

    opening: frozenset[str]
    opened: frozenset[str]
    bare: frozenset[str]
    articles: frozenset[str]
    moving: frozenset[str]
    day_time: frozenset[str]
    time_day: frozenset[str]
    day_rules: frozenset[str]
    range_rules: frozenset[str]


@cache
def joins_of(lang: str) -> Joins:
    """The joining words of a language, folded."""
    data = language_data(lang, "dates").get("joins", {})
    return Joins(
        **{name: frozenset(map(fold, data.get(name, ()))) for name in Joins.__dataclass_fields__}
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """An expression and the tokens that it takes."""

    first: int
    last: int
    rule: str
    half: str | None
    found: TimeExpression


def join(
    passage: Passage,
    discourse: Discourse,
    resolved: Iterable[tuple[Capture, TimeExpression]],
) -> Iterator[TimeExpression]:
    """The expressions of *passage*, those made one that are one."""
    joins = joins_of(discourse.lang)
    last: _Item | None = None
    today = discourse.published and discourse.published + ONE_DAY
    for capture, alone in resolved:
        found = replace(alone, end=today) if alone.value == _NOW and last is not None else alone
        item = _Item(capture.first, capture.last, capture.rule, capture.get("ampm"), found)
        joined = _joined(passage, joins, last, item) if last is not None else None
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
    return _Item(one.first, other.last, found.rule, one.half or other.half, found)


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
    date, _, part = value.partition("T")
    if part and f"T{part}" in _LATE_PARTS:
        hour, _, rest = time.partition(":")
        if other.half is None and int(hour) < 12:
            time = f"{int(hour) + 12}:{rest}"
    elif part or not _is_day(one):
        return None
    return replace(
        day, type=TimexType.TIME, value=f"{date}T{time}", rule=other.rule, precision=Precision.DAY
    )


def _time_with_day(
    joins: Joins, one: _Item, other: _Item, between: tuple[str, ...]
) -> TimeExpression | None:
    """At 5 p.m. on Friday: the clock already has its day."""
    if not _is_clock(one) or not _within(between, joins.time_day):
        return None
    date, _, part = (other.found.value or "").partition("T")
    if not (part.isalpha() or _is_day(other)):
        return None
    time = (one.found.value or "").partition("T")[2]
    return replace(other.found, type=TimexType.TIME, value=f"{date}T{time}", rule=one.rule)


def _range(
    passage: Passage, joins: Joins, one: _Item, other: _Item, between: tuple[str, ...]
) -> TimeExpression | None:
    """From May 3 to June 1, between Monday and Friday, 2014-2018: from the first to the last."""
    first, last = one.found, other.found
    if joins.range_rules and not joins.range_rules >= {one.rule, other.rule}:
        return None
    if len(between) != 1 or not {first.type, last.type} <= {TimexType.DATE, TimexType.TIME}:
        return None
    opened = passage.word(one.first - 1) in joins.opening and between[0] in joins.opened
    if not opened and (between[0] not in joins.bare or first.precision is not last.precision):
        return None
    before = range(one.first - 1, one.first - _MOVED, -1)
    if any(passage.word(index) in joins.moving for index in before):
        return None
    if first.type is TimexType.TIME and last.type is TimexType.TIME:
        return _hours(first, last)
    end = last.end
    if first.start is None or end is None:
        return None
    if other.rule == "weekday" and end <= first.start:
        end += timedelta(7)  # "from next Monday to Friday"
    return replace(first, type=TimexType.DATE, end=end) if first.start < end else None


def _hours(first: TimeExpression, last: TimeExpression) -> TimeExpression:
    """From one hour to another: on the day of the last, where the words name one behind it."""
    time = (first.value or "").partition("T")[2]
    date = (last.value or "").partition("T")[0]
    return replace(last, value=f"{date}T{time}")
