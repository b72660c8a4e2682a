"""Which articles are copies of one text: rules over sampled word shingles. Pure.

Containment in the shorter text, not resemblance: copies are cut and lengthened. Two clusters are
joined where their mean pair holds, so that a text made of two does not glue both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.identity_words import folded_words, hash48, shingles

SAME_TEXT = 0.7
WINDOW = 3  # days
_MEAN = 0.5
_LEAST_WORDS = 25
_SHINGLE = 5
_SPREAD = 8  # days that share a prefix of the index


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles with the share of the shorter one's shingles that stands in the other."""

    one: int
    other: int
    containment: float


def text_shingles(text: str, lang: str, *, keep_one_in: int = 4) -> frozenset[int]:
    """A sample of the hashed five-word shingles of *text*; empty for under 25 words."""
    words = folded_words.__wrapped__(text)
    if len(words) < _LEAST_WORDS:
        return frozenset()
    hashes = (hash48(lang, *run) for run in shingles(words, _SHINGLE))
    return frozenset(value for value in hashes if value % keep_one_in == 0)


def prefixed(hashes: Iterable[int], day: int) -> list[int]:
    """The hashes as an article of *day* keeps them: near in time is near in the index."""
    return [_prefix(day) | value for value in hashes]


def prefixes_near(hashes: Iterable[int], day: int) -> list[int]:
    """The hashes as articles within the window of *day* keep them."""
    values = list(hashes)
    days = {_prefix(day - WINDOW - 1), _prefix(day), _prefix(day + WINDOW + 1)}
    return sorted(prefix | value for prefix in days for value in values)


def _prefix(day: int) -> int:
    return (max(0, day) // _SPREAD) << 48


def cluster(members: Iterable[int], pairs: Sequence[Pair]) -> list[frozenset[int]]:
    """Stories among *members*: best pairs first, two clusters joined where the mean pair holds.

    A function of the set of pairs alone, so any order of arrival gives the same stories.
    """
    share = {frozenset((pair.one, pair.other)): pair.containment for pair in pairs}
    home = {member: frozenset((member,)) for member in members}
    strong = [pair for pair in pairs if pair.containment >= SAME_TEXT]
    for pair in sorted(
        strong, key=lambda p: (-p.containment, min(p.one, p.other), max(p.one, p.other))
    ):
        a, b = home[pair.one], home[pair.other]
        if a is b:
            continue
        total = sum(share.get(frozenset((x, y)), 0.0) for x in a for y in b)
        if total / (len(a) * len(b)) >= _MEAN:
            joined = a | b
            for member in joined:
                home[member] = joined
    return sorted(set(home.values()), key=min)
