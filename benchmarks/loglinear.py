"""Fits log-linear weights: how much each piece of evidence speaks for each of some classes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

Weights = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Seen:
    """The evidence of one case, the number of its right class, and how much the case counts."""

    evidence: Mapping[str, float]
    right: int
    share: float = 1.0


def fit(cases: Sequence[Seen], classes: int, *, rounds: int, decay: float, fewest: int) -> Weights:
    """Weights by accelerated gradient descent on the likelihood, with a quadratic penalty.

    *decay* is the weight of the penalty; evidence of less than *fewest* cases has no weight.
    """
    times: dict[str, int] = {}
    for case in cases:
        for name in case.evidence:
            times[name] = times.get(name, 0) + 1
    names = sorted(name for name, number in times.items() if number >= fewest)
    now: Weights = {name: [0.0] * classes for name in names}
    pace: Weights = {name: [0.0] * classes for name in names}
    step = 1 / (decay + 0.25 * _largest(cases, names))
    for turn in range(rounds):
        share = turn / (turn + 3)
        ahead = {n: [w + share * p for w, p in zip(now[n], pace[n], strict=True)] for n in names}
        slope = {n: [decay * w for w in ahead[n]] for n in names}
        for case in cases:
            wrong = likelihoods(scores(case.evidence, ahead, classes))
            wrong[case.right] -= 1
            for name, value in case.evidence.items():
                row = slope.get(name)
                if row is not None:
                    much = value * case.share
                    for number, error in enumerate(wrong):
                        row[number] += error * much
        new = {n: [w - step * g for w, g in zip(ahead[n], slope[n], strict=True)] for n in names}
        pace = {n: [a - b for a, b in zip(new[n], now[n], strict=True)] for n in names}
        now = new
    return now


def _largest(cases: Sequence[Seen], names: Sequence[str]) -> float:
    """The largest eigenvalue of the evidence's second moments, by power iteration."""
    vector = dict.fromkeys(names, 1.0)
    size = 1.0
    for _ in range(30):
        image = dict.fromkeys(names, 0.0)
        for case in cases:
            known = [(n, v) for n, v in case.evidence.items() if n in vector]
            length = case.share * sum(vector[n] * v for n, v in known)
            for name, value in known:
                image[name] += length * value
        size = sum(v * v for v in image.values()) ** 0.5
        vector = {n: v / size for n, v in image.items()}
    return size


def scores(
    evidence: Mapping[str, float], weights: Mapping[str, Sequence[float]], classes: int
) -> list[float]:
    """What pieces of evidence together weigh for each class."""
    found = [0.0] * classes
    for name, value in evidence.items():
        for number, weight in enumerate(weights.get(name, ())):
            found[number] += weight * value
    return found


def likelihoods(points: Sequence[float]) -> list[float]:
    """How likely each class is by its score."""
    most = max(points)
    total = most + log(sum(exp(point - most) for point in points))
    return [exp(point - total) for point in points]


def save(path: Path, comment: Sequence[str], tables: Mapping[str, Weights]) -> None:
    """Write *tables* of weights as TOML under a *comment*, and say how many there are."""
    lines = [f"# {line}" for line in comment]
    for name, weights in tables.items():
        lines += ["", *_table(name, weights)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sum(map(len, tables.values()))} weights in {path.name}")


def _table(name: str, weights: Mapping[str, Sequence[float]]) -> list[str]:
    """The lines of a TOML table of weights."""
    return [
        f"[{name}]",
        *(
            f'"{key}" = [{", ".join(f"{weight:.3f}" for weight in row)}]'
            for key, row in sorted(weights.items())
        ),
    ]
