"""The noun phrase that begins at a token: the subject after its verb, an apposition."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.actors.lexicon import MentionKind
from extractors.quotes.grammar import (
    Grammar,
    Phrase,
    is_word,
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
    if index >= len(tokens) or not is_word(tokens[index]):
        return None
    low, lex = tokens[index].low, rules.lexicon
    alone = index + 1 >= len(tokens) or tokens[index + 1].kind is not WORD
    stands = alone or not lex.is_a(low, "determiners")  # "her", not "her counterpart"
    if stands and (lex.is_a(low, "postposed_pronouns") or lex.is_a(low, "stressed_pronouns")):
        return pronoun(tokens, index)
    start = past_titles(tokens, index, rules)
    if rules.is_name(tokens, start):
        end = rules.run_end(tokens, start)
        start = rules.person_in_run(tokens, start, end)
        if not _modifies_role(tokens, end, rules):
            role = Span(tokens[index].start, tokens[start - 1].end) if start > index else None
            found = Phrase(name(tokens, start, end, role), index, end)
            return _with_apposition(tokens, found, rules)
    if (
        low in rules.before_phrases
        or (lex.is_infinitive(low) and low not in rules.people.roles)
        or lex.is_gerund(low)
    ):
        return None
    found_nominal = noun_after(tokens, index, rules)
    if (
        found_nominal
        and found_nominal.mention.kind is not MentionKind.NAME
        and rules.is_time(tokens, index, found_nominal.last)
    ):
        return None
    return found_nominal


def past_titles(tokens: Sequence[Token], index: int, rules: Grammar) -> int:
    """The first token at or after *index* that is no title ("former Rep. Ann Roy")."""
    former = rules.lexicon.is_a(tokens[index].low, "title_modifiers") if tokens[index:] else False
    if former and index + 2 < len(tokens) and rules.is_title(tokens, index + 1):
        index += 1
    while index < len(tokens) - 1 and rules.is_title(tokens, index):
        index += 1
    return index


def _modifies_role(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether capitals before *index* only describe a role noun ("Lead Canadian negotiator")."""
    lex = rules.lexicon
    for token in tokens[index : index + 4]:
        if token.low in rules.people.roles:
            return not token.capital
        if not is_word(token) or lex.is_a(token.low, "prepositions"):
            return False
        if not token.capital and (lex.is_adverb(token.low) or token.low in lex.cues):
            return False
    return False


def noun_after(tokens: Sequence[Token], index: int, rules: Grammar) -> Phrase | None:
    """A phrase with a common noun at its head: to its end, or to the name that follows it."""
    end = index
    limit = min(len(tokens), index + _LONGEST)
    while end < limit and not _ends_phrase(tokens, index, end, rules):
        if end == index or not rules.is_name(tokens, end):
            end += 1
            continue
        run = rules.run_end(tokens, end)
        end = rules.person_in_run(tokens, end, run)
        linked = rules.is_link(tokens[end - 1].low)
        after = tokens[run].low if run < len(tokens) else ""
        if (
            not linked
            and after not in rules.people.roles
            and (rules.has_role(tokens, index, end) or _has_title(tokens, index, end, rules))
            and not _name_follows(tokens, run, rules)
        ):
            role = Span(tokens[index].start, tokens[end - 1].end)
            found = Phrase(name(tokens, end, run, role), index, run)
            return _with_apposition(tokens, found, rules)
        end = run
    while end > index and rules.is_link(tokens[end - 1].low):
        end -= 1
    if end == index:
        return None
    found_nominal = Phrase(nominal(tokens, index, end, rules), index, end)
    if found_nominal.mention.kind is MentionKind.ROLE and _name_follows(tokens, end, rules):
        start = past_titles(tokens, end + 1, rules)
        run = rules.run_end(tokens, start)
        return Phrase(role_and_name(tokens, start, run, found_nominal.mention.span), index, run)
    return found_nominal


def _has_title(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> bool:
    """Whether a title is among capitals before a name ("retired Army Lt. Gen. Ann Roy")."""
    return any(t.capital and t.low in rules.people.titles for t in tokens[first:last])


def _ends_phrase(tokens: Sequence[Token], index: int, end: int, rules: Grammar) -> bool:
    token, lex = tokens[end], rules.lexicon
    if not is_word(token):
        return True
    if end == index:
        return False
    before = tokens[end - 1].low
    if lex.fixed_order and _is_past_verb(tokens, end, rules):
        return True
    if lex.is_a(token.low, "wide_links"):
        following = end + 1
        while following < len(tokens) and lex.is_a(tokens[following].low, "determiners"):
            following += 1
        return not (rules.is_name(tokens, following) or _is_office_of(tokens, following, rules))
    return (
        token.low in rules.after_phrases
        or rules.is_verb(token)
        or (lex.is_a(token.low, "days") and not rules.is_link(before))
        or (rules.is_preposition(token.low) and not lex.is_a(token.low, "tight_links"))
    )


def _is_past_verb(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """English: whether a word after a name or a role is its verb ("a spokesman declined")."""
    token, before = tokens[index], tokens[index - 1]
    named = before.capital or before.low in rules.people.roles
    return named and not token.capital and token.low.endswith("ed")


def _is_office_of(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether a noun stands at *index* and then a person ("ministre à l'économie Jean Roy")."""
    return (
        index + 1 < len(tokens)
        and tokens[index].kind is WORD
        and rules.is_name(tokens, index + 1)
        and tokens[index + 1].low in rules.people.first_names
    )


def _name_follows(tokens: Sequence[Token], end: int, rules: Grammar) -> bool:
    """Whether a name in apposition stands at *end* (", Lin Jian,")."""
    if end + 1 >= len(tokens) or tokens[end].low != ",":
        return False
    start = past_titles(tokens, end + 1, rules)
    if not rules.is_name(tokens, start):
        return False
    run = rules.run_end(tokens, start)
    return run >= len(tokens) or not is_word(tokens[run])


def _may_describe(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> bool:
    """Whether the words between commas say what somebody is ("Canada's chief negotiator")."""
    if not rules.has_role(tokens, first, last):
        return False
    low, lex = tokens[first].low, rules.lexicon
    if any(rules.is_verb(token) for token in tokens[first:last]):
        return False
    if rules.opens_phrase(low):
        return True
    return not (
        rules.is_preposition(low)
        or lex.is_a(low, "conjunctions")
        or lex.is_a(low, "relatives")
        or lex.is_a(low, "subordinators")
        or lex.is_a(low, "pronouns")
        or lex.is_adverb(low)
    )


def _with_apposition(tokens: Sequence[Token], found: Phrase, rules: Grammar) -> Phrase:
    """A name with the role that follows it between commas ("Lighthizer, the top official")."""
    end = found.last
    if found.mention.role or end + 1 >= len(tokens) or tokens[end].low != ",":
        return found
    if found.first and rules.lexicon.is_a(tokens[found.first - 1].low, "determiners"):
        return found  # "le Canada, le ministre": a place, and somebody else
    stop = end + 1
    while stop < len(tokens) and is_word(tokens[stop]) and stop - end < _LONGEST:
        stop += 1
    closed = stop >= len(tokens) or tokens[stop].low in _CLOSING
    if closed and _may_describe(tokens, end + 1, stop, rules):
        role = Span(tokens[end + 1].start, tokens[stop - 1].end)
        return Phrase(replace(found.mention, role=role), found.first, stop)
    return found
