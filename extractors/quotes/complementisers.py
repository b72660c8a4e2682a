"""Where the "that" of a cue stands, words of time, place and addressee between them or not."""

from collections.abc import Sequence

from extractors.quotes.grammar import Grammar
from extractors.quotes.tokens import NUMBER, QUOTE, Token, Tokens, has_a

_REACH = 16  # tokens from a cue to its "that"
_SHORT_GAP = 4
_ADDRESSED = 9  # tokens of whom one speaks to
_ASIDE = 12  # tokens between commas that part a cue from its "that"


def complementiser(tokens: Tokens, at: int, end: int, rules: Grammar) -> int | None:
    """Where "that" stands, at once or past words of time and place."""
    lex = rules.lexicon
    for index in range(at, min(end, at + _REACH)):
        token = tokens[index]
        if token.low not in rules.clause_openers:
            continue
        if token.low in lex.question_words:
            stop = index - 1 if tokens[index - 1].low in rules.prepositions else index
            gap = tokens[at:stop]
            return index if not gap or _is_told_whom(gap, rules) else None
        if token.low in lex.complementisers:
            return index if _may_be_distant(tokens[at:index], token, rules) else None
        named = token.kind is QUOTE and index + 1 < end and index > at
        if named and tokens[index + 1].low in lex.distant_complementisers:
            continue  # the name of a paper ("dijo al diario “El Día” que")
        if token.kind is QUOTE or token.low in {";", ":"}:
            return None
    return None


def _is_told_whom(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether a few words between a verb and its question say only to whom or where it was put."""
    if len(gap) > _SHORT_GAP:
        return False
    return all(rules.lexicon.is_adverb(token.low) for token in gap) or _is_setting(gap, rules)


def _may_be_distant(gap: Sequence[Token], marker: Token, rules: Grammar) -> bool:
    """Whether what stands between a cue and "that" lets it be the cue's."""
    lex = rules.lexicon
    if compares(gap, rules):
        return False
    if all(
        token.low == ","
        or token.low in lex.days
        or lex.is_adverb(token.low)
        or token.low in lex.cue_prepositions
        for token in gap
    ):
        return True
    distant = marker.low in lex.distant_complementisers
    if lex.fixed_order and distant and len(gap) < _SHORT_GAP and all(t.capital for t in gap):
        return True  # "warned Roy that"
    commas = [index for index, token in enumerate(gap) if token.low == ","]
    if commas:
        return _is_parted(gap, commas, distant, rules)
    if not distant or (lex.fixed_order and _opens_clause(gap[0], gap[1:2], rules)):
        return False
    return _says_where(gap, rules)


def _is_parted(gap: Sequence[Token], commas: list[int], distant: bool, rules: Grammar) -> bool:
    """Whether an aside between commas parts a cue from its "that"."""
    if commas[-1] < len(gap) - 1:
        return False
    pair = len(commas) == 2
    if commas[0] == 0:
        return distant or (pair and len(gap) <= _ASIDE)
    where = gap[: commas[0]]
    if pair and distant and all(_is_when(token, rules) for token in where):
        return True
    if not (pair and distant and rules.lexicon.fixed_order):
        return False
    return not _opens_clause(gap[0], gap[1:2], rules) and _is_setting(where, rules)


def _is_when(token: Token, rules: Grammar) -> bool:
    """Whether a word says when or how."""
    return rules.lexicon.is_adverb(token.low) or token.low in rules.lexicon.days


def _says_where(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether words without a comma between a cue and "that" say where or to whom it was said."""
    lex, last = rules.lexicon, gap[-1]
    if last.low in lex.not_before_that or last.low in lex.determiners:
        return False
    if last.low in lex.cue_prepositions and not lex.fixed_order:
        whom = [token for token in gap if token.low not in lex.days]
        return len(whom) <= _ADDRESSED and whom[0].low in lex.address_prepositions
    told = (
        lex.fixed_order
        or len(gap) <= _SHORT_GAP
        or last.capital
        or last.kind is NUMBER
        or last.kind is QUOTE
        or last.low in lex.settings
        or last.low in lex.audiences
    )
    return told and _is_setting(gap, rules)


def compares(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether "that" is "than" ("más interés que"); not after words of time ("plus tôt que")."""
    lex = rules.lexicon
    return any(
        token.low in lex.comparatives
        and not any(lex.is_adverb(following.low) for following in gap[index + 1 : index + 2])
        for index, token in enumerate(gap)
    )


def _opens_clause(first: Token, after: Sequence[Token], rules: Grammar) -> bool:
    """Whether a word after a verb of saying begins its clause: a pronoun, or "to" and a verb."""
    lex = rules.lexicon
    if first.low in lex.infinitive_markers:
        return not any(t.capital or t.low in lex.determiners for t in after)
    return first.low in lex.clause_pronouns


def _is_setting(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether words say where, when or to whom something was said."""
    lex = rules.lexicon
    return gap[0].low in lex.setting_prepositions or has_a(gap, lex.settings)
