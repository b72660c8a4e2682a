"""The cue that stands beside a quotation: right before it, or right after."""

from collections.abc import Sequence

from extractors.quotes.cue import Cue, Side
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import Frame
from extractors.quotes.marks import Stretch
from extractors.quotes.shapes import is_name_like
from extractors.quotes.tokens import PAUSES, QUOTE, WORD, Token
from extractors.quotes.units import Unit
from extractors.quotes.unlisted import unlisted_cue

_PAUSING = frozenset({",", ".", "?", "!", "…"})
_PLAIN = frozenset({Frame.REPORT, Frame.TELL, Frame.ASK, Frame.SOURCE})
_WITHIN = 10


def cue_after(text: str, unit: Unit, index: int, stretch: Stretch, rules: Grammar) -> Cue | None:
    """The cue whose attribution follows the quotation at once."""
    tokens, lex = unit.tokens, rules.lexicon
    at = _past_pause(tokens, index + 1)
    paused = at > index + 1 or text[stretch.end - 1] in _PAUSING
    for cue in unit.cues:
        if cue.begin < at or (cue.begin > at and lex.is_a(tokens[cue.begin].low, "relatives")):
            continue
        gap = tokens[at : cue.begin]
        if " ".join(token.low for token in gap) in lex.words["clefts"]:
            return cue
        unsaid = cue.side is Side.NONE and not cue.factual
        if unsaid or not (paused or cue.frames & _PLAIN):
            return None
        if cue.frames == {Frame.NOUN} and cue.side is Side.LEFT:
            return None
        if cue.side is Side.SHARED or (cue.mention is None and lex.fixed_order):
            return None
        if cue.side is Side.LEFT and len(gap) <= _WITHIN and _belongs_to_subject(gap, rules):
            return cue
        if len(gap) > 3 or not all(
            lex.is_adverb(token.low)
            or token.low == ","
            or lex.is_a(token.low, "comparisons")
            or lex.is_a(token.low, "object_pronouns")
            for token in gap
        ):
            return None
        return cue
    return None


def _belongs_to_subject(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether words before the subject that was found are part of it ("the frail, 71-year-old")."""
    lex = rules.lexicon
    described = bool(gap) and lex.is_a(gap[0].low, "determiners")
    return all(
        (token.kind is WORD or (described and token.kind is not QUOTE))
        and token.low not in {".", ";", ":", "(", ")"}
        and not lex.is_a(token.low, "relatives")
        and not lex.is_a(token.low, "conjunctions")
        for token in gap
    )


def _past_pause(tokens: Sequence[Token], at: int) -> int:
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
        if cue.frames == {Frame.VOICE} and not any(token.low in PAUSES for token in gap):
            continue
        lows = [token.low for token in gap]
        that = any(lex.is_a(low, "complementisers") for low in lows)
        if all(_is_filler(token, rules) for token in gap):
            return cue, that
        if any(token.kind is QUOTE for token in gap) or len(gap) > 16:
            return None, False
        closes = lows[-1] in {",", ":", "—", "–"} or lex.is_a(lows[-1], "complementisers")
        inner = [i for i, low in enumerate(lows[:-1]) if lex.is_a(low, "complementisers")]
        if lows[-1] == "," and len(inner) == 1 and lows[inner[0] + 1] == ",":
            return cue, True  # "told the court that, over the years, “..."
        if (
            closes
            and not inner
            and (_is_setting(gap, rules) or Frame.TELL in cue.frames or lows[-1] == ":")
        ):
            return cue, that
        return None, False
    return None, False


def _is_filler(token: Token, rules: Grammar) -> bool:
    """Whether a word between a cue and its content says nothing of either."""
    lex = rules.lexicon
    return (
        token.low in PAUSES
        or lex.is_a(token.low, "complementisers")
        or lex.is_a(token.low, "days")
        or lex.is_adverb(token.low)
        or lex.is_a(token.low, "cue_prepositions")
    )


def _is_setting(gap: Sequence[Token], rules: Grammar) -> bool:
    """Whether the words only say where or when something was said ("in a statement")."""
    return rules.lexicon.is_a(gap[0].low, "prepositions") or any(
        rules.lexicon.is_a(token.low, "settings") for token in gap
    )
