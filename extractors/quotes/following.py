"""The noun phrase that begins at a token: the subject after its verb, an apposition."""

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
from extractors.quotes.tokens import WORD, Tokens, has_a

_LONGEST = 18
_CLOSING = frozenset({",", ".", ";", ")", "—", "–", "!", "?", ""})


def phrase_after(tokens: Tokens, index: int, rules: Grammar) -> Phrase | None:
    """The noun phrase that begins at *index*, or None."""
    if index >= len(tokens):
        return None
    token = tokens[index]
    if not token.is_word:
        return None
    if token.is_name:
        named = _name_from(tokens, index, index, rules)
        if named:
            return named
    low, lex = token.low, rules.lexicon
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


def _name_from(tokens: Tokens, first: int, start: int, rules: Grammar) -> Phrase | None:
    """The name at *start*, with what stands before it as its role; None if it is part of a role."""
    end = rules.run_end(tokens, start)
    if end - start > 1:
        start = rules.person_in_run(tokens, start, end)
    if end < len(tokens) and tokens[end].is_word and _modifies_role(tokens, end, rules):
        return None
    role = tokens.span(first, start) if start > first else None
    found = Phrase(name(tokens, start, end, role), first, end)
    return found if role else _with_apposition(tokens, found, rules)


def past_titles(tokens: Tokens, index: int, rules: Grammar) -> int:
    """The first token at or after *index* that is no title ("former Rep. Ann Roy")."""
    if index >= len(tokens) or tokens[index].low not in rules.before_names:
        return index
    former = tokens[index].low in rules.lexicon.title_modifiers
    if former and index + 2 < len(tokens) and rules.is_title(tokens, index + 1):
        index += 1
    while index < len(tokens) - 1 and rules.is_title(tokens, index):
        index += 1
    return index


def _modifies_role(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether capitals before *index* only describe a role noun ("Lead Canadian negotiator")."""
    lex, words = rules.lexicon, tokens[index : index + 4]
    if not has_a(words, rules.roles):
        return False
    for token in words:
        if not token.is_word:
            return False
        if token.low in rules.roles:
            return not token.capital
        if token.low in lex.prepositions:
            return False
        if not token.capital and (lex.is_adverb(token.low) or token.low in lex.cues):
            return False
    return False


def noun_after(tokens: Tokens, index: int, rules: Grammar) -> Phrase | None:
    """A phrase with a common noun at its head: to its end, or to the name that follows it."""
    end = index
    limit = min(len(tokens), index + _LONGEST)
    while end < limit:
        token = tokens[end]
        if not token.is_word or (end > index and _ends_phrase(tokens, end, rules)):
            break
        if end == index or not (token.capital and rules.is_name(tokens, end)):
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
            role = tokens.span(index, end)
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


def _has_title(tokens: Tokens, first: int, last: int, rules: Grammar) -> bool:
    """Whether a title is among capitals before a name ("retired Army Lt. Gen. Ann Roy")."""
    return any(t.capital and t.low in rules.people.titles for t in tokens[first:last])


def _ends_phrase(tokens: Tokens, end: int, rules: Grammar) -> bool:
    """Whether a word after a phrase's first is no part of it any more."""
    token, lex = tokens[end], rules.lexicon
    if token.low not in rules.phrase_ends:
        return lex.fixed_order and token.low.endswith("ed") and _is_past_verb(tokens, end, rules)
    if lex.fixed_order and _is_past_verb(tokens, end, rules):
        return True
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


def _is_past_verb(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """English: whether a word after a name or a role is its verb ("a spokesman declined")."""
    token, before = tokens[index], tokens[index - 1]
    if token.capital or not token.low.endswith("ed"):
        return False
    return before.capital or before.low in rules.roles


def _is_office_of(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether a noun stands at *index* and then a person ("ministre à l'économie Jean Roy")."""
    return (
        index + 1 < len(tokens)
        and tokens[index].kind is WORD
        and rules.is_name(tokens, index + 1)
        and tokens[index + 1].low in rules.first_names
    )


def _name_follows(tokens: Tokens, end: int, rules: Grammar) -> bool:
    """Whether a name in apposition stands at *end* (", Lin Jian,")."""
    if end + 1 >= len(tokens) or tokens[end].low != ",":
        return False
    start = past_titles(tokens, end + 1, rules)
    if not rules.is_name(tokens, start):
        return False
    run = rules.run_end(tokens, start)
    return run >= len(tokens) or not tokens[run].is_word


def _may_describe(tokens: Tokens, first: int, last: int, rules: Grammar) -> bool:
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


def _with_apposition(tokens: Tokens, found: Phrase, rules: Grammar) -> Phrase:
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
        role = tokens.span(end + 1, stop)
        return Phrase(replace(found.mention, role=role), found.first, stop)
    return found
