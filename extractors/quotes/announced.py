"""Who speaks where no cue does: the one who stands before a colon or signs a quotation."""

from extractors.actors.lexicon import NAME, OTHER, Mention
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar
from extractors.quotes.pauses import DASHES
from extractors.quotes.preceding import phrase_before
from extractors.quotes.sharing import first_subject
from extractors.quotes.tokens import Token
from extractors.quotes.units import Unit

_AFTER_NAME = frozenset({",", "'s"})


def announcing(unit: Unit, index: int, rules: Grammar) -> Mention | None:
    """The speaker where no cue leads up to a quotation: who stands before a colon, or acts.

    "Roy: “We wait.”", "No deal yet - Ann Roy: “We wait.”", "Roy had one message: “We wait.”"
    """
    tokens = unit.tokens
    phrase = phrase_after(tokens, 0, rules)
    if phrase and phrase.last == index - 1 and phrase.mention.kind is not OTHER:
        return phrase.mention
    if tokens[index - 1].low != ":":
        return None
    beside = phrase_before(tokens, index - 2, rules)
    if beside and beside.mention.kind is NAME and tokens[beside.first - 1].low in DASHES:
        return beside.mention
    subject = first_subject(tokens, index - 1, rules)
    if subject is None or subject.mention.kind is OTHER:
        return None
    if subject.mention.kind is NAME and subject.last == 1:
        return subject.mention if _acts(tokens[1], rules) else None
    return subject.mention


def _acts(following: Token, rules: Grammar) -> bool:
    """Whether the word after a sentence's first shows that it is a name ("Roy was", not "Ever")."""
    low, lex = following.low, rules.lexicon
    return low in _AFTER_NAME or low in lex.finite or low in lex.auxiliaries


def signed(unit: Unit, index: int, rules: Grammar) -> Mention | None:
    """The name that stands after a quotation and a dash ("“We wait.” — Ann Roy")."""
    tokens = unit.tokens
    if index + 2 >= len(tokens) or tokens[index + 1].low not in DASHES:
        return None
    phrase = phrase_after(tokens, index + 2, rules)
    if phrase is None or not (
        phrase.mention.kind is NAME
        or all(t.capital or t.low in rules.links for t in tokens[phrase.first : phrase.last])
    ):
        return None
    closed = phrase.last >= len(tokens) or tokens[phrase.last].low in {",", ".", "("}
    return phrase.mention if closed else None
