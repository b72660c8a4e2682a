"""The words of a sentence that give a stance, with their form and negation.

A cue is a verb ("rejects"), a noun ("demands on"), a predicate of the matter ("unacceptable") or
a state of the holder ("open to"); further a word of pressure, which counts for measures only
("impose"), one of accepting or handling, which counts when negated, one that takes the matter
itself away ("lift", "end of"), a refusal to speak, which is no stance, a frame for the rest of
the sentence ("under the deal"), or a duty, which is what its speaker wants ("must"). An idle
expression holds a stance word that gives none there ("wants to know"). The words are data of the
language.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from extractors.actors.lexicon import actor_words
from extractors.issues.wordlists import WordLists
from extractors.languages import language_data
from extractors.text.folding import fold
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
    IDLE = "idle"


@dataclass(slots=True)
class Cue:
    """A stance word in a text; ``stance`` is None where the form alone says what it does.

    Once found, no value changes; it is not frozen because that doubles the cost of making one.
    """

    span: Span
    form: Form
    stance: Stance | None
    negated: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's stance words, compiled."""

    cues: WordLists[tuple[Form, Stance | None]]
    negation: re.Pattern[str]
    holds_negation: re.Pattern[str]
    negation_before: re.Pattern[str]
    negation_tail: re.Pattern[str]
    conjunction_before: re.Pattern[str]
    bearer_before: re.Pattern[str]
    experiencer_before: re.Pattern[str]
    first_person: re.Pattern[str]
    first_person_before: re.Pattern[str]
    pronoun: re.Pattern[str]
    possessive_before: re.Pattern[str]
    determiner_before: re.Pattern[str]
    coordination: re.Pattern[str]
    genitive_before: re.Pattern[str]
    genitive: re.Pattern[str]
    purpose: re.Pattern[str]
    preposition_before: re.Pattern[str]
    agent_before: re.Pattern[str]
    by_after: re.Pattern[str]
    nominal_before: re.Pattern[str]
    viewpoint_before: re.Pattern[str]
    locative_before: re.Pattern[str]
    origin_before: re.Pattern[str]
    source_before: re.Pattern[str]
    will_before: re.Pattern[str]
    joint: re.Pattern[str]
    passive_before: re.Pattern[str]
    progressive: re.Pattern[str]
    finite: re.Pattern[str]
    factual: re.Pattern[str]
    relative: re.Pattern[str]
    relative_inside: re.Pattern[str]
    who: re.Pattern[str]
    sentential: re.Pattern[str]
    condition: re.Pattern[str]
    unless: re.Pattern[str]
    until: re.Pattern[str]
    topic: re.Pattern[str]
    adverbial: re.Pattern[str]
    complement: re.Pattern[str]
    complementizer: re.Pattern[str]
    complementizer_inside: re.Pattern[str]
    listing_before: re.Pattern[str]
    measure: re.Pattern[str]
    measure_word: re.Pattern[str]
    laid_on: re.Pattern[str]
    used: re.Pattern[str]
    goes_on: re.Pattern[str]
    evil: re.Pattern[str]
    plural_pronoun: re.Pattern[str]
    personal: re.Pattern[str]
    trade: re.Pattern[str]
    trade_after: re.Pattern[str]
    object_after: re.Pattern[str]
    drops_subject: bool
    inverts_subject: bool
    judgement: re.Pattern[str]
    modal_before: re.Pattern[str]
    modal_behind: re.Pattern[str]
    clause_break: re.Pattern[str]


_SPECIAL = {
    "accepts": Form.ACCEPTING,
    "handles": Form.HANDLING,
    "pressure": Form.PRESSURE,
    "removing": Form.REMOVING,
    "silent": Form.SILENT,
    "idle": Form.IDLE,
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
# What may stand before the first word of a clause.
_OPENING = r"[\s,\"“”«]*"


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
        holds_negation=whole_words([*data["negations"], *data["negation_tails"]]),
        negation_before=re.compile(
            rf"(?<![\w-])(?:{_either(data['negations'])})\s(?:to\s)?(?:se\s)?$"
        ),
        negation_tail=re.compile(rf"\s(?:{_either(data['negation_tails']) or '(?!)'})(?!\w)"),
        conjunction_before=re.compile(rf"(?:^|\W)(?:{_either(data['conjunctions'])})\s$"),
        bearer_before=re.compile(rf"(?:^|\W)(?:{_either(data['bearers'])})\s(?:[\w']+\s){{0,2}}$"),
        experiencer_before=re.compile(rf"\s(?:(?:al?|en|in)\s)?(?:(?:{articles})(?:\s|(?<=')))?"),
        first_person=whole_words(data["first_person"]),
        first_person_before=re.compile(
            rf"(?:^|\W)(?:{_either(data['first_person'])})\s(?:[\w-]+\s)?$"
        ),
        pronoun=whole_words([*data["pronouns"], *data["personal"], *_people(lang)]),
        personal=whole_words([*data["personal"], *_people(lang)]),
        possessive_before=re.compile(rf"(?:^|\W)(?:{_either(data['possessives'])})\s+(?:\w+\s+)?$"),
        determiner_before=re.compile(
            rf"(?:(?:^|\W)(?:{articles}|{_either(data['possessives'])})(?:\s|(?<='))|'s?\s)"
            r"(?:[\w.]+\s+)?$"
        ),
        coordination=re.compile(
            rf"\s*(?:,\s*|,?\s*(?:{_either(data['coordinators'])})\s+(?:(?:{articles})\s?)?)+"
        ),
        genitive_before=re.compile(rf"(?:^|\W)(?:{_either(data['genitives'])})\s?$"),
        genitive=re.compile(rf"\s(?:{_either(data['genitives'])})(?:\s|(?<='))"),
        purpose=re.compile(rf"\s(?:{_either(data['purposes'])})(?!\w)"),
        preposition_before=re.compile(
            rf"(?:^|\W)(?:{_either(data['prepositions'])})\s(?:(?:{articles})\s?)?$"
        ),
        agent_before=re.compile(rf"(?:^|\W)(?:{_either(data['agents'])})\s(?:(?:{articles})\s?)?$"),
        by_after=re.compile(rf"(?:\s[\w'-]+){{0,3}}?\s{data['agents'][0]}(?!\w)"),
        nominal_before=re.compile(
            rf"(?:^|\W)(?:{_either([*data['nominal'], *data['possessives']])})\s$"
        ),
        viewpoint_before=re.compile(
            rf"\W*(?:{_either(data['viewpoints'])})\s?(?:(?:{articles})\s?)?"
        ),
        locative_before=re.compile(
            rf"\W*(?:{_either(data['locatives'])})(?:\s|(?<='))(?:(?:{articles})\s?)?"
        ),
        origin_before=re.compile(
            rf"[a-z]{{3,}}\s(?:{_either(data['origins'])})(?:\s|(?<='))(?:(?:{articles})\s?)?$"
        ),
        source_before=re.compile(rf"\s(?:{_either(data['sources'])})\s?(?:(?:{articles})\s?)?"),
        will_before=_acting(data["wills"], data["asides"]),
        joint=whole_words(data["joint"]),
        passive_before=re.compile(
            rf"(?:^|\W)(?<!\bse )(?<!\bs')(?:{_either(data['passives'])})\s+(?:[\w']+\s+)?$"
        ),
        factual=whole_words(data["factual"]),
        finite=re.compile(data["finite"]),
        progressive=re.compile(rf"\w+{data['progressive']}(?!\w)"),
        relative=re.compile(
            rf"[\s,]*(?:{_either([*data['relatives'], *data['sentential']])})(?:\s|(?<='))"
        ),
        relative_inside=re.compile(rf"(?<!\w)(?:{_either(data['relatives'])})(?:\s|(?<='))"),
        who=re.compile(rf"(?:{_either(data['who']) or '(?!)'})\s"),
        sentential=re.compile(rf"[\s,]*(?:{_either(data['sentential'])})(?:\s|(?<='))"),
        condition=re.compile(rf"{_OPENING}(?:{_either(data['conditions'])})(?:\s|(?<='))"),
        unless=re.compile(rf"{_OPENING}(?:{_either(data['unless'])})(?:\s|(?<='))"),
        until=whole_words(data["until"]),
        complement=re.compile(rf"\s*(?:{_either(data['complements'])})(?:\s|(?<='))"),
        complementizer=re.compile(rf"[\s,]*(?:{_either(data['complementizers'])})(?:\s|(?<='))"),
        complementizer_inside=re.compile(
            rf"(?<!\w)(?:{_either(data['complementizers'])})(?:\s|(?<='))"
        ),
        listing_before=re.compile(
            rf"(?:^|\W)(?:{_either(data['listings'])})\s"
            rf"(?:{_either([*data['possessives'], *data['articles']])})\s(?:\w+\s){{0,2}}$"
        ),
        laid_on=re.compile(rf"(?:^|\W)(?:{_either(data['measures_on'])})\s(?:(?:{articles})\s?)?$"),
        used=whole_words([*data["measures"], *data["used"]]),
        goes_on=re.compile(rf"\W*(?:{_either(data['goes_on'])})(?!\w)"),
        evil=whole_words(data["evils"]),
        plural_pronoun=whole_words(data["plural_pronouns"]),
        measure_word=whole_words(data["measures"]),
        measure=re.compile(
            rf"(?<!\w)(?:(?:{_either(data['measures_behind'])})\s)(?P<word>{_either(data['measures'])})"
            rf"(?![\w-])(?!\s(?:{_either(data['measures_on'])})(?!\w))"
        ),
        trade=whole_words(data["trades"]),
        trade_after=re.compile(rf"\s(?:{_either(data['trades'])})(?!\w)"),
        object_after=re.compile(rf"\s(?:{_either(data['object_pronouns'])})(?!\w)"),
        adverbial=re.compile(
            rf"\W*(?:{_either([*data['topics'], *data['prepositions']])})(?:\s|(?<='))"
        ),
        topic=re.compile(rf"\W*(?:{_either(data['topics'])})\s(?:(?:{articles})\s?)?"),
        drops_subject=data["drops_subject"],
        inverts_subject=data["inverts_subject"],
        judgement=whole_words(data["judgements"]),
        modal_before=_acting(data["modals"], data["asides"]),
        modal_behind=re.compile(rf"\s(?:{_either(data['modals'])})\s"),
        # The look spares the try of each break at the letters, with which none begins.
        clause_break=re.compile(rf"(?=[^a-z0-9])(?:{'|'.join(data['clause_breaks'])})"),
    )


def _people(lang: str) -> list[str]:
    """Words for one person that stand for somebody named before: "the minister"."""
    people = actor_words(lang)
    roles = (role for role, one in people.roles.items() if role == one)
    nouns = _either(fold(role) for role in roles if role not in people.anonymous)
    definite = _either(fold(word) for word in people.definite if word.isalpha())
    return [rf"(?:{definite}) (?:\w+ )?(?:{nouns})", rf"l'(?:\w+ )?(?:{nouns})"]


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
        yield cue
        tail = words.negation_tail.match(folded, cue.span.end) if cue.negated else None
        floor = tail.end() if tail else cue.span.end


def _is_negated(cue: Cue, before: str, folded: str, words: Lexicon) -> bool:
    """Whether a negation in the words *before* is the cue's: no other clause's, nor its own."""
    if words.holds_negation.match(folded, cue.span.start, cue.span.end):
        return False  # "n'est pas dans nos plans" is not negated by its other half
    clause = words.clause_break.split(before)[-1] or ""
    return (
        words.negation.search(clause) is not None
        and words.conjunction_before.search(clause) is None
    )


def whole_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches any of *patterns* where it is no part of a longer word."""
    return re.compile(rf"(?<![\w-])(?:{_either(patterns)})(?:(?<=')|(?![\w-]))")


def _acting(verbs: Iterable[str], asides: Iterable[str]) -> re.Pattern[str]:
    """One of *verbs* right before what somebody will do, but for one of *asides* ("may still")."""
    return re.compile(
        rf"(?:^|\W|(?='))(?:{_either(verbs) or '(?!)'})\s(?:(?:{_either(asides)})\s)?$"
    )


def _either(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True))
