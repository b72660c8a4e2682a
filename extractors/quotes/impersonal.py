"""Reports that do not say whose they are ("It was announced that", "Se dijo que")."""

from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import PARTICIPLE, REPORT, CueWord
from extractors.quotes.tokens import WORD, Tokens, has_a


def is_impersonal(tokens: Tokens, first: int, index: int, word: CueWord, rules: Grammar) -> bool:
    """Whether the verb group ``[first, index]`` says that somebody said it, and not who."""
    return is_reflexive(tokens, first, index, word, rules) or is_said(
        tokens, first, index, word, rules
    )


def is_reflexive(tokens: Tokens, first: int, index: int, word: CueWord, rules: Grammar) -> bool:
    """Whether a reflexive pronoun stands for whoever said it ("Se anunció hoy que")."""
    lex = rules.lexicon
    if word.reflexive or first == index or not lex.reflexives:
        return False
    before = tokens[first - 1] if first else None
    if before and before.kind is WORD and before.low not in lex.conjunctions:
        return False
    reflexive = has_a(tokens[first:index], lex.reflexives)
    return reflexive and _reports_clause(tokens, index, word, rules)


def is_said(tokens: Tokens, first: int, index: int, word: CueWord, rules: Grammar) -> bool:
    """Whether an expletive pronoun stands before a passive ("Il a été annoncé que")."""
    lex = rules.lexicon
    if not first or tokens[first - 1].low not in lex.expletives:
        return False
    words = tokens[first:index]
    passive = any(t.low in lex.passives or t.low in lex.being for t in words)
    helping = all(
        token.low in lex.passives
        or token.low in lex.auxiliaries
        or token.low in lex.being
        or (lex.is_adverb(token.low) and token.low not in lex.negations)
        for token in words
    )
    participle = PARTICIPLE in word.forms
    return passive and helping and participle and _reports_clause(tokens, index, word, rules)


def _reports_clause(tokens: Tokens, index: int, word: CueWord, rules: Grammar) -> bool:
    """Whether "that" follows a verb of reporting, words of time between left out."""
    lex, at = rules.lexicon, index + 1
    while at < len(tokens) and (lex.is_adverb(tokens[at].low) or tokens[at].low in lex.days):
        at += 1
    clause = at < len(tokens) and tokens[at].low in lex.distant_complementisers
    return clause and REPORT in word.frames
