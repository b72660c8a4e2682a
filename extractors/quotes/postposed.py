"""What is reported before or around its attribution ("Talks resume, Roy said")."""

from extractors.actors.lexicon import NAME, OTHER
from extractors.quotes.clauses import (
    NOTHING,
    Pieces,
    attribution_edges,
    clause_end,
    clause_start,
    content_end,
    is_closed,
    past_conjunctions,
)
from extractors.quotes.cue import NONE, RIGHT, SHARED, Cue
from extractors.quotes.grammar import Grammar
from extractors.quotes.pauses import DASHES
from extractors.quotes.tokens import WORD, Token, Tokens, has_a
from extractors.quotes.units import Unit

_SHORT = 6
_LONGEST_SETTING = 8
_FARTHEST_COMMA = 24


def around_source(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """What a source phrase vouches for: the rest of its sentence."""
    cue = unit.cues[order]
    start = clause_start(unit.tokens, cue.begin)
    led_up = cue.begin > 0 and unit.tokens[cue.begin - 1].low == ":"
    if led_up or past_conjunctions(unit.tokens, start, cue.begin, rules) == cue.begin:
        return _after_source(unit, order, rules)
    return NOTHING if cue.quoted_only else _before_source(unit, cue, rules)


def _after_source(unit: Unit, order: int, rules: Grammar) -> Pieces:
    tokens, cue = unit.tokens, unit.cues[order]
    if cue.quoted_only and (rules.lexicon.fixed_order or not _is_full_name(cue)):
        return NOTHING
    end = content_end(tokens)
    at = cue.end
    if at < end and tokens[at].low != "," and cue.mention and cue.mention.kind is NAME:
        at -= 1
    while at >= cue.end and at < end and tokens[at].low != ",":
        at += 1
        if at - cue.end > _FARTHEST_COMMA:
            return NOTHING
    at = _past_participle(tokens, at, end, rules)
    stop = clause_end(unit, order, at + 1, end, rules)
    return ([(at + 1, stop)], "source") if at + 3 < stop else NOTHING


def _past_participle(tokens: Tokens, comma: int, end: int, rules: Grammar) -> int:
    """The comma after what a participle adds to a source (", citées par la presse, …")."""
    if comma + 2 >= end or tokens[comma + 2].low not in rules.prepositions:
        return comma
    endings = ("ed", *rules.lexicon.opener_endings)
    if not tokens[comma + 1].low.endswith(endings):
        return comma
    for index in range(comma + 2, min(end, comma + _FARTHEST_COMMA)):
        if tokens[index].low == ",":
            return index
    return comma


def _before_source(unit: Unit, cue: Cue, rules: Grammar) -> Pieces:
    tokens = unit.tokens
    end, stop = content_end(tokens), cue.begin
    comma = tokens[stop - 1].low == ","
    if comma:
        stop -= 1
    elif _is_connective(tokens, stop - 1, rules):
        at = cue.end + 1
        closed = at + 2 < end and tokens[cue.end].low == ","
        return ([(at, end)], "source") if closed else NOTHING
    elif not _may_stand_behind(tokens, cue, end, rules):
        return NOTHING
    start = past_conjunctions(tokens, clause_start(tokens, stop), stop, rules)
    goes_on = comma and cue.end + 2 < end and tokens[cue.end].low == ","
    if goes_on and _is_connective(tokens, stop - 1, rules):
        return [(cue.end + 1, end)], "source"
    if stop - start < 3:
        adverbial = tokens[start].low in rules.prepositions or rules.is_time(tokens, start, stop)
        first = [] if adverbial else [(start, stop)]
        return ([*first, (cue.end + 1, end)], "source") if goes_on else NOTHING
    if goes_on and _continues(tokens, start, stop, cue.end + 1, rules):
        return [(start, stop), (cue.end + 1, end)], "source"
    return [(start, stop)], "source"


def _is_described_further(token: Token, rules: Grammar) -> bool:
    """Whether what follows a source is part of it ("according to a poll released Monday")."""
    lex, low = rules.lexicon, token.low
    return (
        low == ","
        or lex.is_participle(low)
        or low in lex.relatives
        or low in lex.prepositions
        or low in lex.days
    )


def _may_stand_behind(tokens: Tokens, cue: Cue, end: int, rules: Grammar) -> bool:
    """Whether a source phrase without a comma before it vouches for what precedes."""
    closed = cue.end >= end or _is_described_further(tokens[cue.end], rules)
    return closed and not _may_be_thing(tokens, cue, rules)


def _may_be_thing(tokens: Tokens, cue: Cue, rules: Grammar) -> bool:
    """Whether the noun of a source phrase may be a thing ("de acuerdo con la inflación")."""
    if cue.mention is None or cue.mention.kind is not OTHER:
        return False
    return not rules.lexicon.fixed_order and not any(
        token.capital or token.low in rules.people.bodies for token in tokens[cue.last : cue.end]
    )


def _is_full_name(cue: Cue) -> bool:
    """Whether "pour"/"para" stands before a person: a name of two words or more."""
    return cue.mention is not None and cue.mention.kind is NAME and cue.mention.words > 1


def after_comparison(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """A clause after its attribution ("As Roy noted, talks resume")."""
    tokens, cue = unit.tokens, unit.cues[order]
    begin, after = attribution_edges(unit, cue, rules)
    if begin == cue.begin or past_conjunctions(tokens, 0, begin, rules) < begin:
        return NOTHING
    if after >= len(tokens) or tokens[after].low != ",":
        return NOTHING
    stop = clause_end(unit, order, after + 1, content_end(tokens), rules)
    return ([(after + 1, stop)], "comparison") if stop - after > 3 else NOTHING


def around_attribution(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """A clause with its attribution in the middle ("The risk, he said, is real")."""
    tokens, cue = unit.tokens, unit.cues[order]
    end = content_end(tokens)
    begin, after = attribution_edges(unit, cue, rules)
    if begin < 2 or after + 1 >= end or cue.side is SHARED:
        return NOTHING
    before = tokens[begin - 1].low
    if rules.lexicon.fixed_order:
        after = _past_setting(tokens, after, before, end)
    if (before != "," and before not in DASHES) or tokens[after].low != before:
        return NOTHING
    begun = clause_start(tokens, begin, led_up=True)
    start = past_conjunctions(tokens, begun, begin, rules)
    stop = clause_end(unit, order, after + 1, end, rules)
    if stop - after < 3:
        return NOTHING
    if start >= begin - 1 or _is_connective(tokens, begin - 2, rules):
        return [(after + 1, stop)], "parenthesis"
    if not _continues(tokens, start, begin - 1, after + 1, rules):
        return NOTHING
    words = [*tokens[start : begin - 1], *tokens[after + 1 : stop]]
    adverbial = rules.lexicon.fixed_order and tokens[start].low in rules.prepositions
    if adverbial and not any(_may_be_verb(token, rules) for token in words):
        return NOTHING
    return [(start, begin - 1), (after + 1, stop)], "parenthesis"


def _past_setting(tokens: Tokens, after: int, dash: str, end: int) -> int:
    """The second dash around an attribution, words of time and place before it left out."""
    if dash in DASHES:
        for index in range(after, min(end, after + _LONGEST_SETTING)):
            if tokens[index].low == dash:
                return index
    return after


def _is_connective(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether a word only leads up to the clause that comes ("but", "because", "que")."""
    return tokens[index].low in rules.connectives


def _continues(tokens: Tokens, start: int, stop: int, after: int, rules: Grammar) -> bool:
    """Whether the clause broken off at *stop* goes on at *after*, or something is added to it."""
    lex = rules.lexicon
    if lex.fixed_order and tokens[after].low in lex.personal_relatives:
        return False  # "according to Roy, who heads the lobby"
    if stop - start <= _SHORT or tokens[start].low in lex.fronting:
        return True
    if tokens[start].low in rules.prepositions and all(t.low != "," for t in tokens[start:stop]):
        return True
    low = tokens[after].low
    if low in lex.prepositions and tokens[start].low in lex.prepositions:
        return True
    if low in lex.complementisers and low not in lex.relatives:
        return True
    return not (
        low in lex.relatives
        or low in lex.subordinators
        or low in lex.prepositions
        or low in lex.determiners
        or low in lex.conjunctions
        or low in lex.cues
    )


def before_attribution(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """A clause that stands before its attribution ("Talks resume, Roy said.")."""
    tokens, cue = unit.tokens, unit.cues[order]
    begin, _ = attribution_edges(unit, cue, rules)
    if begin < 4 or (tokens[begin - 1].low != "," and tokens[begin - 1].low not in DASHES):
        return NOTHING
    if cue.side is SHARED or not is_closed(unit, cue, rules) or _is_object(unit, cue, rules):
        return NOTHING
    if tokens[cue.begin].low in rules.lexicon.relatives or _is_relative(tokens, cue, rules):
        return NOTHING
    if not rules.lexicon.fixed_order and not _is_plain_aside(unit, cue, begin, rules):
        return NOTHING
    stop = begin - 1
    start = past_conjunctions(tokens, clause_start(tokens, stop), stop, rules)
    if any(other.is_source and other.begin == start for other in unit.cues[:order]):
        return NOTHING
    if stop - start < 3 or _is_fronted(tokens, start, stop, rules):
        return NOTHING
    return [(start, stop), *_after_semicolon(unit, order, rules)], "postposed"


def _after_semicolon(unit: Unit, order: int, rules: Grammar) -> list[tuple[int, int]]:
    """What goes on after an attribution and a semicolon ("It is late, Roy said; nobody came")."""
    tokens, end = unit.tokens, content_end(unit.tokens)
    _, after = attribution_edges(unit, unit.cues[order], rules)
    if after + _SHORT > end or tokens[after].low != ";":
        return []
    return [(after + 1, clause_end(unit, order, after + 1, end, rules))]


def _is_plain_aside(unit: Unit, cue: Cue, begin: int, rules: Grammar) -> bool:
    """Whether the words after a comma only say who said it ("…, afirmó."), and do not go on."""
    tokens, lex = unit.tokens, rules.lexicon
    _, after = attribution_edges(unit, cue, rules)
    closed = after >= len(tokens) or tokens[after].kind is not WORD
    if cue.side is NONE and not cue.sure:
        setting = has_a(tokens[after : after + _SHORT], lex.settings)
        return closed or setting
    compared = begin < cue.begin and tokens[begin].low in lex.comparisons
    return not compared or all(token.low != "," for token in tokens[after + 1 :])


def _is_relative(tokens: Tokens, cue: Cue, rules: Grammar) -> bool:
    """Whether the verb is said of a noun before its subject ("a charge the firm denied")."""
    lex = rules.lexicon
    return tokens[cue.begin].low in lex.indefinite and any(
        tokens[index].low in lex.determiners and tokens[index - 1].low not in lex.prepositions
        for index in range(cue.begin + 2, cue.first)
    )


def _is_object(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether what follows the verb is its object, being nobody ("reconoce la sensibilidad")."""
    lex = rules.lexicon
    if cue.side is not RIGHT or cue.mention is None or cue.sure:
        return False
    if cue.mention.kind is not OTHER:
        return False
    words = [t for t in unit.tokens[cue.last : cue.end] if t.low not in lex.determiners]
    plural = not lex.fixed_order and bool(words) and words[0].low.endswith(("s", "x"))
    return not plural and not any(
        token.capital or token.low in rules.people.bodies for token in words
    )


def _is_fronted(tokens: Tokens, start: int, stop: int, rules: Grammar) -> bool:
    """Whether words before ", Roy destacó" are an adverbial and no clause."""
    words = tokens[start:stop]
    if rules.lexicon.fixed_order and not any(_may_be_verb(token, rules) for token in words):
        return True
    return (
        tokens[start].low in rules.prepositions
        and stop - start <= _FARTHEST_COMMA
        and not any(token.low == "," or token.low in rules.lexicon.finite for token in words)
    )


def _may_be_verb(token: Token, rules: Grammar) -> bool:
    lex = rules.lexicon
    return (
        token.low in lex.finite
        or token.low in lex.clause_pronouns
        or (not token.capital and token.low.endswith(("ed", "s")) and len(token.low) > 3)
    )
