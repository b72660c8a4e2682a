"""English: words of time, place and medium between a verb of saying and its clause.

"Said on Monday it had filed a complaint", "said in a statement the duties would start": the clause
begins where a subject does that no preposition or article governs.
"""

from extractors.quotes.grammar import Grammar
from extractors.quotes.tokens import NUMBER, Token, Tokens

_REACH = 14  # tokens of such words


def past_circumstances(tokens: Tokens, at: int, end: int, rules: Grammar) -> int:
    """The first token of the clause after such words at *at*; *at* where there are none."""
    lex = rules.lexicon
    start = at + 1 if tokens[at].low in lex.before_settings else at
    if start >= end or tokens[start].low not in rules.prepositions:
        return at
    if tokens[start].low in lex.infinitive_markers:
        return at
    told = False
    for index in range(start + 1, min(end, start + _REACH)):
        token, before = tokens[index], tokens[index - 1]
        if not token.is_word:
            return at
        if told and _opens_clause(token, before, rules):
            return index
        told = told or _tells_where(token, rules)
    return at


def _tells_where(token: Token, rules: Grammar) -> bool:
    """Whether a word says when, where or in what something was said."""
    return token.kind is NUMBER or token.capital or token.low in rules.when_or_where


def _opens_clause(token: Token, before: Token, rules: Grammar) -> bool:
    """Whether a word after *before* begins a subject of its own."""
    lex = rules.lexicon
    if before.low in rules.prepositions or before.low in lex.determiners:
        return False
    if before.low in lex.conjunctions or token.low in rules.prepositions:
        return False
    if token.low in lex.clause_pronouns or token.low in lex.determiners:
        return True
    closed = before.low in lex.days or (not before.capital and before.low in lex.settings)
    return closed and token.capital and token.low not in lex.days
