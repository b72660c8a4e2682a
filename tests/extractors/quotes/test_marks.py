"""Which marks open and close, whatever their shape."""

from itertools import pairwise

import pytest

from extractors.quotes.marks import Stretch, find_stretches
from extractors.text.segments import paragraphs


def stretches(text: str) -> list[Stretch]:
    return find_stretches(text, list(paragraphs(text)))


def words(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.of(text) for part in stretch.parts) for stretch in stretches(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"We will wait," Roy said.', id="straight"),
        pytest.param("“We will wait,” Roy said.", id="curly"),
        pytest.param("''We will wait,'' Roy said.", id="two single ones"),
        pytest.param("``We will wait,'' Roy said.", id="TeX"),
        pytest.param("„We will wait,” Roy said.", id="low and high"),
        pytest.param("«We will wait,» Roy said.", id="guillemets"),
        pytest.param("« We will wait, » Roy said.", id="guillemets and blanks"),
        pytest.param("«\u00a0We will wait,\u00a0» Roy said.", id="guillemets, no-break space"),
        pytest.param("«\u202fWe will wait,\u202f» Roy said.", id="guillemets, narrow space"),
        pytest.param("‹We will wait,› Roy said.", id="single guillemets"),
        pytest.param("”We will wait,“ Roy said.", id="the wrong way round"),
        pytest.param('“We will wait," Roy said.', id="mixed shapes"),
        pytest.param("‘We will wait,’ Roy said.", id="single curly"),
        pytest.param("'We will wait,' Roy said.", id="single straight"),
    ],
)
def test_what_stands_between_marks_is_found(text: str) -> None:
    assert words(text) == [("We will wait,",)]


@pytest.mark.parametrize(
    "text",
    [
        "Canada's ministers' offer isn't final, the workers' union didn't say.",
        "l’accord d’aujourd’hui n’est qu’une étape",
        "rock ’n’ roll in the ’90s and '80s",
        "a 5'10\" player",
        "no marks at all",
        "",
    ],
)
def test_an_apostrophe_is_no_mark(text: str) -> None:
    assert words(text) == []


def test_single_marks_inside_double_ones_belong_to_the_quotation() -> None:
    text = "“He told us ‘not today’ and left,” Roy said."
    assert words(text) == [("He told us ‘not today’ and left,",)]


def test_a_quotation_inside_a_quotation_of_the_same_marks_is_part_of_it() -> None:
    assert words("«Il a dit «non» hier», dit Roy.") == [("Il a dit «non» hier",)]


def test_a_stretch_over_two_paragraphs_has_two_parts() -> None:
    text = "“We will wait.\n\n“We have time,” Roy said."
    assert words(text) == [("We will wait.", "We have time,")]


def test_french_paragraphs_may_go_on_with_a_closing_guillemet() -> None:
    text = "« Nous attendons.\n\n» Nous avons le temps », dit Roy."
    assert words(text) == [("Nous attendons.", "Nous avons le temps")]


def test_an_unclosed_stretch_ends_at_its_paragraph() -> None:
    text = "“We will wait, Roy said.\n\nTalks resume on Monday."
    found = stretches(text)
    assert words(text) == [("We will wait, Roy said.",)]
    assert not found[0].closed


def test_an_unclosed_stretch_gives_way_to_the_next_one() -> None:
    text = 'He said "We will wait. Talks went on. "We have time," Roy said.'
    assert words(text)[-1] == ("We have time,",)


def test_a_closing_mark_without_an_opening_one_is_nothing() -> None:
    assert words('We will wait," Roy said.') == []


def test_marks_never_pair_across_paragraphs() -> None:
    text = 'The 5" pipe.\n\nRoy said "no" to it.'
    assert words(text) == [("no",)]


@pytest.mark.parametrize("unit", ['"', '" ', "“", "’ ", "« ", '"a', "'a ", '"\n'])
def test_many_marks_are_paired_in_order(unit: str) -> None:
    text = unit * 100_000
    found = [stretch.outer for stretch in stretches(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
