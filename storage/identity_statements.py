"""Which statements are one: the same words (equal, contained, edited) of one person.

A figure or a "not" that only one of two wordings has tells them apart. Whole statements are
clustered first; then a fragment joins its best one and never bridges two. Measured on news in
three languages this keeps apart what fuzzy ratios glue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from storage.identity_clusters import Cluster, attach, best_first
from storage.identity_speakers import Person, agree, may_be_one, person_of
from storage.identity_words import NEGATIONS, Data, Words, is_figure, shingles, told_words

WINDOW = 7  # days
SHORT = 8  # words: under these an unknown speaker's words are nobody else's
_SHINGLE = 4
_WHOLE = 10
_APART = -1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """One wording by one speaker, and the days on which it was printed without a longer gap."""

    digests: tuple[int, ...]
    words: Words
    person: Person | None
    lang: str
    first: int
    last: int

    def near(self, other: "Statement") -> bool:
        """Whether the two were printed within the window of days."""
        return self.first - WINDOW <= other.last and other.first - WINDOW <= self.last


def is_short_and_unknown(data: Data) -> bool:
    """Whether this may be anybody's words: then it is an event of its own story only."""
    return person_of(data["speaker"]) is None and len(told_words(data["text"])) < SHORT


def statement_keys(words: Words) -> Iterator[Words]:
    """What two statements of the same words share at least one of."""
    if len(words) < _SHINGLE:
        yield ("all", *words)
        return
    yield from shingles(words, _SHINGLE)
    if len(words) < 2 * _SHINGLE + 2:
        # One changed word in the middle of a short one breaks all longer runs.
        yield from (("short", *run) for run in shingles(words, _SHINGLE - 1))


def alike(one: Data, other: Data) -> bool:
    """Whether two statements may be one, as far as their words and speakers go."""
    if one["lang"] != other["lang"]:
        return False
    here, there = told_words(one["text"]), told_words(other["text"])
    persons = person_of(one["speaker"]), person_of(other["speaker"])
    if not _may_be_one_speaker(persons, min(len(here), len(there))):
        return False
    return verdict(here, there) > 0


def _may_be_one_speaker(persons: tuple[Person | None, Person | None], words: int) -> bool:
    one, other = persons
    return may_be_one(one, other) if one and other else words >= SHORT


# --- words


@lru_cache(maxsize=32768)
def verdict(one: Words, other: Words) -> float:
    """How surely one statement stands behind two wordings: above 0 the same, 0 nothing to say.

    Below 0: alike, but a figure or a negation tells them apart.
    """
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=lambda words: (len(words), words))
    if not shorter or not _share_enough(shorter, longer):
        return 0.0
    near = len(shorter) >= 0.75 * len(longer)
    if any(is_figure(word) and word not in longer for word in shorter):
        return _APART if near else 0.0
    if len(shorter) >= _SHINGLE and _stands_in(shorter, longer):
        negated = len(shorter) >= 0.8 * len(longer) and _negated(shorter) != _negated(longer)
        return _APART if negated else 0.7 + 0.25 * len(shorter) / len(longer)
    return _edited(shorter, longer, near)


def _share_enough(shorter: Words, longer: Words) -> bool:
    there = set(longer)
    return sum(word in there for word in shorter) >= 0.7 * len(shorter)


def _negated(words: Words) -> bool:
    return not NEGATIONS.isdisjoint(words)


def _edited(shorter: Words, longer: Words, near: bool) -> float:
    """For wordings of which neither stands in the other: a copy editor's hand, or an ellipsis."""
    if not near and len(shorter) < SHORT:
        return 0.0
    matcher = SequenceMatcher(a=shorter, b=longer, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    ratio = 2 * common / (len(shorter) + len(longer))
    edited = near and ratio >= 0.85
    if not edited and not (len(shorter) >= SHORT and common >= 0.9 * len(shorter)):
        return 0.0
    if near and _told_apart(shorter, longer, cut=common == len(shorter)):
        return _APART
    return 0.9 * ratio if edited else 0.6 + 0.1 * common / len(longer)


def _told_apart(shorter: Words, longer: Words, *, cut: bool) -> bool:
    """What was only cut (an ellipsis) may have held a figure, but no "not"."""
    figures = {word for word in longer if is_figure(word)}
    negations = [sum(word in NEGATIONS for word in words) for words in (shorter, longer)]
    return (not cut and not figures <= set(shorter)) or negations[0] != negations[1]


def _stands_in(shorter: Words, longer: Words) -> bool:
    size = len(shorter)
    return any(
        longer[i] == shorter[0] and longer[i : i + size] == shorter
        for i in range(len(longer) - size + 1)
    )


# --- clusters


def statement_clusters(statements: Sequence[Statement]) -> list[frozenset[int]]:
    """Sets of digests, one an event; *statements* in any order."""
    ordered = sorted(statements, key=lambda s: (s.first, min(s.digests)))
    known = [statement for statement in ordered if statement.person]
    unknown = [statement for statement in ordered if not statement.person]
    groups = [[known[i] for i in cluster] for cluster in _clusters(known)]
    joined = [list(group) for group in groups]
    for cluster in _clusters(unknown):
        unit = [unknown[i] for i in sorted(cluster)]
        home = _only_home(unit, groups)
        if home is None:
            joined.append(unit)
        else:
            joined[home] += unit
    return [frozenset(d for one in group for d in one.digests) for group in joined]


def _clusters(nodes: Sequence[Statement]) -> list[Cluster]:
    scores, apart = _scores(nodes)

    def may_join(a: Cluster, b: Cluster) -> bool:
        if any((min(x, y), max(x, y)) in apart for x in a for y in b):
            return False
        return agree(_persons(nodes, a), _persons(nodes, b))

    whole = {pair: score for pair, score in scores.items() if _is_whole(nodes, pair)}
    clusters = best_first(len(nodes), whole, may_join)
    parts = {pair: score for pair, score in scores.items() if pair not in whole}
    return attach(clusters, parts, lambda node: len(nodes[node].words), may_join)


def _scores(
    nodes: Sequence[Statement],
) -> tuple[dict[tuple[int, int], float], set[tuple[int, int]]]:
    scores: dict[tuple[int, int], float] = {}
    apart: set[tuple[int, int]] = set()
    for (i, one), (j, other) in combinations(enumerate(nodes), 2):
        if one.lang != other.lang or not one.near(other):
            continue
        persons, words = (one.person, other.person), min(len(one.words), len(other.words))
        score = verdict(one.words, other.words)
        if score < 0:
            apart.add((i, j))
        elif score > 0 and _may_be_one_speaker(persons, words):
            scores[i, j] = score
    return scores, apart


def _is_whole(nodes: Sequence[Statement], pair: tuple[int, int]) -> bool:
    shorter, longer = sorted(len(nodes[i].words) for i in pair)
    return shorter >= _WHOLE or shorter >= 0.6 * longer


def _persons(nodes: Sequence[Statement], cluster: Cluster) -> set[Person]:
    return {person for node in cluster if (person := nodes[node].person)}


def _only_home(unit: Sequence[Statement], groups: Sequence[Sequence[Statement]]) -> int | None:
    """The group that words of unknown speakers belong to; None where two people said them."""
    fits: dict[int, float] = {}
    for number, group in enumerate(groups):
        score = _fit(unit, group)
        if score > 0:
            fits[number] = score
    if not fits:
        return None
    persons = [{one.person for one in groups[number] if one.person} for number in fits]
    if not all(agree(a, b) for a, b in combinations(persons, 2)):
        return None
    return max(fits, key=lambda number: (fits[number], -number))


def _fit(unit: Sequence[Statement], group: Sequence[Statement]) -> float:
    best = 0.0
    for one in unit:
        for other in group:
            if one.lang != other.lang or not one.near(other):
                continue
            score = verdict(one.words, other.words)
            if score < 0:
                return 0.0
            if min(len(one.words), len(other.words)) >= SHORT:
                best = max(best, score)
    return best
