"""Whose position it is, and which, where several things speak for one or another."""

import math

import pytest

from extractors.issues.choosing import STANCES, Scale, best, likely_sides, scales
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

    assert best(points(0.5), Stance.DEMANDS)[0] is Stance.DEMANDS
    assert best(points(2.0), Stance.DEMANDS)[0] is Stance.OPPOSES
    assert best(points(0.5), None)[0] is Stance.OPPOSES


def test_likelihoods_of_all_stances_make_one() -> None:
    _, sure = best([0.0] * len(STANCES), None)
    assert sure == pytest.approx(1 / len(STANCES))


def test_unknown_evidence_weighs_nothing() -> None:
    assert scales()["stances"].weigh([("never seen",)]) == (0.0,) * len(STANCES)


def test_each_weight_names_all_stances() -> None:
    assert {len(row) for row in scales()["sides"].weights.values()} == {1}
    assert {len(row) for row in scales()["stances"].weights.values()} == {len(STANCES)}
