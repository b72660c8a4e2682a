"""The edges of clauses and attributions in a sentence."""

from collections.abc import Sequence

from extractors.actors.lexicon import OTHER
from extractors.quotes.cue import LEFT, RIGHT, SHARED, Cue
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import CLAUSAL, GERUND, INFINITIVE, TELL
from extractors.quotes.tokens import QUOTE, WORD, Token, Tokens
from extractors.quotes.units import FINAL, Unit

# Token ranges of what is reported, and the rule that found them.
Pieces = tuple[list[tuple[int, int]], str]
NOTHING: Pieces = ([], "")
_TRAILING = frozenset({"..", "...", ")", ":"})
_PERFECT = frozenset({"has", "have", "had"})
_LONGEST_LABEL = 2  # tokens before a colon
_LONGEST_ADDRESSEE = 14
_LONGEST_OUTLET = 5
_VERB_GROUP = 5  # tokens of a verb with its auxiliaries and adverbs


def content_end(tokens: Tokens) -> int:
    """Where the words of a sentence end, before its full stop."""
    end = len(tokens)
    while end > 0 and (tokens[end - 1].low in FINAL or tokens[end - 1].low in _TRAILING):
        end -= 1
    return end


def past_conjunctions(tokens: Tokens, first: int, last: int, rules: Grammar) -> int:
    """The first token of ``[first, last)`` that is no conjunction or comma."""
    while first < last and (
        tokens[first].low in rules.lexicon.conjunctions or tokens[first].low in {",", "—", "–"}
    ):
        first += 1
    return first


def clause_start(tokens: Tokens, last: int, *, led_up: bool = False) -> int:
    """Where the clause before *last* may begin: after a semicolon, an open bracket, a label.

    With *led_up* a colon may stand before it, whatever the words that lead up to it.
    """
    closed = 0
    for index in range(last - 1, -1, -1):
        low = tokens[index].low
        closed += (low == ")") - (low == "(")
        if low == ";" or closed < 0 or (low == ":" and (led_up or index <= _LONGEST_LABEL)):
            return index + 1
    return 0


def attribution_edges(unit: Unit, cue: Cue, rules: Grammar) -> tuple[int, int]:
    """The attribution's edges with an "as" before it and words of time after it."""
    if cue.edges is None:
        cue.edges = _read_edges(unit, cue, rules)
    return cue.edges


def _read_edges(unit: Unit, cue: Cue, rules: Grammar) -> tuple[int, int]:
    tokens, lex = unit.tokens, rules.lexicon
    begin, end = cue.begin, cue.end
    while begin > 0 and (
        tokens[begin - 1].low in lex.comparisons or lex.is_adverb(tokens[begin - 1].low)
    ):
        begin -= 1
    if lex.fixed_order and cue.side is LEFT and begin == cue.begin:
        begin = _with_outlet(tokens, begin, rules)
    if TELL in cue.frames:
        end = past_addressee(tokens, end, len(tokens), rules)
    while end < len(tokens):
        if tokens[end].low in lex.days:
            end += 1
        elif (
            tokens[end].low in lex.prepositions
            and end + 1 < len(tokens)
            and tokens[end + 1].low in lex.days
        ):
            end += 2
        else:
            break
    return begin, end


def _with_outlet(tokens: Tokens, begin: int, rules: Grammar) -> int:
    """The start of what says which paper or person a name is of ("the news site Le Matin")."""
    first, told = begin, False
    while first > 0 and begin - first < _LONGEST_OUTLET and tokens[first - 1].is_word:
        low = tokens[first - 1].low
        told = told or low in rules.lexicon.outlets or low in rules.roles
        first -= 1
        if low in rules.lexicon.determiners:
            break
    parted = first == 0 or not tokens[first - 1].is_word
    return first if told and parted else begin


def past_addressee(tokens: Tokens, at: int, end: int, rules: Grammar) -> int:
    """Past the person told ("told reporters in Ottawa that"): one noun phrase."""
    lex = rules.lexicon
    if at < end and tokens[at].low in lex.addressees:
        return at + 1
    start = at
    if lex.addressed_with or (at < end and tokens[at].low in rules.prepositions):
        return at
    while at < end and at - start < _LONGEST_ADDRESSEE:
        token = tokens[at]
        low = token.low
        if not token.is_word or low in lex.complementisers:
            break
        if at > start and (
            low in lex.pronouns
            or low in lex.days
            or low in lex.infinitive_markers
            or (low in lex.determiners and tokens[at - 1].low not in lex.prepositions)
        ):
            break
        at += 1
        following = tokens[at].low if at < end else ""
        if low in lex.audiences and following not in lex.prepositions:
            break
    return at


def is_thing(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether the subject before a cue is nobody ("the debate promised to be long")."""
    if cue.side is not LEFT or cue.mention is None:
        return False
    words = [token for token in unit.tokens[cue.begin : cue.first] if token.kind is WORD]
    return (
        cue.mention.kind is OTHER
        and len(words) == cue.mention.words > 1
        and words[0].low in rules.people.definite
        and not words[-1].low.endswith("s")
        and not any(token.capital or token.low in rules.people.bodies for token in words[1:])
    )


def is_closed(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether an attribution takes no object: it ends, or words of time and place follow."""
    _, at = attribution_edges(unit, cue, rules)
    tokens, lex = unit.tokens, rules.lexicon
    if at >= len(tokens) or tokens[at].kind is not WORD:
        return True
    low = tokens[at].low
    if lex.fixed_order and at + 1 < len(tokens) and tokens[at + 1].low in lex.time_nouns:
        return True
    if low in lex.infinitive_markers:
        return at + 1 < len(tokens) and (
            tokens[at + 1].low in rules.openers or rules.is_name(tokens, at + 1)
        )
    if low in lex.complementisers and not (cue.side is RIGHT and low in lex.relatives):
        return False
    return (
        low in lex.prepositions
        or low in lex.relatives
        or low in lex.conjunctions
        or (low in lex.subordinators and lex.fixed_order)
        or low in lex.fronting
        or lex.is_adverb(low)
    )


def is_last(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether an attribution ends its sentence (", Roy said.")."""
    _, end = attribution_edges(unit, cue, rules)
    return cue.factual and bool(cue.frames & CLAUSAL) and end >= content_end(unit.tokens)


def clause_end(unit: Unit, order: int, start: int, end: int, rules: Grammar) -> int:
    """The end of a clause that begins at *start*: before the next attribution, else *end*."""
    tokens = unit.tokens
    for cue in unit.cues[order + 1 :]:
        if start < cue.begin < end:
            stop = _before_cue(unit, unit.cues[order], cue, rules)
            if stop is not None and stop > start + 1:
                end = stop
                break
    end = _main_verb(unit, order, start, end, rules)
    subordinate = _is_subordinate(unit, unit.cues[order], rules)
    for index in range(start + 1, end):
        low = tokens[index].low
        if low not in rules.clause_marks:
            continue
        if low == ";" or (subordinate and low == ","):
            return index
        if low == ":" and index + 1 < end and tokens[index + 1].kind is QUOTE:
            return index
        if index > start + 2 and (
            _breaks_off(tokens, start, index, end, rules)
            or _resumes(tokens, unit.cues[order], start, index, end, rules)
        ):
            return index
    return end


def _main_verb(unit: Unit, order: int, start: int, end: int, rules: Grammar) -> int:
    """Where a relative clause ends: at the comma before the verb of what it describes.

    "Roy, who said talks would resume, added that": the clause is "talks would resume".
    """
    tokens, own = unit.tokens, unit.cues[order]
    if own.begin == 1 and tokens[0].low in rules.lexicon.before_infinitive:
        return _main_clause(unit, order, start, end)
    if tokens[own.begin].low not in rules.lexicon.relatives:
        return end
    for cue in unit.cues[order + 1 :]:
        if cue.side is not LEFT or cue.begin >= own.begin or not start < cue.first < end:
            continue
        at = cue.first
        while at > start and tokens[at].low != "," and cue.first - at < _VERB_GROUP:
            at -= 1
        if tokens[at].low == "," and at > start + 1:
            return at
    return end


def _main_clause(unit: Unit, order: int, start: int, end: int) -> int:
    """Where what stands before the main clause ends ("Tras decir que llueve, Roy afirmó que")."""
    for cue in unit.cues[order + 1 :]:
        parted = start + 1 < cue.begin < end and unit.tokens[cue.begin - 1].low == ","
        if parted and cue.side is not RIGHT and not cue.is_source:
            return cue.begin - 1
    return end


def _breaks_off(tokens: Tokens, start: int, index: int, end: int, rules: Grammar) -> bool:
    """Whether the reporter takes the floor again at *index*: an aside dash, ", while"."""
    low = tokens[index].low
    if low in {"—", "–", "--"}:
        paired = sum(token.low == low for token in tokens[start:index]) % 2 == 1
        return not paired and all(token.low != low for token in tokens[index + 1 : end])
    return low == "," and index + 1 < end and tokens[index + 1].low in rules.lexicon.contrasts


def _resumes(tokens: Tokens, cue: Cue, start: int, index: int, end: int, rules: Grammar) -> bool:
    """Whether the speaker's own doings go on at *index* (", et a refusé", ", pero restó").

    After the conjunction stands a verb without a subject in the tense of the cue, a tense that
    the reported clause before it does not have.
    """
    lex = rules.lexicon
    if lex.fixed_order:
        return _does_next(tokens, cue, index, tokens[start:index], rules)
    parted = tokens[index].low == ","
    at = index + parted
    if at >= end or not (tokens[at].low in lex.conjunctions or tokens[at].low in lex.resuming):
        return False
    at += 1
    while at < end and (tokens[at].low in lex.object_pronouns or lex.is_adverb(tokens[at].low)):
        at += 1
    return at < end and _has_tense_of(tokens, cue, at, parted, tokens[start:index], rules)


def _does_next(
    tokens: Tokens, cue: Cue, index: int, before: Sequence[Token], rules: Grammar
) -> bool:
    """English: whether the speaker's own doings go on (", then left", "and has threatened to")."""
    if index + 2 >= len(tokens):
        return False
    low, following = tokens[index].low, tokens[index + 1].low
    if low == "," and following in rules.lexicon.resuming:
        verb = tokens[index + 2].low
        return verb in rules.lexicon.finite or verb.endswith("ed")
    if low not in rules.lexicon.coordinators:
        return False
    helped = [t.low for t in tokens[cue.begin : cue.first] if t.low in _PERFECT]
    return following in helped and all(token.low != following for token in before)


def _has_tense_of(
    tokens: Tokens,
    cue: Cue,
    at: int,
    parted: bool,
    before: Sequence[Token],
    rules: Grammar,
) -> bool:
    """Whether the verb at *at* has the cue's auxiliary or ending, and none in *before* has."""
    lex, low = rules.lexicon, tokens[at].low
    helped = [token.low for token in tokens[cue.begin : cue.first]]
    auxiliary = next((word for word in helped if word in lex.auxiliaries), None)
    if auxiliary:
        return low == auxiliary and all(token.low != auxiliary for token in before)
    endings = lex.preterite_endings
    if not (parted and endings and low.endswith(endings)):
        return False
    return tokens[cue.first].low.endswith(endings) and not any(
        token.low.endswith(endings) for token in before
    )


def _before_cue(unit: Unit, own: Cue, cue: Cue, rules: Grammar) -> int | None:
    """Where a clause ends because another attribution begins, or None."""
    tokens, lex = unit.tokens, rules.lexicon
    at = cue.begin
    previous = tokens[at - 1]
    if previous.low == "," and (
        cue.is_source or GERUND in cue.forms or (cue.side is LEFT and cue.begin < own.begin)
    ):
        return at - 1
    if previous.low == "," and cue.side is not SHARED and is_last(unit, cue, rules):
        return at - 1
    if INFINITIVE in cue.forms and previous.low in lex.conjunctions:
        return None  # "could hear it and rule before autumn"
    if previous.low in lex.breaking and at > 1:
        return at - 2 if tokens[at - 2].low == "," else at - 1
    if (
        (cue.frames & CLAUSAL or (cue.side is SHARED and not lex.fixed_order))
        and previous.low in lex.conjunctions
        and (cue.side is not LEFT or tokens[at - 2].low == ",")
    ):
        return at - 2 if tokens[at - 2].low == "," else at - 1
    return None


def _is_subordinate(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether the report is a clause before the main one ("While Roy said ..., talks ...")."""
    at = cue.begin - 1
    if cue.is_gerund and (at < 0 or (at == 0 and unit.tokens[0].low in rules.prepositions)):
        return rules.lexicon.fixed_order
    return 0 <= at <= 1 and unit.tokens[at].low in rules.lexicon.fronting
