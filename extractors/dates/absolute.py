"""Days and months that name their place in the calendar, with a year or without."""

import re
from datetime import date, timedelta

from extractors.dates import calendar as cal
from extractors.dates.anchoring import WEAK, Discourse, Side
from extractors.dates.capture import Capture, Meaning, of_period
from extractors.dates.lexicon import CAPITAL, LOWER
from extractors.types import Precision, TimexType

# What relative words say of a month, day or season beside them.
BACK = frozenset({"last", "past", "previous"})
AHEAD = frozenset({"next", "coming", "following"})
_PARTICIPLES = frozenset({"participle", "soft_past"})
# From here on the tense says more than nearness which of two years a day without one is in.
_FAR = timedelta(90)
# The same where a verb of the future governs it; less and it may be the day of a dateline.
_GONE = timedelta(10)
# From here on "the July 1 review" is the one to come, where nothing says otherwise.
_MODIFIER_FAR = timedelta(45)
# A month so many months back needs more than a plan to be the one of next year.
_JUST_GONE = 2
_PLANS = WEAK | {"infinitive"}
_SEPARATORS = re.compile(r"[-/.]")


def full_year(capture: Capture) -> int | None:
    """The year that *capture* names in full or by its last two digits."""
    year = capture.number("year")
    if year is not None:
        return year
    short = capture.number("yy")
    if short is None:
        return None
    return 2000 + short if short < 50 else 1900 + short


def numeric_date(capture: Capture, discourse: Discourse) -> Meaning | None:
    """2018-05-01, 01/05/2018 (order of day and month by language), 1.5.2018, on 01/05."""
    day_first = bool(discourse.settings["day_first"])
    if capture.get("first"):
        return _day_and_month(capture, discourse, day_first=day_first)
    digits = capture.get("iso") or capture.get("slash") or ""
    first, second, third = map(int, _SEPARATORS.split(digits))
    if "." in digits and first < 32 < third < 100:
        return None  # 07.30.42 is a time
    if first > 31:
        return of_period(cal.day_of(date(first, second, third)))
    year = third if third > 99 else 2000 + third if third < 50 else 1900 + third
    if (first > 12) or (day_first and second <= 12):
        return of_period(cal.day_of(date(year, second, first)))
    return of_period(cal.day_of(date(year, first, second)))


def _day_and_month(capture: Capture, discourse: Discourse, *, day_first: bool) -> Meaning | None:
    first, second = capture.number("first") or 0, capture.number("second") or 0
    day, month = (first, second) if (day_first and second <= 12) or first > 12 else (second, first)
    year = _year_of_day(capture, discourse, month, day)
    return None if year is None else of_period(cal.day_of(date(year, month, day)))


def day_date(capture: Capture, discourse: Discourse) -> Meaning | None:
    """A day of a month, with or without a year or weekday; or the days from one to another."""
    month, day = capture.number("month"), capture.number("day")
    if month is None or day is None:
        return None
    year = full_year(capture)
    if year is None and capture.get("yearrel") and discourse.published is not None:
        year = discourse.published.year + _years(capture.get("yearrel"))
    if year is None:
        year = _year_of_day(capture, discourse, month, day)
    if year is None:
        date(2000, month, day)
        return Meaning(TimexType.DATE, f"XXXX-{month:02d}-{day:02d}", precision=Precision.DAY)
    found = date(year, month, day)
    till = capture.number("till")
    if till is None:
        return of_period(cal.day_of(found))
    last = date(year, capture.number("tillmonth") or month, till)
    if last <= found:
        return of_period(cal.day_of(found))
    return Meaning(
        TimexType.DATE,
        found.isoformat(),
        found,
        last + cal.ONE_DAY,
        Precision.DAY,
        cal.day_of(found),
    )


def _year_of_day(capture: Capture, discourse: Discourse, month: int, day: int) -> int | None:
    """The year of the nearest such day, unless *last* or *next* says which side."""
    published = discourse.published
    if published is None:
        return None
    rel = capture.get("rel")
    days = []
    for year in range(published.year - 1, published.year + 2):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    if rel in BACK:
        days = [found for found in days if found < published]
    elif rel in AHEAD:
        days = [found for found in days if found >= published]
    elif rel == "this":
        return published.year
    weekday = capture.number("weekday")
    if weekday is not None:
        days = [found for found in days if found.isoweekday() == weekday] or days
    if not days:
        return published.year
    nearest = min(days, key=lambda found: abs(found - published))
    days = on_side(days, published, _side_of_day(capture, discourse, nearest - published)) or days
    return min(days, key=lambda found: abs(found - published)).year


def _side_of_day(capture: Capture, discourse: Discourse, distance: timedelta) -> Side:
    """The side that a day without a year is on, whose nearest lies *distance* from publication."""
    far = abs(distance) > _FAR or discourse.limit(capture) is Side.PAST
    weak = frozenset() if discourse.settings["participles_decide"] else _PARTICIPLES
    if abs(distance) > _MODIFIER_FAR and _modifies(capture, discourse):
        if _names_past_event(capture, discourse):
            return Side.PAST
        side = discourse.side(capture, heed_limits=False, ignoring=weak, forwards=True)
        return Side.FUTURE if side is Side.UNKNOWN else side
    if far:
        return discourse.side(capture, heed_limits=False, ignoring=weak)
    # "Prévue le 15 juin" and "by June 15" may be what was planned once; a verb is needed.
    if distance < -_GONE and discourse.limit(capture) is Side.UNKNOWN:
        side = discourse.side(capture, heed_limits=False, ignoring=WEAK)
        return Side.FUTURE if side is Side.FUTURE else Side.UNKNOWN
    return Side.UNKNOWN


def _modifies(capture: Capture, discourse: Discourse) -> bool:
    """Whether a day stands between a definite article and its noun: "the July 1 review"."""
    passage = capture.passage
    if passage.word(capture.first - 1) not in discourse.settings["articles_before_modifier"]:
        return False
    return passage.signs[capture.last + 1 : capture.last + 2] == LOWER


def _names_past_event(capture: Capture, discourse: Discourse) -> bool:
    """Whether the noun behind a day is of what has happened: "the Sept. 11 terrorist attacks"."""
    after = (capture.passage.word(capture.last + step) for step in (1, 2))
    return any(word in discourse.settings["past_events"] for word in after)


def on_side(days: list[date], published: date, side: Side) -> list[date]:
    """Those of *days* that lie on one side of publication; all where the side is unknown."""
    if side is Side.FUTURE:
        return [day for day in days if day >= published]
    if side is Side.PAST:
        return [day for day in days if day <= published]
    return days


def month_date(capture: Capture, discourse: Discourse) -> Meaning | None:
    """A month, with its year or without."""
    month = capture.number("month")
    if month is None:
        return None
    year = full_year(capture)
    if year is not None:
        return of_period(cal.month_of(year, month))
    if _is_bare_name(capture):
        return None
    published = discourse.published
    if published is None:
        return Meaning(TimexType.DATE, f"XXXX-{month:02d}", precision=Precision.MONTH)
    return of_period(cal.month_of(_year_of_month(capture, discourse, published, month), month))


def _year_of_month(capture: Capture, discourse: Discourse, published: date, month: int) -> int:
    year, rel, ofyear = published.year, capture.get("rel"), capture.get("yearrel")
    if ofyear is not None:
        return year + _years(ofyear)
    if rel in BACK:
        return year if month < published.month else year - 1
    if rel in AHEAD:
        return year if month > published.month else year + 1
    if rel == "this" or month == published.month:
        return year
    return _year_by_side(capture, discourse, published, month)


def _year_by_side(capture: Capture, discourse: Discourse, published: date, month: int) -> int:
    """The year of a month by the verb of its clause; of the nearest where that says nothing."""
    year = published.year
    side = discourse.side(capture, heed_limits=False)
    if side is Side.FUTURE and 0 < published.month - month <= _JUST_GONE:
        # "Had pushed to reach a deal by the end of August", in September, was this August.
        side = discourse.side(capture, heed_limits=False, ignoring=_PLANS)
        if side is not Side.FUTURE:
            return year
    if side is Side.FUTURE:
        return year if month > published.month else year + 1
    if side is Side.PAST:
        return year if month < published.month else year - 1
    distance = month - published.month
    if distance > 6:
        return year - 1
    return year + 1 if distance < -7 else year


def _years(rel: str | None) -> int:
    """How many years a relative word moves: "of last year"."""
    return -1 if rel in BACK else 1 if rel in AHEAD else 0


def _is_bare_name(capture: Capture) -> bool:
    """A month's name that may be something else, with nothing beside it that says it is one."""
    passage, place = capture.passage, capture.places["month"]
    doubt = passage.meaning(place).get("doubtful")
    if doubt is None or capture.get("rel") or capture.part or passage.written(place)[0].islower():
        return False
    following = passage.meaning(capture.last + 1)
    if doubt == "word" and ("tense" in following or capture.after().startswith("'")):
        return True  # "since May said", "May's government"
    before = place if place > capture.core else capture.first
    if "licence" in passage.meaning(before - 1):
        return False
    signs = passage.signs
    after = signs[capture.last + 1 : capture.last + 2]
    if doubt == "word" or after == CAPITAL:
        return True
    inside = capture.first > 0 and passage.word(capture.first - 1)[-1].isalpha()
    return doubt == "lower" and (inside or after == LOWER)
