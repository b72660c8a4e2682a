"""The statements of a unit: quotations first, then what is reported without marks."""

from collections.abc import Sequence

from extractors.quotes.found import Found
from extractors.quotes.grammar import Grammar
from extractors.quotes.headlines import in_headline
from extractors.quotes.marks import Stretch
from extractors.quotes.quoted import quoted
from extractors.quotes.reported import reported
from extractors.quotes.stated import stated
from extractors.quotes.units import Unit


def in_unit(
    text: str, number: int, unit: Unit, stretches: Sequence[Stretch], rules: Grammar
) -> list[Found]:
    """The statements of one unit, in the order of the text."""
    found = quoted(text, number, unit, stretches, rules) if unit.quotes else []
    if unit.cues and not found:
        found = reported(number, unit, rules, frozenset(), frozenset())
    elif unit.cues:
        taken = {id(item.cue) for item in found if item.cue}
        kept = {index for item in found if not item.title for index in item.stretches}
        quotes = {index for index in unit.quotes if unit.tokens[index].stretch in kept}
        found.extend(reported(number, unit, rules, taken, quotes))
    if not found:
        return in_headline(number, unit, rules) or stated(number, unit, rules)
    return sorted(found, key=lambda item: item.spans[0]) if len(found) > 1 else found
