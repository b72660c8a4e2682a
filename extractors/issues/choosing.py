"""Whose position a sentence gives, and which stance, by all that speaks for each.

Two small log-linear models over what the rules found and what stands around it: how likely each
side is to have a position on the matter, and which stance the side then has. The weights stand in
``weights.toml``; ``benchmarks/fit_positions.py`` makes them from labelled news. The stance that
the rules give a side has a bonus, so that it is overruled only where much speaks for another. The
confidence of a position is the likelihood of both.
"""

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp

from extractors.issues.evidence import View, candidates, of_side, of_stance, view_of
from extractors.issues.holding import Position
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.types import Stance

STANCES = tuple(Stance)
# How much more likely, as a logarithm, the stance of the rules is.
_BONUS = 1.0
# A further side is likelier than not, or at least so likely where the rules saw a word for it.
_LIKELY, _LIKELY_SEEN = 0.5, 0.3
# What is less likely is not told where the rules saw nobody's stance.
_FAINT = 0.25

Weights = Mapping[str, Sequence[float]]


def chosen(named: Named, given: Iterable[Position], setting: Setting) -> list[Position]:
    """The positions on *named* that are likeliest, with those that the rules have *given*."""
    view = view_of(named, given, setting)
    standing = candidates(view)
    told = likeliest(
        {side: of_side(side, view) for side in standing},
        lambda side: (view.given_to(side), of_stance(side, view)),
        weights(),
        seen=view.seen,
        silent=view.is_silent,
    )
    if not told:
        return list(view.given.values())
    return [
        Position(named, stance, standing[side], sure, _rule(side, stance, view))
        for side, (stance, sure) in told.items()
    ]


def _rule(side: str | None, stance: Stance, view: View) -> str:
    """The rule that gave a side this stance, or which one is outweighed."""
    given = view.given.get(side)
    if given is not None and given.stance is stance:
        return given.rule
    return f"outweighs {(given or next(iter(view.given.values()))).rule}"


def likeliest(
    sides: Mapping[str | None, Iterable[str]],
    stance_of: Callable[[str | None], tuple[Stance | None, Iterable[str]]],
    known: Mapping[str, Weights],
    *,
    seen: Collection[str | None],
    silent: bool,
) -> dict[str | None, tuple[Stance, float]]:
    """The sides that have a position with its stance, and how likely both are.

    *sides* holds the evidence for each, *stance_of* tells the stance of the rules and the evidence
    for its stance; for those *seen* the rules found a word. Where they are *silent* of a stance
    and nothing is likely enough to be told instead, there are none.
    """
    told = {}
    for side, likely in likely_sides(sides, seen, known["sides"]).items():
        given, evidence = stance_of(side)
        stance, share = best(scores(evidence, known["stances"]), given)
        told[side] = stance, likely * share
    return {} if silent and all(sure < _FAINT for _, sure in told.values()) else told


def likely_sides(
    evidence: Mapping[str | None, Iterable[str]], seen: Collection[str | None], known: Weights
) -> dict[str | None, float]:
    """The sides that have a position, by the *evidence* for each, with how likely that is.

    The likeliest always, be it nobody, and beside a side all others that are likely enough;
    for the stance of those *seen* the rules found a word.
    """
    likely = {side: _likelihood(found, known) for side, found in evidence.items()}
    first = max(likely, key=lambda side: likely[side])
    if first is None:
        return {first: likely[first]}
    return {
        side: sure
        for side, sure in likely.items()
        if side == first
        or (side is not None and sure > (_LIKELY_SEEN if side in seen else _LIKELY))
    }


def best(points: Sequence[float], given: Stance | None) -> tuple[Stance, float]:
    """The likeliest stance by *points* in the order of ``STANCES``, and how likely it is.

    *given* is the stance of the rules.
    """
    with_bonus = [
        score + (_BONUS if stance is given else 0.0)
        for stance, score in zip(STANCES, points, strict=True)
    ]
    most = max(with_bonus)
    share = 1 / sum(exp(score - most) for score in with_bonus)
    return STANCES[with_bonus.index(most)], share


def scores(evidence: Iterable[str], known: Weights) -> list[float]:
    """What pieces of evidence together weigh for each stance."""
    rows = [known[name] for name in evidence if name in known]
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(STANCES)


def _likelihood(evidence: Iterable[str], known: Weights) -> float:
    points = 0.0
    for name in evidence:
        for weight in known.get(name, ()):
            points += weight
    return 1 / (1 + exp(-points))


@cache
def weights() -> Mapping[str, Weights]:
    """What each piece of evidence weighs: for a side, and for the stances of ``STANCES``."""
    source = files("extractors.issues").joinpath("weights.toml")
    table: Mapping[str, Weights] = tomllib.loads(source.read_text(encoding="utf-8"))
    return table
