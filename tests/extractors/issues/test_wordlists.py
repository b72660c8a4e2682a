"""Word lists find what each of their expressions finds, as whole words."""

import pytest

from extractors.issues.wordlists import WordLists
from extractors.types import Span

LISTS = WordLists(
    {
        "wish": ["want(?:s|ed)?", "ask(?:s|ed)? for"],
        "link": ["s'oppose", "d'", "'ll"],
        "either": ["red lines?|no way", "(?:far|wide) apart"],
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("she wanted it", {("wish", "wanted")}),
        ("unwanted", set()),
        ("not-wanted", set()),
        ("they asked for it", {("wish", "asked for")}),
        ("il s'oppose", {("link", "s'oppose")}),
        ("no way", {("either", "no way")}),
        ("no way, no", {("either", "no way")}),
        ("no ways", set()),
        ("no way-out", set()),
        ("d'un", {("link", "d'")}),
        ("a red line", {("either", "red line")}),
        ("far apart", {("either", "far apart")}),
    ],
)
def test_words_are_found_whole(text: str, found: set[tuple[str, str]]) -> None:
    assert {(tag, s.of(text)) for tag, s in LISTS.find(text, Span(0, len(text)))} == found


def test_only_the_part_asked_for_is_searched() -> None:
    text = "wants and wants"
    assert [span.start for _, span in LISTS.find(text, Span(5, len(text)))] == [10]


def test_phrase_is_found_before_its_verb_however_that_is_written() -> None:
    lists = WordLists(
        {"verb": ["accus(?:ait|aient|era|eront|erait|ant|er|ee?s?)", "accus(?:e|ent) le coup"]}
    )
    assert [place for _, place in lists.find("il accuse le coup", Span(0, 17))] == [Span(3, 17)]


def test_words_that_must_follow_make_no_phrase() -> None:
    lists = WordLists({"verb": ["wants(?= a new and better deal)", "wants a"]})
    assert [place for _, place in lists.find("wants a new", Span(0, 11))] == [Span(0, 7)]
