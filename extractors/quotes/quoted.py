"""Which quotations of a unit belong to which cue, and which are no speech."""

from collections.abc import Sequence

from extractors.quotes.announced import announcing, signed
from extractors.quotes.around import cue_around
from extractors.quotes.beside import cue_after, cue_before, unlisted_after
from extractors.quotes.cue import LEFT, RIGHT, Cue
from extractors.quotes.found import Found
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import NOUN
from extractors.quotes.marks import Stretch
from extractors.quotes.pauses import PAUSES
from extractors.quotes.shapes import (
    begins_big,
    ends_unit,
    is_broken_off,
    is_name_like,
    is_sentence,
    is_title_like,
    opens_unit,
)
from extractors.quotes.tokens import QUOTE
from extractors.quotes.units import FINAL, Unit
from extractors.types import QuoteKind


def quoted(
    text: str, number: int, unit: Unit, stretches: Sequence[Stretch], rules: Grammar
) -> list[Found]:
    """The quotations of one unit; the pieces that only their attribution parts are one."""
    found: list[Found] = []
    for index in unit.quotes:
        stretch = stretches[unit.tokens[index].stretch]
        item = _one(text, number, unit, index, stretch, rules)
        if item is None:
            continue
        item.stretches = [unit.tokens[index].stretch]
        last = found[-1] if found else None
        if last and _goes_on(unit, last, item, index):
            last.spans.extend(item.spans)
            last.stretches.extend(item.stretches)
            last.tail = max(last.tail, index + 1)
            continue
        found.append(item)
    return found


def _goes_on(unit: Unit, last: Found, item: Found, index: int) -> bool:
    """Whether a quotation goes on after the attribution that broke it off."""
    if last.cue is None or last.rule != "after" or item.rule == "after":
        return False
    if item.cue is not None and item.cue is not last.cue:
        return False
    before = unit.tokens[index - 1]
    return (before.low in PAUSES or before.low in FINAL or before.is_dotted) and all(
        token.kind is not QUOTE for token in unit.tokens[last.cue.end : index]
    )


def _one(
    text: str, number: int, unit: Unit, index: int, stretch: Stretch, rules: Grammar
) -> Found | None:
    """The quotation at one token with its cue, or None where the marks are not of speech."""
    if _is_named(unit, index, rules):
        return None
    sure = 0.95 if stretch.closed else 0.75
    found = Found(
        number, list(stretch.parts), QuoteKind.MIXED, None, "", sure, [], index, index + 1
    )
    before, that = cue_before(unit, index, rules)
    after = None if that else cue_after(text, unit, index, stretch, rules)
    if after and not (_has_own_clause(unit, after, rules) and not opens_unit(unit, index, rules)):
        return _with_cue_after(text, unit, found, after, stretch, rules)
    if before and _names_speaker(text, before, index, stretch, rules):
        return None
    if before:
        return _with_cue_before(text, unit, found, before, stretch, that, rules)
    return (
        _uncued(text, unit, found, stretch, rules)
        or _in_clause(text, unit, found, stretch, rules)
        or _broken_off(text, unit, found, stretch, rules)
    )


def _is_named(unit: Unit, index: int, rules: Grammar) -> bool:
    """Whether the words before say that the marks hold a name or term ("the so-called “x”")."""
    tokens, lex = unit.tokens, rules.lexicon
    low = tokens[index - 1].low if index else ""
    if low in lex.naming:
        return True
    compared = index > 1 and low in lex.comparing
    return compared and tokens[index - 2].low in lex.known


def _uncued(text: str, unit: Unit, found: Found, stretch: Stretch, rules: Grammar) -> Found | None:
    """A quotation without a known cue: its place tells who speaks, or that somebody does."""
    index = found.lead
    opens, ends = opens_unit(unit, index, rules), ends_unit(unit, index)
    untold = unlisted_after(text, unit, index, stretch, rules) if opens and not ends else None
    if untold:
        found.confidence *= 0.8
        return _with_cue_after(text, unit, found, untold, stretch, rules)
    if opens and ends:
        found.title = is_name_like(text, stretch, rules) and len(unit.tokens) <= 2
        return _without_cue(found, "none", 0.6)
    if opens and is_sentence(text, stretch):
        found.mention = signed(unit, index, rules)
        if found.mention:
            return _without_cue(found, "signed", 0.8)
    led_up = index > 0 and unit.tokens[index - 1].low in {":", ","}
    named = led_up and unit.tokens[index - 1].low == "," and is_name_like(text, stretch, rules)
    if not led_up or not ends or named:
        return None
    found.mention = announcing(unit, index, rules)
    short = not is_sentence(text, stretch)
    if short and (found.mention is None or not begins_big(text, stretch)):
        return None
    found.lead = 0
    return _without_cue(found, "colon", 0.7)


def _in_clause(
    text: str, unit: Unit, found: Found, stretch: Stretch, rules: Grammar
) -> Found | None:
    """A few words in the clause of a cue."""
    cue = cue_around(unit, found.lead, rules)
    if cue is None or is_name_like(text, stretch, rules):
        return None
    found.cue, found.rule = cue, "clause"
    found.confidence *= 0.8
    return found


def _broken_off(
    text: str, unit: Unit, found: Found, stretch: Stretch, rules: Grammar
) -> Found | None:
    """A sentence that ends with a comma: somebody says it, in whatever words."""
    told = opens_unit(unit, found.lead, rules) and is_broken_off(text, stretch, rules)
    return _without_cue(found, "none", 0.5) if told else None


def _has_own_clause(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether "that" follows a cue with its subject before it: it governs what comes then."""
    after = unit.tokens[cue.end].low if cue.end < len(unit.tokens) else ""
    return cue.side is LEFT and after in rules.lexicon.distant_complementisers


def _names_speaker(text: str, cue: Cue, index: int, stretch: Stretch, rules: Grammar) -> bool:
    """Whether the marks hold the name of who speaks ('afirma el diario "El Día"')."""
    beside = cue.side is RIGHT and cue.end == index
    return beside and (is_name_like(text, stretch, rules) or is_title_like(text, stretch, rules))


def _is_object(unit: Unit, index: int, rules: Grammar) -> bool:
    """Whether a preposition makes quoted words part of a clause ("se congratuló de «un éxito»")."""
    return index > 0 and unit.tokens[index - 1].low in rules.prepositions


def _without_cue(found: Found, rule: str, share: float) -> Found:
    found.kind, found.rule = QuoteKind.DIRECT, rule
    found.confidence *= share
    return found


def _with_cue_after(
    text: str, unit: Unit, found: Found, cue: Cue, stretch: Stretch, rules: Grammar
) -> Found | None:
    if opens_unit(unit, found.lead, rules):
        found.kind = QuoteKind.DIRECT
    elif is_name_like(text, stretch, rules):
        return None
    found.cue, found.rule, found.tail = cue, "after", cue.end
    return found


def _with_cue_before(
    text: str, unit: Unit, found: Found, cue: Cue, stretch: Stretch, that: bool, rules: Grammar
) -> Found:
    led_up = unit.tokens[found.lead - 1].low == ":" and begins_big(text, stretch)
    sentence = is_sentence(text, stretch) or (led_up and ends_unit(unit, found.lead))
    alone = ends_unit(unit, found.lead) and opens_unit(unit, cue.begin, rules)
    scrap = cue.frames == {NOUN} or _is_object(unit, found.lead, rules)
    if not that and (sentence or (alone and not scrap)):
        found.kind = QuoteKind.DIRECT
    found.cue, found.rule, found.lead = cue, "before", cue.begin
    return found
