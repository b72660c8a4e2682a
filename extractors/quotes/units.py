"""Sentences as the reporter wrote them: each quotation one token, whatever it holds."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from extractors.actors.lexicon import NAME
from extractors.quotes.cue import RIGHT, Cue
from extractors.quotes.cues import cues_among, find_cues
from extractors.quotes.datelines import after_dateline
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar
from extractors.quotes.lexicon import ASK, VOICE
from extractors.quotes.marks import Stretch
from extractors.quotes.pauses import DASHES, PAUSES
from extractors.quotes.tokens import QUOTE, Token, Tokens, collapse, has_a, notables
from extractors.quotes.unlisted import unlisted_cue
from extractors.reading import Reading
from extractors.types import Span

FINAL = frozenset(".?!…")
_LEADING = frozenset({*PAUSES, "(", "•", "*", ">", "[", "…", "..", "..."})
_CRIED = frozenset("?!")
_ENDING = frozenset({".", ",", "!", "?"})
# No sentence is longer; what runs on without an end is cut, so that time stays linear.
_LONGEST = 240
_LONGEST_ATTRIBUTION = 30
_LONGEST_LEAD = 60  # tokens of what announces a quotation in the next paragraph


@dataclass(slots=True)
class Unit:
    """A sentence's tokens and cues, and the number of its paragraph.

    ``notable`` are the indices of the notable tokens, ``quotes`` of the tokens that stand for
    quotations, ``opening`` of those of them that stand first, but for what leads up to them.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    tokens: Tokens
    cues: tuple[Cue, ...]
    paragraph: int
    notable: Sequence[int]
    quotes: tuple[int, ...] = ()
    opening: Set[int] = frozenset()


def find_units(
    reading: Reading, paragraphs: Sequence[Span], stretches: Sequence[Stretch], rules: Grammar
) -> list[Unit]:
    """The units of a document's *paragraphs*, in order."""
    units: list[Unit] = []
    next_stretch = 0
    for number, paragraph in enumerate(paragraphs):
        while (
            next_stretch < len(stretches) and stretches[next_stretch].outer.end <= paragraph.start
        ):
            next_stretch += 1
        inside: list[tuple[int, Stretch]] = []
        index = next_stretch
        while index < len(stretches) and stretches[index].outer.start < paragraph.end:
            inside.append((index, stretches[index]))
            index += 1
        next_stretch = max(next_stretch, index - 1)
        words = Span(after_dateline(reading.text, number, paragraph), paragraph.end)
        inside = [(at, stretch) for at, stretch in inside if stretch.outer.end > words.start]
        tokens = collapse(reading.text, reading.lang, words, inside)
        groups = _sentences(reading, words, tokens, rules)
        if units and groups and _leads_up(units[-1].tokens, groups[0]):
            groups[0] = units.pop().tokens.joined(groups[0])
        quoted = bool(inside)
        units.extend([_unit(group, number, rules, quoted=quoted) for group in groups])
    return units


def _unit(tokens: Tokens, paragraph: int, rules: Grammar, *, quoted: bool) -> Unit:
    """A unit of some *tokens* of a paragraph, which may hold quotations or not."""
    notable = notables(tokens)
    quotes = tuple([at for at in notable if tokens[at].stretch >= 0]) if quoted else ()
    opening: set[int] = set()
    for index in quotes:
        if is_first(tokens, index, opening, rules):
            opening.add(index)
    cues = tuple(cues_among(tokens, notable, rules))
    return Unit(tokens, cues, paragraph, notable, quotes, opening)


def is_first(tokens: Tokens, index: int, opening: Set[int], rules: Grammar) -> bool:
    """Whether nothing stands before *index* but what leads up to it, back to a full stop.

    *opening* has the quotations before it that are first themselves.
    """
    for at in range(index - 1, -1, -1):
        low = tokens[at].low
        if low in FINAL:
            return True
        if tokens[at].kind is QUOTE:
            return at in opening
        if not (low in _LEADING or low in rules.lexicon.leading_conjunctions):
            return False
    return True


def _leads_up(before: Sequence[Token], group: Sequence[Token]) -> bool:
    """Whether a paragraph ends with a colon and the next one begins with what it announces."""
    announces = before[-1].low == ":" and len(before) <= _LONGEST_LEAD
    return announces and group[0].kind is QUOTE


def _sentences(reading: Reading, part: Span, tokens: Tokens, rules: Grammar) -> list[Tokens]:
    """The *tokens* of a *part* of the text by its sentences; one may go on with its attribution."""
    edges = _edges(reading, part, tokens)
    if tokens and not edges and len(tokens) <= _LONGEST:
        return [tokens]
    merged: list[tuple[int, int]] = []
    for first, last in _pieces(len(tokens), edges):
        if merged and _is_attribution(reading.text, tokens, first, last, rules):
            merged[-1] = merged[-1][0], last
        else:
            merged.append((first, last))
    return [tokens.part(first, last) for first, last in merged]


def _edges(reading: Reading, part: Span, tokens: Tokens) -> list[int]:
    """The tokens of a *part* of the text with which a sentence begins, but for the first."""
    starts = reading.sentence_starts
    edges: list[int] = []
    for start in starts[bisect_right(starts, part.start) : bisect_left(starts, part.end)]:
        index = bisect_left(tokens.starts, start)
        if index < len(tokens) and tokens.starts[index] == start:
            edges.append(index)
    return edges


def _pieces(length: int, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where so many tokens are cut: at *edges*, and where a piece would be too long."""
    first = 0
    for edge in (*edges, length):
        while first < edge:
            last = min(edge, first + _LONGEST)
            yield first, last
            first = last


def _is_attribution(text: str, tokens: Tokens, first: int, last: int, rules: Grammar) -> bool:
    """Whether the sentence ``[first, last)`` only says who asked or cried what stands before it."""
    if tokens[first - 1].kind is not QUOTE or tokens[first].kind is QUOTE:
        return False
    ending = tokens.span(first - 1, first).of(text)[-3:]
    if last - first > _LONGEST_ATTRIBUTION or not FINAL & set(ending):
        return False
    group = tokens.part(first, last)
    if group[0].low in DASHES:
        signed = phrase_after(group, 1, rules)
        return signed is not None and (
            signed.mention.kind is NAME or group[signed.last - 1].capital
        )
    cue = next(iter(find_cues(group, rules)), None)
    if cue is None:
        cue = unlisted_cue(group, 0, rules)
    if cue is None or cue.is_source or cue.begin > 1 or not cue.mention:
        return False
    rest = group[cue.end :]
    if all(token.low in _ENDING or token.low in rules.lexicon.days for token in rest):
        return True
    return bool(_CRIED & set(ending)) and _takes_no_object(cue, rest, rules)


def _takes_no_object(cue: Cue, rest: Sequence[Token], rules: Grammar) -> bool:
    """Whether circumstances follow an attribution, and no clause of its own."""
    lex, following = rules.lexicon, rest[0].low
    if has_a(rest, lex.complementisers):
        return False
    if following == ",":
        return True
    sure = cue.side is RIGHT or bool(cue.frames & {ASK, VOICE})
    return sure and (following in rules.prepositions or lex.is_adverb(following))
