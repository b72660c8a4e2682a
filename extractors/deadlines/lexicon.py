"""The words of a language that make a date a deadline, compiled."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.issues.wordlists import WordLists
from extractors.languages import language_data
from extractors.types import DeadlineKind


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns over folded text; those called ``…_before`` match up to where they are applied."""

    kinds: WordLists[DeadlineKind]
    words: Mapping[str, re.Pattern[str]]
    # The lists whose words need their accents, and so the text as it is.
    accented: frozenset[str]
    limit_before: re.Pattern[str]
    lead_before: re.Pattern[str]
    moved_from_before: re.Pattern[str]
    clause_break: re.Pattern[str]
    clock_before: re.Pattern[str]
    clock_after: re.Pattern[str]
    clock_offset: re.Pattern[str]
    genitive: re.Pattern[str]
    clock_term: re.Pattern[str]
    offset_end: re.Pattern[str]
    inner_limit: re.Pattern[str]
    clock_unit: re.Pattern[str]
    clock_never: re.Pattern[str]
    set_verb: re.Pattern[str]
    describes_noun: bool
    effort: re.Pattern[str]
    purpose: re.Pattern[str]
    connector: re.Pattern[str]
    small_words: frozenset[str]
    openings: frozenset[str]
    trailing: re.Pattern[str]
    lawgiver: re.Pattern[str]
    consequence: re.Pattern[str]
    negated_before: re.Pattern[str]
    copula_before: re.Pattern[str]
    told_before: re.Pattern[str]
    span_lead: re.Pattern[str]


@cache
def lexicon(lang: str) -> Lexicon:
    """The deadline words of *lang*."""
    data = language_data(lang, "deadlines")
    clock, wording = data["clock"], data["wording"]
    leads = either([*data["limits"], *data["determiners"], *data["ranges"]])
    determiners = either(data["determiners"])
    gap = rf"\s(?:(?:{determiners})(?:\s|(?<=')))*"
    return Lexicon(
        kinds=WordLists({DeadlineKind(name): words for name, words in data["kinds"].items()}),
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
        clause_break=re.compile("|".join(f"(?:{pattern})" for pattern in data["clause_breaks"])),
        clock_before=re.compile(rf"(?<![\w-])(?:{either(clock['before'])})\W{{1,3}}(?:\w+\W)?$"),
        clock_after=re.compile(rf"['\s-]{{0,3}}(?:\w+\s)?(?:{either(clock['after'])})(?!\w)"),
        clock_offset=re.compile(rf"['\s]{{1,2}}(?:{either(clock['offsets'])})(?!\w)"),
        genitive=re.compile(rf"\s(?:{either(data['genitives'])})(?:\s|(?<='))"),
        clock_term=re.compile(rf"(?<!\w)(?:{either(clock['terms'])})\s(?:\w+\s)?$"),
        offset_end=re.compile(rf"\s(?:{either(data['words']['offsets'])})$"),
        inner_limit=re.compile(rf"(?:{either(data['limits'])})\s"),
        clock_unit=whole(clock["units"]),
        clock_never=whole(clock["never"]),
        set_verb=whole(wording["set_verbs"]),
        describes_noun=wording["describes_noun"],
        effort=whole(wording["efforts"]),
        purpose=re.compile(rf"\s*(?:{either(wording['purposes'])})(?:\s|(?<='))"),
        connector=re.compile(rf"(?:[\s,;:—–-]|(?:{either(wording['connectors'])})(?:\s|(?<=')))+"),
        small_words=frozenset(wording["small_words"]),
        openings=frozenset(wording["openings"]),
        trailing=re.compile(rf"(?:[\s,]|(?<!\w)(?:{either(wording['trailing'])})(?!\w))+$"),
        lawgiver=whole(wording["lawgivers"]),
        consequence=whole(wording["consequence_if"]),
        negated_before=re.compile(
            rf"(?<!\w)(?:{either(data['words']['negations'])})\s(?:\w+\s){{0,3}}$"
        ),
        told_before=re.compile(
            rf"(?<!\w)(?:{either(data['words']['reported'])})\s(?:(?:{determiners})\s)?$"
        ),
        copula_before=re.compile(rf"(?<!\w)(?:{either(data['words']['copulas'])})\s$"),
        span_lead=re.compile(either(data["span_leads"])),
    )


def whole(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches any of *patterns* where it is no part of a longer word."""
    alternatives = either(patterns)
    case = 0 if alternatives.isascii() else re.IGNORECASE
    return re.compile(rf"(?<!\w)(?:{alternatives})(?:(?<=')|(?!\w))", case)


def either(patterns: Iterable[str]) -> str:
    """The alternatives, the longest first."""
    return "|".join(sorted(patterns, key=len, reverse=True))
