"""Whose position a sentence gives, and which stance, by all that speaks for each.

Two small log-linear models over what the rules found and what stands around it: how likely each
side is to have a position on the matter, and which stance the side then has. The weights stand in
``weights.toml``; ``benchmarks/fit_positions.py`` makes them from labelled news. The stance that
the rules give a side has a bonus, so that it is overruled only where much speaks for another. The
confidence of a position is the likelihood of both.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp

from extractors.issues.evidence import SEEN, View, candidates, of_side, of_stance, view_of
from extractors.issues.holders import Holder
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
    by_side = {each.holder.party if each.holder else None: each for each in given}
    view = view_of(named, by_side, setting)
    known, standing = weights(), candidates(view)
    likely = likely_sides(
        {side: of_side(side, view) for side in standing},
        {side for side, each in by_side.items() if each.confidence > SEEN},
        known["sides"],
    )
    found = [
        _position(side, standing[side], sure, view, known["stances"])
        for side, sure in likely.items()
    ]
    silent = all(each.stance is Stance.NEUTRAL for each in by_side.values())
    faint = is_faint((each.confidence for each in found), silent=silent)
    return list(by_side.values()) if faint else found


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


def is_faint(likely: Iterable[float], *, silent: bool) -> bool:
    """Whether positions are too unlikely to be told where the rules are *silent* of a stance."""
    return silent and all(sure < _FAINT for sure in likely)


def _position(
    side: str | None, holder: Holder | None, likely: float, view: View, known: Weights
) -> Position:
    """The likeliest stance of a side, under the rule that gave it or what it outweighs."""
    given = view.given.get(side)
    stance, sure = best(scores(of_stance(side, view), known), view.given_to(side))
    if given is not None and given.stance is stance:
        rule = given.rule
    else:
        rule = f"outweighs {(given or next(iter(view.given.values()))).rule}"
    return Position(view.named, stance, holder, likely * sure, rule)


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
