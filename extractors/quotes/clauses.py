"""The edges of clauses and attributions in a sentence."""

from collections.abc import Sequence

from extractors.quotes.cue import Cue, Side
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import CLAUSAL, Form, Frame
from extractors.quotes.tokens import Kind, Token
from extractors.quotes.units import FINAL, Unit

# Token ranges of what is reported, and the rule that found them.
Pieces = tuple[list[tuple[int, int]], str]
NOTHING: Pieces = ([], "")
_VERB_GROUP = 5  # tokens of a verb with its auxiliaries and adverbs


def content_end(tokens: Sequence[Token]) -> int:
    """Where the words of a sentence end, before its full stop."""
    end = len(tokens)
    while end > 0 and (tokens[end - 1].low in FINAL or tokens[end - 1].low in {"..", "...", ")"}):
        end -= 1
    return end


def past_conjunctions(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> int:
    """The first token of ``[first, last)`` that is no conjunction or comma."""
    while first < last and (
        rules.lexicon.is_a(tokens[first].low, "conjunctions")
        or tokens[first].low in {",", "—", "–"}
    ):
        first += 1
    return first


def after_semicolon(tokens: Sequence[Token], first: int, last: int) -> int:
    for index in range(last - 1, first, -1):
        if tokens[index].low == ";":
            return index + 1
    return first


def attribution_edges(unit: Unit, cue: Cue, rules: Grammar) -> tuple[int, int]:
    """The attribution's edges with an "as" before it and words of time after it."""
    tokens, lex = unit.tokens, rules.lexicon
    begin, end = cue.begin, cue.end
    while begin > 0 and (
        lex.is_a(tokens[begin - 1].low, "comparisons") or lex.is_adverb(tokens[begin - 1].low)
    ):
        begin -= 1
    if Frame.TELL in cue.frames:
        end = past_addressee(tokens, end, len(tokens), rules)
    while end < len(tokens) and lex.is_a(tokens[end].low, "days"):
        end += 1
    return begin, end


def past_addressee(tokens: Sequence[Token], at: int, end: int, rules: Grammar) -> int:
    """Past the person told ("told reporters in Ottawa that"): one noun phrase."""
    lex = rules.lexicon
    if at < end and lex.is_a(tokens[at].low, "addressees"):
        return at + 1
    start = at
    if at < end and rules.is_preposition(tokens[at].low):
        return at
    while at < end and at - start < 8:
        token = tokens[at]
        low = token.low
        if token.kind not in {Kind.WORD, Kind.NUMBER} or lex.is_a(low, "complementisers"):
            break
        if at > start and (
            lex.is_a(low, "pronouns")
            or lex.is_a(low, "days")
            or (lex.is_a(low, "determiners") and not lex.is_a(tokens[at - 1].low, "prepositions"))
        ):
            break
        at += 1
        following = tokens[at].low if at < end else ""
        if lex.is_a(low, "audiences") and not lex.is_a(following, "prepositions"):
            break
    return at


def is_closed(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether an attribution takes no object: it ends, or words of time and place follow."""
    _, at = attribution_edges(unit, cue, rules)
    tokens, lex = unit.tokens, rules.lexicon
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return True
    low = tokens[at].low
    if lex.fixed_order and at + 1 < len(tokens) and lex.is_a(tokens[at + 1].low, "time_nouns"):
        return True
    if lex.is_a(low, "infinitive_markers"):
        return at + 1 < len(tokens) and (
            rules.opens_phrase(tokens[at + 1].low) or rules.is_name(tokens, at + 1)
        )
    if lex.is_a(low, "complementisers") and not (
        cue.side is Side.RIGHT and lex.is_a(low, "relatives")
    ):
        return False
    return (
        lex.is_a(low, "prepositions")
        or lex.is_a(low, "relatives")
        or lex.is_a(low, "conjunctions")
        or (lex.is_a(low, "subordinators") and lex.fixed_order)
        or lex.is_a(low, "fronting")
        or lex.is_adverb(low)
    )


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
        if low == ";" or (subordinate and low == ","):
            return index
        if low == ":" and index + 1 < end and tokens[index + 1].kind is Kind.QUOTE:
            return index
        if index > start + 2 and _breaks_off(tokens, start, index, end, rules):
            return index
    return end


def _main_verb(unit: Unit, order: int, start: int, end: int, rules: Grammar) -> int:
    """Where a relative clause ends: at the comma before the verb of what it describes.

    "Roy, who said talks would resume, added that": the clause is "talks would resume".
    """
    tokens, own = unit.tokens, unit.cues[order]
    if not rules.lexicon.is_a(tokens[own.begin].low, "relatives"):
        return end
    for cue in unit.cues[order + 1 :]:
        if cue.side is not Side.LEFT or cue.begin >= own.begin or not start < cue.first < end:
            continue
        at = cue.first
        while at > start and tokens[at].low != "," and cue.first - at < _VERB_GROUP:
            at -= 1
        if tokens[at].low == "," and at > start + 1:
            return at
    return end


def _breaks_off(tokens: Sequence[Token], start: int, index: int, end: int, rules: Grammar) -> bool:
    """Whether the reporter takes the floor again at *index*: an aside dash, ", while"."""
    low = tokens[index].low
    if low in {"—", "–", "--"}:
        paired = sum(token.low == low for token in tokens[start:index]) % 2 == 1
        return not paired and all(token.low != low for token in tokens[index + 1 : end])
    return low == "," and index + 1 < end and rules.lexicon.is_a(tokens[index + 1].low, "contrasts")


def _before_cue(unit: Unit, own: Cue, cue: Cue, rules: Grammar) -> int | None:
    """Where a clause ends because another attribution begins, or None."""
    tokens, lex = unit.tokens, rules.lexicon
    at = cue.begin
    previous = tokens[at - 1]
    if previous.low == "," and (
        cue.is_source
        or Form.GERUND in cue.forms
        or (cue.side is Side.LEFT and cue.begin < own.begin)
    ):
        return at - 1
    if lex.is_a(previous.low, "breaking") and at > 1:
        return at - 2 if tokens[at - 2].low == "," else at - 1
    if (
        (cue.frames & CLAUSAL or (cue.side is Side.SHARED and not lex.fixed_order))
        and lex.is_a(previous.low, "conjunctions")
        and (cue.side is not Side.LEFT or tokens[at - 2].low == ",")
    ):
        return at - 2 if tokens[at - 2].low == "," else at - 1
    return None


def _is_subordinate(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether the report is a clause before the main one ("While Roy said ..., talks ...")."""
    at = cue.begin - 1
    if at < 0 and cue.is_gerund:
        return rules.lexicon.fixed_order
    return 0 <= at <= 1 and rules.lexicon.is_a(unit.tokens[at].low, "fronting")
