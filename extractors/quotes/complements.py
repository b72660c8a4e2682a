"""What follows a cue: its clause with or without "that", its infinitive, its object."""

from collections.abc import Sequence

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
from extractors.quotes.cue import Side
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import Frame
from extractors.quotes.tokens import NUMBER, PUNCTUATION, WORD, Token
from extractors.quotes.units import Unit

_SHORT_GAP = 4
_SHORTEST_OBJECT = 4


def after_cue(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """The clause that follows a cue, and the rule that found it."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    end = content_end(tokens)
    at = cue.end
    if cue.side is Side.RIGHT and cue.begin > 3 and tokens[cue.begin - 1].low == ",":
        return NOTHING
    if cue.begin and lex.is_a(tokens[cue.begin - 1].low, "objects_before"):
        return NOTHING
    if any(lex.is_a(token.low, "content_pronouns") for token in tokens[cue.begin : cue.first]):
        return NOTHING
    if Frame.TELL in cue.frames and at < end:
        at = past_addressee(tokens, at, end, rules)
    marker = complementiser(tokens, at, end, rules)
    if marker is not None and cue.side is Side.RIGHT and compares(tokens[cue.last : at], rules):
        return NOTHING
    if marker is not None:
        stop = clause_end(unit, order, marker, end, rules)
        if lex.is_a(tokens[marker].low, "question_words"):
            marker -= 2 if rules.is_preposition(tokens[marker - 1].low) else 1
        elif marker + 1 < stop and tokens[marker + 1].low == ",":
            marker += 1  # "said that, in her view, ..."
        return ([(marker + 1, stop)], "that") if stop - marker > 2 else NOTHING
    while at < end and (lex.is_a(tokens[at].low, "days") or lex.is_a(tokens[at].low, "between")):
        at += 1
    if at >= end or tokens[at].kind not in {WORD, NUMBER}:
        return NOTHING
    if not lex.fixed_order:
        return _infinitive(unit, order, at, end, rules)
    at = past_circumstances(tokens, at, end, rules)
    return _bare_clause(unit, order, at, end, rules)


def _bare_clause(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """English: a clause without "that" ("Roy said talks would resume")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    low = tokens[at].low
    plain = bool(cue.frames & {Frame.REPORT, Frame.TELL, Frame.THINK})
    if not plain and not (Frame.THAT in cue.frames and lex.is_a(low, "clause_pronouns")):
        return NOTHING
    before = tokens[cue.begin - 1].low if cue.begin else ""
    if lex.is_a(before, "relatives") and not lex.is_a(before, "complementisers"):
        return _relative(unit, order, at, end, rules)
    return _clause_from(unit, order, at, end, rules)


def _clause_from(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """The clause without "that" from the token at *at*, if it looks like one."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < end else ""
    if lex.is_a(low, "clause_pronouns") and lex.is_a(following, "infinitive_markers"):
        return NOTHING  # "allowed it to wait"
    to_do = cue.commits and lex.is_a(low, "infinitive_markers") and not is_thing(unit, cue, rules)
    if not to_do and (
        rules.is_preposition(low)
        or lex.is_a(low, "conjunctions")
        or lex.is_a(low, "modals")
        or _is_no_clause(tokens, at, rules)
        or (lex.is_a(low, "fronting") and all(t.low != "," for t in tokens[at:end]))
    ):
        return NOTHING
    stop = clause_end(unit, order, at, end, rules)
    shortest = 2 if lex.is_a(low, "clause_pronouns") else 3
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
    verb = lex.is_a(tokens[at].low, "finite") or lex.is_a(tokens[at].low, "modals")
    if not verb or lex.is_a(tokens[at].low, "infinitive_markers"):
        return _clause_from(unit, order, at, end, rules)
    stop = clause_end(unit, order, at, end, rules)
    return [(relative, relative + 1), (at, stop)], "relative"


def _is_no_clause(tokens: Sequence[Token], at: int, rules: Grammar) -> bool:
    """Whether a word is all that was said ("said no to it"), not the first of a clause."""
    lex = rules.lexicon
    if not lex.is_a(tokens[at].low, "no_clause"):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        after is None
        or after.kind is not WORD
        or lex.is_a(after.low, "prepositions")
        or lex.is_a(after.low, "conjunctions")
        or lex.is_a(after.low, "days")
    )


def _has_verb(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> bool:
    """Whether a clause without "that" shows a verb before it is broken off."""
    lex = rules.lexicon
    for index in range(first, min(last, first + 16)):
        token = tokens[index]
        low = token.low
        if index > first and (token.kind is PUNCTUATION or lex.is_a(low, "relatives")):
            return False
        if index > first + 1 and lex.is_a(low, "fronting"):
            return False
        if (
            index > first
            and lex.is_a(low, "conjunctions")
            and not (index + 1 < last and lex.is_a(tokens[index + 1].low, "pronouns"))
        ):
            return False
        if lex.is_a(low, "finite") or lex.is_a(low, "clause_pronouns"):
            return True
        if (
            index > first + 1
            and low.endswith("ed")
            and not lex.is_a(tokens[index - 1].low, "determiners")
        ):
            return True
    return False


def _infinitive(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """French and Spanish: the clause's verb in the infinitive ("affirme avoir", "dijo tener")."""
    cue, lex = unit.cues[order], rules.lexicon
    low = unit.tokens[at].low
    if cue.side is Side.RIGHT or Frame.ASK in cue.frames:
        return NOTHING
    if not lex.is_infinitive(low) or rules.is_preposition(low):
        return NOTHING
    start = at
    while start > cue.end and lex.is_a(unit.tokens[start - 1].low, "between"):
        start -= 1
    stop = clause_end(unit, order, at, end, rules)
    return ([(start, stop)], "infinitive") if stop - at > 2 else NOTHING


def object_of(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """A noun that tells what was said ("announced plans to leave the agreement")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    at, end = cue.end, content_end(tokens)
    while at < end and lex.is_a(tokens[at].low, "days"):
        at += 1
    if cue.side is Side.RIGHT or at + _SHORTEST_OBJECT > end:
        return NOTHING
    first = tokens[at]
    if first.kind not in {WORD, NUMBER} or (
        rules.is_preposition(first.low)
        or lex.is_a(first.low, "conjunctions")
        or lex.is_a(first.low, "modals")
        or lex.is_a(first.low, "subordinators")
        or lex.is_a(first.low, "no_clause")
        or (lex.is_a(first.low, "addressees") and not lex.is_a(first.low, "determiners"))
    ):
        return NOTHING
    stop = clause_end(unit, order, at, end, rules)
    for index in range(at + 1, min(stop - 2, at + _SHORT_GAP)):
        that = lex.is_a(tokens[index].low, "distant_complementisers")
        if that and lex.is_a(tokens[index - 1].low, "told_nouns"):
            return [(index + 1, stop)], "noun"
    if lex.is_a(tokens[cue.first].low, "voices"):
        return NOTHING
    return ([(at, stop)], "object") if stop - at >= _SHORTEST_OBJECT else NOTHING
