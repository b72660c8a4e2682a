"""What the compiled words of deadlines take for granted of the languages' files."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.deadlines.lexicon import in_small_letters, lexicon
from extractors.languages import SUPPORTED, language_data


@pytest.mark.parametrize("lang", SUPPORTED)
def test_a_clause_break_begins_with_a_mark_or_a_blank(lang: str) -> None:
    breaks = language_data(lang, "deadlines")["clause_breaks"]
    opening = re.compile(r"[,;:—-]|\\[s.]|\[[,;:]+\]")
    assert [pattern for pattern in breaks if not opening.match(pattern)] == []


@given(text=st.text())
def test_small_letters_move_no_place(text: str) -> None:
    assert len(in_small_letters(text)) == len(text)


def test_a_capital_that_would_grow_is_left_as_it_is() -> None:
    assert in_small_letters("DÉCIDÉ") == "décidé"
    assert in_small_letters("İLE") == "İLE"


@pytest.mark.parametrize("lang", SUPPORTED)
@given(words=st.lists(st.sampled_from(["or", "face", "set", "fixe", "effort", "impuso", "plan"])))
def test_a_rare_pattern_matches_where_it_would_alone(lang: str, words: list[str]) -> None:
    text, lex = " ".join(words), lexicon(lang)
    for rare in (lex.consequence, lex.set_verb, lex.effort, lex.exclusive, lex.instead_before):
        alone = [match.span() for match in rare.pattern.finditer(text)]
        assert [match.span() for match in rare.finditer(text)] == alone
        assert (rare.search(text) is not None) == bool(alone)
