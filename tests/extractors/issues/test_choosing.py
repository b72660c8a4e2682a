"""Whose position it is, and which, where several things speak for one or another."""

import math

import pytest

from extractors.issues.choosing import (
    STANCES,
    Scale,
    best,
    likeliest,
    likely_sides,
    scales,
    shares_of,
)
from extractors.types import Stance

KNOWN = Scale({"x": [2.0], "y": [-2.0], "z": [0.3], "half": [-0.5]}, 1)


def test_likeliest_side_is_always_told() -> None:
    assert list(likely_sides({None: [("y",)], "CA": [("y", "z")]}, (), KNOWN)) == ["CA"]


def test_nobody_stands_alone() -> None:
    assert list(likely_sides({None: [("x",), ("z",)], "CA": [("x",)]}, (), KNOWN)) == [None]


def test_further_side_is_told_where_it_is_likely() -> None:
    likely = likely_sides(
        {None: [("y",)], "CA": [("x",)], "US": [("z",)], "MX": [("y",)]}, (), KNOWN
    )
    assert set(likely) == {"CA", "US"}
    assert likely["CA"] == pytest.approx(1 / (1 + math.exp(-2)))


def test_side_with_a_word_for_its_stance_needs_less() -> None:
    evidence = {None: [("y",)], "CA": [("x",)], "US": [("half",)]}
    assert set(likely_sides(evidence, (), KNOWN)) == {"CA"}
    assert set(likely_sides(evidence, {"US"}, KNOWN)) == {"CA", "US"}


def test_stance_of_the_rules_is_overruled_only_by_much() -> None:
    def points(much: float) -> list[float]:
        return [much if stance is Stance.OPPOSES else 0.0 for stance in STANCES]

    def first(much: float, given: Stance | None) -> Stance:
        return best(shares_of(points(much), given))[0]

    assert first(0.5, Stance.DEMANDS) is Stance.DEMANDS
    assert first(2.0, Stance.DEMANDS) is Stance.OPPOSES
    assert first(0.5, None) is Stance.OPPOSES


def test_likelihoods_of_all_stances_make_one() -> None:
    shares = shares_of([0.0] * len(STANCES), None)
    assert shares == pytest.approx(dict.fromkeys(STANCES, 1 / len(STANCES)))


def test_who_wants_a_rule_changed_may_be_told_both_against_it_and_for_the_change() -> None:
    others = (1 - 0.7) / (len(STANCES) - 2)
    near = dict.fromkeys(STANCES, others) | {Stance.OPPOSES: 0.4, Stance.DEMANDS: 0.3}
    assert best(near) == [Stance.OPPOSES, Stance.DEMANDS]
    assert best(near | {Stance.OPPOSES: 0.6, Stance.DEMANDS: 0.1}) == [Stance.OPPOSES]


def test_second_stance_is_told_as_a_guess() -> None:
    row = [5.0 if stance in (Stance.DEMANDS, Stance.OPPOSES) else 0.0 for stance in STANCES]
    known = {"sides": Scale({"x": [9.0]}, 1), "stances": Scale({"x": row}, len(STANCES))}

    def told(measure: bool) -> list[tuple[str | None, Stance, float]]:
        return likeliest(
            {"US": [("x",)]},
            lambda _: (Stance.OPPOSES, [("x",)]),
            known,
            seen=(),
            silent=False,
            measure=measure,
        )

    (_, first, sure), (_, second, guess) = told(measure=False)
    assert (first, second) == (Stance.OPPOSES, Stance.DEMANDS)
    assert sure > 0.5 > guess > 0
    assert [stance for _, stance, _ in told(measure=True)] == [Stance.OPPOSES]


def test_of_other_stances_only_the_likeliest_is_told() -> None:
    near = dict.fromkeys(STANCES, 0.05) | {Stance.CONCERN: 0.4, Stance.OPPOSES: 0.35}
    assert best(near) == [Stance.CONCERN]


def test_unknown_evidence_weighs_nothing() -> None:
    assert scales()["stances"].weigh([("never seen",)]) == (0.0,) * len(STANCES)


def test_each_weight_names_all_stances() -> None:
    assert {len(row) for row in scales()["sides"].weights.values()} == {1}
    assert {len(row) for row in scales()["stances"].weights.values()} == {len(STANCES)}
