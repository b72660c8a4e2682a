"""Which quotations stand first in their sentence, told in one pass over it."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from extractors.quotes.grammar import grammar
from extractors.quotes.marks import find_stretches
from extractors.quotes.shapes import opens_unit
from extractors.quotes.tokens import QUOTE, Token
from extractors.quotes.units import FINAL, find_units
from extractors.reading import prepare, read
from extractors.types import Document

PIECES = ("“a” ", "“No.” ", "and ", ", ", "- ", "• ", "Roy said ", ". ", "(", "yet ")
KNOWLEDGE = prepare(())


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_only_what_leads_up_stands_before_an_opening_quotation(text: str) -> None:
    rules = grammar("en")
    reading = read(Document(text, None, "en"), KNOWLEDGE)
    stretches = find_stretches(text, reading.paragraphs)
    for unit in find_units(reading, reading.paragraphs, stretches, rules):
        for index in range(len(unit.tokens) + 1):
            assert opens_unit(unit, index, rules) == _leads_up(unit.tokens[:index])


def _leads_up(before: Sequence[Token]) -> bool:
    """Whether only quotations, marks and conjunctions stand after the last full stop."""
    conjunctions = grammar("en").lexicon.leading_conjunctions
    for token in reversed(before):
        if token.low in FINAL:
            return True
        if token.kind is not QUOTE and token.low not in {",", "-", "•", "(", *conjunctions}:
            return False
    return True
