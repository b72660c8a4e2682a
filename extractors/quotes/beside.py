"""The cue that stands beside a quotation: right before it, or right after."""

from collections.abc import Sequence

from extractors.quotes.cue import LEFT, NONE, SHARED, Cue
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import ASK, NOUN, REPORT, SOURCE, TELL, VOICE
from extractors.quotes.marks import Stretch
from extractors.quotes.pauses import PAUSES
from extractors.quotes.shapes import is_name_like
from extractors.quotes.tokens import QUOTE, WORD, Token, Tokens, has_a
from extractors.quotes.units import Unit
from extractors.quotes.unlisted import unlisted_cue

_PAUSING = frozenset({",", ".", "?", "!", "…"})
_PLAIN = frozenset({REPORT, TELL, ASK, SOURCE})
_WITHIN = 10


def cue_after(text: str, unit: Unit, index: int, stretch: Stretch, rules: Grammar) -> Cue | None:
    """The cue whose attribution follows the quotation at once."""
    tokens, lex = unit.tokens, rules.lexicon
    at = _past_pause(tokens, index + 1)
    paused = at > index + 1 or text[stretch.end - 1] in _PAUSING
    for cue in unit.cues:
        if cue.begin < at or (cue.begin > at and tokens[cue.begin].low in lex.relatives):
            continue
        gap = tokens[at : cue.begin]
        if " ".join(token.low for token in gap) in lex.clefts:
            return cue
        unsaid = cue.side is NONE and not cue.factual
        if unsaid or not (paused or cue.frames & _PLAIN):
            return None
        if cue.frames == {NOUN} and cue.side is LEFT:
            return None
        if cue.side is SHARED or (cue.mention is None and lex.fixed_order):
            return None
        if cue.side is LEFT and len(gap) <= _WITHIN and _belongs_to_subject(gap, rules):
            return cue
        if len(gap) > 3 or not all(
            lex.is_adverb(token.low)
            or token.low == ","
            or token.low in lex.comparisons
            or token.low in lex.object_pronouns
            for token in gap
        ):
            return None
        return cue
    return None


def _belongs_to_subject(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether words before the subject that was found are part of it ("the frail, 71-year-old")."""
    lex = rules.lexicon
    described = bool(gap) and gap[0].low in lex.determiners
    return all(
        (token.kind is WORD or (described and token.kind is not QUOTE))
        and token.low not in {".", ";", ":", "(", ")"}
        and token.low not in lex.relatives
        and token.low not in lex.conjunctions
        for token in gap
    )


def _past_pause(tokens: Tokens, at: int) -> int:
    while at < len(tokens) and (tokens[at].low in PAUSES or tokens[at].low in {"(", "!", "?"}):
        at += 1
    return at


def unlisted_after(
    text: str, unit: Unit, index: int, stretch: Stretch, rules: Grammar
) -> Cue | None:
    """The attribution after a quotation that ends with a comma and the like, by its place."""
    at = _past_pause(unit.tokens, index + 1)
    comma = text[stretch.end - 1] == "," or unit.tokens[index + 1].low == ","
    asked = at == index + 1 and text[stretch.end - 1] in "?!…"
    if not (comma or asked) or (is_name_like(text, stretch, rules) and not asked):
        return None
    return unlisted_cue(unit.tokens, at, rules)


def cue_before(unit: Unit, index: int, rules: Grammar) -> tuple[Cue | None, bool]:
    """The cue that leads up to the quotation, and whether "that" stands between."""
    tokens, lex = unit.tokens, rules.lexicon
    for cue in reversed(unit.cues):
        if cue.last > index:
            continue
        gap = tokens[min(cue.end, index) : index]
        if cue.frames == {VOICE} and not has_a(gap, PAUSES):
            continue
        lows = [token.low for token in gap]
        that = not lex.complementisers.isdisjoint(lows)
        if all(low in rules.fillers or lex.is_adverb(low) for low in lows):
            return cue, that
        if any(token.kind is QUOTE for token in gap) or len(gap) > 16:
            return None, False
        closes = lows[-1] in {",", ":", "—", "–"} or lows[-1] in lex.complementisers
        inner = [i for i, low in enumerate(lows[:-1]) if low in lex.complementisers]
        if lows[-1] == "," and len(inner) == 1 and lows[inner[0] + 1] == ",":
            return cue, True  # "told the court that, over the years, “..."
        if (
            closes
            and not inner
            and (_is_setting(gap, rules) or TELL in cue.frames or lows[-1] == ":")
        ):
            return cue, that
        return None, False
    return None, False


def _is_setting(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether the words only say where or when something was said ("in a statement")."""
    return gap[0].low in rules.lexicon.prepositions or has_a(gap, rules.lexicon.settings)
