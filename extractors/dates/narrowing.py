"""Words before an expression that take a part of it, or say about how much it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from extractors.dates import calendar as cal
from extractors.dates.anchoring import Discourse
from extractors.dates.capture import Meaning
from extractors.dates.forms import Form, forms_of
from extractors.dates.reader import Passage
from extractors.types import Precision

_REACH = 6
# Which rules' expressions may have a part taken of them, and which may be more or less than said.
_PERIODS = frozenset(
    {
        "month",
        "year",
        "decade",
        "century",
        "quarter",
        "season",
        "period",
        "unit",
        "deictic",
        "weekday",
        "same",
        "fiscal",
        "day",
    }
)
_DAYS = frozenset({"deictic", "weekday"})
_PREFIXED = {
    "half": frozenset({"month"}),
    "part": _PERIODS,
    "approx": frozenset({"duration", "offset", "in", "from"}),
}


@cache
def _prefixes(lang: str, rule: str) -> Mapping[str, Sequence[Form]]:
    """The forms of prefixes of a rule's expressions by the signs that they may end with."""
    found: dict[str, list[Form]] = {}
    for form in forms_of(lang, "prefixes"):
        for sign in form.signs if rule in _PREFIXED[form.rule] else ():
            found.setdefault(sign, []).append(form)
    return found


def widen(passage: Passage, rule: str, first: int, lang: str) -> tuple[int, str]:
    """Where an expression begins with the words before it, and which part of it they take."""
    if first == 0:
        return first, ""
    for form in _prefixes(lang, rule).get(passage.signs[first - 1], ()):
        for begin in range(max(0, first - _REACH), first):
            match = form.regex.fullmatch(passage.signs, begin, first)
            if match is None:
                continue
            for group in form.groups:
                if group.name == "part" and match.start(group.number) >= 0:
                    part = passage.meaning(match.start(group.number))[group.class_name]
                    if part == "end" and rule in _DAYS:
                        return first, ""  # "l'exemption prend fin lundi"
                    return begin, part
            return begin, ""
    return first, ""


def part_of(meaning: Meaning, part: str, discourse: Discourse) -> Meaning:
    """*meaning* with its interval cut down to *part*; its value stays that of the whole."""
    start, end = meaning.start, meaning.end
    if not part or start is None or end is None:
        return meaning
    days = (end - start).days
    if part == "after" and discourse.published and start <= discourse.published < end:
        later = discourse.published + cal.ONE_DAY
        return replace(meaning, start=min(later, end - cal.ONE_DAY))
    if part == "before" and discourse.published and start < discourse.published <= end:
        return replace(meaning, end=discourse.published + cal.ONE_DAY)
    if days <= 2 or part in {"after", "before"}:
        return meaning
    first, last = _thirds(start, end, meaning.precision)
    middle = start + timedelta(15 if meaning.precision is Precision.MONTH else days // 2)
    if part == "end" and meaning.precision is Precision.YEAR and days < 367:
        last = date(end.year - 1, 12, 21)
    starts = {"mid": first, "2": middle, "late": last, "end": last}
    ends = {"start": first, "mid": last, "1": middle}
    return replace(meaning, start=starts.get(part, start), end=ends.get(part, end))


def _thirds(start: date, end: date, precision: Precision | None) -> tuple[date, date]:
    """Where the first part of a period ends and the last begins."""
    days = (end - start).days
    match precision:
        case Precision.MONTH:
            return start + timedelta(10), start + timedelta(20)
        case Precision.YEAR if days < 367:
            return date(start.year, 4, 1), date(start.year, 10, 1)
        case _:
            third = (end - start) / 3
            return start + third, end - third
