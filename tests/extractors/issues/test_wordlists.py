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
