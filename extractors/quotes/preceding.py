"""The noun phrase that ends before a token: the subject before its verb."""

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
from extractors.quotes.tokens import QUOTE, WORD, Tokens

_REACH = 28
_FARTHEST_COMMA = 45
_SETTING = 5  # tokens of "in a radio interview"
_OFFICES = 6  # tokens of further offices before the one that was found ("president and CEO of")


def phrase_before(tokens: Tokens, last: int, rules: Grammar) -> Phrase | None:
    """The noun phrase whose final token is *last*, or None."""
    if last > 0 and tokens[last].low == ")":
        last = _before_bracket(tokens, last)
    if last < 0 or not tokens[last].is_word:
        return None
    if tokens[last].low in rules.lexicon.settings:
        last = _before_setting(tokens, last, rules)
    if tokens[last].low in rules.lexicon.pronouns:
        return pronoun(tokens, last)
    first = _region_start(tokens, last, rules)
    if first > last:
        return None
    start = _nominal_start(tokens, first, last, rules)
    if _is_in_relative_clause(tokens, start, first, rules):
        return phrase_before(tokens, first - 2, rules)
    if rules.is_name(tokens, last):
        return _name_before(tokens, first, last, rules)
    if (
        start > last
        or rules.is_time(tokens, start, last + 1)
        or _is_bare(tokens, start, last, rules)
    ):
        return None
    return Phrase(nominal(tokens, start, last + 1, rules), start, last + 1)


def _before_setting(tokens: Tokens, last: int, rules: Grammar) -> int:
    """The last token of a name before words of time or place ("Ann Roy on Monday said")."""
    for index in range(last - 1, max(0, last - _SETTING), -1):
        if tokens[index].low in rules.prepositions:
            return index - 1 if rules.is_name(tokens, index - 1) else last
    return last


def _is_bare(tokens: Tokens, start: int, last: int, rules: Grammar) -> bool:
    """Whether a word stands alone that is no noun of a person ("citado"); not in English."""
    token = tokens[start]
    return (
        not rules.lexicon.fixed_order
        and start == last
        and not token.capital
        and token.kind is WORD
        and token.low not in rules.roles
    )


def _before_bracket(tokens: Tokens, last: int) -> int:
    for index in range(last, max(-1, last - 12), -1):
        if tokens[index].low == "(":
            return index - 1
    return last


def _is_in_relative_clause(tokens: Tokens, start: int, first: int, rules: Grammar) -> bool:
    """Whether the words are the end of a clause such as "that wants to prove it"."""
    if first < 2 or rules.lexicon.fixed_order:
        return False
    return tokens[first - 1].low in rules.lexicon.relatives and not (
        tokens[start].low in rules.openers or tokens[start].capital
    )


def _region_start(tokens: Tokens, last: int, rules: Grammar) -> int:
    """How far left the words belong to one phrase: to punctuation, a conjunction, a verb."""
    lex = rules.lexicon
    first = last + 1
    stop = max(0, last - _REACH)
    while first > stop:
        token = tokens[first - 1]
        if not token.is_word or token.low in rules.subject_stops:
            break
        if token.low not in rules.subject_marks:
            first -= 1
            continue
        if first <= last and rules.is_verb(token):
            break
        if token.low in lex.conjunctions and not _coordinates(tokens, first - 1, rules):
            break
        first -= 1
    return first


def _coordinates(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether a conjunction joins two noun phrases rather than two clauses."""
    if index == 0 or index + 1 >= len(tokens):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    if not before.is_word or tokens[index].low not in rules.lexicon.coordinators:
        return False
    both_names = rules.is_name(tokens, index - 1) and rules.is_name(tokens, index + 1)
    lower = not before.capital and not after.capital
    return both_names or (lower and (after.low in rules.openers) is (before.low in rules.openers))


def _name_before(tokens: Tokens, first: int, last: int, rules: Grammar) -> Phrase:
    start = rules.run_start(tokens, last, first)
    start = rules.person_in_run(tokens, start, last + 1)
    run = start
    while run < last and tokens[run].low in rules.people.titles:
        run += 1
    before = tokens[start - 1].low if start > first else ""
    if before and before in rules.links:
        begin = _nominal_start(tokens, first, last, rules)
        if begin < start - 1 or before in rules.lexicon.determiners:
            return Phrase(nominal(tokens, begin, last + 1, rules), begin, last + 1)
    begin = _nominal_start(tokens, first, last, rules)
    if _is_object(tokens, begin, run, rules):
        return Phrase(nominal(tokens, begin, last + 1, rules), begin, last + 1)
    end = _name_end(tokens, run, last, rules)
    if begin < run and rules.has_role(tokens, begin, run):
        role = tokens.span(begin, run)
        return Phrase(name(tokens, run, end, role), begin, last + 1)
    return Phrase(name(tokens, run, end, None), start, last + 1)


def _name_end(tokens: Tokens, start: int, last: int, rules: Grammar) -> int:
    """Where a name ends that may have a place behind it ("Ann Roy of Ottawa")."""
    end = rules.run_end(tokens, start)
    placed = end <= last and tokens[end].low in rules.prepositions
    return end if placed else last + 1


def _is_object(tokens: Tokens, begin: int, run: int, rules: Grammar) -> bool:
    """Whether a name belongs to a phrase inside the subject ("laureado con el premio Nobel")."""
    lex = rules.lexicon
    return any(
        token.low in rules.prepositions
        and token.low not in lex.tight_links
        and token.low not in lex.wide_links
        for token in tokens[begin + 1 : run]
    )


def _nominal_start(tokens: Tokens, first: int, last: int, rules: Grammar) -> int:
    """Where the subject begins in ``[first, last]``, an adverbial before it left out."""
    lex = rules.lexicon
    if first < last and _is_that(tokens, first, rules):
        first += 1
    while (
        first < last
        and tokens[first].low not in lex.determiners
        and (
            tokens[first].low in lex.conjunctions
            or lex.is_adverb(tokens[first].low)
            or tokens[first].low in lex.days
            or tokens[first].low in lex.complementisers
        )
    ):
        first += 1
    if tokens[first].low not in rules.prepositions:
        return first
    for index in range(last, first + 1, -1):
        before = tokens[index - 1].low
        if (
            tokens[index].low in lex.determiners
            and tokens[index].low not in lex.prepositions
            and before not in lex.prepositions
            and before not in rules.links
        ):
            return index
    return first


def _is_that(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """English: whether "that" opens a clause before its subject ("that his team had left")."""
    lex, low = rules.lexicon, tokens[index].low
    if not (low in lex.complementisers and low in lex.determiners):
        return False
    return tokens[index + 1].low in lex.determiners


def is_adverbial(tokens: Tokens, phrase: Phrase, rules: Grammar) -> bool:
    """Whether a phrase begins with a preposition and so is no subject."""
    return tokens[phrase.first].low in rules.prepositions


def described_before(tokens: Tokens, phrase: Phrase, rules: Grammar) -> Phrase | None:
    """The name that a phrase describes with one comma only ("Ann Roy, head of the bank said")."""
    start = phrase.first
    while start > 0 and tokens[start - 1].kind is WORD and phrase.first - start < _OFFICES:
        start -= 1
    if start < 2 or tokens[start - 1].low != "," or tokens[start].low not in rules.roles:
        return None
    if rules.is_name(tokens, start + 1) or phrase.mention.role:
        return None
    named = phrase_before(tokens, start - 2, rules)
    if named is None or named.mention.kind is not NAME or named.mention.words == 1:
        return None
    if named.first > 0 and not _opens_chunk(tokens, 0, named.first, rules):
        return None
    role = tokens.span(start, phrase.last)
    return Phrase(replace(named.mention, role=role), named.first, phrase.last)


def opens_with_verb(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether a sentence begins at *index* with a participle ("Speaking in", "Prenant la")."""
    if index > 0 or index + 1 >= len(tokens) or tokens[index].kind is not WORD:
        return False
    low, following, lex = tokens[index].low, tokens[index + 1].low, rules.lexicon
    return low.endswith(lex.opener_endings) and (
        following in rules.prepositions
        or following in lex.determiners
        or following in lex.complementisers
    )


def before_commas(tokens: Tokens, comma: int, rules: Grammar) -> Phrase | None:
    """The subject before what stands between commas ("Roy, who was there, said").

    A name that stands alone between the commas is the one who speaks, what precedes its role.
    """
    chunk = _chunk_start(tokens, comma)
    inner = phrase_before(tokens, comma - 1, rules)
    alone = (
        inner is not None
        and inner.mention.kind is NAME
        and inner.first == chunk
        and (inner.mention.role is None or inner.mention.words > 1)
    )
    best: Phrase | None = None
    at, last_start = chunk - 1, chunk
    while at > 0 and comma - at < _FARTHEST_COMMA and tokens[at].low in {",", "—", "–"}:
        start = _chunk_start(tokens, at)
        phrase = phrase_before(tokens, at - 1, rules)
        adverbial = phrase and (
            is_adverbial(tokens, phrase, rules) or opens_with_verb(tokens, phrase.first, rules)
        )
        if phrase and not adverbial:
            if alone and inner and at == chunk - 1 and _is_described(tokens, phrase, inner, rules):
                mention = role_and_name(tokens, inner.first, inner.last, phrase.mention.span)
                return Phrase(mention, phrase.first, inner.last)
            named = best and best.first == last_start and best.mention.kind is NAME
            if best and named and phrase.mention.kind is ROLE:
                mention = role_and_name(tokens, best.first, best.last, phrase.mention.span)
                return Phrase(mention, phrase.first, best.last)
            if best is None or _opens_chunk(tokens, start, phrase.first, rules):
                best = phrase
        at, last_start = start - 1, start
    return best


def _is_described(tokens: Tokens, phrase: Phrase, inner: Phrase, rules: Grammar) -> bool:
    """Whether a phrase only says who the name after it is ("The minister, Ann Roy, said")."""
    if phrase.mention.kind is NAME:
        titled = phrase.mention.role is not None and inner.mention.words > 1
        return titled and tokens[phrase.first].low in rules.people.definite
    articled = tokens[phrase.first].low in rules.lexicon.determiners
    if phrase.mention.kind is ROLE:
        return articled or inner.mention.words > 1
    return articled and inner.mention.words > 1


def _chunk_start(tokens: Tokens, comma: int) -> int:
    index = comma
    while index > 0 and tokens[index - 1].kind is not QUOTE:
        if tokens[index - 1].low in {",", ";", ":", ".", "—", "–"}:
            break
        index -= 1
    return index


def _opens_chunk(tokens: Tokens, start: int, first: int, rules: Grammar) -> bool:
    lex = rules.lexicon
    return all(
        token.low in lex.conjunctions
        or lex.is_adverb(token.low)
        or token.low in lex.days
        or token.low in lex.subordinators
        for token in tokens[start:first]
    )
