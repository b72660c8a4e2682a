"""What somebody states after a colon, told by how it is said ("Roy was blunt: it is over")."""

from extractors.actors.lexicon import OTHER
from extractors.quotes.found import Found
from extractors.quotes.grammar import Grammar
from extractors.quotes.sharing import first_subject
from extractors.quotes.units import Unit
from extractors.types import QuoteKind

_SHORTEST = 4  # tokens of what is stated


def stated(number: int, unit: Unit, rules: Grammar) -> list[Found]:
    """The clause after a colon before which a word says in what manner it was put."""
    tokens, lex = unit.tokens, rules.lexicon
    colon = next((index for index in unit.notable if tokens[index].low == ":"), 0)
    last = len(tokens) - 1 if tokens[-1].low == "." else len(tokens)
    if colon < 2 or last - colon <= _SHORTEST or tokens[colon - 1].low not in lex.manners:
        return []
    if unit.quotes:
        return []
    subject = first_subject(tokens, colon - 1, rules)
    if subject is None or subject.mention.kind is OTHER:
        return []
    span = tokens.span(colon + 1, last)
    found = Found(number, [span], QuoteKind.INDIRECT, None, "stated", 0.6)
    found.mention = subject.mention
    return [found]
