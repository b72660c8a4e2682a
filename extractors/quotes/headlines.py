"""Headlines that give somebody's words and, after a colon, the name ("No habrá acuerdo: Roy")."""

from extractors.actors.lexicon import NAME
from extractors.quotes.following import phrase_after
from extractors.quotes.found import Found
from extractors.quotes.grammar import Grammar
from extractors.quotes.units import Unit
from extractors.types import QuoteKind

_SHORTEST, _LONGEST = 4, 30


def in_headline(number: int, unit: Unit, rules: Grammar) -> list[Found]:
    """The report that the first paragraph is, where the language's press writes so."""
    tokens = unit.tokens
    if not rules.lexicon.headline_names or unit.paragraph > 0:
        return []
    colons = [index for index in unit.notable if tokens[index].low == ":"]
    if len(colons) != 1:
        return []
    colon = colons[0]
    if not _SHORTEST <= colon <= _LONGEST or unit.quotes:
        return []
    phrase = phrase_after(tokens, colon + 1, rules)
    if phrase is None or phrase.last < len(tokens) or phrase.mention.kind is not NAME:
        return []
    span = tokens.span(0, colon)
    found = Found(number, [span], QuoteKind.INDIRECT, None, "headline", 0.6)
    found.mention = phrase.mention
    return [found]
