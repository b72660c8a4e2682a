"""The terms of a pack are found as whole words, the longest first, and none hides another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.terms import Term, TermKind, TermMatcher, compile_terms
from extractors.text.folding import fold

FORMS = ("Buy American", "Buy American program", "test on steel", "steel", "U.S. steel", "ore")


@pytest.fixture(scope="module")
def matcher() -> TermMatcher:
    return compile_terms([Term(TermKind.ISSUE, form, form) for form in FORMS])


def words(text: str, matcher: TermMatcher) -> list[str]:
    return [hit.span.of(text) for hit in matcher.find(text, fold(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Buy American program of 1933", ["Buy American program"]),
        ("Buy American programs", ["Buy American"]),
        ("its greatest on steel", ["steel"]),
        ("a test on steel, then more", ["test on steel"]),
        ("protest on steel ore", ["steel", "ore"]),
        ("Buy American programs and U.S. steel", ["Buy American", "U.S. steel"]),
        ("more steelworks before", []),
    ],
)
def test_longest_term_of_whole_words_is_found(
    text: str, found: list[str], matcher: TermMatcher
) -> None:
    assert words(text, matcher) == found


@given(st.lists(st.sampled_from(["buy", "american", "program", "s", "test", "on", "steel", "pro"])))
def test_hits_are_whole_words_in_order(parts: list[str]) -> None:
    matcher = compile_terms([Term(TermKind.ISSUE, form, form) for form in FORMS])
    for text in (" ".join(parts), "".join(parts)):
        last = 0
        for hit in matcher.find(text, fold(text)):
            start, end = hit.span.start, hit.span.end
            assert start >= last
            assert not text[max(0, start - 1) : start].isalnum()
            assert not text[end : end + 1].isalnum()
            assert text[start:end] in {fold(form) for form in FORMS}
            last = end
