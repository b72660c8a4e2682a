"""What follows a cue: its clause with or without "that", its infinitive, its object."""

from extractors.quotes.circumstances import past_circumstances
from extractors.quotes.clauses import (
    NOTHING,
    Pieces,
    clause_end,
    content_end,
    is_thing,
    past_addressee,
)
from extractors.quotes.complementisers import compares, complementiser
from extractors.quotes.cue import RIGHT
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import ASK, REPORT, TELL, THAT, THINK
from extractors.quotes.tokens import PUNCTUATION, WORD, Tokens, has_a
from extractors.quotes.units import Unit

_SHORT_GAP = 4
_SHORTEST_OBJECT = 4


def after_cue(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """The clause that follows a cue, and the rule that found it."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    end = content_end(tokens)
    at = cue.end
    if cue.side is RIGHT and cue.begin > 3 and tokens[cue.begin - 1].low == ",":
        return NOTHING
    if cue.begin and tokens[cue.begin - 1].low in lex.objects_before:
        return NOTHING
    if has_a(tokens[cue.begin : cue.first], lex.content_pronouns):
        return NOTHING
    if TELL in cue.frames and at < end:
        at = past_addressee(tokens, at, end, rules)
    marker = complementiser(tokens, at, end, rules)
    if marker is not None and cue.side is RIGHT and compares(tokens[cue.last : at], rules):
        return NOTHING
    if marker is not None:
        stop = clause_end(unit, order, marker, end, rules)
        if tokens[marker].low in lex.question_words:
            marker -= 2 if tokens[marker - 1].low in rules.prepositions else 1
        elif marker + 1 < stop and tokens[marker + 1].low == ",":
            marker += 1  # "said that, in her view, ..."
        return ([(marker + 1, stop)], "that") if stop - marker > 2 else NOTHING
    while at < end and (tokens[at].low in lex.days or tokens[at].low in lex.between):
        at += 1
    if at >= end or not tokens[at].is_word:
        return NOTHING
    if not lex.fixed_order:
        return _infinitive(unit, order, at, end, rules)
    at = past_circumstances(tokens, at, end, rules)
    return _bare_clause(unit, order, at, end, rules)


def _bare_clause(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """English: a clause without "that" ("Roy said talks would resume")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    low = tokens[at].low
    plain = bool(cue.frames & {REPORT, TELL, THINK})
    if not plain and not (THAT in cue.frames and low in lex.clause_pronouns):
        return NOTHING
    before = tokens[cue.begin - 1].low if cue.begin else ""
    if before in lex.relatives and before not in lex.complementisers:
        return _relative(unit, order, at, end, rules)
    return _clause_from(unit, order, at, end, rules)


def _clause_from(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """The clause without "that" from the token at *at*, if it looks like one."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < end else ""
    if low in lex.clause_pronouns and following in lex.infinitive_markers:
        return NOTHING  # "allowed it to wait"
    to_do = cue.commits and low in lex.infinitive_markers and not is_thing(unit, cue, rules)
    if not to_do and (
        low in rules.prepositions
        or low in lex.conjunctions
        or low in lex.modals
        or _is_no_clause(tokens, at, rules)
        or (low in lex.fronting and all(t.low != "," for t in tokens[at:end]))
    ):
        return NOTHING
    stop = clause_end(unit, order, at, end, rules)
    shortest = 2 if low in lex.clause_pronouns else 3
    if stop - at < shortest or not (cue.sure or to_do or _has_verb(tokens, at, stop, rules)):
        return NOTHING
    return [(at, stop)], "clause"


def _relative(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """A relative clause with its attribution inside ("talks which Roy says will resume")."""
    tokens, lex, relative = unit.tokens, rules.lexicon, unit.cues[order].begin - 1
    while at < end and lex.is_adverb(tokens[at].low):
        at += 1
    if at >= end:
        return NOTHING
    verb = tokens[at].low in lex.finite or tokens[at].low in lex.modals
    if not verb or tokens[at].low in lex.infinitive_markers:
        return _clause_from(unit, order, at, end, rules)
    stop = clause_end(unit, order, at, end, rules)
    return [(relative, relative + 1), (at, stop)], "relative"


def _is_no_clause(tokens: Tokens, at: int, rules: Grammar) -> bool:
    """Whether a word is all that was said ("said no to it"), not the first of a clause."""
    lex = rules.lexicon
    if tokens[at].low not in lex.no_clause:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        after is None
        or after.kind is not WORD
        or after.low in lex.prepositions
        or after.low in lex.conjunctions
        or after.low in lex.days
    )


def _has_verb(tokens: Tokens, first: int, last: int, rules: Grammar) -> bool:
    """Whether a clause without "that" shows a verb before it is broken off."""
    lex = rules.lexicon
    for index in range(first, min(last, first + 16)):
        token = tokens[index]
        low = token.low
        if index > first and (token.kind is PUNCTUATION or low in lex.relatives):
            return False
        if index > first + 1 and low in lex.fronting:
            return False
        if (
            index > first
            and low in lex.conjunctions
            and not (index + 1 < last and tokens[index + 1].low in lex.pronouns)
        ):
            return False
        if low in lex.finite or low in lex.clause_pronouns:
            return True
        if (
            index > first + 1
            and low.endswith("ed")
            and tokens[index - 1].low not in lex.determiners
        ):
            return True
    return False


def _infinitive(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """French and Spanish: the clause's verb in the infinitive ("affirme avoir", "dijo tener")."""
    cue, lex = unit.cues[order], rules.lexicon
    low = unit.tokens[at].low
    if cue.side is RIGHT or ASK in cue.frames:
        return NOTHING
    if not lex.is_infinitive(low) or low in rules.prepositions:
        return NOTHING
    start = at
    while start > cue.end and unit.tokens[start - 1].low in lex.between:
        start -= 1
    stop = clause_end(unit, order, at, end, rules)
    return ([(start, stop)], "infinitive") if stop - at > 2 else NOTHING


def object_of(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """A noun that tells what was said ("announced plans to leave the agreement")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    at, end = cue.end, content_end(tokens)
    while at < end and tokens[at].low in lex.days:
        at += 1
    if cue.side is RIGHT or at + _SHORTEST_OBJECT > end:
        return NOTHING
    first = tokens[at]
    if not first.is_word or (
        first.low in rules.prepositions
        or first.low in lex.conjunctions
        or first.low in lex.modals
        or first.low in lex.subordinators
        or first.low in lex.no_clause
        or (first.low in lex.addressees and first.low not in lex.determiners)
    ):
        return NOTHING
    stop = clause_end(unit, order, at, end, rules)
    for index in range(at + 1, min(stop - 2, at + _SHORT_GAP)):
        that = tokens[index].low in lex.distant_complementisers
        if that and tokens[index - 1].low in lex.told_nouns:
            return [(index + 1, stop)], "noun"
    if tokens[cue.first].low in lex.voices:
        return NOTHING
    return ([(at, stop)], "object") if stop - at >= _SHORTEST_OBJECT else NOTHING
