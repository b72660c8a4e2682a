"""Reports that do not say whose they are ("It was announced that", "Se dijo que")."""

from collections.abc import Sequence

from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import CueWord, Form, Frame
from extractors.quotes.tokens import WORD, Token


def is_impersonal(
    tokens: Sequence[Token], first: int, index: int, word: CueWord, rules: Grammar
) -> bool:
    """Whether the verb group ``[first, index]`` says that somebody said it, and not who."""
    return is_reflexive(tokens, first, index, word, rules) or is_said(
        tokens, first, index, word, rules
    )


def is_reflexive(
    tokens: Sequence[Token], first: int, index: int, word: CueWord, rules: Grammar
) -> bool:
    """Whether a reflexive pronoun stands for whoever said it ("Se anunció hoy que")."""
    lex = rules.lexicon
    if word.reflexive:
        return False
    before = tokens[first - 1] if first else None
    if before and before.kind is WORD and not lex.is_a(before.low, "conjunctions"):
        return False
    reflexive = any(lex.is_a(token.low, "reflexives") for token in tokens[first:index])
    return reflexive and _reports_clause(tokens, index, word, rules)


def is_said(tokens: Sequence[Token], first: int, index: int, word: CueWord, rules: Grammar) -> bool:
    """Whether an expletive pronoun stands before a passive ("Il a été annoncé que")."""
    lex = rules.lexicon
    if not first or not lex.is_a(tokens[first - 1].low, "expletives"):
        return False
    words = tokens[first:index]
    passive = any(lex.is_a(t.low, "passives") or lex.is_a(t.low, "being") for t in words)
    helping = all(
        lex.is_a(token.low, "passives")
        or lex.is_a(token.low, "auxiliaries")
        or lex.is_a(token.low, "being")
        or (lex.is_adverb(token.low) and not lex.is_a(token.low, "negations"))
        for token in words
    )
    participle = Form.PARTICIPLE in word.forms
    return passive and helping and participle and _reports_clause(tokens, index, word, rules)


def _reports_clause(tokens: Sequence[Token], index: int, word: CueWord, rules: Grammar) -> bool:
    """Whether "that" follows a verb of reporting, words of time between left out."""
    lex, at = rules.lexicon, index + 1
    while at < len(tokens) and (lex.is_adverb(tokens[at].low) or lex.is_a(tokens[at].low, "days")):
        at += 1
    clause = at < len(tokens) and lex.is_a(tokens[at].low, "distant_complementisers")
    return clause and Frame.REPORT in word.frames
