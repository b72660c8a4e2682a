"""Which deadlines are one: the same thing due, on the same date or moved to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from storage.identity_clusters import Cluster, attach, best_first
from storage.identity_words import EMPTY, Data, Words, is_figure, told_words

WINDOW = 120  # days
_MOST_MONTHS = 18
_MOST_STEMS = 8


@dataclass(frozen=True, slots=True)
class Due:
    """One wording of a deadline without a milestone, and the days on which it was printed."""

    digests: tuple[int, ...]
    subject: Words
    what: str
    kind: str
    lang: str
    start: str | None
    end: str | None
    party: str | None
    first: int
    last: int

    def near(self, other: "Due") -> bool:
        """Whether the two were printed within the window of days."""
        return self.first - WINDOW <= other.last and other.first - WINDOW <= self.last

    @property
    def exactness(self) -> int:
        """How exactly the date is told; more is more exact."""
        if not (self.start and self.end):
            return -100_000
        return (date.fromisoformat(self.start) - date.fromisoformat(self.end)).days


@lru_cache(maxsize=8192)
def subject_of(what: str) -> Words:
    """What is due, as stems of its telling words."""
    words = (word for word in told_words(what) if word not in EMPTY and not _is_year(word))
    stems = (word if is_figure(word) else word[:6] for word in words)
    return tuple(dict.fromkeys(stem for stem in stems if len(stem) > 1 or is_figure(stem)))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in {"19", "20"}


def party_of(data: Data) -> str | None:
    """The party that set a deadline."""
    who = data["set_by"]
    return who["party"] if who else None


def same_date(one: Data, other: Data) -> bool:
    """Whether two items give one date, or one lies within the other (a more exact wording)."""
    a, b = one["due"], other["due"]
    return _agree(a["from"], a["to"], b["from"], b["to"])


def _agree(a: str | None, a_end: str | None, b: str | None, b_end: str | None) -> bool:
    if (a, a_end) == (b, b_end):
        return True
    if not (a and a_end and b and b_end):
        return False
    return (a <= b and b_end <= a_end) or (b <= a and a_end <= b_end)


def deadline_keys(
    lang: str, kind: str, what: str, start: str | None, end: str | None
) -> Iterator[Words]:
    """What two deadlines of which one may be a sighting or a move of the other share."""
    place = (lang, kind)
    stems = tuple(sorted(subject_of(what)[:_MOST_STEMS]))
    yield ("what", *place, *stems)
    if start or end:
        yield ("date", *place, str(start), str(end))
    else:
        yield from (("undated", *place, stem) for stem in stems)
    if start and end:
        yield from (("month", *place, m, stem) for m in _month_names(start, end) for stem in stems)
    yield from (("pair", *place, *pair) for pair in combinations(stems, 2))


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _month_names(start: str, end: str) -> Iterator[str]:
    last = min(_month(end) - (end[8:10] == "01"), _month(start) + _MOST_MONTHS)
    yield from (str(number) for number in range(_month(start), max(last, _month(start)) + 1))


def likeness(one: Due, other: Due) -> float:
    """How surely two are the same thing due: 0 (another) to 1; under 0.5 for a move."""
    if one.lang != other.lang or one.kind != other.kind:
        return 0.0
    here, there = set(one.subject), set(other.subject)
    parties = {party for party in (one.party, other.party) if party}
    if len(parties) > 1 or _figures_differ(here, there):
        return 0.0
    shared = len(here & there) / max(1, min(len(here), len(there)))
    same = one.what == other.what or (bool(here) and here == there)
    if _agree(one.start, one.end, other.start, other.end):
        enough = shared >= 0.34 if one.start or one.end else shared >= 0.6
        return 0.6 + 0.4 * shared if enough or same else 0.0
    if not (one.start and other.start and here and there):
        return 0.0
    # Another date for what is certainly the same thing: it was moved.
    certain = len(here & there) >= 2 or (same and len(parties) == 1)
    return 0.49 * shared if certain and shared >= 0.6 else 0.0


def _figures_differ(here: set[str], there: set[str]) -> bool:
    figures = [{word for word in stems if is_figure(word)} for stems in (here, there)]
    return all(figures) and figures[0].isdisjoint(figures[1])


def deadline_clusters(deadlines: Sequence[Due]) -> list[frozenset[int]]:
    """Sets of digests, one an event; *deadlines* in any order."""
    ordered = sorted(deadlines, key=lambda d: (d.first, min(d.digests)))
    told = [deadline for deadline in ordered if deadline.subject]
    untold = [deadline for deadline in ordered if not deadline.subject]
    groups = [[told[i] for i in sorted(cluster)] for cluster in _clusters(told)]
    joined = [list(group) for group in groups]
    for one in untold:
        homes = [number for number, group in enumerate(groups) if _dated_alike(one, group)]
        if len(homes) == 1:
            joined[homes[0]].append(one)
    taken = {one for group in joined for one in group}
    rest = [one for one in untold if one not in taken]
    joined += [[rest[i] for i in sorted(cluster)] for cluster in _clusters(rest)]
    return [frozenset(d for one in group for d in one.digests) for group in joined]


def _dated_alike(one: Due, group: Sequence[Due]) -> bool:
    """Whether a deadline for an unnamed thing has the very date of one of *group*."""
    return any(
        (one.lang, one.kind, one.start, one.end) == (other.lang, other.kind, other.start, other.end)
        and one.near(other)
        for other in group
        if other.start
    )


def _clusters(nodes: Sequence[Due]) -> list[Cluster]:
    scores = {
        (i, j): score
        for (i, one), (j, other) in combinations(enumerate(nodes), 2)
        if one.near(other) and (score := likeness(one, other)) > 0
    }
    vague = {pair: score for pair, score in scores.items() if _is_vaguer(nodes, pair)}
    exact = {pair: score for pair, score in scores.items() if pair not in vague}

    def may_join(a: Cluster, b: Cluster) -> bool:
        return not any(_contradict(nodes[x], nodes[y]) for x in a for y in b)

    clusters = best_first(len(nodes), exact, may_join)
    return attach(clusters, vague, lambda node: nodes[node].exactness, may_join)


def _is_vaguer(nodes: Sequence[Due], pair: tuple[int, int]) -> bool:
    one, other = (nodes[i] for i in pair)
    return (one.start, one.end) != (other.start, other.end) and _agree(
        one.start, one.end, other.start, other.end
    )


def _contradict(one: Due, other: Due) -> bool:
    if _figures_differ(set(one.subject), set(other.subject)):
        return True
    return bool(one.party and other.party) and one.party != other.party
