"""Pairwise precision and recall of a partition against the truth."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of pairs: found ones that are true, and true ones that are found."""

    precision: float
    recall: float


def pairwise(labels: Iterable[tuple[Hashable, Hashable]]) -> Score:
    """The score of (found cluster, true cluster) labels, one for each member."""
    both: Counter[tuple[Hashable, Hashable]] = Counter(labels)
    found: Counter[Hashable] = Counter()
    true: Counter[Hashable] = Counter()
    for (cluster, event), count in both.items():
        found[cluster] += count
        true[event] += count
    hits, told, wanted = (_pairs(counts.values()) for counts in (both, found, true))
    return Score(hits / told if told else 1.0, hits / wanted if wanted else 1.0)


def _pairs(counts: Iterable[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)
