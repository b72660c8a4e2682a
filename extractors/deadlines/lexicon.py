"""The words of a language that make a date a deadline, compiled."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from extractors.issues.wordlists import Rare, WordLists, beginnings
from extractors.languages import language_data
from extractors.types import DeadlineKind


class Role(StrEnum):
    """What a cue does: say a kind (surely or faintly), say that something begins, name it, else."""

    KIND = "kind"
    WEAK = "weak"
    ASPECT = "aspect"
    TOPIC = "topic"
    LIST = "list"


class Cue(NamedTuple):
    """A list of words by its role: a kind's, an aspect's ("begin") or a topic's ("relief")."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns over folded text; those called ``…_before`` match up to where they are applied."""

    kinds: WordLists[Cue]
    # For each topic the kind of its beginning, its end and its taking place.
    topics: Mapping[str, Mapping[str, DeadlineKind]]
    link: re.Pattern[str]
    words: Mapping[str, re.Pattern[str]]
    # The lists whose words need their accents, and so the text, in small letters.
    accented: frozenset[str]
    limit_before: re.Pattern[str]
    lead_before: re.Pattern[str]
    moved_from_before: re.Pattern[str]
    clause_break: re.Pattern[str]
    clock_before: re.Pattern[str]
    clock_after: re.Pattern[str]
    clock_offset: re.Pattern[str]
    clock_given: re.Pattern[str]
    clock_to: re.Pattern[str]
    clock_equal: re.Pattern[str]
    clock_ahead: re.Pattern[str]
    genitive: re.Pattern[str]
    clock_term: re.Pattern[str]
    offset_end: re.Pattern[str]
    inner_limit: re.Pattern[str]
    clock_unit: re.Pattern[str]
    clock_never: re.Pattern[str]
    clock_spent: re.Pattern[str]
    set_verb: Rare
    describes_noun: bool
    capital_months: bool
    effort: Rare
    exclusive: Rare
    purpose: re.Pattern[str]
    connector: re.Pattern[str]
    small_words: frozenset[str]
    openings: frozenset[str]
    pronouns: frozenset[str]
    trailing: re.Pattern[str]
    # The words that it is made of.
    trailing_words: frozenset[str]
    lawgiver: re.Pattern[str]
    consequence: Rare
    # The same behind a few characters.
    consequence_next: re.Pattern[str]
    negated_before: re.Pattern[str]
    copula_before: re.Pattern[str]
    copulas: tuple[str, ...]
    told_before: re.Pattern[str]
    span_lead: re.Pattern[str]
    # Right before a date: it was done then (in the text in small letters), or another was meant.
    done_before: re.Pattern[str]
    instead_before: Rare
    # Right behind a date: what was said then follows.
    complement: re.Pattern[str]
    # Between two dates: from one through the other.
    through: re.Pattern[str]


# Lists that are looked for only at a place beside a date, and not all over a sentence.
_PLACED = frozenset(
    {
        "ballot",
        "comparisons",
        "complements",
        "copulas",
        "done",
        "exclusive",
        "explains",
        "instead",
        "lasting",
        "moved_from",
        "negations",
        "offsets",
        "past_tense",
        "set_for",
        "streak",
        "through",
        "to_be",
        "working",
    }
)
# How many characters of a sentence may stand before its words of consequence.
_CONSEQUENCE_GAP = 40
# Between a noun and the complement that is linked to it.
_FEW_WORDS = r"(?:[^\s,;:]+\s){0,6}"


def _cues(data: Mapping[str, Any]) -> Iterator[tuple[Cue, list[str]]]:
    for kind in DeadlineKind:
        yield Cue(Role.KIND, kind), data["kinds"].get(kind, [])
        yield Cue(Role.WEAK, kind), data["weak"].get(kind, [])
    for name, words in data["aspects"].items():
        yield Cue(Role.ASPECT, name), words
    for name, topic in data["topics"].items():
        yield Cue(Role.TOPIC, name), topic["words"]
    for name, words in data["words"].items():
        if name not in _PLACED:  # those with accents are looked for in the text as it is
            yield Cue(Role.LIST, name), [word for word in words if word.isascii()]


@cache
def lexicon(lang: str) -> Lexicon:
    """The deadline words of *lang*."""
    data = language_data(lang, "deadlines")
    clock, wording = data["clock"], data["wording"]
    leads = either([*data["limits"], *data["determiners"], *data["ranges"]])
    determiners = either(data["determiners"])
    gap = rf"\s(?:(?:{determiners})(?:\s|(?<=')))*"
    return Lexicon(
        kinds=WordLists(dict(_cues(data))),
        topics={
            name: {aspect: DeadlineKind(topic[aspect]) for aspect in data["aspects"]}
            for name, topic in data["topics"].items()
        },
        link=re.compile(rf"\s(?:{either(data['links'])})(?:\s|(?<=')){_FEW_WORDS}"),
        words={name: whole(words) for name, words in data["words"].items()},
        accented=frozenset(
            name for name, words in data["words"].items() if not "".join(words).isascii()
        ),
        limit_before=re.compile(
            rf"(?<!\w)(?P<limit>{either(data['limits'])}){gap}"
            rf"(?:\w+\s(?:{either(data['genitives'])})(?:\s|(?<='))(?:(?:{determiners})\s)?)?$"
        ),
        lead_before=re.compile(rf"(?:(?<!\w)(?:{leads})(?:\s|(?<='))+)+$"),
        moved_from_before=re.compile(rf"(?<!\w)(?:{either(data['words']['moved_from'])})\s$"),
        # The look spares the try of each break at the letters, with which none begins.
        clause_break=re.compile(rf"(?=[^a-z0-9])(?:{'|'.join(data['clause_breaks'])})"),
        clock_before=re.compile(rf"(?<![\w-])(?:{either(clock['before'])})\W{{1,3}}(?:\w+\W)?$"),
        clock_after=re.compile(rf"['\s-]{{0,3}}(?:\w+\s)?(?:{either(clock['after'])})(?!\w)"),
        clock_offset=re.compile(rf"['\s]{{1,2}}(?:{either(clock['offsets'])})(?!\w)"),
        clock_given=re.compile(rf"(?<!\w)(?:{either(clock['given'])})\s(?:[\w'.-]+\s){{0,6}}$"),
        clock_to=re.compile(rf"'?\s(?:[\w'-]+\s){{0,4}}?(?:{either(clock['to'])})"),
        clock_equal=re.compile(rf"(?<!\w)(?:{either(clock['equal'])})\s(?:[\w'-]+\s){{0,2}}$"),
        clock_ahead=re.compile(rf"['\s]{{1,2}}(?:{either(clock['ahead'])})(?!\w)"),
        genitive=re.compile(rf"\s(?:{either(data['genitives'])})(?:\s|(?<='))"),
        clock_term=re.compile(rf"(?<!\w)(?:{either(clock['terms'])})\s(?:\w+\s)?$"),
        offset_end=re.compile(rf"\s(?:{either(data['words']['offsets'])})$"),
        inner_limit=re.compile(rf"(?:{either(data['limits'])})\s"),
        clock_unit=whole(clock["units"]),
        clock_never=whole(clock["never"]),
        clock_spent=re.compile(rf"(?<!\w)(?:{either(clock['spent'])})\s(?:\w+\s)?$"),
        set_verb=_rare(wording["set_verbs"]),
        describes_noun=wording["describes_noun"],
        capital_months=wording["capital_months"],
        effort=_rare(wording["efforts"]),
        exclusive=_rare(data["words"]["exclusive"]),
        purpose=re.compile(rf"\s*(?:{either(wording['purposes'])})(?:\s|(?<='))"),
        connector=re.compile(rf"(?:[\s,;:—–-]|(?:{either(wording['connectors'])})(?:\s|(?<=')))+"),
        small_words=frozenset(wording["small_words"]),
        openings=frozenset(wording["openings"]),
        pronouns=frozenset(data["pronouns"]),
        trailing=re.compile(rf"(?:[\s,]|(?<!\w)(?:{either(wording['trailing'])})(?!\w))+$"),
        trailing_words=frozenset(" ".join(wording["trailing"]).split()),
        lawgiver=whole(wording["lawgivers"]),
        consequence=_rare(wording["consequence_if"]),
        consequence_next=whole(wording["consequence_if"], rf"(?s:.{{0,{_CONSEQUENCE_GAP}}}?)"),
        negated_before=re.compile(
            rf"(?<!\w)(?:{either(data['words']['negations'])})\s(?:\w+\s){{0,3}}$"
        ),
        told_before=re.compile(
            rf"(?<!\w)(?:{either(data['words']['reported'])})\s(?:(?:{determiners})\s)?$"
        ),
        copula_before=re.compile(rf"(?<!\w)(?:{either(data['words']['copulas'])})\s$"),
        copulas=tuple(data["words"]["copulas"]),
        span_lead=re.compile(either(data["span_leads"])),
        done_before=re.compile(
            rf"(?<!\w)(?P<done>{either(data['words']['done'])})\s(?:\w+\s){{0,3}}?(?:{determiners}|\s)*$",
        ),
        instead_before=Rare(
            re.compile(
                rf"(?<!\w)(?:{either(data['words']['instead'])})(?:\s|(?<='))(?:(?:{determiners})(?:\s|(?<=')))*$"
            ),
            _openings(data["words"]["instead"]),
        ),
        complement=re.compile(rf",?\s(?:{either(data['words']['complements'])})(?:\s|(?<='))"),
        through=re.compile(rf"\s?(?:{either(data['words']['through'])})\s?"),
    )


def _rare(patterns: Sequence[str]) -> Rare:
    return Rare(whole(patterns), _openings(patterns))


def _openings(patterns: Iterable[str]) -> tuple[str, ...]:
    """The letters with which all that *patterns* match begins; "" where one doesn't tell."""
    letters = [beginnings(pattern) or {""} for pattern in patterns]
    return tuple(sorted(set().union(*letters)))


def whole(patterns: Iterable[str], before: str = "") -> re.Pattern[str]:
    """One pattern that matches any of *patterns* where it is no part of a longer word.

    What the pattern *before* matches stands before it.
    """
    alternatives = either(patterns)
    return re.compile(rf"{before}(?<!\w)(?:{alternatives})(?:(?<=')|(?!\w))")


def in_small_letters(written: str) -> str:
    """*written* as patterns with accents want it: to ignore case would make them slow.

    As it is where it has one of the few letters whose small one is two characters.
    """
    small = written.lower()
    return small if len(small) == len(written) else written


def either(patterns: Iterable[str]) -> str:
    """The alternatives, the longest first."""
    return "|".join(sorted(patterns, key=len, reverse=True))
