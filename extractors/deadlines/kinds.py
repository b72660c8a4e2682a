"""Which kind of deadline a date is, by the words around it."""

from extractors.deadlines.place import Place
from extractors.deadlines.topics import happening, names_body
from extractors.deadlines.weighing import EVENTS, Reason, weighed
from extractors.types import Certainty, DeadlineKind, Precision, Span

_LIMIT_BONUS = 0.3
# The lists whose words may open what says that something fails.
_FAILURES = ("failing", "ifs")
# How many characters before a date a word of duty may stand.
_NEAR_DUTY = 50
# How many words may stand between "moved" and the new date.
_MOVED_REACH = 3
# "Talks are to finish by Friday": that they should is a hope.
_ENDING_TALKS = "meeting-end"
# Below these, a word is too far off to say anything, or anything sure; above the third it is sure.
_NOTHING, _FAINT, _SURE = 0.2, 0.5, 0.6
# The kinds that stay as they are where the sentence speaks of what fails.
_KEPT = {DeadlineKind.VOTE, DeadlineKind.ELECTION, DeadlineKind.EXPIRY}
# The kinds of what takes place at once, which nothing lasts until.
_AT_ONCE = {DeadlineKind.EFFECTIVE, DeadlineKind.VOTE}
# The kinds that a duty leaves as they are: who "must vote by" a day votes.
_KEPT_UNDER_DUTY = {DeadlineKind.VOTE, DeadlineKind.ELECTION}
# The kinds whose dates hold unless the text says otherwise.
_FIRM = (
    DeadlineKind.DEADLINE,
    DeadlineKind.EXPIRY,
    DeadlineKind.EFFECTIVE,
    DeadlineKind.ELECTION,
    DeadlineKind.HORIZON,
)


def reason_for(place: Place, known: DeadlineKind | None = None) -> Reason | None:
    """The kind that the words around a date say, or None where they say nothing.

    *known* is the kind of what a pack knows to fall on that day; it decides between words.
    """
    equated = _equated(place)
    if equated is not None:
        return equated
    found = max(weighed(place, known), key=lambda reason: reason.weight, default=None)
    if _is_failing(place) and not (found and found.weight > _SURE and found.kind in _KEPT):
        return Reason(DeadlineKind.DEADLINE, 0.9, "failing")
    if place.limit and not (found and found.kind in EVENTS and _names_event(place)):
        return _limited(place, found)
    if found is not None and _is_duty(place, found):
        return Reason(DeadlineKind.DEADLINE, max(found.weight, _SURE), "duty")
    if found is not None and _is_new_date(place):
        return Reason(found.kind, found.weight + _LIMIT_BONUS, f"moved-{found.rule}")
    return found


def _limited(place: Place, found: Reason | None) -> Reason:
    """The kind of a date behind a limit word ("by June 21"), *found* by the words around it."""
    goes_on = place.limit and place.words.words["lasting"].fullmatch(place.limit)
    if not goes_on and _is_condition(place):
        return Reason(DeadlineKind.DEADLINE, 0.9, "limit-in-condition")
    kept = found is not None and found.weight > _SURE and found.kind in _KEPT_UNDER_DUTY
    if place.says("obligation") or place.says_before("granted"):
        if found and kept:
            return found
        return Reason(DeadlineKind.DEADLINE, 1.0, "limit-with-duty")
    if place.threatens and not kept and not _lasts(place):
        return Reason(DeadlineKind.DEADLINE, 0.8, "limit-with-threat")
    return _by_limit(place, found)


def _by_limit(place: Place, found: Reason | None) -> Reason:
    """The kind of a date behind a limit word where neither a duty nor a threat speaks."""
    faint = found is None or found.weight < _FAINT
    if _lasts(place) and (found is None or faint or found.kind in _AT_ONCE):
        return Reason(_lasting(place), 0.6, "lasts-until")
    if found is None or found.weight < _least(place, found):
        return _by_limit_alone(place)
    hoped = place.says_before("hopes") or found.rule == _ENDING_TALKS
    if found.kind is DeadlineKind.MEETING and hoped:
        return Reason(DeadlineKind.TARGET, found.weight, "limit-with-hope")
    return Reason(found.kind, found.weight + _LIMIT_BONUS, f"limit-with-{found.rule}")


def _least(place: Place, found: Reason) -> float:
    """What the words around a date must weigh to say more than its limit word does.

    "A plan that the working group will propose by June 12": the group meets on other days.
    """
    meets = found.kind is DeadlineKind.MEETING and not place.says_before("negative")
    return _FAINT if meets else _NOTHING


def _by_limit_alone(place: Place) -> Reason:
    """The kind where only a limit word speaks: what a body puts off, or is hoped for."""
    if place.says_before("negative") and names_body(place):
        return Reason(DeadlineKind.VOTE, 0.5, "body-not-before")
    only_for = place.words.words["set_for"].fullmatch(place.limit or "") is not None
    planned = happening(place) if only_for else None
    return Reason(planned or DeadlineKind.TARGET, 0.5, "limit-word")


def _is_duty(place: Place, found: Reason) -> bool:
    """Whether what is hoped for on a day is rather a duty ("the notice has to leave on Friday")."""
    if found.kind is not DeadlineKind.TARGET or place.time.precision is not Precision.DAY:
        return False
    before = place.before
    near = Span(max(before.start, before.end - _NEAR_DUTY), before.end)
    vague = place.says_before("hopes") or place.says_before("probable")
    return place.says("obligation", near) and not vague


def _is_failing(place: Place) -> bool:
    """Whether the date is that of something that fails: "absent a signature by Friday"."""
    if not place.said.those_of(_FAILURES):
        return False
    before = place.before
    openings = [*place.said.words("failing", before), *place.said.words("ifs", before)]
    for opening in openings:
        between = place.folded[opening.end : before.end]
        if "," in between or place.said.words("lasting", Span(opening.end, before.end)):
            continue
        if place.said.words("failing", opening) or place.says(
            "negative", Span(opening.end, before.end)
        ):
            return True
    return False


def _names_event(place: Place) -> bool:
    """Whether an event stands between a limit word and its date: "before the vote of May 3"."""
    between = Span(place.limit_end, place.time.span.start)
    return any(sense.kind in EVENTS for sense in place.said.senses(between))


def _is_new_date(place: Place) -> bool:
    """Whether something was moved to the date: "was postponed to January"."""
    if not place.said.has("moved"):
        return False
    moves = place.said.words("moved", place.before)
    last = max((word.end for word in moves), default=None)
    if last is None or place.words.moved_from_before.search(place.lead):
        return False
    return len(place.folded[last : place.time.span.start].split()) <= _MOVED_REACH


def _lasts(place: Place) -> bool:
    """Whether something goes on until the date ("reviews every year until 2036")."""
    if place.says_before("negative"):
        return False  # "not before 2019"
    return bool(place.limit and place.words.words["lasting"].fullmatch(place.limit))


def _is_condition(place: Place) -> bool:
    """Whether the limit stands in a condition that something fails: "if no deal comes by May 1"."""
    ifs = place.said.words("ifs", place.before)
    return bool(ifs) and place.says("negative", Span(ifs[-1].end, place.clause.end))


def _lasting(place: Place) -> DeadlineKind:
    """What a date is until which something goes on.

    Talks are hoped to end, a parliament rests, other things expire.
    """
    if place.words.clock_equal.search(place.folded[place.clause.start : place.limit_start]):
        return DeadlineKind.DEADLINE  # "45 days to comply, that is until March"
    topic = happening(place)
    unnamed = topic is None and place.time.precision is Precision.WEEK
    if topic is not DeadlineKind.MEETING and not unnamed:
        return DeadlineKind.HORIZON if names_body(place) else DeadlineKind.EXPIRY
    short = place.time.precision in (Precision.DAY, Precision.WEEK)
    return DeadlineKind.MEETING if short else DeadlineKind.TARGET


def _equated(place: Place) -> Reason | None:
    """What a noun says that the date is: "the drop-dead date …, is June 21"."""
    if not place.is_equated:
        return None
    before = Span(place.scope.start, place.time.span.start)
    nearby = Span(max(before.start, before.end - 40), before.end)
    if place.says("limit_nouns", before if place.lead.rstrip().endswith(_BE) else nearby):
        kind = DeadlineKind.TARGET if place.says("target_nouns", before) else DeadlineKind.DEADLINE
        return Reason(kind, 1.0, "named-as-limit")
    if place.says("target_nouns", nearby):
        return Reason(DeadlineKind.TARGET, 0.9, "named-as-target")
    return None


_BE = (" is", " are", " est", " es", " sera", " be", "c'est")


def certainty_of(place: Place, kind: DeadlineKind) -> Certainty:
    """How firmly the clause says that the date holds, up to an "and" behind the date."""
    if place.says("proposed", place.core):
        return Certainty.PROPOSED
    rest = Span(place.time.span.end, place.scope.end)
    if place.says_before("conditional") or place.says("unless", rest):
        return Certainty.CONDITIONAL
    if kind is DeadlineKind.TARGET or place.says("probable", place.core):
        return Certainty.EXPECTED
    firm = kind in _FIRM or place.says("fixed", place.core) or place.says("future", place.core)
    return Certainty.FIXED if firm else Certainty.EXPECTED
