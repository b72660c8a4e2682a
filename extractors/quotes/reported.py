"""Reports in the reporter's own words: the clause that a cue governs."""

from collections.abc import Sequence

from extractors.quotes.clauses import NOTHING, Pieces, clause_end, content_end, past_addressee
from extractors.quotes.cue import Side
from extractors.quotes.found import Found
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import CLAUSAL, Frame
from extractors.quotes.postposed import around_attribution, around_source, before_attribution
from extractors.quotes.tokens import Kind, Token
from extractors.quotes.units import Unit
from extractors.types import QuoteKind, Span

_SHORT_GAP = 4
_ASIDE = 7  # tokens between commas that part a cue from its "that"


def reported(
    number: int, unit: Unit, rules: Grammar, taken: set[int], quotes: set[int]
) -> list[Found]:
    """The reports of a unit; one inside another is left out.

    *taken* are the cues (by id) that have a quotation, *quotes* the tokens that are one.
    """
    found: list[tuple[int, int, Found]] = []
    for order, cue in enumerate(unit.cues):
        if id(cue) in taken and cue.factual and cue.frames & CLAUSAL:
            found.extend(_second_clause(number, unit, order, rules, quotes))
        if id(cue) in taken or not cue.factual or not (cue.mention or rules.lexicon.elided_subject):
            continue
        pieces, rule = _clause(unit, order, rules)
        if not pieces:
            continue
        first, last = pieces[0][0], pieces[-1][1]
        if any(index in quotes for index in range(first, last)):
            continue
        spans = [Span(unit.tokens[a].start, unit.tokens[b - 1].end) for a, b in pieces]
        confidence = 0.6 if Frame.THINK in cue.frames else 0.8
        found.append(
            (
                first,
                last,
                Found(
                    number, spans, QuoteKind.INDIRECT, cue, rule, confidence, lead=first, tail=last
                ),
            )
        )
    return [
        item
        for first, last, item in found
        if not any(a <= first and last <= b and (a, b) != (first, last) for a, b, _ in found)
    ]


def _second_clause(
    number: int, unit: Unit, order: int, rules: Grammar, quotes: set[int]
) -> list[tuple[int, int, Found]]:
    """The clause in plain words after one with quoted words ("said it was “bad” and that ...")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    end = content_end(tokens)
    for index in range(end - 1, cue.end, -1):
        if index in quotes:
            break
        if not (
            lex.is_a(tokens[index].low, "distant_complementisers")
            and lex.is_a(tokens[index - 1].low, "coordinators")
        ):
            continue
        stop = clause_end(unit, order, index, end, rules)
        led_up = any(
            cue.end <= quote < index
            and not any(lex.is_a(t.low, "relatives") for t in tokens[quote + 1 : index])
            for quote in quotes
        )
        if not led_up or stop - index < 3 or any(index < quote < stop for quote in quotes):
            break
        span = Span(tokens[index + 1].start, tokens[stop - 1].end)
        item = Found(number, [span], QuoteKind.INDIRECT, cue, "coordinate", 0.7)
        return [(index + 1, stop, item)]
    return []


def _clause(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """The token ranges of the clause that a cue governs, and the rule that found it."""
    cue = unit.cues[order]
    if cue.is_source:
        return around_source(unit, order, rules)
    if not cue.frames & CLAUSAL or cue.quoted_only:
        return NOTHING
    for rule in (around_attribution, _after, before_attribution):
        pieces = rule(unit, order, rules)
        if pieces[0]:
            return pieces
    return NOTHING


def _after(unit: Unit, order: int, rules: Grammar) -> Pieces:
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    end = content_end(tokens)
    at = cue.end
    if cue.side is Side.RIGHT and cue.begin > 3 and tokens[cue.begin - 1].low == ",":
        return NOTHING
    if Frame.TELL in cue.frames and at < end:
        at = past_addressee(tokens, at, end, rules)
    marker = _complementiser(tokens, at, end, rules)
    if marker is not None:
        stop = clause_end(unit, order, marker, end, rules)
        if lex.is_a(tokens[marker].low, "question_words"):
            marker -= 2 if rules.is_preposition(tokens[marker - 1].low) else 1
        return ([(marker + 1, stop)], "that") if stop - marker > 2 else NOTHING
    while at < end and (lex.is_a(tokens[at].low, "days") or lex.is_a(tokens[at].low, "between")):
        at += 1
    if at >= end or tokens[at].kind not in {Kind.WORD, Kind.NUMBER}:
        return NOTHING
    if not lex.fixed_order:
        return _infinitive(unit, order, at, end, rules)
    return _bare_clause(unit, order, at, end, rules)


def _bare_clause(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """English: a clause without "that" ("Roy said talks would resume")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    low = tokens[at].low
    plain = bool(cue.frames & {Frame.REPORT, Frame.TELL, Frame.THINK})
    if not plain and not (Frame.THAT in cue.frames and lex.is_a(low, "clause_pronouns")):
        return NOTHING
    to_do = cue.commits and lex.is_a(low, "infinitive_markers")
    if not to_do and (
        rules.is_preposition(low)
        or lex.is_a(low, "conjunctions")
        or lex.is_a(low, "modals")
        or lex.is_a(low, "no_clause")
    ):
        return NOTHING
    stop = clause_end(unit, order, at, end, rules)
    shortest = 2 if lex.is_a(low, "clause_pronouns") else 3
    if stop - at < shortest or not (cue.sure or to_do or _has_verb(tokens, at, stop, rules)):
        return NOTHING
    return [(at, stop)], "clause"


def _has_verb(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> bool:
    """Whether a clause without "that" shows a verb before it is broken off."""
    lex = rules.lexicon
    for index in range(first, min(last, first + 16)):
        token = tokens[index]
        low = token.low
        if index > first and (token.kind is Kind.PUNCTUATION or lex.is_a(low, "relatives")):
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
    if cue.side is Side.RIGHT or Frame.ASK in cue.frames or not lex.is_infinitive(low):
        return NOTHING
    start = at
    while start > cue.end and lex.is_a(unit.tokens[start - 1].low, "between"):
        start -= 1
    stop = clause_end(unit, order, at, end, rules)
    return ([(start, stop)], "infinitive") if stop - at > 2 else NOTHING


def _complementiser(tokens: Sequence[Token], at: int, end: int, rules: Grammar) -> int | None:
    """Where "that" stands, at once or past words of time and place."""
    lex = rules.lexicon
    for index in range(at, min(end, at + 16)):
        token = tokens[index]
        if lex.is_a(token.low, "question_words"):
            stop = index - 1 if rules.is_preposition(tokens[index - 1].low) else index
            gap = tokens[at:stop]
            return index if not gap or _is_told_whom(gap, rules) else None
        if lex.is_a(token.low, "complementisers"):
            return index if _may_be_distant(tokens[at:index], token, rules) else None
        named = token.kind is Kind.QUOTE and index + 1 < end and index > at
        if named and lex.is_a(tokens[index + 1].low, "distant_complementisers"):
            continue  # the name of a paper ("dijo al diario “El Día” que")
        if token.kind is Kind.QUOTE or token.low in {";", ":"}:
            return None
    return None


def _is_told_whom(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether a few words between a verb and its question say only to whom or where it was put."""
    if len(gap) > _SHORT_GAP:
        return False
    return all(rules.lexicon.is_adverb(token.low) for token in gap) or _is_setting(gap, rules)


def _may_be_distant(gap: Sequence[Token], marker: Token, rules: Grammar) -> bool:
    """Whether what stands between a cue and "that" lets it be the cue's."""
    lex = rules.lexicon
    if all(
        token.low == ","
        or lex.is_a(token.low, "days")
        or lex.is_adverb(token.low)
        or lex.is_a(token.low, "cue_prepositions")
        for token in gap
    ):
        return True
    commas = [index for index, token in enumerate(gap) if token.low == ","]
    if len(commas) == 2 and commas == [0, len(gap) - 1] and len(gap) <= _ASIDE:
        return True
    if not lex.is_a(marker.low, "distant_complementisers"):
        return False
    if commas and (commas[0] > 0 or commas[-1] < len(gap) - 1):
        return False
    last = gap[-1]
    if lex.is_a(last.low, "not_before_that") or lex.is_a(last.low, "determiners"):
        return False
    if commas or lex.fixed_order:
        return bool(commas) or _is_setting(gap, rules)
    told = (
        len(gap) <= _SHORT_GAP
        or last.capital
        or last.kind is Kind.NUMBER
        or last.kind is Kind.QUOTE
    )
    return _is_setting(gap, rules) and (
        told or lex.is_a(last.low, "settings") or lex.is_a(last.low, "audiences")
    )


def _is_setting(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether words say where, when or to whom something was said."""
    lex = rules.lexicon
    return lex.is_a(gap[0].low, "setting_prepositions") or any(
        lex.is_a(token.low, "settings") for token in gap
    )
