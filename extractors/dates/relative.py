"""Expressions that count from publication or from a day named before."""

from datetime import date, timedelta

from extractors.dates import calendar as cal
from extractors.dates.amounts import amount_of, duration_value
from extractors.dates.anchoring import WEAK, Discourse, Side
from extractors.dates.capture import NO_TIME, Capture, Meaning, of_period
from extractors.types import Precision, TimexType

# How far each kind of relative word moves; "following" and "previous" count from what was last
# named, the others from publication.
SHIFT = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}
FROM_TEXT = frozenset({"following", "previous"})
# "A decade ago" is a year, not a decade.
_AGES = frozenset({"decade", "century"})
_LONG = frozenset({"month", "quarter", "half", "year", "decade", "century"})
# "The last day" of something is no day that is counted from today.
_OF = frozenset({"of", "in", "de", "du", "des", "d", "del"})
SHORT = frozenset({"hour", "minute", "second"})


def with_daypart(meaning: Meaning, part: str | None) -> Meaning:
    """*meaning* narrowed to a part of its day."""
    if part is None or meaning.period is None:
        return meaning
    return Meaning(
        TimexType.TIME,
        f"{meaning.value}T{part}",
        meaning.start,
        meaning.end,
        Precision.DAY,
        meaning.period,
    )


def deictic_day(capture: Capture, discourse: Discourse) -> Meaning | None:
    """Today, yesterday, tomorrow, tonight."""
    shift = int(capture.get("deictic") or capture.get("tonight") or 0)
    part = "NI" if capture.get("tonight") else capture.get("daypart")
    if discourse.published is None:
        return Meaning(TimexType.DATE, None, precision=Precision.DAY)
    period = cal.day_of(discourse.published + timedelta(shift))
    return with_daypart(of_period(period), part)


def period_date(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The running week, last month, the past decade, the coming weeks, the next six months."""
    rel, unit = capture.get("rel") or "this", capture.get("anyunit") or ""
    plural = _is_plural(capture)
    if unit in SHORT and not plural:
        return NO_TIME  # the last minute
    if unit == "day" and rel == "last" and capture.passage.word(capture.last + 1) in _OF:
        return NO_TIME  # the last day of talks
    if rel == "this" and (capture.get("couple") or capture.get("one")):
        return None
    if unit == "night" and not plural:
        return None  # a part of a day
    if amount_of(capture) is not None or plural or capture.get("some") or rel == "past":
        return _window(capture, discourse, SHIFT[rel], unit, vague=plural)
    anchor = discourse.published
    if rel in FROM_TEXT or (unit == "day" and rel != "this"):
        anchor = _named(discourse, unit)
    if anchor is None:
        return Meaning(TimexType.DATE, None)
    if unit in _LONG:
        anchor = anchor.replace(day=1)
    if unit == "weekend" and rel == "next" and discourse.settings["next_weekday"] == "nearest":
        # "El próximo fin de semana" is the first ahead: before Saturday, that of the running week.
        anchor -= timedelta(7) if anchor.isoweekday() < 6 else timedelta(0)
    return of_period(cal.unit_of(cal.shift_unit(anchor, unit, SHIFT[rel]), unit))


def is_comparison(capture: Capture) -> bool:
    """Whether a time only stands beside the one spoken of ("from 51 cents a year earlier").

    What follows ("in the quarter") counts from the time spoken of.
    """
    if capture.rule == "same_period":
        return True
    far = capture.get("shift") or capture.get("scale") or capture.get("alike")
    return capture.rule == "offset" and bool(far) and capture.get("anyunit") == "year"


def same_period(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The same quarter last year, la même période de l'an dernier: what was last named, moved."""
    rel, unit, last = capture.get("rel") or "last", capture.get("anyunit") or "", discourse.stretch
    if last is None or last.precision not in {Precision.MONTH, Precision.QUARTER, Precision.SEASON}:
        return period_date(capture, discourse)
    scale = "half" if "-H" in last.value else str(last.precision.value)
    if scale == "season":
        return period_date(capture, discourse)
    # What was last named may be a year behind already; publication says which year is meant.
    year = discourse.published.year if discourse.published else last.start.year
    start = last.start.replace(year=min(year, last.start.year))
    return of_period(cal.unit_of(cal.shift_unit(start, unit, SHIFT[rel]), scale))


def _named(discourse: Discourse, unit: str) -> date | None:
    """The time last named, as a start to count *unit* from; publication where there is none."""
    if unit != "day" and discourse.period is not None:
        return discourse.period.start
    return discourse.day or discourse.published


def _is_plural(capture: Capture) -> bool:
    """Whether several units are meant, by the article where the noun itself does not say."""
    if capture.get("unit") is None:
        return capture.get("units") is not None
    passage, place = capture.passage, capture.places["unit"]
    if "units" not in passage.meaning(place):
        return False
    before = range(capture.first, place)
    return any(passage.word(index)[-1:] == "s" for index in before)


def _window(
    capture: Capture, discourse: Discourse, shift: int, unit: str, *, vague: bool
) -> Meaning:
    """A stretch of units up to publication, or from it on; open where it has no number."""
    published, count = discourse.published, amount_of(capture)
    if count is None and not vague and not capture.get("some"):
        count = 1
    value = duration_value(count, unit)
    start = end = None
    if published is not None:
        start = published if shift >= 0 else None
        end = published + cal.ONE_DAY if shift < 0 else None
        if count is not None and shift > 0:
            end = max(cal.shift_unit(published, unit, count), published + cal.ONE_DAY)
        if count is not None and shift < 0:
            start = cal.shift_unit(published, unit, -count)
    return Meaning(TimexType.DURATION, value, start, end)


def rest_of_unit(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The week, el día: the running unit; a day is the one last named."""
    unit, period = capture.get("unit") or "", discourse.stretch
    if unit in SHORT or unit in {"night", "fortnight"}:
        return None
    if capture.passage.written(capture.places.get("unit", -1))[:1].isupper() and capture.first:
        return None  # Person of the Year
    day = discourse.day if unit == "day" and discourse.day else discourse.published
    if unit == "quarter" and period is not None and period.precision is Precision.QUARTER:
        return of_period(period)
    if day is None:
        return Meaning(TimexType.DATE, None)
    if unit == "weekend" and day.isoweekday() < 6 and discourse.side(capture) is not Side.FUTURE:
        day -= timedelta(7)
    return of_period(cal.unit_of(day, unit))


def offset_date(capture: Capture, discourse: Discourse) -> Meaning | None:
    """Two weeks ago, il y a dix jours, dentro de un mes, three days later."""
    unit, count = capture.get("anyunit") or "", amount_of(capture)
    shift = capture.get("shift")
    direction = int(capture.get("offset") or shift or 1)
    anchor = _named(discourse, unit if unit in _LONG else "day") if shift else discourse.published
    plural = capture.get("units") is not None and capture.get("unit") is None
    if count is None and capture.get("some") is None and not plural:
        count = 1
    if unit in SHORT and anchor is not None:
        return of_period(cal.day_of(anchor))
    if count is None:
        return _vague_offset(direction, anchor)
    if anchor is None:
        return Meaning(TimexType.DURATION, duration_value(count, unit))
    day = cal.shift_unit(anchor, unit, direction * count)
    small = capture.get("smallunit")
    if small is not None:
        day = cal.shift_unit(day, small, direction * (capture.number("smallnum") or 1))
        return of_period(cal.day_of(day))
    if unit not in _LONG:
        return of_period(cal.day_of(day))
    period, scale = discourse.stretch, capture.get("scale")
    compared = (shift or capture.get("alike")) and unit == "year"
    if compared and period is not None and period.precision is Precision.QUARTER:
        scale, day = "quarter", cal.shift_unit(period.start, unit, direction * count)
    if scale is not None and unit == "year":
        return of_period(cal.unit_of(day, scale))
    return of_period(cal.unit_of(day, "year" if unit in _AGES else unit))


def _vague_offset(direction: int, anchor: date | None) -> Meaning:
    """Some units before or after *anchor*: open on the far side."""
    if direction < 0:
        return Meaning(TimexType.DATE, "PAST_REF", None, anchor)
    return Meaning(TimexType.DATE, "FUTURE_REF", anchor and anchor + cal.ONE_DAY, None)


def later_offset(capture: Capture, discourse: Discourse) -> Meaning | None:
    """In three weeks: a day ahead where the clause looks ahead, else a length of time."""
    verb = capture.passage.meaning(capture.first - 2).get("tense")
    if verb == "soft_future" or discourse.side(capture, ignoring=WEAK) is Side.FUTURE:
        return offset_date(capture, discourse)
    value = duration_value(amount_of(capture), capture.get("anyunit") or "")
    return Meaning(TimexType.DURATION, value)


def same_time(capture: Capture, discourse: Discourse) -> Meaning | None:
    """The same day, that month, le lendemain, la veille: counted from what was last named."""
    unit, shift = capture.get("unit") or "day", int(capture.get("anaphor") or 0)
    anchor = _named(discourse, unit)
    if unit in SHORT:
        return None
    if anchor is None:
        return Meaning(TimexType.DATE, None)
    day = cal.shift_unit(anchor, unit, shift)
    return with_daypart(of_period(cal.unit_of(day, unit)), capture.get("daypart"))


def reference(capture: Capture, discourse: Discourse) -> Meaning | None:
    """Now, recently, the future: no place in the calendar."""
    type = TimexType(discourse.settings["reference_type"])
    value = capture.get("ref") or "present"
    return Meaning(type, f"{value.upper()}_REF")
