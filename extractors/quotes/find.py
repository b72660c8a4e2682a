"""Quotations of a document: marks, cues, speakers, put together."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractors.actors.lexicon import ROLE
from extractors.actors.resolution import NOBODY, Resolver
from extractors.actors.speakers import Directory, make_speaker
from extractors.quotes.attribution import in_unit
from extractors.quotes.found import Found
from extractors.quotes.grammar import grammar
from extractors.quotes.incises import cut_incises, find_dialogue
from extractors.quotes.joining import join
from extractors.quotes.marks import find_stretches
from extractors.quotes.people import find_names, find_offices
from extractors.quotes.units import find_units
from extractors.reading import Knowledge, Reading
from extractors.types import Quote, Span, Speaker

_LETTER = re.compile(r"[^\W_]")
_LONG = 2000  # characters
_FEWEST = 0.02  # share of letters and digits in a long paragraph of words


def find_quotes(reading: Reading, knowledge: Knowledge) -> tuple[Quote, ...]:
    """The statements that *reading* reports, in order, each with its cue and speaker."""
    rules = grammar(reading.lang)
    paragraphs = [part for part in reading.paragraphs if _holds_words(reading.text, part)]
    marked = find_stretches(reading.text, paragraphs)
    spoken = find_dialogue(reading.text, paragraphs, marked, rules)
    stretches = cut_incises(reading.text, spoken, rules)
    units = find_units(reading, paragraphs, stretches, rules)
    found: list[Found] = []
    for number, unit in enumerate(units):
        found.extend(in_unit(reading.text, number, unit, stretches, rules))
    statements = join(found, units)
    if not statements:
        return ()
    directory = Directory(reading, knowledge)
    names = find_names(units, rules)
    offices = find_offices(units, rules)
    resolver = Resolver(reading.text, reading.lang, names, directory.about, offices)
    return tuple([_quote(reading, item, resolver, directory) for item in statements])


def _holds_words(text: str, paragraph: Span) -> bool:
    """Whether a paragraph has words; a long one that is nearly all punctuation has not."""
    start, end = paragraph.start, paragraph.end
    length = end - start
    if length < _LONG:
        return text[start].isalnum() or _LETTER.search(text, start, end) is not None
    return sum(map(str.isalnum, paragraph.of(text))) > _FEWEST * length


def _quote(reading: Reading, item: Found, resolver: Resolver, directory: Directory) -> Quote:
    spans = tuple(sorted(item.spans))
    position = item.cue.span.start if item.cue else spans[0].start
    impersonal = item.cue is not None and item.cue.impersonal
    speaker = None if impersonal else _speaker(reading, item, resolver, directory, position)
    return Quote(
        spans=spans,
        kind=item.kind,
        cue=item.cue.span if item.cue else None,
        speaker=speaker,
        context=_context(reading, spans, item.cue.span if item.cue else None),
        confidence=round(item.confidence, 2),
        rule=item.rule,
    )


def _speaker(
    reading: Reading, item: Found, resolver: Resolver, directory: Directory, position: int
) -> Speaker | None:
    """Who speaks: whom the cue is tied to, or goes on speaking."""
    mention = item.cue.mention if item.cue else item.mention
    resolved = resolver.resolve(mention, position, item.unit)
    if resolved.entity:
        resolver.spoke(resolved.entity, position, item.unit)
    elif mention and mention.kind is ROLE:
        resolver.spoke_unnamed(mention, item.unit)
    speaker = make_speaker(reading, directory, mention, resolved)
    if speaker is None and mention is None:
        return _still_speaking(reading, directory, resolver, position, item.unit)
    return speaker


def _still_speaking(
    reading: Reading, directory: Directory, resolver: Resolver, position: int, unit: int
) -> Speaker | None:
    """The one whom the text does not name and who goes on, by the role ("a senior official")."""
    unnamed = resolver.unnamed(position, unit)
    speaker = make_speaker(reading, directory, unnamed, NOBODY) if unnamed else None
    return replace(speaker, mention=None, confidence=0.4) if speaker else None


def _context(reading: Reading, spans: Sequence[Span], cue: Span | None) -> Span:
    """The sentences that hold the quotation, its *spans* in order, and its cue."""
    sentences, starts = reading.sentences, reading.sentence_starts
    start, end = spans[0].start, max([span.end for span in spans])
    if cue:
        start, end = min(start, cue.start), max(end, cue.end)
    if not sentences:
        return Span(start, end)
    first = max(0, bisect_right(starts, start) - 1)
    last = max(0, bisect_left(starts, end) - 1)  # the last one that begins before the end
    if sentences[last].end < end and last + 1 < len(sentences):
        last += 1
    return Span(min(start, sentences[first].start), max(end, sentences[last].end))
