"""Which kind of deadline a date is, by the words around it."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.deadlines.place import Place
from extractors.types import Certainty, DeadlineKind, Precision, Span

# What each kind's words weigh: a word of a rare kind says more than "may" or "talks".
_WEIGHT = {
    DeadlineKind.DEADLINE: 1.0,
    DeadlineKind.TARGET: 0.6,
    DeadlineKind.EXPIRY: 1.1,
    DeadlineKind.EFFECTIVE: 1.1,
    DeadlineKind.VOTE: 1.0,
    DeadlineKind.MEETING: 0.8,
    DeadlineKind.ELECTION: 1.2,
    DeadlineKind.HORIZON: 1.0,
}
_OTHER_CLAUSE = 0.25
_PER_WORD = 0.18
_REACH = 14
# No run of so many words is longer.
_CHARACTERS = 200
# How many words behind a date are still what it modifies: "the Oct. 21 federal election".
_MODIFIED = 2
_LIMIT_BONUS = 0.3
# How many words may stand between "moved" and the new date.
_MOVED_REACH = 3
# Below these, a word is too far off to say anything, or anything sure; above the third it is sure.
_NOTHING, _FAINT, _SURE = 0.2, 0.5, 0.6
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
# The kinds that a text denies of a date: "is not a deadline", "no es la fecha de caducidad".
_DENIABLE = {DeadlineKind.DEADLINE, DeadlineKind.EXPIRY}


@dataclass(frozen=True, slots=True)
class Reason:
    """The kind that the words give, how strongly, and by which rule."""

    kind: DeadlineKind
    weight: float
    rule: str


def reason_for(place: Place) -> Reason | None:
    """The kind that the words around a date say, or None where they say nothing."""
    equated = _equated(place)
    if equated is not None:
        return equated
    found = max(_weighed(place), key=lambda reason: reason.weight, default=None)
    if place.limit:
        return _limited(place, found)
    if found is not None and _is_new_date(place):
        return Reason(found.kind, found.weight + _LIMIT_BONUS, f"moved-{found.rule}")
    return found


def _limited(place: Place, found: Reason | None) -> Reason:
    """The kind of a date behind a limit word ("by June 21"), *found* by the words around it."""
    if place.says("obligation"):
        if found and found.weight > _SURE and found.kind in _KEPT_UNDER_DUTY:
            return found
        return Reason(DeadlineKind.DEADLINE, 1.0, "limit-with-duty")
    faint = found is None or found.weight < _FAINT
    if faint and place.time.precision is Precision.YEAR and _lasts(place):
        return Reason(DeadlineKind.EXPIRY, 0.6, "lasts-until")
    if found is None or found.weight < _NOTHING:
        return Reason(DeadlineKind.TARGET, 0.5, "limit-word")
    if found.kind is DeadlineKind.MEETING and place.says_before("hopes"):
        return Reason(DeadlineKind.TARGET, found.weight, "limit-with-hope")
    return Reason(found.kind, found.weight + _LIMIT_BONUS, f"limit-with-{found.rule}")


def _is_new_date(place: Place) -> bool:
    """Whether something was moved to the date: "was postponed to January"."""
    moves = place.said.words("moved", place.before_in(place.clause))
    last = max((word.end for word in moves), default=None)
    if last is None or place.words.moved_from_before.search(place.lead):
        return False
    return len(place.folded[last : place.time.span.start].split()) <= _MOVED_REACH


def _lasts(place: Place) -> bool:
    """Whether something goes on until the date ("reviews every year until 2036")."""
    if place.says_before("negative"):
        return False  # "not before 2019"
    return bool(place.limit and place.words.words["lasting"].fullmatch(place.limit))


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


def _weighed(place: Place) -> Iterator[Reason]:
    """Each word that says a kind, with a weight that sinks with its distance."""
    around = Span(
        max(place.scope.start, place.time.span.start - _CHARACTERS),
        min(place.scope.end, place.time.span.end + _CHARACTERS),
    )
    for kind, span in place.said.kinds(around):
        distance = place.distance(span.start, span.end)
        before = place.folded[max(place.scope.start, span.start - 24) : span.start]
        if distance > _REACH or place.is_time(span.start, span.end):
            continue
        if kind in _DENIABLE and place.words.negated_before.search(before):
            continue
        if kind is DeadlineKind.HORIZON and place.limit and span.start >= place.limit_start:
            continue  # "before the July 4 recess": the recess is not what is due
        weight = _WEIGHT[kind] / (1 + _PER_WORD * distance)
        if not place.clause.start <= span.start < place.clause.end:
            weight *= _OTHER_CLAUSE
        if span.start >= place.time.span.end:
            weight *= _behind(place, span.start, distance)
        yield Reason(kind, weight, f"{kind.value}-word")


def _behind(place: Place, start: int, distance: int) -> float:
    """What is left of the weight of a word behind the date: less beyond a comma or an "and"."""
    between = place.folded[place.time.span.end : start]
    if place.words.words["explains"].match(between.lstrip(" ,")):
        return 1.2
    if "," in between or place.words.words["joins"].search(between):
        return 0.4
    return 1.0 if distance <= _MODIFIED else 0.75


def certainty_of(place: Place, kind: DeadlineKind) -> Certainty:
    """How firmly the clause says that the date holds, up to an "and" behind the date."""
    time = place.time.span
    end = max(time.end, place.clause.end)
    behind = place.said.words("joins", Span(time.end, end))
    core = Span(place.clause.start, behind[0].start if behind else end)
    if place.says("proposed", core):
        return Certainty.PROPOSED
    rest = Span(time.end, max(time.end, place.scope.end))
    if place.says_before("conditional") or place.says("unless", rest):
        return Certainty.CONDITIONAL
    if place.says("probable", core) or kind is DeadlineKind.TARGET:
        return Certainty.EXPECTED
    firm = kind in _FIRM or place.says("fixed", core) or place.says("future", core)
    return Certainty.FIXED if firm else Certainty.EXPECTED
