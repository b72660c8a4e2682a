"""Whose position a sentence gives, and which stance, by all that speaks for each.

Two small log-linear models over what the rules found and what stands around it: how likely each
side is to have a position on the matter, and which stance the side then has. The weights stand in
``weights.toml``; ``benchmarks/fit_positions.py`` makes them from labelled news. The stance that
the rules give a side has a bonus, so that it is overruled only where much speaks for another. The
confidence of a position is the likelihood of both.
"""

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import exp

from extractors.issues.evidence import Group, View, candidates, of_side, of_stance, view_of
from extractors.issues.holding import Position
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.types import Stance

STANCES = tuple(Stance)
# How much more likely, as a logarithm, the stance of the rules is.
_BONUS = 1.0
# A further side is likelier than not, or at least so likely where the rules saw a word for it.
_LIKELY, _LIKELY_SEEN = 0.5, 0.3
# Whoever wants a rule cut back is against the rule and for the change, and whoever defends his own
# is for it and against the change: of these two stances the second is told from so likely on.
_TWO_SIDED = frozenset((Stance.DEMANDS, Stance.OPPOSES))
_ALSO = 0.25
# However likely, it is told as a guess, which moves no position.
_GUESS = 0.49
# What is less likely is not told where the rules saw nobody's stance.
_FAINT = 0.25
# So many groups of evidence are kept with their weight; most sentences show one of a few hundred.
_KEPT = 4096

Weights = Mapping[str, Sequence[float]]


class Scale:
    """What evidence weighs for each of some classes; a group that comes again is weighed once."""

    def __init__(self, weights: Weights, classes: int) -> None:
        self.weights = weights
        self._nothing = (0.0,) * classes
        self._of_group = lru_cache(_KEPT)(self._weighed)

    def weigh(self, groups: Iterable[Group]) -> tuple[float, ...]:
        """The weights of all evidence together, one a class."""
        rows = [self._of_group(group) for group in groups]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else self._nothing

    def _weighed(self, group: Group) -> tuple[float, ...]:
        rows = [self.weights[name] for name in group if name in self.weights]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else self._nothing


def chosen(named: Named, given: Iterable[Position], setting: Setting) -> list[Position]:
    """The positions on *named* that are likeliest, with those that the rules have *given*."""
    view = view_of(named, given, setting)
    standing = candidates(view)
    told = likeliest(
        {side: of_side(side, view) for side in standing},
        lambda side: (view.given_to(side), of_stance(side, view)),
        scales(),
        seen=view.seen,
        silent=view.is_silent,
        measure=named.matter.is_measure,
    )
    if not told:
        return list(view.given.values())
    return [
        Position(named, stance, standing[side], sure, _rule(side, stance, view))
        for side, stance, sure in told
    ]


def _rule(side: str | None, stance: Stance, view: View) -> str:
    """The rule that gave a side this stance, or which one is outweighed."""
    given = view.given.get(side)
    if given is not None and given.stance is stance:
        return given.rule
    return f"outweighs {(given or next(iter(view.given.values()))).rule}"


def likeliest(
    sides: Mapping[str | None, Iterable[Group]],
    stance_of: Callable[[str | None], tuple[Stance | None, Iterable[Group]]],
    known: Mapping[str, Scale],
    *,
    seen: Collection[str | None],
    silent: bool,
    measure: bool,
) -> list[tuple[str | None, Stance, float]]:
    """The sides that have a position, each with its stance, or both, and how likely that is.

    *sides* holds the evidence for each, *stance_of* tells the stance of the rules and the evidence
    for its stance; for those *seen* the rules found a word. Where they are *silent* of a stance
    and nothing is likely enough to be told instead, there are none. On a *measure*, which is no
    rule that one may want changed, a side has one stance.
    """
    told = []
    for side, likely in likely_sides(sides, seen, known["sides"]).items():
        given, evidence = stance_of(side)
        shares = shares_of(known["stances"].weigh(evidence), given)
        first, *also = best(shares)
        told.append((side, first, likely * shares[first]))
        if side is not None and not measure:
            told += [(side, each, min(_GUESS, likely * shares[each])) for each in also]
    return [] if silent and all(sure < _FAINT for *_, sure in told) else told


def likely_sides(
    evidence: Mapping[str | None, Iterable[Group]], seen: Collection[str | None], known: Scale
) -> dict[str | None, float]:
    """The sides that have a position, by the *evidence* for each, with how likely that is.

    The likeliest always, be it nobody, and beside a side all others that are likely enough;
    for the stance of those *seen* the rules found a word.
    """
    likely = {side: 1 / (1 + exp(-known.weigh(found)[0])) for side, found in evidence.items()}
    first = max(likely, key=likely.__getitem__)
    if first is None:
        return {first: likely[first]}
    return {
        side: sure
        for side, sure in likely.items()
        if side == first
        or (side is not None and sure > (_LIKELY_SEEN if side in seen else _LIKELY))
    }


def shares_of(points: Sequence[float], given: Stance | None) -> dict[Stance, float]:
    """How likely each stance is by *points* in the order of ``STANCES``.

    *given* is the stance of the rules.
    """
    with_bonus = [
        score + (_BONUS if stance is given else 0.0)
        for stance, score in zip(STANCES, points, strict=True)
    ]
    most = max(with_bonus)
    odds = [exp(score - most) for score in with_bonus]
    total = sum(odds)
    return {stance: each / total for stance, each in zip(STANCES, odds, strict=True)}


def best(shares: Mapping[Stance, float]) -> list[Stance]:
    """The likeliest stance, and with it the one that it may imply."""
    first = max(shares, key=shares.__getitem__)
    also = [
        stance for stance in _TWO_SIDED - {first} if first in _TWO_SIDED and shares[stance] >= _ALSO
    ]
    return [first, *also]


@cache
def scales() -> Mapping[str, Scale]:
    """The package's scales: for a side, and for the stances of ``STANCES``."""
    source = files("extractors.issues").joinpath("weights.toml")
    return scales_of(tomllib.loads(source.read_text(encoding="utf-8")))


def scales_of(weights: Mapping[str, Weights]) -> Mapping[str, Scale]:
    """Scales for the weights of sides and of stances."""
    return {"sides": Scale(weights["sides"], 1), "stances": Scale(weights["stances"], len(STANCES))}
