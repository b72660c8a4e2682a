"""Quotations of a document: marks, cues, speakers, put together."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractors.actors.lexicon import MentionKind
from extractors.actors.resolution import Resolver
from extractors.actors.speakers import Directory, make_speaker
from extractors.quotes.attribution import in_unit
from extractors.quotes.found import Found
from extractors.quotes.grammar import grammar
from extractors.quotes.incises import cut_incises, find_dialogue
from extractors.quotes.joining import join
from extractors.quotes.marks import find_stretches
from extractors.quotes.people import find_names
from extractors.quotes.units import find_units
from extractors.reading import Knowledge, Reading
from extractors.types import Quote, Span


def find_quotes(reading: Reading, knowledge: Knowledge) -> tuple[Quote, ...]:
    """The statements that *reading* reports, in order, each with its cue and speaker."""
    rules = grammar(reading.lang)
    marked = find_stretches(reading.text, reading.paragraphs)
    spoken = find_dialogue(reading.text, reading.paragraphs, marked, rules)
    stretches = cut_incises(reading.text, spoken, rules)
    units = find_units(reading, stretches, rules)
    found: list[Found] = []
    for number, unit in enumerate(units):
        found.extend(in_unit(reading.text, number, unit, stretches, rules))
    directory = Directory(reading, knowledge)
    names = find_names(units, rules)
    resolver = Resolver(reading.text, reading.lang, names, directory.about)
    statements = join(found, units)
    return tuple(_quote(reading, item, resolver, directory) for item in statements)


def _quote(reading: Reading, item: Found, resolver: Resolver, directory: Directory) -> Quote:
    mention = item.cue.mention if item.cue else item.mention
    spans = tuple(sorted(item.spans))
    position = item.cue.span.start if item.cue else spans[0].start
    resolved = resolver.resolve(mention, position, item.unit)
    if resolved.entity:
        resolver.spoke(resolved.entity, position, item.unit)
    elif mention and mention.kind is MentionKind.ROLE:
        resolver.spoke_unnamed(mention)
    return Quote(
        spans=spans,
        kind=item.kind,
        cue=item.cue.span if item.cue else None,
        speaker=make_speaker(reading, directory, mention, resolved),
        context=_context(reading.sentences, spans, item.cue.span if item.cue else None),
        confidence=round(item.confidence, 2),
        rule=item.rule,
    )


def _context(sentences: Sequence[Span], spans: Sequence[Span], cue: Span | None) -> Span:
    """The sentences that hold the quotation and its cue."""
    edges = [*spans, cue] if cue else list(spans)
    start, end = min(s.start for s in edges), max(s.end for s in edges)
    first = max(0, bisect_right(sentences, start, key=lambda s: s.start) - 1)
    last = min(len(sentences) - 1, bisect_left(sentences, end, key=lambda s: s.end))
    if last < 0:
        return Span(start, end)
    return Span(min(start, sentences[first].start), max(end, sentences[last].end))
