"""Attributions inside the marks, and dialogue told by dashes.

French and Spanish set the attribution inside the marks («A, a-t-il dit, B», «A -añadió- B») or
tell speech by a dash at the paragraph's start. A stretch is cut around its attribution, which
then stands outside the pieces like any other.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from extractors.actors.lexicon import OTHER
from extractors.quotes.cue import RIGHT, Cue
from extractors.quotes.cues import find_cues
from extractors.quotes.datelines import after_crosshead
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import ASK, REPORT, SOURCE, THAT, VOICE, lexicon
from extractors.quotes.marks import Stretch, trimmed
from extractors.quotes.pauses import DASHES
from extractors.quotes.tokens import QUOTE, WORD, Tokens, has_a, tokenize
from extractors.types import Span

_SAYING = frozenset({REPORT, VOICE, ASK, THAT})
_TELLING = _SAYING | {SOURCE}
_LONGEST = 4000
_PARTING = re.compile(r"[,?!…–—]|(?<![^\W\d_])-|-(?![^\W_])")  # a hyphen within a word is no dash
_DASH = re.compile(r"[–—]|(?<![^\W\d_])-|-(?![^\W_])")
_LETTERS = re.compile(r"[^\W\d_]+")
_ASKING = frozenset({"?", "!", "…"})  # what may end the words before it
_DESCRIBED = 14  # tokens of what is added on who speaks
_STOPS = ",.;:"  # after a dash that ends an incise


def cut_incises(text: str, stretches: Sequence[Stretch], rules: Grammar) -> list[Stretch]:
    """*stretches*, those that hold their own attribution cut in two around it."""
    if not rules.lexicon.incise_inside:
        return list(stretches)
    return [piece for stretch in stretches for piece in _cut(text, stretch, rules)]


def find_dialogue(
    text: str, paragraphs: Sequence[Span], stretches: Sequence[Stretch], rules: Grammar
) -> list[Stretch]:
    """*stretches* and those that a dash opens at a paragraph's start."""
    if not rules.lexicon.incise_inside:
        return list(stretches)
    spoken = [
        piece
        for before, paragraph in zip((None, *paragraphs), paragraphs, strict=False)
        for piece in _spoken(text, paragraph, rules) or _answer(text, before, paragraph)
    ]
    if not spoken:
        return list(stretches)
    starts = [paragraph.start for paragraph in paragraphs]
    told = {bisect_right(starts, stretch.start) for stretch in spoken}
    kept = [s for s in stretches if bisect_right(starts, s.start) not in told]
    return sorted([*kept, *spoken], key=lambda stretch: stretch.outer)


def _cut(text: str, stretch: Stretch, rules: Grammar) -> list[Stretch]:
    part = stretch.parts[-1]
    if len(stretch.parts) > 1 or part.end - part.start > _LONGEST:
        return [stretch]
    if not _may_hold_incise(text, part, rules.lexicon.lang):
        return [stretch]
    tokens = tokenize(text, rules.lexicon.lang, part.start, part.end)
    for cue in find_cues(tokens, rules):
        edges = _edges(tokens, cue, rules)
        if edges:
            return _around(text, stretch, tokens, *edges)
    return [stretch]


@cache
def _verbs(lang: str) -> frozenset[str]:
    """The letters with which verbs of saying begin, to what is none ("sous" of "sous-entendre")."""
    return frozenset(
        _LETTERS.findall(low)[0]
        for low, words in lexicon(lang).cues.items()
        if any(word.frames & _SAYING for word in words)
    )


def _may_hold_incise(text: str, part: Span, lang: str) -> bool:
    """Whether a verb of saying, or a dash, is behind a mark that may part it from what is said.

    A quick look, which spares reading most of what is said.
    """
    mark = _PARTING.search(text, part.start, part.end)
    if mark is None:
        return False
    first, end = mark.start(), part.end
    dashed = True in [text.find(dash, first, end) >= 0 for dash in "-–—"]
    if dashed and _DASH.search(text, first, end):
        return True
    said = _LETTERS.findall(text[mark.end() : part.end].lower())
    return not _verbs(lang).isdisjoint(said)


def _edges(tokens: Tokens, cue: Cue, rules: Grammar) -> tuple[int, int] | None:
    """The tokens of an incise with what parts it from the words around it, or None."""
    if cue.begin < 2 or not cue.frames & _TELLING:
        return None
    opening = tokens[cue.begin - 1].low
    if cue.is_source and opening not in DASHES:
        return None
    if opening not in DASHES and opening != "," and opening not in _ASKING:
        return None
    if cue.mention is None:
        stopped = cue.end < len(tokens) and tokens[cue.end].low in {",", "."}
        if opening not in DASHES and not (cue.sure and stopped):
            return None
    elif cue.side is not RIGHT or cue.mention.kind is OTHER:
        return None
    end = cue.end
    limit = min(len(tokens), end + 16)
    closing = {opening} if opening in DASHES else {",", ".", "!", "?", "…"}
    while end < limit and tokens[end].low not in closing and tokens[end].kind is not QUOTE:
        end += 1
    if end < len(tokens) and tokens[end].low not in closing:
        return None
    if opening not in DASHES:
        end = _past_description(tokens, end, rules)
    if opening in DASHES and end == len(tokens):
        return None
    first = cue.begin if opening in _ASKING else cue.begin - 1
    return first, min(end + 1, len(tokens))


def _past_description(tokens: Tokens, end: int, rules: Grammar) -> int:
    """Past what a comma adds on who speaks ("…, s'indigne Ann Roy, présidente du syndicat. …")."""
    if end + 1 >= len(tokens) or tokens[end].low != ",":
        return end
    articled = tokens[end + 1].low in rules.lexicon.determiners
    if not has_a(tokens[end + 1 : end + 2 + articled], rules.roles):
        return end
    stop = end + 1
    while stop < len(tokens) and stop - end < _DESCRIBED and tokens[stop].kind is WORD:
        stop += 1
    return stop if stop < len(tokens) and tokens[stop].low in {",", "."} else end


def _around(text: str, stretch: Stretch, tokens: Tokens, first: int, last: int) -> list[Stretch]:
    part = stretch.parts[0]
    incise = tokens.span(first, last)
    before = trimmed(text, part.start, incise.start)
    resumed = incise.end
    while resumed < part.end and text[resumed] in _STOPS:
        resumed += 1
    after = trimmed(text, resumed, part.end)
    if before is None:
        return [stretch]
    pieces = [Stretch((before,), Span(stretch.outer.start, before.end), stretch.closed)]
    if after:
        pieces.append(Stretch((after,), Span(after.start, stretch.outer.end), stretch.closed))
    return pieces


def _answer(text: str, before: Span | None, paragraph: Span) -> list[Stretch]:
    """What answers a question, both told by a dash at their paragraph's start ("—¿Y?", "—No.")."""
    dash = text[paragraph.start]
    if before is None or dash not in "—–" or text[before.start] != dash:
        return []
    asked = text[before.start : before.end].rstrip().endswith("?")
    whole = trimmed(text, paragraph.start + 1, paragraph.end)
    if not asked or whole is None or text[whole.end - 1] not in ".!…":
        return []
    plain = whole.end - whole.start <= _LONGEST and dash not in whole.of(text)
    return [Stretch((whole,), Span(paragraph.start, whole.end))] if plain else []


def _spoken(text: str, paragraph: Span, rules: Grammar) -> list[Stretch]:
    """What is said in a paragraph that a dash opens, if it says by whom."""
    if text[paragraph.start] not in "—–" and text[paragraph.start : paragraph.start + 2] != "- ":
        return []
    whole = trimmed(text, paragraph.start + 1, paragraph.end)
    if after_crosshead(text, paragraph) > paragraph.start:
        return []
    if whole is None or whole.end - whole.start > _LONGEST:
        return []
    stretch = Stretch((whole,), Span(paragraph.start, whole.end))
    tokens = tokenize(text, rules.lexicon.lang, whole.start, whole.end)
    dashes = [i for i, token in enumerate(tokens) if token.low in {"—", "–"}]
    if dashes and dashes[0] > 0:
        cues = find_cues(tokens.part(dashes[0], len(tokens)), rules)
        if not cues or cues[0].begin > 2:
            return []
        last = dashes[1] + 1 if len(dashes) > 1 else len(tokens)
        return _around(text, stretch, tokens, dashes[0], last)
    pieces = _cut(text, stretch, rules)
    return pieces if pieces != [stretch] else []
