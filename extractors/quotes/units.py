"""Sentences as the reporter wrote them: each quotation one token, whatever it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.actors.lexicon import MentionKind
from extractors.quotes.cue import Cue
from extractors.quotes.cues import find_cues
from extractors.quotes.datelines import after_dateline
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar
from extractors.quotes.marks import Stretch
from extractors.quotes.tokens import DASHES, Kind, Token, collapse
from extractors.reading import Reading
from extractors.types import Span

FINAL = frozenset(".?!…")
# No sentence is longer; what runs on without an end is cut, so that time stays linear.
_LONGEST = 240
_LONGEST_ATTRIBUTION = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence's tokens and cues, and the number of its paragraph."""

    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    paragraph: int

    @property
    def quotes(self) -> list[int]:
        """The indices of the tokens that stand for quotations."""
        return [i for i, token in enumerate(self.tokens) if token.kind is Kind.QUOTE]


def find_units(reading: Reading, stretches: Sequence[Stretch], rules: Grammar) -> list[Unit]:
    """The units of a document, in order."""
    starts = {sentence.start for sentence in reading.sentences}
    units: list[Unit] = []
    next_stretch = 0
    for number, paragraph in enumerate(reading.paragraphs):
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
        tokens = collapse(reading.text, reading.lang, words, inside)
        units.extend(
            Unit(tuple(group), tuple(find_cues(group, rules)), number)
            for group in _sentences(reading.text, tokens, starts, rules)
        )
    return units


def _sentences(
    text: str, tokens: Sequence[Token], starts: set[int], rules: Grammar
) -> list[list[Token]]:
    groups: list[list[Token]] = []
    for token in tokens:
        if not groups or token.start in starts or len(groups[-1]) >= _LONGEST:
            groups.append([])
        groups[-1].append(token)
    merged: list[list[Token]] = []
    for group in groups:
        if merged and _is_attribution_of(text, merged[-1], group, rules):
            merged[-1].extend(group)
        else:
            merged.append(group)
    return merged


def _is_attribution_of(
    text: str, before: Sequence[Token], group: Sequence[Token], rules: Grammar
) -> bool:
    """Whether a sentence only says who asked or cried what the one before quotes."""
    last = before[-1]
    if last.kind is not Kind.QUOTE or group[0].kind is Kind.QUOTE:
        return False
    ending = text[max(last.start, last.end - 3) : last.end]
    if len(group) > _LONGEST_ATTRIBUTION or not FINAL & set(ending):
        return False
    if group[0].low in DASHES:
        signed = phrase_after(group, 1, rules)
        return signed is not None and signed.mention.kind is MentionKind.NAME
    cues = find_cues(group, rules)
    if not cues or cues[0].is_source:
        return False
    cue = cues[0]
    if cue.begin > 1 or not cue.mention:
        return False
    rest = group[cue.end :]
    return all(
        token.low in {".", ",", "!", "?"} or rules.lexicon.is_a(token.low, "days") for token in rest
    )
