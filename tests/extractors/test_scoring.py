"""Counts of labels found, missed and wrong."""

from typing import Any

import pytest

from extractors.scoring import Score, score


def position(start: int, stance: str, party: str | None, **more: Any) -> dict[str, Any]:
    issue = more.pop("issue", "dairy")
    return {
        "start": start,
        "end": start + 5,
        "issue": issue,
        "stance": stance,
        "party": party,
    } | more


def scored(gold: list[dict[str, Any]], given: list[dict[str, Any]]) -> Score:
    result = Score()
    score("issues", gold, given, result)
    return result


def test_positions_of_two_parties_on_one_span_are_one_item() -> None:
    both = [position(3, "opposes", "CA"), position(3, "demands", "US")]
    result = scored(both, [position(3, "demands", "US")])
    assert (result.found, result.missed, result.wrong) == (1, 0, 0)
    assert (result.accuracy("stance"), result.accuracy("party")) == (1.0, 1.0)


def test_a_second_position_given_on_a_span_is_no_false_find() -> None:
    given = [position(3, "opposes", "CA"), position(3, "demands", "US")]
    assert scored([position(3, "opposes", "CA")], given).wrong == 0


def test_a_stance_that_no_label_of_the_span_has_is_wrong() -> None:
    both = [position(3, "opposes", "CA"), position(3, "demands", "US")]
    result = scored(both, [position(3, "concern", "MX")])
    assert (result.accuracy("stance"), result.accuracy("party")) == (0.0, 0.0)


def test_an_optional_position_beside_a_required_one_may_be_given_for_it() -> None:
    gold = [position(3, "opposes", "CA"), position(3, "demands", "CA", optional=True)]
    result = scored(gold, [position(3, "demands", "CA")])
    assert (result.found, result.accuracy("stance")) == (1, 1.0)


def test_a_span_of_optional_positions_alone_is_never_missed() -> None:
    gold = [position(3, "neutral", None, optional=True)]
    assert scored(gold, []).missed == 0


@pytest.mark.parametrize("turned", [False, True], ids=["same order", "other order"])
def test_two_issues_on_one_span_are_paired_each_with_its_own(turned: bool) -> None:
    gold = [position(3, "opposes", "CA"), position(3, "demands", "US", issue="labour")]
    given = gold[::-1] if turned else gold
    assert scored(gold, given).accuracy("issue") == 1.0


def test_a_party_that_the_label_gives_as_null_is_not_asked() -> None:
    assert "party" not in scored([position(3, "open", None)], [position(3, "open", "US")]).asked
