"""The words of a sentence that give a stance, with their form and negation.

A cue is a verb ("rejects"), a noun ("demands on"), a predicate of the matter ("unacceptable") or
a state of the holder ("open to"); further a word of pressure, which counts for measures only
("impose"), one of accepting or handling, which counts when negated, one that takes the matter
itself away ("lift", "end of"), a refusal to speak, which is no stance, a frame for the rest of
the sentence ("under the deal"), or a duty, which is what its speaker wants ("must"). An idle
expression holds a stance word that gives none there ("wants to know"). The words are data of the
language. A predicate that is neutral tells a fact ("dates from").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.issues.lexicon import Form, Lexicon
from extractors.types import Span, Stance

# How many characters before a cue may hold its negation ("has not so far ever rejected").
_NEGATION_REACH = 28


@dataclass(slots=True)
class Cue:
    """A stance word in a text; ``stance`` is None where the form alone says what it does.

    Once found, no value changes; it is not frozen because that doubles the cost of making one.
    """

    span: Span
    form: Form
    stance: Stance | None
    negated: bool


def find_cues(folded: str, within: Span, words: Lexicon) -> tuple[Cue, ...]:
    """The stance words of one sentence in order, none overlapping, the longest first choice."""
    found = [
        Cue(span, form, stance, False) for (form, stance), span in words.cues.find(folded, within)
    ]
    found = [cue for cue in found if not _is_a_noun_then(cue, folded, words)]
    chosen = [cue for cue in _chosen(found, folded, words) if cue.form is not Form.IDLE]
    return tuple(_with_negation(chosen, folded, within, words))


def _chosen(found: list[Cue], folded: str, words: Lexicon) -> Iterator[Cue]:
    """Of the *found* in order those that stand, a group of overlapping ones at a time."""
    group: list[Cue] = []
    end = 0
    for cue in found:
        if cue.span.start >= end:
            yield from _longest(group, folded, words)
            group = []
        group.append(cue)
        end = max(end, cue.span.end)
    yield from _longest(group, folded, words)


def _longest(group: list[Cue], folded: str, words: Lexicon) -> list[Cue]:
    """The longest of overlapping cues and those beside it; of the same letters, the one meant."""
    if len(group) < 2:
        return group
    tied = len({cue.span.end - cue.span.start for cue in group}) < len(group)

    def order(cue: Cue) -> tuple[int, int]:
        return cue.span.start - cue.span.end, _rank(cue, folded, words) if tied else 0

    chosen: list[Cue] = []
    for cue in sorted(group, key=order):
        if not any(cue.span.overlaps(other.span) for other in chosen):
            chosen.append(cue)
    return sorted(chosen, key=lambda cue: cue.span.start)


def _is_a_noun_then(cue: Cue, folded: str, words: Lexicon) -> bool:
    """Whether a verb's letters stand behind an article, where they say nothing: "a ban"."""
    if cue.form in (Form.NOUN, Form.PREDICATE, Form.FRAME, Form.REMOVING, Form.IDLE):
        return False
    before = folded[max(0, cue.span.start - 12) : cue.span.start]
    if before.endswith("'s ") and not words.progressive.match(folded, cue.span.start):
        return folded[cue.span.end - 2 : cue.span.end] != "ed"  # "Bombardier's fight"
    return words.nominal_before.search(before) is not None


def _rank(cue: Cue, folded: str, words: Lexicon) -> int:
    """Which of two cues of the same letters is meant, by the word before: the lower."""
    before = folded[max(0, cue.span.start - 40) : cue.span.start]
    passive = words.passive_before.search(before)
    if passive and len(passive.group().split()) == 1:
        first = Form.STATE
    elif words.determiner_before.search(before):
        first = Form.NOUN
    elif passive:
        first = Form.STATE
    else:
        first = Form.VERB
    return 0 if cue.form is first else 1


def _with_negation(cues: Iterable[Cue], folded: str, within: Span, words: Lexicon) -> Iterator[Cue]:
    floor = within.start
    for cue in cues:
        reach = max(floor, cue.span.start - _NEGATION_REACH)
        while floor < reach < cue.span.start and folded[reach - 1].isalnum():
            reach += 1  # no half word: the end of "Canada" is a Spanish negation
        before = folded[reach : cue.span.start]
        cue.negated = words.negation.search(before) is not None and _is_negated(
            cue, before, folded, words
        )
        tail = words.negation_tail.match(folded, cue.span.end) if cue.negated else None
        if cue.negated and tail is None:
            # "craignent que la règle n'ouvre la porte"
            cue.negated = words.expletive.search(folded, within.start, cue.span.start) is None
        yield cue
        floor = tail.end() if tail else cue.span.end


def _is_negated(cue: Cue, before: str, folded: str, words: Lexicon) -> bool:
    """Whether a negation in the words *before* is the cue's: no other clause's, nor its own."""
    if words.holds_negation.match(folded, cue.span.start, cue.span.end):
        return False  # "n'est pas dans nos plans" is not negated by its other half
    if words.unless.match(folded, cue.span.start, cue.span.end):
        return False  # "won't vote | until Mexico changes"
    clause = words.clause_break.split(before)[-1] or ""
    return (
        words.negation.search(clause) is not None
        and words.conjunction_before.search(clause) is None
    )
