"""The cue in whose clause a few quoted words stand (Roy called it “a bad start”)."""

from extractors.actors.lexicon import OTHER
from extractors.quotes.clauses import is_closed
from extractors.quotes.cue import NONE, RIGHT, SHARED, Cue
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import CLAUSAL, FUTURE, REPORT, TELL, THINK, VOICE
from extractors.quotes.tokens import QUOTE, WORD, has_a
from extractors.quotes.units import Unit

_NEAR = 24
_SHORT_SUBJECT = 6
_PARTING = frozenset({",", ";", "—", "–"})


def cue_around(unit: Unit, index: int, rules: Grammar) -> Cue | None:
    """The cue in whose clause a quoted scrap stands: the nearest before, else one after."""
    best: Cue | None = None
    for cue in unit.cues:
        if cue.last > index:
            break
        if _takes_no_clause(unit, cue, rules) or _is_aside(unit, cue, rules):
            continue
        if _is_in_subject(unit, cue, index, rules):
            continue
        if not _reaches(unit, cue, index, rules) or _follows_its_quotation(unit, cue, index, rules):
            continue
        if best is None or not _is_inside(unit, best, cue, rules):
            best = cue
    if best:
        return _source_of(unit, best, rules) or best
    for cue in unit.cues:
        if cue.begin > index and cue.side is not SHARED:
            if cue.is_source:
                return cue
            if _is_parted(unit, cue, index, rules) and is_closed(unit, cue, rules):
                return cue
    return None


def _source_of(unit: Unit, cue: Cue, rules: Grammar) -> Cue | None:
    """The source phrase before a verb that a thing does ("Selon Roy, le dossier relève de")."""
    if cue.mention is None or cue.mention.kind is not OTHER or cue.is_source:
        return None
    subject = unit.tokens[cue.begin : cue.first]
    if any(t.capital or t.low in rules.people.bodies for t in subject[1:]):
        return None
    return next((c for c in unit.cues if c.is_source and c.mention and c.end <= cue.begin), None)


def _follows_its_quotation(unit: Unit, cue: Cue, index: int, rules: Grammar) -> bool:
    """Whether a cue closes a quotation, so that words after it are the reporter's.

    “We wait,” said Roy, one of the “big four”: the term only describes who speaks.
    """
    if cue.side is not RIGHT or cue.is_source or cue.begin == 0:
        return False
    tokens = unit.tokens
    at = cue.begin - 2 if tokens[cue.begin - 1].low == "," else cue.begin - 1
    told = has_a(tokens[cue.end : index], rules.lexicon.complementisers)
    return at >= 0 and tokens[at].kind is QUOTE and not (told or _adds(unit, cue, rules))


def _adds(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether a comma and "but" go on with the statement after its attribution."""
    after = [token.low for token in unit.tokens[cue.end : cue.end + _SHORT_SUBJECT]]
    comma = after.index(",") if "," in after[:-1] else None
    return comma is not None and after[comma + 1] in rules.lexicon.adversatives


def _takes_no_clause(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether a verb of the voice stands without "that" ("shouted", not "continues that")."""
    if cue.frames != {VOICE}:
        return False
    after = unit.tokens[cue.end].low if cue.end < len(unit.tokens) else ""
    return after not in rules.lexicon.complementisers


def _is_in_subject(unit: Unit, cue: Cue, index: int, rules: Grammar) -> bool:
    """Whether the marks stand in the name of who speaks (", declaró la «número dos» del país")."""
    tokens, lex = unit.tokens, rules.lexicon
    if cue.begin == 0 or cue.side not in {RIGHT, NONE}:
        return False
    after = tokens[cue.begin - 1]
    told = any(token.kind is QUOTE for token in tokens[max(0, cue.begin - 2) : cue.begin])
    if cue.side is NONE and not told:
        return False  # what follows is the verb's object
    words = [token for token in tokens[cue.last : index] if token.low not in lex.days]
    return (
        (after.kind is QUOTE or after.low in _PARTING)
        and 0 < len(words) <= _SHORT_SUBJECT
        and words[0].low in lex.determiners
        and words[-1].low in rules.links
        and all(token.kind is WORD for token in words)
    )


def _is_parted(unit: Unit, cue: Cue, index: int, rules: Grammar) -> bool:
    """Whether a comma stands before an attribution after token *index* (", comme l'explique")."""
    begin, lex = cue.begin, rules.lexicon
    for _ in range(2):
        low = unit.tokens[begin - 1].low
        if low in lex.object_pronouns or low in lex.comparisons or lex.is_adverb(low):
            begin -= 1
    return any(token.low == "," for token in unit.tokens[max(index + 1, begin - 2) : begin])


def _reaches(unit: Unit, cue: Cue, index: int, rules: Grammar) -> bool:
    """Whether the clause of a cue runs as far as the scrap."""
    gap = unit.tokens[cue.end : index]
    if cue.is_source:
        return True
    if has_a(gap, rules.lexicon.complementisers):
        return True
    if cue.frames & {REPORT, THINK, TELL}:
        return rules.lexicon.fixed_order or len(gap) <= _NEAR
    return len(gap) <= _NEAR


def _is_aside(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether a cue only compares ("como ya adelantó Prodi"), no clause after it."""
    begin, after = cue.begin - 1, unit.tokens[cue.end : cue.end + 1]
    if after and after[0].low in rules.lexicon.distant_complementisers:
        return False
    return begin >= 0 and unit.tokens[begin].low in rules.lexicon.comparisons


def _is_inside(unit: Unit, outer: Cue, inner: Cue, rules: Grammar) -> bool:
    """Whether *inner* is a relative clause in what *outer* reports."""
    if inner.begin < outer.end or not outer.frames & CLAUSAL:
        return False
    tokens, lex = unit.tokens, rules.lexicon
    if inner.forms == {FUTURE}:
        return True
    that = has_a(tokens[outer.end : outer.end + 2], lex.complementisers)
    if not that:
        return inner.begin == outer.end and lex.fixed_order
    before = tokens[inner.begin - 1].low
    parted = before in _PARTING or before in lex.conjunctions or before in lex.breaking
    return not parted or tokens[inner.begin].low in lex.relatives
