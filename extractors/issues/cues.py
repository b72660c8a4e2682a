"""The words of a sentence that give a stance, with their form and negation.

A cue is a verb ("rejects"), a noun ("demands on"), a predicate of the matter ("unacceptable") or
a state of the holder ("open to"); further a word of pressure, which counts for measures only
("impose"), one of accepting or handling, which counts when negated, one that takes the matter
itself away ("lift", "end of"), a refusal to speak, which is no stance, a frame for the rest of
the sentence ("under the deal"), or a duty, which is what its speaker wants ("must"). The words are
data of the language.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from extractors.issues.wordlists import WordLists
from extractors.languages import language_data
from extractors.types import Span, Stance


class Form(StrEnum):
    """What part a cue plays in its clause."""

    VERB = "verb"
    NOUN = "noun"
    PREDICATE = "predicate"
    STATE = "state"
    PRESSURE = "pressure"
    ACCEPTING = "accepting"
    HANDLING = "handling"
    REMOVING = "removing"
    SILENT = "silent"
    FRAME = "frame"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Cue:
    """A stance word in a text; ``stance`` is None where the form alone says what it does."""

    span: Span
    form: Form
    stance: Stance | None
    negated: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's stance words, compiled."""

    cues: WordLists[tuple[Form, Stance | None]]
    negation: re.Pattern[str]
    negation_before: re.Pattern[str]
    experiencer_before: re.Pattern[str]
    first_person: re.Pattern[str]
    first_person_before: re.Pattern[str]
    pronoun: re.Pattern[str]
    possessive_before: re.Pattern[str]
    determiner_before: re.Pattern[str]
    coordination: re.Pattern[str]
    genitive_before: re.Pattern[str]
    preposition_before: re.Pattern[str]
    agent_before: re.Pattern[str]
    by_after: re.Pattern[str]
    nominal_before: re.Pattern[str]
    viewpoint_before: re.Pattern[str]
    passive_before: re.Pattern[str]
    progressive: re.Pattern[str]
    relative: re.Pattern[str]
    sentential: re.Pattern[str]
    condition: re.Pattern[str]
    until: re.Pattern[str]
    topic: re.Pattern[str]
    complement: re.Pattern[str]
    listing_before: re.Pattern[str]
    measure: re.Pattern[str]
    measure_word: re.Pattern[str]
    trade_after: re.Pattern[str]
    object_after: re.Pattern[str]
    drops_subject: bool
    inverts_subject: bool
    judgement: re.Pattern[str]
    modal_before: re.Pattern[str]
    clause_break: re.Pattern[str]


_SPECIAL = {
    "accepts": Form.ACCEPTING,
    "handles": Form.HANDLING,
    "pressure": Form.PRESSURE,
    "removing": Form.REMOVING,
    "silent": Form.SILENT,
}
_TABLES = {
    "verbs": Form.VERB,
    "nouns": Form.NOUN,
    "predicates": Form.PREDICATE,
    "states": Form.STATE,
    "frames": Form.FRAME,
    "duties": Form.DUTY,
}
# How many characters before a cue may hold its negation ("has not so far ever rejected").
_NEGATION_REACH = 28


@cache
def lexicon(lang: str) -> Lexicon:
    """The stance words of *lang*."""
    data = language_data(lang, "stance")
    cues: dict[tuple[Form, Stance | None], list[str]] = {}
    for table, form in _TABLES.items():
        for name, words in data[table].items():
            special = _SPECIAL.get(name)
            stance = None if special else Stance(name)
            cues[special or form, stance] = words
    articles = _either(data["articles"])
    return Lexicon(
        cues=WordLists(cues),
        negation=whole_words(data["negations"]),
        negation_before=re.compile(
            rf"(?<![\w-])(?:{_either(data['negations'])})\s(?:to\s)?(?:se\s)?$"
        ),
        experiencer_before=re.compile(rf"\s(?:al?\s)?(?:(?:{articles})(?:\s|(?<=')))?"),
        first_person=whole_words(data["first_person"]),
        first_person_before=re.compile(
            rf"(?:^|\W)(?:{_either(data['first_person'])})\s(?:[\w-]+\s)?$"
        ),
        pronoun=whole_words(data["pronouns"]),
        possessive_before=re.compile(rf"(?:^|\W)(?:{_either(data['possessives'])})\s+(?:\w+\s+)?$"),
        determiner_before=re.compile(
            rf"(?:(?:^|\W)(?:{articles}|{_either(data['possessives'])})(?:\s|(?<='))|'s?\s)"
            r"(?:[\w.]+\s+)?$"
        ),
        coordination=re.compile(
            rf"\s*(?:,\s*|,?\s*(?:{_either(data['coordinators'])})\s+(?:(?:{articles})\s?)?)+"
        ),
        genitive_before=re.compile(rf"(?:^|\W)(?:{_either(data['genitives'])})\s?$"),
        preposition_before=re.compile(
            rf"(?:^|\W)(?:{_either(data['prepositions'])})\s(?:(?:{articles})\s?)?$"
        ),
        agent_before=re.compile(rf"(?:^|\W)(?:{_either(data['agents'])})\s(?:(?:{articles})\s?)?$"),
        by_after=re.compile(rf"\s{data['agents'][0]}(?!\w)"),
        nominal_before=re.compile(
            rf"(?:^|\W)(?:{_either([*data['nominal'], *data['possessives']])})\s$"
        ),
        viewpoint_before=re.compile(
            rf"\W*(?:{_either(data['viewpoints'])})\s?(?:(?:{articles})\s?)?"
        ),
        passive_before=re.compile(
            rf"(?:^|\W)(?<!\bse )(?<!\bs')(?:{_either(data['passives'])})\s+(?:[\w']+\s+)?$"
        ),
        progressive=re.compile(rf"\w+{data['progressive']}(?!\w)"),
        relative=re.compile(
            rf"[\s,]*(?:{_either([*data['relatives'], *data['sentential']])})(?:\s|(?<='))"
        ),
        sentential=re.compile(rf"[\s,]*(?:{_either(data['sentential'])})(?:\s|(?<='))"),
        condition=re.compile(rf"[\s,]*(?:{_either(data['conditions'])})(?:\s|(?<='))"),
        until=whole_words(data["until"]),
        complement=re.compile(rf"\s*(?:{_either(data['complements'])})(?:\s|(?<='))"),
        listing_before=re.compile(
            rf"(?:^|\W)(?:{_either(data['listings'])})\s(?:{_either(data['possessives'])})\s$"
        ),
        measure_word=whole_words(data["measures"]),
        measure=re.compile(
            rf"(?<!\w)(?:(?:{_either(data['measures_behind'])})\s)(?P<word>{_either(data['measures'])})"
            rf"(?![\w-])(?!\s(?:{_either(data['measures_on'])})(?!\w))"
        ),
        trade_after=re.compile(rf"\s(?:{_either(data['trades'])})(?!\w)"),
        object_after=re.compile(rf"\s(?:{_either(data['object_pronouns'])})(?!\w)"),
        topic=re.compile(rf"\W*(?:{_either(data['topics'])})\s(?:(?:{articles})\s?)?"),
        drops_subject=data["drops_subject"],
        inverts_subject=data["inverts_subject"],
        judgement=whole_words(data["judgements"]),
        modal_before=re.compile(rf"(?:^|\W|(?='))(?:{_either(data['modals'])})\s(?:not\s)?$"),
        clause_break=re.compile("|".join(f"(?:{pattern})" for pattern in data["clause_breaks"])),
    )


def find_cues(folded: str, within: Span, words: Lexicon) -> tuple[Cue, ...]:
    """The stance words of one sentence in order, none overlapping, the longest first choice."""
    found = [
        Cue(span, form, stance, False) for (form, stance), span in words.cues.find(folded, within)
    ]
    found = [cue for cue in found if not _is_a_noun_then(cue, folded, words)]
    chosen: list[Cue] = []
    for cue in sorted(found, key=lambda c: (-(c.span.end - c.span.start), _rank(c, folded, words))):
        if not any(cue.span.overlaps(other.span) for other in chosen):
            chosen.append(cue)
    chosen.sort(key=lambda cue: cue.span.start)
    return tuple(_with_negation(chosen, folded, within, words))


def _is_a_noun_then(cue: Cue, folded: str, words: Lexicon) -> bool:
    """Whether a verb's letters stand behind an article, where they say nothing: "a ban"."""
    if cue.form in (Form.NOUN, Form.PREDICATE, Form.FRAME, Form.REMOVING):
        return False
    before = folded[max(0, cue.span.start - 12) : cue.span.start]
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
        before = words.clause_break.split(folded[reach : cue.span.start])[-1] or ""
        # "n'est pas dans nos plans": what holds a negation is not negated by its other half.
        whole = words.negation.match(folded, cue.span.start, cue.span.end)
        negated = whole is None and words.negation.search(before) is not None
        yield Cue(cue.span, cue.form, cue.stance, negated)
        floor = cue.span.end


def whole_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches any of *patterns* where it is no part of a longer word."""
    return re.compile(rf"(?<![\w-])(?:{_either(patterns)})(?:(?<=')|(?![\w-]))")


def _either(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True))
