"""Whether a resolved time expression is a deadline, and why.

A date counts that lies ahead of publication, or that the text names as a deadline just passed.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from extractors.deadlines.anchoring import put_ahead
from extractors.deadlines.clocks import is_cycle, is_offset, is_term
from extractors.deadlines.context import Context
from extractors.deadlines.kinds import reason_for
from extractors.deadlines.milestones import kind_on
from extractors.deadlines.place import Place
from extractors.deadlines.reports import dates_a_report, is_announced_on, is_weekday
from extractors.deadlines.topics import happening
from extractors.deadlines.voids import is_void
from extractors.deadlines.weighing import Reason
from extractors.reading import Knowledge, Reading
from extractors.types import DeadlineKind, Precision, TimeExpression, TimexType

# How long ago a date may lie and still be news as a deadline just passed or missed.
_JUST_PASSED = timedelta(days=62)
# From here on the words around a date are proof enough by themselves.
_STRONG = 0.45
# Below this, what a pack knows of the day says more.
_FAIR = 0.3
_ONE_DAY = timedelta(days=1)
# How many characters may stand before a date that opens its clause.
_OPENING = 4
_YEAR = re.compile(r"\d{4}")
# What an agreement alone says of a day.
_VAGUE = frozenset({DeadlineKind.TARGET, None})
# The rules of expressions that count from today ("in less than a month").
_COUNTED = frozenset({"offset", "in", "from"})


def may_matter(reading: Reading, time: TimeExpression) -> bool:
    """Whether *time* can be a deadline at all; what cannot is not looked at.

    That is what names no days and is no length, and what was over long before publication, by a
    year of its own.
    """
    if time.type is TimexType.DURATION:
        return True
    if time.type is TimexType.SET:
        return is_cycle(time)
    if time.start is None and time.end is None:
        return False
    published, end = reading.published_on, time.end
    if published is None or end is None or published - end <= _JUST_PASSED:
        return True
    return _YEAR.search(time.span.of(reading.folded)) is None


def judged(place: Place, context: Context) -> tuple[Place, Reason] | None:
    """The place, its date put ahead where that is meant, and why it is a deadline; or None."""
    published = context.reading.published_on
    if is_term(place):
        return place, Reason(DeadlineKind.EXPIRY, 0.8, "term")
    place = _from_publication(place, published)
    if _is_unusable(place):
        return None
    if published is None:
        reason = reason_for(place, kind_on(place, context.knowledge))
        proven = reason is not None and reason.weight >= _STRONG and bool(place.limit)
        return (place, reason) if proven and reason else None
    if _dates_a_saying(place, published, context):
        return None
    time = place.time
    gone = time.start is not None and time.start < published
    reason = reason_for(place, None if gone else kind_on(place, context.knowledge))
    if _is_current_on(time, published):
        place = _ahead(place, reason, published)
        place = _known_ahead(place, published, context.knowledge)
    if is_void(place, published, context.knowledge):
        return None
    reason = _ruled(place, reason, published, context)
    return (place, reason) if reason else None


def _is_current_on(time: TimeExpression, published: date) -> bool:
    """Whether *time* is over by the end of the day of publication."""
    return time.end is not None and time.end <= published + _ONE_DAY


def _dates_a_saying(place: Place, published: date, context: Context) -> bool:
    """Whether the date only says when something was said or announced."""
    told = _is_current_on(place.time, published) or is_weekday(place)
    if told and not _is_tomorrow(place, published):
        return dates_a_report(place, context.reported.within(place.scope)) or is_announced_on(place)
    return is_announced_on(place)


def _is_tomorrow(place: Place, published: date) -> bool:
    """Whether the day lies ahead by its very name ("mañana"), so that nothing was said on it."""
    time = place.time
    return time.rule == "deictic" and time.start is not None and time.start > published


def _is_name(place: Place) -> bool:
    """Whether a month is a first name ("Julio Paz"), in languages that write months small."""
    if place.words.capital_months or place.time.precision is not Precision.MONTH:
        return False
    wording, end = place.time.span.of(place.text), place.time.span.end
    capital = wording.isalpha() and wording[0].isupper()
    tail = place.text[end : end + 2]
    return capital and tail[:1] == " " and tail[1:].isupper()


def _is_unusable(place: Place) -> bool:
    """Whether the expression names no time of its own: a recurrence, "one day", "later than"."""
    time = place.time
    if _is_name(place):
        return True
    if time.type is TimexType.SET or (time.start is None and time.end is None):
        return True
    if time.type is TimexType.DURATION and time.value == "P1D":
        return True
    if place.words.words["streak"].search(time.span.of(place.folded)):
        return True  # "for a fifth straight week"
    if time.rule == "same" and place.words.genitive.match(place.tail):
        return True  # "au lendemain de l'échéance"
    compared = place.words.words["comparisons"].match(place.tail.lstrip())
    return bool(compared) and is_offset(place)


def _from_publication(place: Place, published: date | None) -> Place:
    """A vague limit ("within days") as the time from publication on, without an end."""
    time = place.time
    vague = time.type is TimexType.DURATION and (time.value or "").startswith(("PX", "PTX"))
    if published is not None and time.end is None and time.start == published + _ONE_DAY:
        return replace(place, time=replace(time, start=published))
    if published is None or not vague or time.start is not None or not place.limit:
        return place
    return replace(place, time=replace(time, start=published))


def _ahead(place: Place, reason: Reason | None, published: date) -> Place:
    """*place* with its date put ahead, if the clause speaks of what is to come.

    A weekday moves on any such word; a day or month that has just passed stays: "by the end of
    August", written in September, was missed.
    """
    if reason is None or reason.weight < _STRONG or place.says_before("past"):
        return place
    time, wording = place.time, place.time.span.of(place.folded)
    if reason.rule == "limit-word" or place.words.words["past"].search(wording):
        return place
    if time.rule in _COUNTED:
        return place  # "two days earlier"
    if time.end is not None and published - time.end > _JUST_PASSED:
        return replace(place, time=put_ahead(time, wording, published))
    coming = place.limit or reason.rule.startswith("named-as") or place.says("future")
    coming = coming or not place.tells_of_past
    if (
        coming
        and is_weekday(place)
        and not place.words.words["limit_nouns"].match(place.tail.lstrip())
    ):
        return replace(place, time=put_ahead(time, wording, published))
    return place


def _known_ahead(place: Place, published: date, knowledge: Knowledge) -> Place:
    """*place* with a day long gone put ahead, where a pack knows of the next of its name."""
    time, wording = place.time, place.time.span.of(place.folded)
    if time.end is None or published - time.end <= _JUST_PASSED or place.is_done:
        return place
    if place.words.words["past"].search(wording) or place.says_before("past"):
        return place
    moved = replace(place, time=put_ahead(time, wording, published))
    known = kind_on(moved, knowledge) is not None and kind_on(place, knowledge) is None
    return moved if known else place


def _is_coming(place: Place) -> bool:
    """Whether a word of what is to come governs the date: before it, or after one that opens."""
    opening = place.folded[place.clause.start : place.time.span.start]
    wording = place.time.span.of(place.folded)
    if place.words.words["future"].search(wording):
        return True  # "the next five weeks"
    return place.says_before("future") or (len(opening) <= _OPENING and place.says("future"))


def _is_present(place: Place) -> bool:
    """Whether the clause of a day by its name tells of nothing past ("she flies in on Monday")."""
    return is_weekday(place) and not place.tells_of_past


def _ruled(place: Place, reason: Reason | None, published: date, context: Context) -> Reason | None:
    """Why a date is a deadline, by where it lies from publication; None where it is not."""
    start, end = place.time.start or published, place.time.end
    strong = reason is not None and reason.weight >= _STRONG
    named = place.near("limit_nouns")
    if start > published or (start == published and end is None):
        if strong:
            return reason
        return _by_itself(place, reason, context.knowledge) if context.in_view else None
    if end is None or end > published:
        if _is_so_far(place, published):
            return None
        coming = place.limit or named or _is_coming(place) or _is_present(place)
        fair = reason is not None and (strong or _is_current(place))
        fair = fair and not (_is_year(place) and reason and reason.rule == "limit-word")
        over = place.says_before("past") and not named
        return reason if fair and coming and not over else None
    if named and published - end <= _JUST_PASSED:
        hoped = strong and reason is not None and reason.kind is DeadlineKind.TARGET
        target = hoped or place.near("target_nouns")
        kind = DeadlineKind.TARGET if target else DeadlineKind.DEADLINE
        return Reason(kind, 0.6, "just-passed")
    return None


def _by_itself(place: Place, reason: Reason | None, knowledge: Knowledge) -> Reason | None:
    """Why a date ahead counts where few words speak for it: the pack knows it, or it is plain."""
    kind = kind_on(place, knowledge)
    if kind is not None and (reason is None or reason.weight < _FAIR):
        named = happening(place)
        return Reason(kind if named in _VAGUE else named or kind, 0.6, "milestone")
    if reason is not None:
        return reason
    tomorrow = place.time.rule == "deictic"
    if is_weekday(place) and (tomorrow or (place.time.rule not in _COUNTED and _is_coming(place))):
        return Reason(happening(place) or DeadlineKind.MEETING, 0.3, "weekday-ahead")
    if _is_plain_date(place):
        near = place.time.precision in (Precision.DAY, Precision.WEEK)
        unnamed = DeadlineKind.MEETING if near else DeadlineKind.HORIZON
        return Reason(happening(place) or unnamed, 0.3, "date-ahead")
    return None


def _is_plain_date(place: Place) -> bool:
    """Whether the words name a day or month of the calendar, so that it matters by itself."""
    if place.time.rule in _COUNTED:
        return False
    if place.time.precision is Precision.DAY:
        return any(c.isdigit() for c in place.time.span.of(place.folded))
    return place.time.precision in (Precision.WEEK, Precision.MONTH, Precision.QUARTER)


def _is_year(place: Place) -> bool:
    return place.time.precision is Precision.YEAR


def _is_so_far(place: Place, published: date) -> bool:
    """Whether a period reaches only up to publication: "earlier this month"."""
    start, end = place.time.start, place.time.end
    if start is None or end is None or place.time.precision is Precision.DAY:
        return False
    return start < published and end <= published + _ONE_DAY


def _is_current(place: Place) -> bool:
    """Whether the expression names the running day, week or month, still to be used."""
    return place.time.precision in (Precision.DAY, Precision.WEEK, Precision.MONTH)
