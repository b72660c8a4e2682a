"""What each word around a date weighs for the kind of deadline that it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.deadlines.place import Place
from extractors.deadlines.topics import by_topic
from extractors.types import DeadlineKind, Span

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
# What is left of the weight of a word that says its kind only faintly ("talks", "may"), of one in
# another clause, and of one in another where the date's own says nothing.
_WEAK = 0.5
_OTHER_CLAUSE, _LENT = 0.25, 0.6
# A noun right behind the date that it describes weighs more, and so does a kind that a pack knows
# of the day.
_DESCRIBED, _KNOWN = 1.5, 1.4
# What is left of a word beyond another date, or behind a limit of its own, and how far before it
# that limit is looked for.
_BEYOND, _LIMITED, _PHRASE = 0.4, 30, 2
# What the pack says of a day weighs so much by itself.
_BY_PACK = 0.25
# The kinds of events that happen on the date that describes them.
EVENTS = frozenset({DeadlineKind.ELECTION, DeadlineKind.MEETING})
_HORIZON, _EXPIRY, _VOTE, _ELECTION = (
    DeadlineKind.HORIZON,
    DeadlineKind.EXPIRY,
    DeadlineKind.VOTE,
    DeadlineKind.ELECTION,
)
_BY_WORD = {kind: f"{kind}-word" for kind in DeadlineKind}
_PER_WORD = 0.18
_REACH = 14
# No run of so many words is longer.
_CHARACTERS = 200
# How many words behind a date are still what it modifies: "the Oct. 21 federal election".
_MODIFIED = 2
# How many characters before a verb its subject is looked for.
_SUBJECT = 30
# How many words from its date a verb of beginning or ending may stand and be of it for sure.
_NEAR_VERB = 4
_CAMPAIGNS = frozenset({"campaign", "election"})
# The kinds that a text denies of a date: "is not a deadline", "no es la fecha de caducidad".
_DENIABLE = {DeadlineKind.DEADLINE, DeadlineKind.EXPIRY}
# How many characters before its word a denial may begin.
_DENIAL = 24


@dataclass(slots=True)
class Reason:
    """The kind that the words give, how strongly, and by which rule.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    kind: DeadlineKind
    weight: float
    rule: str


def weighed(place: Place, known: DeadlineKind | None) -> Sequence[Reason]:
    """Each word that says a kind, with a weight that sinks with its distance."""
    key = ("weighed", place.time.span.start, place.time.span.end, known)
    return place.said.once(key, lambda: _weighed(place, known))


def _weighed(place: Place, known: DeadlineKind | None) -> Sequence[Reason]:
    found: list[Reason] = []
    time, clause, limit = place.time.span, place.clause, place.limit
    around = Span(
        max(place.scope.start, time.start - _CHARACTERS),
        min(place.scope.end, time.end + _CHARACTERS),
    )
    if known is not None and not limit:
        found.append(Reason(known, _BY_PACK, "milestone"))
    said = _said(place, around)
    own = True in [clause.covers(span) for _, _, span, _ in said]
    elsewhere = _OTHER_CLAUSE if own else _LENT
    for kind, share, span, rule in said:
        start = span.start
        if place.is_time(start, span.end):
            continue
        distance = place.distance(start, span.end)
        if distance > _REACH or (kind in _DENIABLE and _is_denied(place, span)):
            continue
        weight = share * _WEIGHT[kind] / (1 + _PER_WORD * distance)
        if limit and start >= place.limit_start:
            if start < place.limit_end or kind is _HORIZON:
                # "No later than" says no more than "by"; "before the July 4 recess": the recess
                # is not what is due.
                continue
            if start < time.start and kind in EVENTS:
                weight *= _DESCRIBED  # "before the elections of July 1"
        if not clause.start <= start < clause.end:
            weight *= elsewhere
        if start >= time.end:
            weight *= _behind(place, start, distance)
        weight *= _share(place, span, distance)
        if kind is known:
            weight *= _KNOWN
        found.append(Reason(kind, weight, rule))
    return found


def _is_denied(place: Place, word: Span) -> bool:
    """Whether a word of denial stands shortly before a word of a kind."""
    before = place.folded[max(place.scope.start, word.start - _DENIAL) : word.start]
    return place.words.negated_before.search(before) is not None


def _share(place: Place, word: Span, distance: int) -> float:
    """What is left of the weight of a word that speaks of another date or limit than this one."""
    if place.others and place.is_beyond_another(word.start, word.end):
        return _BEYOND
    start = place.time.span.start
    if word.end > start or distance <= 1:
        return 1.0
    # "Before the vote in the Senate, they meet on June 21": the vote is not on that day.
    before = place.folded[max(place.scope.start, word.start - _LIMITED) : word.start]
    limits = list(place.words.exclusive.finditer(before))
    limited = limits and len(before[limits[-1].end() :].split()) <= _PHRASE
    inside = place.limit and word.start >= place.limit_start
    return _BEYOND if limited and not inside else 1.0


def _said(place: Place, around: Span) -> Sequence[tuple[DeadlineKind, float, Span, str]]:
    """The kinds that words in *around* say, how surely, where and by which rule."""
    found: list[tuple[DeadlineKind, float, Span, str]] = []
    topical = list(by_topic(place, around))
    for kind, is_sure, span in place.said.senses(around):
        if kind is _EXPIRY and any(
            verb.overlaps(span) and meant is not kind for meant, _, verb in topical
        ):
            continue  # what "comes to an end" is told by its subject
        meant = _ELECTION if kind is _VOTE and _is_peoples_vote(place, span) else kind
        found.append((meant, 1.0 if is_sure else _WEAK, span, _BY_WORD[meant]))
    for kind, aspect, span in topical:
        meant = _ELECTION if kind is _VOTE and _is_campaign(place) else kind
        far = place.distance(span.start, span.end) > _NEAR_VERB
        found.append((meant, _WEAK if far else 1.0, span, f"{meant}-{aspect}"))
    return found


def _is_campaign(place: Place) -> bool:
    """Whether the sentence speaks of a campaign and of no parliament: its vote is an election."""
    named = {topic for topic, _ in place.said.topics(place.scope)}
    return bool(named & _CAMPAIGNS) and not place.says("legislature", place.scope)


def _is_peoples_vote(place: Place, word: Span) -> bool:
    """Whether a word of voting is of a people that votes on the very date: "the country votes"."""
    if not place.words.words["ballot"].fullmatch(word.of(place.folded).strip()):
        return False
    before = place.folded[place.scope.start : word.start].split()
    if before and before[-1] in place.words.openings:
        return False  # "a vote on Monday"
    near = word.end <= place.time.span.start and place.distance(word.start, word.end) <= 1
    subject = Span(max(place.scope.start, word.start - _SUBJECT), word.start)
    return near and not place.says("legislature", subject)


def _behind(place: Place, start: int, distance: int) -> float:
    """What is left of the weight of a word behind the date: less beyond a comma or an "and"."""
    between = place.folded[place.time.span.end : start]
    if place.words.words["explains"].match(between.lstrip(" ,")):
        return 1.2
    if "," in between or place.words.words["joins"].search(between):
        return 0.4
    if distance == 0 and place.words.describes_noun:
        return _DESCRIBED
    return 1.0 if distance <= _MODIFIED else 0.75
