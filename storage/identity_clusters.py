"""Partitions that depend on the set of pairs alone, not on the order in which they came."""

from collections.abc import Callable, Iterable, Mapping, Sequence

Cluster = frozenset[int]


def best_first(
    count: int,
    scores: Mapping[tuple[int, int], float],
    may_join: Callable[[Cluster, Cluster], bool],
) -> list[Cluster]:
    """Clusters of the numbers below *count*, joined along *scores*, best pairs first.

    Nodes are to be numbered in an order that everybody finds alike: it breaks ties.
    """
    home: dict[int, Cluster] = {node: frozenset((node,)) for node in range(count)}
    for one, other in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        a, b = home[one], home[other]
        if a is not b and may_join(a, b):
            joined = a | b
            for node in joined:
                home[node] = joined
    return distinct(home.values())


def attach(
    clusters: Sequence[Cluster],
    scores: Mapping[tuple[int, int], float],
    size: Callable[[int], int],
    may_join: Callable[[Cluster, Cluster], bool],
) -> list[Cluster]:
    """Let each cluster join the one larger cluster that it has the best pair with.

    Larger is what has a node of greater *size*; the largest choose first, so that a part of a
    part ends where its whole is, and none joins two clusters to each other.
    """
    home: dict[int, Cluster] = {node: cluster for cluster in clusters for node in cluster}

    def largest(cluster: Cluster) -> int:
        return max(size(node) for node in cluster)

    near = _neighbours(scores)
    for cluster in sorted(clusters, key=lambda c: (-largest(c), min(c))):
        fits = {
            (score, other)
            for node in cluster
            for other, score in near.get(node, ())
            if other not in cluster and largest(home[other]) > largest(cluster)
        }
        for _, other in sorted(fits, key=lambda fit: (-fit[0], fit[1])):
            if may_join(cluster, home[other]):
                joined = cluster | home[other]
                for node in joined:
                    home[node] = joined
                break
    return distinct(home.values())


def distinct(clusters: Iterable[Cluster]) -> list[Cluster]:
    """The different ones among *clusters*, by their first node."""
    return sorted(set(clusters), key=min)


def _neighbours(
    scores: Mapping[tuple[int, int], float],
) -> dict[int, list[tuple[int, float]]]:
    near: dict[int, list[tuple[int, float]]] = {}
    for (one, other), score in scores.items():
        near.setdefault(one, []).append((other, score))
        near.setdefault(other, []).append((one, score))
    return near
