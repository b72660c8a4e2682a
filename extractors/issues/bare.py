"""Measures without an object ("the tariffs"), which mean the one that was named last before."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.issues.lexicon import Lexicon
from extractors.issues.mentions import Named
from extractors.reading import Reading
from extractors.terms import TermHit
from extractors.types import Span


def bare_measures(reading: Reading, named: Sequence[Named], words: Lexicon) -> Iterator[Named]:
    """The issues that bare words for a measure stand for, in order, each as a weak mention.

    *named* are the issues named outright. Without one before whose own words name such a measure,
    a bare word means nothing; nor does it add anything to a sentence that names the issue.
    """
    measures = [n for n in named if words.measure_word.search(reading.folded, *_ends(n.span))]
    if not measures:
        return
    places = [n.span.start for n in measures]
    outright = {(n.sentence.start, n.issue) for n in named}
    for match in words.measure.finditer(reading.folded, measures[0].span.end):
        span = Span(*match.span("word"))
        meant = measures[bisect_left(places, span.start) - 1]
        sentence = reading.sentences[max(0, bisect_left(reading.sentence_starts, span.end) - 1)]
        taken = (sentence.start, meant.issue) in outright or not sentence.covers(span)
        if not taken and not _is_named(span, reading.hits, reading.hit_starts):
            yield replace(meant, span=span, sentence=sentence, weak=True, outright=False)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _is_named(span: Span, hits: Sequence[TermHit], starts: Sequence[int]) -> bool:
    """Whether the words belong to a longer term of a pack."""
    before = hits[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]
    return any(hit.span.overlaps(span) for hit in before)
