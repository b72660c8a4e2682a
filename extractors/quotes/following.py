"""The noun phrase that begins at a token: the subject after its verb, an apposition."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.actors.lexicon import NAME, ROLE
from extractors.quotes.grammar import (
    Grammar,
    Phrase,
    name,
    nominal,
    pronoun,
    role_and_name,
)
from extractors.quotes.tokens import WORD, Token
from extractors.types import Span

_LONGEST = 18
_CLOSING = frozenset({",", ".", ";", ")", "—", "–", "!", "?", ""})


def phrase_after(tokens: Sequence[Token], index: int, rules: Grammar) -> Phrase | None:
    """The noun phrase that begins at *index*, or None."""
    if index >= len(tokens) or not tokens[index].is_word:
        return None
    low, lex = tokens[index].low, rules.lexicon
    if low in rules.pronouns_after:
        alone = index + 1 >= len(tokens) or tokens[index + 1].kind is not WORD
        if alone or low not in lex.determiners:  # "her", not "her counterpart"
            return pronoun(tokens, index)
    start = past_titles(tokens, index, rules) if low in rules.before_names else index
    if tokens[start].capital and rules.is_name(tokens, start):
        named = _name_from(tokens, index, start, rules)
        if named:
            return named
    if (
        low in rules.before_phrases
        or (lex.is_infinitive(low) and low not in rules.roles)
        or lex.is_gerund(low)
    ):
        return None
    found_nominal = noun_after(tokens, index, rules)
    if (
        found_nominal
        and found_nominal.mention.kind is not NAME
        and rules.is_time(tokens, index, found_nominal.last)
    ):
        return None
    return found_nominal


def _name_from(tokens: Sequence[Token], first: int, start: int, rules: Grammar) -> Phrase | None:
    """The name at *start*, with what stands before it as its role; None if it is part of a role."""
    end = rules.run_end(tokens, start)
    if end - start > 1:
        start = rules.person_in_run(tokens, start, end)
    if end < len(tokens) and _modifies_role(tokens, end, rules):
        return None
    role = Span(tokens[first].start, tokens[start - 1].end) if start > first else None
    found = Phrase(name(tokens, start, end, role), first, end)
    return found if role else _with_apposition(tokens, found, rules)


def past_titles(tokens: Sequence[Token], index: int, rules: Grammar) -> int:
    """The first token at or after *index* that is no title ("former Rep. Ann Roy")."""
    if index >= len(tokens) or tokens[index].low not in rules.before_names:
        return index
    former = tokens[index].low in rules.lexicon.title_modifiers
    if former and index + 2 < len(tokens) and rules.is_title(tokens, index + 1):
        index += 1
    while index < len(tokens) - 1 and rules.is_title(tokens, index):
        index += 1
    return index


def _modifies_role(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether capitals before *index* only describe a role noun ("Lead Canadian negotiator")."""
    lex = rules.lexicon
    for token in tokens[index : index + 4]:
        if not token.is_word:
            return False
        if token.low in rules.roles:
            return not token.capital
        if token.low in lex.prepositions:
            return False
        if not token.capital and (lex.is_adverb(token.low) or token.low in lex.cues):
            return False
    return False


def noun_after(tokens: Sequence[Token], index: int, rules: Grammar) -> Phrase | None:
    """A phrase with a common noun at its head: to its end, or to the name that follows it."""
    end = index
    limit = min(len(tokens), index + _LONGEST)
    while end < limit and not _ends_phrase(tokens, index, end, rules):
        if end == index or not (tokens[end].capital and rules.is_name(tokens, end)):
            end += 1
            continue
        run = rules.run_end(tokens, end)
        end = rules.person_in_run(tokens, end, run)
        linked = tokens[end - 1].low in rules.links
        after = tokens[run].low if run < len(tokens) else ""
        if (
            not linked
            and after not in rules.roles
            and (rules.has_role(tokens, index, end) or _has_title(tokens, index, end, rules))
            and not _name_follows(tokens, run, rules)
        ):
            role = Span(tokens[index].start, tokens[end - 1].end)
            found = Phrase(name(tokens, end, run, role), index, run)
            return _with_apposition(tokens, found, rules)
        end = run
    while end > index and tokens[end - 1].low in rules.links:
        end -= 1
    if end == index:
        return None
    found_nominal = Phrase(nominal(tokens, index, end, rules), index, end)
    if found_nominal.mention.kind is ROLE and _name_follows(tokens, end, rules):
        start = past_titles(tokens, end + 1, rules)
        run = rules.run_end(tokens, start)
        return Phrase(role_and_name(tokens, start, run, found_nominal.mention.span), index, run)
    return found_nominal


def _has_title(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> bool:
    """Whether a title is among capitals before a name ("retired Army Lt. Gen. Ann Roy")."""
    return any(t.capital and t.low in rules.people.titles for t in tokens[first:last])


def _ends_phrase(tokens: Sequence[Token], index: int, end: int, rules: Grammar) -> bool:
    token, lex = tokens[end], rules.lexicon
    if not token.is_word:
        return True
    if end == index:
        return False
    if lex.fixed_order and _is_past_verb(tokens, end, rules):
        return True
    if token.low not in rules.phrase_ends:
        return False
    if token.low in lex.wide_links:
        following = end + 1
        while following < len(tokens) and tokens[following].low in lex.determiners:
            following += 1
        return not (rules.is_name(tokens, following) or _is_office_of(tokens, following, rules))
    return (
        token.low in rules.after_phrases
        or rules.is_verb(token)
        or (token.low in lex.days and tokens[end - 1].low not in rules.links)
        or (token.low in rules.prepositions and token.low not in lex.tight_links)
    )


def _is_past_verb(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """English: whether a word after a name or a role is its verb ("a spokesman declined")."""
    token, before = tokens[index], tokens[index - 1]
    if token.capital or not token.low.endswith("ed"):
        return False
    return before.capital or before.low in rules.roles


def _is_office_of(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether a noun stands at *index* and then a person ("ministre à l'économie Jean Roy")."""
    return (
        index + 1 < len(tokens)
        and tokens[index].kind is WORD
        and rules.is_name(tokens, index + 1)
        and tokens[index + 1].low in rules.first_names
    )


def _name_follows(tokens: Sequence[Token], end: int, rules: Grammar) -> bool:
    """Whether a name in apposition stands at *end* (", Lin Jian,")."""
    if end + 1 >= len(tokens) or tokens[end].low != ",":
        return False
    start = past_titles(tokens, end + 1, rules)
    if not rules.is_name(tokens, start):
        return False
    run = rules.run_end(tokens, start)
    return run >= len(tokens) or not tokens[run].is_word


def _may_describe(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> bool:
    """Whether the words between commas say what somebody is ("Canada's chief negotiator")."""
    if not rules.has_role(tokens, first, last):
        return False
    low, lex = tokens[first].low, rules.lexicon
    if any(rules.is_verb(token) for token in tokens[first:last]):
        return False
    if low in rules.openers:
        return True
    return not (
        low in rules.prepositions
        or low in lex.conjunctions
        or low in lex.relatives
        or low in lex.subordinators
        or low in lex.pronouns
        or lex.is_adverb(low)
    )


def _with_apposition(tokens: Sequence[Token], found: Phrase, rules: Grammar) -> Phrase:
    """A name with the role that follows it between commas ("Lighthizer, the top official")."""
    end = found.last
    if found.mention.role or end + 1 >= len(tokens) or tokens[end].low != ",":
        return found
    if found.first and tokens[found.first - 1].low in rules.lexicon.determiners:
        return found  # "le Canada, le ministre": a place, and somebody else
    stop = end + 1
    while stop < len(tokens) and tokens[stop].is_word and stop - end < _LONGEST:
        stop += 1
    closed = stop >= len(tokens) or tokens[stop].low in _CLOSING
    if closed and _may_describe(tokens, end + 1, stop, rules):
        role = Span(tokens[end + 1].start, tokens[stop - 1].end)
        return Phrase(replace(found.mention, role=role), found.first, stop)
    return found
