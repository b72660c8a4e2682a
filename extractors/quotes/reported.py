"""Reports in the reporter's own words: the clause that a cue governs."""

from collections.abc import Sequence, Set

from extractors.actors.lexicon import OTHER
from extractors.quotes.clauses import NOTHING, Pieces, clause_end, content_end
from extractors.quotes.complementisers import complementiser
from extractors.quotes.complements import after_cue, object_of
from extractors.quotes.cue import LEFT, RIGHT, Cue
from extractors.quotes.found import Found
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import CLAUSAL, OBJECT, THINK, VOICE
from extractors.quotes.postposed import (
    after_comparison,
    around_attribution,
    around_source,
    before_attribution,
)
from extractors.quotes.tokens import has_a
from extractors.quotes.units import Unit
from extractors.types import QuoteKind

_CONFIDENCE = {"object": 0.5}  # of the rules that are surer or less sure than others
_SHORT_GAP = 4
_SHORTEST = 4  # tokens from "that" to the next one


def reported(
    number: int, unit: Unit, rules: Grammar, taken: Set[int], quotes: Set[int]
) -> list[Found]:
    """The reports of a unit; one inside another is left out.

    *taken* are the cues (by id) that have a quotation, *quotes* the tokens that are one.
    """
    found: list[tuple[int, int, Found]] = []
    for order, cue in enumerate(unit.cues):
        if id(cue) in taken and cue.factual and cue.frames & CLAUSAL:
            found.extend(_second_clause(number, unit, order, rules, quotes))
            found.extend(_first_clause(number, unit, order, rules, quotes))
            found.extend(_leading_clause(number, unit, order, rules, quotes))
        named = cue.mention or cue.impersonal or cue.is_source or rules.lexicon.elided_subject
        if id(cue) in taken or not named:
            continue
        if not (cue.factual or _tells_past(unit, cue, rules)):
            continue
        pieces, rule = _clause(unit, order, rules)
        if cue.foretold and rule != "that":
            continue
        if not pieces:
            continue
        pieces = _before_quotation(unit, cue, pieces, quotes, rules)
        if not pieces:
            continue
        first, last = pieces[0][0], pieces[-1][1]
        spans = [unit.tokens.span(a, b) for a, b in pieces]
        confidence = _CONFIDENCE.get(rule, 0.6 if THINK in cue.frames else 0.8)
        found.append(
            (
                first,
                last,
                Found(
                    number, spans, QuoteKind.INDIRECT, cue, rule, confidence, lead=first, tail=last
                ),
            )
        )
    return _outermost(found)


def _tells_past(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether a future form tells what was said later ("Plus tard, il dira que c'était faux").

    Something in its sentence has to say that it is past, and nothing may point ahead.
    """
    if not cue.foretold:
        return False
    lex = rules.lexicon
    endings = lex.past_endings
    past = any(
        token.low in lex.past_clues or (endings and token.low.endswith(endings))
        for token in unit.tokens
    )
    return past and not has_a(unit.tokens, lex.ahead)


def _outermost(found: Sequence[tuple[int, int, Found]]) -> list[Found]:
    """The reports that are in no other; what a noun tells gives way to a clause in it."""
    if len(found) < 2:
        return [item for _, _, item in found]
    clauses = [(a, b) for a, b, item in found if item.rule != "object"]
    kept = [
        (first, last, item)
        for first, last, item in found
        if item.rule != "object" or not any(first <= a and b <= last for a, b in clauses)
    ]
    return [
        item
        for first, last, item in kept
        if not any(a <= first and last <= b and (a, b) != (first, last) for a, b, _ in kept)
    ]


def _before_quotation(
    unit: Unit, own: Cue, pieces: list[tuple[int, int]], quotes: Set[int], rules: Grammar
) -> list[tuple[int, int]]:
    """*pieces* up to the attribution of a quotation that another cue has; none if it is inside."""
    first, last = pieces[0][0], pieces[-1][1]
    inside = [index for index in range(first, last) if index in quotes]
    if not inside:
        return pieces
    cue = next((c for c in unit.cues if own.end < c.begin < inside[0] < c.end + _SHORT_GAP), None)
    if cue is None or cue.side is not LEFT or not rules.lexicon.fixed_order:
        return []
    if pieces[-1][0] > cue.begin or pieces[0][0] < own.begin:
        return []
    for index in range(cue.begin - 1, max(pieces[-1][0], cue.begin - _SHORT_GAP), -1):
        if unit.tokens[index].low == ",":
            return [*pieces[:-1], (pieces[-1][0], index)] if index - pieces[-1][0] > 2 else []
    return []


def _first_clause(
    number: int, unit: Unit, order: int, rules: Grammar, quotes: Set[int]
) -> list[tuple[int, int, Found]]:
    """The clause before an attribution that leads up to quoted words ("It is, said Roy: “…”")."""
    tokens, cue = unit.tokens, unit.cues[order]
    if cue.side is not RIGHT or cue.end >= len(tokens) or tokens[cue.end].low != ":":
        return []
    pieces, rule = before_attribution(unit, order, rules)
    if not pieces or any(a <= quote < b for a, b in pieces for quote in quotes):
        return []
    spans = [tokens.span(a, b) for a, b in pieces]
    item = Found(number, spans, QuoteKind.INDIRECT, cue, rule, 0.8)
    return [(pieces[0][0], pieces[-1][1], item)]


def _leading_clause(
    number: int, unit: Unit, order: int, rules: Grammar, quotes: Set[int]
) -> list[tuple[int, int, Found]]:
    """The clause in plain words before one with quoted ones ("said that it is late and that")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    marker = complementiser(tokens, cue.end, len(tokens), rules)
    quote = next((index for index in sorted(quotes) if index > cue.end), None)
    if marker is None or quote is None:
        return []
    for index in range(quote - 1, marker + _SHORTEST, -1):
        joined = tokens[index - 1].low
        if tokens[index].low in lex.distant_complementisers and (
            joined in lex.coordinators or joined in lex.adversatives
        ):
            stop = index - 2 if tokens[index - 2].low == "," else index - 1
            span = tokens.span(marker + 1, stop)
            item = Found(number, [span], QuoteKind.INDIRECT, cue, "coordinate", 0.7)
            return [(marker + 1, stop, item)]
    return []


def _second_clause(
    number: int, unit: Unit, order: int, rules: Grammar, quotes: Set[int]
) -> list[tuple[int, int, Found]]:
    """The clause in plain words after one with quoted words ("said it was “bad” and that ...")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    end = content_end(tokens)
    if not has_a(tokens[cue.end + 1 : end], lex.distant_complementisers):
        return []
    for index in range(end - 1, cue.end, -1):
        if index in quotes:
            break
        if not (
            tokens[index].low in lex.distant_complementisers
            and tokens[index - 1].low in lex.coordinators
        ):
            continue
        stop = clause_end(unit, order, index, end, rules)
        led_up = any(
            cue.end <= quote < index and not has_a(tokens[quote + 1 : index], lex.relatives)
            for quote in quotes
        )
        if not led_up or stop - index < 3 or any(index < quote < stop for quote in quotes):
            break
        span = tokens.span(index + 1, stop)
        item = Found(number, [span], QuoteKind.INDIRECT, cue, "coordinate", 0.7)
        return [(index + 1, stop, item)]
    return []


def _clause(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """The token ranges of the clause that a cue governs, and the rule that found it."""
    cue = unit.cues[order]
    if cue.is_source:
        return around_source(unit, order, rules)
    if cue.quoted_only:
        return NOTHING
    if cue.frames & CLAUSAL:
        for rule in (after_comparison, around_attribution, after_cue, before_attribution):
            pieces = rule(unit, order, rules)
            if pieces[0]:
                return pieces
    elif _is_spoken_aside(cue, rules):
        pieces = around_attribution(unit, order, rules)
        return pieces if pieces[0] else before_attribution(unit, order, rules)
    return object_of(unit, order, rules) if OBJECT in cue.frames else NOTHING


def _is_spoken_aside(cue: Cue, rules: Grammar) -> bool:
    """Whether a verb of the voice stands before who speaks ("…, décode Ann Roy, …")."""
    return (
        VOICE in cue.frames
        and not rules.lexicon.fixed_order
        and cue.side is RIGHT
        and cue.mention is not None
        and cue.mention.kind is not OTHER
    )
