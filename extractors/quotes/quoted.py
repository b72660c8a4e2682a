"""Which quotations of a unit belong to which cue, and which are no speech."""

from collections.abc import Sequence

from extractors.actors.lexicon import Mention, MentionKind
from extractors.quotes.clauses import is_closed
from extractors.quotes.cue import Cue, Side
from extractors.quotes.following import phrase_after
from extractors.quotes.found import Found
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import CLAUSAL, Form, Frame
from extractors.quotes.marks import Stretch
from extractors.quotes.tokens import DASHES, PAUSES, Kind, Token
from extractors.quotes.units import FINAL, Unit
from extractors.types import QuoteKind

_NEAR = 24
_PAUSING = frozenset({",", ".", "?", "!", "…"})
_PLAIN = frozenset({Frame.REPORT, Frame.TELL, Frame.ASK, Frame.SOURCE})
_WITHIN = 10
_LEADING = frozenset({*PAUSES, "(", "•", "*", ">", "[", "…", "..", "..."})


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
        token.kind is not Kind.QUOTE for token in unit.tokens[last.cue.end : index]
    )


def _one(
    text: str, number: int, unit: Unit, index: int, stretch: Stretch, rules: Grammar
) -> Found | None:
    """The quotation at one token with its cue, or None where the marks are not of speech."""
    sure = 0.95 if stretch.closed else 0.75
    found = Found(
        number, list(stretch.parts), QuoteKind.MIXED, None, "", sure, [], index, index + 1
    )
    before, that = _cue_before(unit, index, rules)
    after = None if that else _cue_after(text, unit, index, stretch, rules)
    if after and not (_has_own_clause(unit, after, rules) and not _opens_unit(unit, index, rules)):
        return _with_cue_after(text, unit, found, after, stretch, rules)
    if before and _names_speaker(text, before, index, stretch, rules):
        return None
    if before:
        return _with_cue_before(text, unit, found, before, stretch, that, rules)
    opens, ends = _opens_unit(unit, index, rules), _ends_unit(unit, index)
    if opens and ends:
        heading = is_name_like(text, stretch, rules) and len(unit.tokens) <= 2
        return None if heading else _without_cue(found, "none", 0.6)
    signed = _signed(unit, index, rules) if opens and is_sentence(text, stretch) else None
    if signed:
        found.mention = signed
        return _without_cue(found, "signed", 0.8)
    led_up = index > 0 and unit.tokens[index - 1].low in {":", ","}
    if led_up and ends and is_sentence(text, stretch):
        found.lead = 0
        found.mention = _named_before_colon(unit, index, rules)
        return _without_cue(found, "colon", 0.7)
    cue = None if is_name_like(text, stretch, rules) else _cue_around(unit, index, rules)
    if cue is None:
        return None
    found.cue, found.rule, found.confidence = cue, "clause", 0.8 * sure
    return found


def _has_own_clause(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether "that" follows a cue with its subject before it: it governs what comes then."""
    after = unit.tokens[cue.end].low if cue.end < len(unit.tokens) else ""
    return cue.side is Side.LEFT and rules.lexicon.is_a(after, "distant_complementisers")


def _names_speaker(text: str, cue: Cue, index: int, stretch: Stretch, rules: Grammar) -> bool:
    """Whether the marks hold the name of who speaks ('afirma el diario "El Día"')."""
    beside = cue.side is Side.RIGHT and cue.end == index
    return beside and is_name_like(text, stretch, rules)


def _named_before_colon(unit: Unit, index: int, rules: Grammar) -> Mention | None:
    """The speaker where nothing but a name and a colon stands before ("Roy: “We wait.”")."""
    phrase = phrase_after(unit.tokens, 0, rules)
    if phrase is None or phrase.last != index - 1 or phrase.mention.kind is MentionKind.OTHER:
        return None
    return phrase.mention


def _signed(unit: Unit, index: int, rules: Grammar) -> Mention | None:
    """The name that stands after a quotation and a dash ("“We wait.” — Ann Roy")."""
    tokens = unit.tokens
    if index + 2 >= len(tokens) or tokens[index + 1].low not in DASHES:
        return None
    phrase = phrase_after(tokens, index + 2, rules)
    if phrase is None or phrase.mention.kind is not MentionKind.NAME:
        return None
    closed = phrase.last >= len(tokens) or tokens[phrase.last].low in {",", ".", "("}
    return phrase.mention if closed else None


def _without_cue(found: Found, rule: str, share: float) -> Found:
    found.kind, found.rule = QuoteKind.DIRECT, rule
    found.confidence *= share
    return found


def _with_cue_after(
    text: str, unit: Unit, found: Found, cue: Cue, stretch: Stretch, rules: Grammar
) -> Found | None:
    if _opens_unit(unit, found.lead, rules):
        found.kind = QuoteKind.DIRECT
    elif is_name_like(text, stretch, rules):
        return None
    found.cue, found.rule, found.tail = cue, "after", cue.end
    return found


def _with_cue_before(
    text: str, unit: Unit, found: Found, cue: Cue, stretch: Stretch, that: bool, rules: Grammar
) -> Found:
    sentence = is_sentence(text, stretch)
    alone = _ends_unit(unit, found.lead) and _opens_unit(unit, cue.begin, rules)
    only_words = cue.frames == {Frame.NOUN} and not sentence
    if not that and (sentence or alone) and not only_words:
        found.kind = QuoteKind.DIRECT
    found.cue, found.rule, found.lead = cue, "before", cue.begin
    return found


def is_sentence(text: str, stretch: Stretch) -> bool:
    """Whether a stretch looks like a sentence of its own."""
    first = text[stretch.start : stretch.start + 1]
    words = stretch.parts[0].of(text).split()
    if first in "¿¡":
        return True
    return first.isupper() and (len(words) > 3 or text[stretch.end - 1] in FINAL)


def is_name_like(text: str, stretch: Stretch, rules: Grammar) -> bool:
    """Whether a stretch is a title or nickname: short, and its words in capitals."""
    words = [word for word in stretch.parts[0].of(text).strip(".,!?").split() if word[0].isalnum()]
    weighty = [word for word in words if not rules.lexicon.is_a(word.lower(), "title_words")]
    return 0 < len(words) <= 7 and bool(weighty) and all(word[0].isupper() for word in weighty)


def _opens_unit(unit: Unit, index: int, rules: Grammar) -> bool:
    for token in reversed(unit.tokens[:index]):
        if token.low in FINAL:
            return True
        leads = token.low in _LEADING or rules.lexicon.is_a(token.low, "leading_conjunctions")
        if not (token.kind is Kind.QUOTE or leads):
            return False
    return True


def _ends_unit(unit: Unit, index: int) -> bool:
    return all(
        token.low in FINAL or token.low in {")", ",", ";", "]"}
        for token in unit.tokens[index + 1 :]
    )


def _cue_after(text: str, unit: Unit, index: int, stretch: Stretch, rules: Grammar) -> Cue | None:
    """The cue whose attribution follows the quotation at once."""
    tokens, lex = unit.tokens, rules.lexicon
    at = index + 1
    while at < len(tokens) and (tokens[at].low in PAUSES or tokens[at].low in {"(", "!", "?"}):
        at += 1
    paused = at > index + 1 or text[stretch.end - 1] in _PAUSING
    for cue in unit.cues:
        if cue.begin < at or (cue.begin > at and lex.is_a(tokens[cue.begin].low, "relatives")):
            continue
        if not paused and not cue.frames & _PLAIN:
            return None
        if cue.frames == {Frame.NOUN} and cue.side is Side.LEFT:
            return None
        gap = tokens[at : cue.begin]
        if cue.side is Side.SHARED or (cue.mention is None and lex.fixed_order):
            return None
        if (
            cue.side is Side.LEFT
            and len(gap) <= _WITHIN
            and all(
                token.kind is Kind.WORD
                and not lex.is_a(token.low, "relatives")
                and not lex.is_a(token.low, "conjunctions")
                for token in gap
            )
        ):
            return cue
        if len(gap) > 3 or not all(
            lex.is_adverb(token.low) or token.low == "," or lex.is_a(token.low, "comparisons")
            for token in gap
        ):
            return None
        return cue
    return None


def _cue_before(unit: Unit, index: int, rules: Grammar) -> tuple[Cue | None, bool]:
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
        if all(is_filler(token, rules) for token in gap):
            return cue, that
        if any(token.kind is Kind.QUOTE for token in gap) or len(gap) > 16:
            return None, False
        closes = lows[-1] in {",", ":", "—", "–"} or lex.is_a(lows[-1], "complementisers")
        inner = any(lex.is_a(low, "complementisers") for low in lows[:-1])
        if (
            closes
            and not inner
            and (_is_setting(gap, rules) or Frame.TELL in cue.frames or lows[-1] == ":")
        ):
            return cue, that
        return None, False
    return None, False


def is_filler(token: Token, rules: Grammar) -> bool:
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


def _cue_around(unit: Unit, index: int, rules: Grammar) -> Cue | None:
    """The cue in whose clause a quoted scrap stands: the nearest before, else one after."""
    best: Cue | None = None
    for cue in unit.cues:
        if cue.last > index:
            break
        if cue.frames == {Frame.VOICE} or _is_aside(unit, cue, rules):
            continue
        if not _reaches(unit, cue, index, rules):
            continue
        if best is None or not _is_inside(unit, best, cue, rules):
            best = cue
    if best:
        return best
    for cue in unit.cues:
        if cue.begin > index and cue.side is not Side.SHARED:
            if cue.is_source:
                return cue
            comma = any(
                token.low == "," for token in unit.tokens[max(index + 1, cue.begin - 2) : cue.begin]
            )
            if comma and is_closed(unit, cue, rules):
                return cue
    return None


def _reaches(unit: Unit, cue: Cue, index: int, rules: Grammar) -> bool:
    """Whether the clause of a cue runs as far as the scrap."""
    gap = unit.tokens[cue.end : index]
    if cue.is_source:
        return True
    if any(rules.lexicon.is_a(token.low, "complementisers") for token in gap):
        return True
    if cue.frames & {Frame.REPORT, Frame.THINK, Frame.TELL}:
        return rules.lexicon.fixed_order or len(gap) <= _NEAR
    return len(gap) <= _NEAR


def _is_aside(unit: Unit, cue: Cue, rules: Grammar) -> bool:
    """Whether a cue only compares ("como ya adelantó Prodi")."""
    begin = cue.begin - 1
    return begin >= 0 and rules.lexicon.is_a(unit.tokens[begin].low, "comparisons")


def _is_inside(unit: Unit, outer: Cue, inner: Cue, rules: Grammar) -> bool:
    """Whether *inner* is a relative clause in what *outer* reports."""
    if inner.begin <= outer.end or not outer.frames & CLAUSAL:
        return False
    tokens, lex = unit.tokens, rules.lexicon
    if inner.forms == {Form.FUTURE}:
        return True
    relative = lex.is_a(tokens[inner.begin].low, "relatives") or lex.is_a(
        tokens[inner.begin - 1].low, "relatives"
    )
    that = any(
        lex.is_a(token.low, "complementisers") for token in tokens[outer.end : outer.end + 2]
    )
    return relative and that
