"""Reports in the reporter's own words: the clause that a cue governs."""

from collections.abc import Sequence

from extractors.actors.lexicon import MentionKind
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
_FARTHEST_COMMA = 24
_SHORT_GAP = 4


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
    """What a source phrase vouches for: the rest of its sentence."""
    cue = unit.cues[order]
    if past_conjunctions(unit.tokens, 0, cue.begin, rules) == cue.begin:
        return _after_source(unit, order, rules)
    return _NOTHING if cue.quoted_only else _before_source(unit, cue, rules)


def _after_source(unit: Unit, order: int, rules: Grammar) -> Pieces:
    tokens, cue = unit.tokens, unit.cues[order]
    if cue.quoted_only and not _is_full_name(cue):
        return _NOTHING
    end = content_end(tokens)
    at = cue.end
    if at < end and tokens[at].low != "," and cue.mention and cue.mention.kind is MentionKind.NAME:
        at -= 1
    while at >= cue.end and at < end and tokens[at].low != ",":
        at += 1
        if at - cue.end > _FARTHEST_COMMA:
            return _NOTHING
    stop = _clause_end(unit, order, at + 1, end, rules)
    return ([(at + 1, stop)], "source") if at + 3 < stop else _NOTHING


def _before_source(unit: Unit, cue: Cue, rules: Grammar) -> Pieces:
    tokens = unit.tokens
    end, stop = content_end(tokens), cue.begin
    comma = tokens[stop - 1].low == ","
    if comma:
        stop -= 1
    elif cue.end < end:
        return _NOTHING
    start = past_conjunctions(tokens, _after_semicolon(tokens, 0, stop), stop, rules)
    goes_on = comma and cue.end + 2 < end and tokens[cue.end].low == ","
    if stop - start < 3:
        adverbial = rules.is_preposition(tokens[start].low) or rules.is_time(tokens, start, stop)
        first = [] if adverbial else [(start, stop)]
        return ([*first, (cue.end + 1, end)], "source") if goes_on else _NOTHING
    if goes_on and _continues(tokens, start, stop, cue.end + 1, rules):
        return [(start, stop), (cue.end + 1, end)], "source"
    return [(start, stop)], "source"


def _is_full_name(cue: Cue) -> bool:
    """Whether "pour"/"para" stands before a person: a name of two words or more."""
    return (
        cue.mention is not None and cue.mention.kind is MentionKind.NAME and cue.mention.words > 1
    )


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
    if rules.is_preposition(tokens[start].low) and all(t.low != "," for t in tokens[start:stop]):
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
    if stop - at < 3 or not (cue.sure or to_do or _has_verb(tokens, at, stop, rules)):
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
        or (lex.is_a(low, "subordinators") and lex.lang == "en")
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
    commas = [index for index, token in enumerate(gap) if token.low == ","]
    if commas and (commas[0] > 0 or commas[-1] < len(gap) - 1):
        return False
    last = gap[-1]
    if lex.is_a(last.low, "not_before_that") or lex.is_a(last.low, "determiners"):
        return False
    if commas or lex.lang == "en":
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
    if cue.side is Side.SHARED or not is_closed(unit, cue, rules) or _is_thing(unit, cue, rules):
        return _NOTHING
    stop = begin - 1
    start = past_conjunctions(tokens, _after_semicolon(tokens, 0, stop), stop, rules)
    if stop - start < 3 or _is_fronted(tokens, start, stop, rules):
        return _NOTHING
    return [(start, stop)], "postposed"


def _is_thing(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether what follows the verb is its object, being nobody ("reconoce la sensibilidad")."""
    lex = rules.lexicon
    if cue.side is not Side.RIGHT or cue.mention is None or lex.lang == "en":
        return False
    if cue.mention.kind is not MentionKind.OTHER:
        return False
    words = [t for t in unit.tokens[cue.last : cue.end] if not lex.is_a(t.low, "determiners")]
    plural = bool(words) and words[0].low.endswith(("s", "x"))
    return not plural and not any(
        token.capital or token.low in rules.people.bodies for token in words
    )


def _is_fronted(tokens: Sequence[Token], start: int, stop: int, rules: Grammar) -> bool:
    """Whether words before ", Roy destacó" are an adverbial and no clause."""
    return (
        rules.lexicon.lang != "en"
        and rules.is_preposition(tokens[start].low)
        and stop - start <= _FARTHEST_COMMA
        and all(token.low != "," for token in tokens[start:stop])
    )
