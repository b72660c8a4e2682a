"""Reports in the reporter's own words: the clause that a cue governs."""

from collections.abc import Sequence

from extractors.quotes.cue import Cue, Side
from extractors.quotes.found import Found
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import CLAUSAL, Form, Frame
from extractors.quotes.tokens import DASHES, Kind, Token
from extractors.quotes.units import FINAL, Unit
from extractors.types import QuoteKind, Span

Pieces = tuple[list[tuple[int, int]], str]
_NOTHING: Pieces = ([], "")
_SHORT = 6


def reported(
    number: int, unit: Unit, rules: Grammar, taken: set[int], quotes: set[int]
) -> list[Found]:
    """The reports of a unit; one inside another is left out.

    *taken* are the cues (by id) that have a quotation, *quotes* the tokens that are one.
    """
    found: list[tuple[int, int, Found]] = []
    for order, cue in enumerate(unit.cues):
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


def _clause(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """The token ranges of the clause that a cue governs, and the rule that found it."""
    cue = unit.cues[order]
    if cue.is_source:
        return _around_source(unit, order, rules)
    if not cue.frames & CLAUSAL or cue.quoted_only:
        return _NOTHING
    for rule in (_around, _after, _before):
        pieces = rule(unit, order, rules)
        if pieces[0]:
            return pieces
    return _NOTHING


def _around_source(unit: Unit, order: int, rules: Grammar) -> Pieces:
    tokens, cue = unit.tokens, unit.cues[order]
    end = content_end(tokens)
    lead = past_conjunctions(tokens, 0, cue.begin, rules)
    if cue.begin - lead <= 0:
        if cue.quoted_only and not _is_full_name(cue):
            return _NOTHING
        at = cue.end
        while at < end and tokens[at].low != ",":
            at += 1
            if at - cue.end > 24:
                return _NOTHING
        stop = _clause_end(unit, order, at + 1, end, rules)
        return ([(at + 1, stop)], "source") if at + 3 < stop else _NOTHING
    if cue.quoted_only:
        return _NOTHING
    before = cue.begin
    comma = before > 0 and tokens[before - 1].low == ","
    if comma:
        before -= 1
    elif cue.end < end:
        return _NOTHING
    start = _after_semicolon(tokens, 0, before)
    start = past_conjunctions(tokens, start, before, rules)
    if before - start < 3:
        if not comma or cue.end + 3 >= end or tokens[cue.end].low != ",":
            return _NOTHING
        adverbial = rules.is_preposition(tokens[start].low) or rules.is_time(tokens, start, before)
        first = [] if adverbial else [(start, before)]
        return [*first, (cue.end + 1, end)], "source"
    if (
        comma
        and cue.end + 2 < end
        and tokens[cue.end].low == ","
        and _continues(tokens, start, before, cue.end + 1, rules)
    ):
        return [(start, before), (cue.end + 1, end)], "source"
    return [(start, before)], "source"


def _is_full_name(cue: Cue) -> bool:
    """Whether "pour"/"para" stands before a person: a name of two words or more."""
    return cue.mention is not None and cue.mention.kind == "name" and cue.mention.words > 1


def _after_semicolon(tokens: Sequence[Token], first: int, last: int) -> int:
    for index in range(last - 1, first, -1):
        if tokens[index].low == ";":
            return index + 1
    return first


def content_end(tokens: Sequence[Token]) -> int:
    """Where the words of a sentence end, before its full stop."""
    end = len(tokens)
    while end > 0 and (tokens[end - 1].low in FINAL or tokens[end - 1].low in {"..", "...", ")"}):
        end -= 1
    return end


def _attribution(unit: Unit, cue: Cue, rules: Grammar) -> tuple[int, int]:
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


def past_conjunctions(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> int:
    """The first token of ``[first, last)`` that is no conjunction or comma."""
    while first < last and (
        rules.lexicon.is_a(tokens[first].low, "conjunctions")
        or tokens[first].low in {",", "—", "–"}
    ):
        first += 1
    return first


def _around(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """A clause with its attribution in the middle ("The risk, he said, is real")."""
    tokens, cue = unit.tokens, unit.cues[order]
    end = content_end(tokens)
    begin, after = _attribution(unit, cue, rules)
    if begin < 2 or after + 1 >= end or cue.side is Side.SHARED:
        return _NOTHING
    before = tokens[begin - 1].low
    if (before != "," and before not in DASHES) or tokens[after].low != before:
        return _NOTHING
    start = past_conjunctions(tokens, _after_semicolon(tokens, 0, begin), begin, rules)
    stop = _clause_end(unit, order, after + 1, end, rules)
    if stop - after < 3 or start >= begin - 1:
        return _NOTHING
    if not _continues(tokens, start, begin - 1, after + 1, rules):
        return _NOTHING
    return [(start, begin - 1), (after + 1, stop)], "parenthesis"


def _continues(tokens: Sequence[Token], start: int, stop: int, after: int, rules: Grammar) -> bool:
    """Whether the clause broken off at *stop* goes on at *after*, or something is added to it."""
    lex = rules.lexicon
    if stop - start <= _SHORT or lex.is_a(tokens[start].low, "fronting"):
        return True
    low = tokens[after].low
    if lex.is_a(low, "prepositions") and lex.is_a(tokens[start].low, "prepositions"):
        return True
    if lex.is_a(low, "complementisers") and not lex.is_a(low, "relatives"):
        return True
    return not (
        lex.is_a(low, "relatives")
        or lex.is_a(low, "subordinators")
        or lex.is_a(low, "prepositions")
        or lex.is_a(low, "determiners")
        or lex.is_a(low, "conjunctions")
        or low in lex.cues
    )


def _after(unit: Unit, order: int, rules: Grammar) -> Pieces:
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    end = content_end(tokens)
    at = cue.end
    if cue.side is Side.RIGHT and cue.begin > 3 and tokens[cue.begin - 1].low == ",":
        return _NOTHING
    if Frame.TELL in cue.frames and at < end:
        at = past_addressee(tokens, at, end, rules)
    marker = _complementiser(tokens, at, end, rules)
    if marker is not None:
        stop = _clause_end(unit, order, marker, end, rules)
        return ([(marker + 1, stop)], "that") if stop - marker > 2 else _NOTHING
    while at < end and (lex.is_a(tokens[at].low, "days") or lex.is_a(tokens[at].low, "between")):
        at += 1
    if at >= end or tokens[at].kind not in {Kind.WORD, Kind.NUMBER}:
        return _NOTHING
    if lex.lang != "en":
        return _infinitive(unit, order, at, end, rules)
    return _bare_clause(unit, order, at, end, rules)


def _bare_clause(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """English: a clause without "that" ("Roy said talks would resume")."""
    tokens, cue, lex = unit.tokens, unit.cues[order], rules.lexicon
    low = tokens[at].low
    if not cue.frames & {Frame.REPORT, Frame.TELL, Frame.THINK}:
        return _NOTHING
    to_do = cue.commits and lex.is_a(low, "infinitive_markers")
    if not to_do and (
        rules.is_preposition(low)
        or lex.is_a(low, "conjunctions")
        or lex.is_a(low, "modals")
        or lex.is_a(low, "no_clause")
    ):
        return _NOTHING
    stop = _clause_end(unit, order, at, end, rules)
    if stop - at < 3 or not (
        cue.sure or to_do or _has_verb(tokens, at, stop, rules)
    ):
        return _NOTHING
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


def is_closed(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether an attribution takes no object: it ends, or words of time and place follow."""
    _, at = _attribution(unit, cue, rules)
    tokens, lex = unit.tokens, rules.lexicon
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return True
    low = tokens[at].low
    if lex.is_a(low, "complementisers") and not (
        cue.side is Side.RIGHT and lex.is_a(low, "relatives")
    ):
        return False
    return (
        lex.is_a(low, "prepositions")
        or lex.is_a(low, "relatives")
        or lex.is_a(low, "conjunctions")
        or lex.is_a(low, "subordinators")
        or lex.is_adverb(low)
    )


def _infinitive(unit: Unit, order: int, at: int, end: int, rules: Grammar) -> Pieces:
    """French and Spanish: the clause's verb in the infinitive ("affirme avoir", "dijo tener")."""
    cue, lex = unit.cues[order], rules.lexicon
    low = unit.tokens[at].low
    if cue.side is Side.RIGHT or Frame.ASK in cue.frames or not lex.is_infinitive(low):
        return _NOTHING
    start = at
    while start > cue.end and lex.is_a(unit.tokens[start - 1].low, "between"):
        start -= 1
    stop = _clause_end(unit, order, at, end, rules)
    return ([(start, stop)], "infinitive") if stop - at > 2 else _NOTHING


def past_addressee(tokens: Sequence[Token], at: int, end: int, rules: Grammar) -> int:
    """Past the person told ("told reporters in Ottawa that"): one noun phrase."""
    lex = rules.lexicon
    if at < end and lex.is_a(tokens[at].low, "addressees"):
        return at + 1
    start = at
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


def _complementiser(tokens: Sequence[Token], at: int, end: int, rules: Grammar) -> int | None:
    """Where "that" stands, at once or past words of time and place."""
    lex = rules.lexicon
    for index in range(at, min(end, at + 16)):
        token = tokens[index]
        if lex.is_a(token.low, "complementisers"):
            return index if _may_be_distant(tokens[at:index], token, rules) else None
        if token.kind is Kind.QUOTE or token.low in {";", ":"}:
            return None
    return None


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
    if not lex.is_a(marker.low, "distant_complementisers"):
        return False
    if gap[0].low == "," and gap[-1].low != ",":
        return False
    if lex.is_a(gap[-1].low, "not_before_that") or lex.is_a(gap[-1].low, "determiners"):
        return False
    return (
        lex.is_a(gap[0].low, "prepositions")
        or gap[0].low == ","
        or any(lex.is_a(token.low, "settings") for token in gap)
    )


def _clause_end(unit: Unit, order: int, start: int, end: int, rules: Grammar) -> int:
    """The end of a clause that begins at *start*: before the next attribution, else *end*."""
    tokens = unit.tokens
    for cue in unit.cues[order + 1 :]:
        if start < cue.begin < end:
            stop = _before_cue(unit, unit.cues[order], cue, rules)
            if stop is not None and stop > start + 1:
                end = stop
                break
    subordinate = _is_subordinate(unit, unit.cues[order], rules)
    for index in range(start + 1, end):
        low = tokens[index].low
        if low == ";" or (subordinate and low == ","):
            return index
        if index > start + 2 and _breaks_off(tokens, index, end, rules):
            return index
    return end


def _breaks_off(tokens: Sequence[Token], index: int, end: int, rules: Grammar) -> bool:
    """Whether the reporter takes the floor again at *index*: an aside dash, ", while"."""
    low = tokens[index].low
    if low in {"—", "–", "--"}:
        return all(token.low != low for token in tokens[index + 1 : end])
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
        cue.frames & CLAUSAL
        and lex.is_a(previous.low, "conjunctions")
        and (cue.side is not Side.LEFT or tokens[at - 2].low == ",")
    ):
        return at - 2 if tokens[at - 2].low == "," else at - 1
    return None


def _is_subordinate(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether the report is a clause before the main one ("While Roy said ..., talks ...")."""
    at = cue.begin - 1
    return 0 <= at <= 1 and rules.lexicon.is_a(unit.tokens[at].low, "fronting")


def _before(unit: Unit, order: int, rules: Grammar) -> Pieces:
    """A clause that stands before its attribution ("Talks resume, Roy said.")."""
    tokens, cue = unit.tokens, unit.cues[order]
    begin, _ = _attribution(unit, cue, rules)
    if begin < 4 or (tokens[begin - 1].low != "," and tokens[begin - 1].low not in DASHES):
        return _NOTHING
    if cue.side is Side.SHARED or not is_closed(unit, cue, rules):
        return _NOTHING
    stop = begin - 1
    start = past_conjunctions(tokens, _after_semicolon(tokens, 0, stop), stop, rules)
    return ([(start, stop)], "postposed") if stop - start > 2 else _NOTHING
