"""What the compiled words of deadlines take for granted of the languages' files."""

import re

import pytest

from extractors.languages import SUPPORTED, language_data


@pytest.mark.parametrize("lang", SUPPORTED)
def test_a_clause_break_begins_with_a_mark_or_a_blank(lang: str) -> None:
    breaks = language_data(lang, "deadlines")["clause_breaks"]
    opening = re.compile(r"[,;:—-]|\\[s.]|\[[,;:]+\]")
    assert [pattern for pattern in breaks if not opening.match(pattern)] == []
