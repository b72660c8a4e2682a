"""Lengths of time and how often something recurs."""

from extractors.dates.anchoring import Discourse
from extractors.dates.capture import NO_TIME, Capture, Meaning
from extractors.types import TimexType

# TIMEX3 letters of the units, the longest first; a number multiplies (a fortnight is two weeks).
_LETTERS = {
    "century": ("", "Y", 100),
    "decade": ("", "Y", 10),
    "lustrum": ("", "Y", 5),
    "biennium": ("", "Y", 2),
    "year": ("", "Y", 1),
    "half": ("", "M", 6),
    "quarter": ("", "Q", 1),
    "month": ("", "M", 1),
    "fortnight": ("", "W", 2),
    "week": ("", "W", 1),
    "weekend": ("", "WE", 1),
    "day": ("", "D", 1),
    "night": ("", "D", 1),
    "hour": ("T", "H", 1),
    "minute": ("T", "M", 1),
    "second": ("T", "S", 1),
}
# Half an hour is thirty minutes, half a year six months.
_FRACTIONS = {"hour": ("T", "M", 60), "year": ("", "M", 12)}
_ORDER = tuple(_LETTERS)
# How many words before a number of years may say that it is an age.
_AGE_REACH = 4


def amount_of(capture: Capture) -> float | None:
    """The number that *capture* counts its unit with, or None where it is vague."""
    for name in ("num", "one", "half", "couple"):
        value = capture.get(name)
        if value is not None:
            break
    else:
        return None
    number = _number(value)
    if number is not None and capture.get("andhalf"):
        number += 0.5
    return number


def _number(value: str) -> float | None:
    if value.isdecimal():
        return float(value)
    plain = value.replace(" ", "")
    mark = max(plain.rfind(","), plain.rfind("."))
    if mark < 0:
        return None
    whole, part = plain[:mark].replace(",", "").replace(".", ""), plain[mark + 1 :]
    return float(f"{whole}.{part}") if len(part) != 3 else float(f"{whole}{part}")


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"


def duration_value(count: float | None, unit: str) -> str | None:
    """The TIMEX3 value of *count* units; PXY and the like where the number is not known."""
    if unit not in _LETTERS:
        return None
    time, letter, factor = _LETTERS[unit]
    if count is None:
        return f"P{time}X{letter}"
    if count < 1 and unit in _FRACTIONS:
        time, letter, factor = _FRACTIONS[unit]
    return f"P{time}{_plain(count * factor)}{letter}"


def duration(capture: Capture, _discourse: Discourse) -> Meaning | None:
    """Six years, a decade, several weeks, half an hour, 90-day."""
    whole = capture.get("span")
    if whole:
        return Meaning(TimexType.DURATION, whole)
    unit, count = capture.get("anyunit") or "", amount_of(capture)
    if count is None and capture.get("whole"):
        count = 1
    if count is None and capture.get("andhalf"):
        count = 1.5  # "año y medio"
    if unit == "year" and count is not None and is_age(capture):
        return NO_TIME
    value = duration_value(count, unit)
    for name in ("small", "smaller"):
        small = capture.get(f"{name}unit")
        if not value or not small:
            continue
        if _ORDER.index(small) <= _ORDER.index(unit):
            return None
        more = duration_value(_number(capture.get(f"{name}num") or ""), small) or "P"
        value += more[2:] if "T" in value and more.startswith("PT") else more[1:]
        unit = small
    return Meaning(TimexType.DURATION, value)


def is_age(capture: Capture) -> bool:
    """Whether the years that *capture* counts are somebody's age."""
    passage = capture.passage
    if any("old" in passage.meaning(capture.last + step) for step in (1, 2)):
        return True
    return any(
        "aged" in passage.meaning(index)
        for index in range(capture.first - 1, capture.first - _AGE_REACH, -1)
    )


def recurrence(capture: Capture, _discourse: Discourse) -> Meaning | None:
    """Every year, cada seis años, chaque lundi, weekly, a year."""
    weekday, day = capture.get("weekday"), capture.number("monthday")
    yearly = capture.get("season") or capture.get("month")
    if yearly:
        return Meaning(TimexType.SET, f"XXXX-{yearly.zfill(2)}")
    if day is not None:
        return Meaning(TimexType.SET, f"XXXX-XX-{day:02d}") if 1 <= day <= 31 else None
    if weekday:
        return Meaning(TimexType.SET, f"XXXX-WXX-{weekday}")
    adverb = capture.get("often")
    if adverb:
        written = capture.passage.written(capture.last)
        return Meaning(TimexType.SET, adverb) if written.islower() else None
    daypart = capture.get("daypart")
    if daypart:
        return Meaning(TimexType.SET, f"XXXX-XX-XXT{daypart}")
    unit, count = capture.get("anyunit") or "", amount_of(capture)
    if unit == "weekend":
        return Meaning(TimexType.SET, "XXXX-WXX-WE")
    if count is None:
        count = 2 if capture.get("alternate") else 1
    if unit == "quarter":
        unit, count = "month", 3 * count
    return Meaning(TimexType.SET, duration_value(count, unit))
