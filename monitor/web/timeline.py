"""Deadlines on a line of time: where each stands, how exactly, and from where it moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import Any

from monitor.web.interface import Texts
from monitor.web.moves import earlier_days

_EXACT = 31  # days: what is longer is drawn as vague
_LEAST_DAYS = 21
_MOST_TICKS = 9
_WEEKLY = 9 * 7  # up to so many days the scale is of weeks
_ROOM = 0.05
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000)  # months
_FAR = 4  # what makes the line so many times longer is shown at its end
_LAST_LABEL = 92.0  # a label farther right would be cut

Days = tuple[int, int]  # ordinals of the first day and of the day after the last


@dataclass(frozen=True, slots=True)
class Track:
    """One deadline on the line; places and widths are hundredths of its length.

    *kind* is day, span, vague or open; *beyond* says that it lies before or after what is shown.
    """

    kind: str
    left: float
    width: float
    earlier: tuple[float, ...] = ()
    beyond: str = ""

    @property
    def place(self) -> float:
        """Where an arrow that leads here ends."""
        return self.left + self.width if self.kind == "open" else self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the scale, and what it is called."""

    left: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The scale, and each dated deadline's track by its event id."""

    ticks: tuple[Tick, ...]
    today: float | None
    tracks: Mapping[str, Track]


def timeline(rows: Sequence[Mapping[str, Any]], today: date, texts: Texts) -> Timeline | None:
    """The *rows* of the view ``deadlines`` on one line; None where none has a date.

    A few that lie far from the others do not squeeze these: they are shown at the line's end.
    """
    dated = {row["event_id"]: days for row in rows if (days := _days(row)) is not None}
    if not dated:
        return None
    now = today.toordinal()
    alive = any(last > now for _, last in dated.values())
    olds = [day.toordinal() for row in rows for day in earlier_days(row)]
    spans = [*dated.values(), *((old, old + 1) for old in olds)]
    window = _window(spans, now if alive else median_low(last for _, last in spans), alive=alive)
    tracks = {
        row["event_id"]: _track(row, dated[row["event_id"]], window, now)
        for row in rows
        if row["event_id"] in dated
    }
    place = _place(now + 0.5, window)
    return Timeline(_ticks(window, texts), place if 0 <= place <= 100 else None, tracks)


def _days(row: Mapping[str, Any]) -> Days | None:
    start, end = row["due_from"], row["due_to"]
    if start is None and end is None:
        return None
    first = (start or end - timedelta(days=min(1, end.toordinal() - 1))).toordinal()
    return first, max(first + 1, end.toordinal() if end else 0)


def _window(spans: list[Days], centre: int, *, alive: bool) -> Days:
    """The days to show: all, but for a third at most that lie far out."""
    near = sorted(spans, key=lambda span: max(abs(span[0] - centre), abs(span[1] - centre)))
    first, last = _ends(near, centre, alive=alive)
    for far in range(1, len(near) // 3 + 1):
        start, end = _ends(near[:-far], centre, alive=alive)
        if (end - start) * _FAR <= last - first:
            first, last = start, end
            break
    missing = max(0, _LEAST_DAYS - (last - first))
    room = int((last - first) * _ROOM) + 1 + missing // 2
    return max(1, first - room), min(date.max.toordinal(), last + room)


def _ends(spans: Sequence[Days], centre: int, *, alive: bool) -> Days:
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return (min(first, centre), max(last, centre)) if alive else (first, last)


def _place(day: float, window: Days) -> float:
    return (day - window[0]) * 100 / (window[1] - window[0])


def _track(row: Mapping[str, Any], days: Days, window: Days, now: int) -> Track:
    first, last = days
    if row["due_from"] is None:
        kind, first = "open", min(first, max(now, window[0]))
    elif last - first == 1:
        kind = "day"
    else:
        kind = "span" if last - first <= _EXACT else "vague"
    left, right = _place(first, window), _place(last, window)
    beyond = "after" if left >= 100 else "before" if right <= 0 else ""
    left, right = min(max(left, 0.0), 100.0), min(max(right, 0.0), 100.0)
    earlier = (_place(day.toordinal() + 0.5, window) for day in earlier_days(row))
    shown = tuple(round(min(max(place, 0.0), 100.0), 2) for place in earlier)
    return Track(kind, round(left, 2), round(right - left, 2), shown, beyond)


def _ticks(window: Days, texts: Texts) -> tuple[Tick, ...]:
    if window[1] - window[0] <= _WEEKLY:
        return _weeks(window, texts)
    first, last = date.fromordinal(window[0]), date.fromordinal(window[1])
    for step in _STEPS:
        months = [
            month
            for month in range(first.year * 12 + first.month, last.year * 12 + last.month)
            if month % step == 0
        ]
        if len(months) <= _MOST_TICKS:
            break
    found: list[Tick] = []
    for month in months:
        year, number = divmod(month, 12)
        if not date.min.year <= year <= date.max.year:
            continue
        place = round(_place(date(year, number + 1, 1).toordinal(), window), 2)
        label = texts.short_months[number] if step < 12 else str(year)
        if step < 12 and (not found or number == 0):
            label = f"{label} {year}"
        found.append(Tick(place, label if place <= _LAST_LABEL else ""))
    return tuple(found)


def _weeks(window: Days, texts: Texts) -> tuple[Tick, ...]:
    found = []
    monday = window[0] + -(window[0] - 1) % 7
    for ordinal in range(monday, window[1], 7):
        day, place = date.fromordinal(ordinal), round(_place(ordinal, window), 2)
        label = f"{day.day} {texts.short_months[day.month - 1]}"
        found.append(Tick(place, label if place <= _LAST_LABEL else ""))
    return tuple(found)
