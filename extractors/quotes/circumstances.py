"""English: words of time, place and medium between a verb of saying and its clause.

"Said on Monday it had filed a complaint", "said in a statement the duties would start": the clause
begins where a subject does that no preposition or article governs.
"""

from collections.abc import Sequence

from extractors.quotes.grammar import Grammar, is_word
from extractors.quotes.tokens import NUMBER, Token

_REACH = 14  # tokens of such words


def past_circumstances(tokens: Sequence[Token], at: int, end: int, rules: Grammar) -> int:
    """The first token of the clause after such words at *at*; *at* where there are none."""
    lex = rules.lexicon
    start = at + 1 if lex.is_a(tokens[at].low, "before_settings") else at
    if start >= end or not rules.is_preposition(tokens[start].low):
        return at
    if lex.is_a(tokens[start].low, "infinitive_markers"):
        return at
    told = False
    for index in range(start + 1, min(end, start + _REACH)):
        token, before = tokens[index], tokens[index - 1]
        if not is_word(token):
            return at
        if told and _opens_clause(token, before, rules):
            return index
        told = told or _tells_where(token, rules)
    return at


def _tells_where(token: Token, rules: Grammar) -> bool:
    """Whether a word says when, where or in what something was said."""
    lex = rules.lexicon
    return (
        token.kind is NUMBER
        or token.capital
        or any(lex.is_a(token.low, kind) for kind in ("settings", "days", "time_nouns"))
    )


def _opens_clause(token: Token, before: Token, rules: Grammar) -> bool:
    """Whether a word after *before* begins a subject of its own."""
    lex = rules.lexicon
    if rules.is_preposition(before.low) or lex.is_a(before.low, "determiners"):
        return False
    if lex.is_a(before.low, "conjunctions") or rules.is_preposition(token.low):
        return False
    if lex.is_a(token.low, "clause_pronouns") or lex.is_a(token.low, "determiners"):
        return True
    closed = lex.is_a(before.low, "days") or (
        not before.capital and lex.is_a(before.low, "settings")
    )
    return closed and token.capital and not lex.is_a(token.low, "days")
