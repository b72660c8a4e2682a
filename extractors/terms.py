"""One pass over a text that finds every name and term of a pack.

Aho–Corasick, leftmost-longest, over folded text; a hit must be a whole word. The cost is that of
one pass, whatever the number of terms. Where the longest form proves to be a part of other words,
the shorter ones that it hid are looked up.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from config.packs.types import Pack
from extractors.text.folding import fold
from extractors.types import Span

_LONGEST_ACRONYM = 8
# No form that was hidden is looked for beyond so many characters.
_LONGEST_FORM = 60
_WORD = re.compile(r"\w+")


class TermKind(StrEnum):
    """What a term of a pack names."""

    AGREEMENT = "agreement"
    PARTY = "party"
    OUTSIDER = "outsider"  # a name of the party of those who do not sit at the table
    SIGN = "sign"  # a place or title that tells the side of those introduced with it
    PERSON = "person"
    ORGANISATION = "organisation"
    NOUN = "noun"  # a role noun that stands in for the holder of an office
    ISSUE = "issue"
    MILESTONE = "milestone"
    CLOCK = "clock"
    IGNORED = "ignored"  # looks like another term and is none ("North American")


@dataclass(frozen=True, slots=True)
class Term:
    """What a form of words stands for: a kind and a pack's id.

    ``weak`` terms count only where the negotiation is in view. ``exact`` forms (acronyms) must
    stand in the text as they are written in the pack.
    """

    kind: TermKind
    id: str
    form: str
    weak: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """The terms that one form of words may stand for, and their ids by kind."""

    terms: tuple[Term, ...]
    by_kind: Mapping[TermKind, tuple[str, ...]]


@dataclass(slots=True)
class TermHit:
    """A form of words found in a text, with all that it may stand for.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    span: Span
    meaning: Meaning

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that this hit may stand for."""
        return self.meaning.terms

    def ids(self, kind: TermKind) -> tuple[str, ...]:
        """The pack's ids of one kind that this hit may stand for."""
        return self.meaning.by_kind.get(kind, ())


@dataclass(frozen=True, slots=True)
class TermMatcher:
    """A compiled set of terms for one language.

    *numbers* has each form's place among *terms*; most forms are never met, so that what one means
    is put together when it first is. Of the forms that must be written as they are in the pack,
    *written* has what each writing means, and under "" what any other does.
    """

    automaton: AhoCorasick
    numbers: Mapping[str, int]
    terms: Sequence[Sequence[Term]]
    written: Mapping[int, Mapping[str, Meaning | None]]
    _met: dict[int, Meaning] = field(default_factory=dict, repr=False, compare=False)

    def find(self, text: str, folded: str) -> list[TermHit]:
        """The hits in *text*, in order, none overlapping; *folded* is ``fold(text)``."""
        hits: list[TermHit] = []
        length, met, exact, last = len(folded), self._met, self.written, 0
        found = self.automaton.find_matches_as_indexes(folded, overlapping=False)
        for pattern, start, end in found:
            if start < last:
                continue
            # Inside a longer word.
            if (start and folded[start - 1].isalnum() and folded[start].isalnum()) or (
                end < length and folded[end].isalnum() and folded[end - 1].isalnum()
            ):
                if " " in folded[start:end]:
                    hits += self._hidden(text, folded, start, end)
                    last = hits[-1].span.end if hits else 0
                continue
            meaning = met.get(pattern) or self._meaning(pattern)
            if pattern in exact:
                meant = self._meant(pattern, text[start:end])
                if meant is None:
                    continue
                meaning = meant
            hits.append(TermHit(Span(start, end), meaning))
        return hits

    def _meaning(self, pattern: int) -> Meaning:
        """What a form means, however it is written."""
        if pattern not in self._met:
            self._met[pattern] = meaning_of(self.terms[pattern])
        return self._met[pattern]

    def _meant(self, pattern: int, writing: str) -> Meaning | None:
        """What a form means as it is written in a text."""
        writings = self.written.get(pattern)
        return writings.get(writing, writings[""]) if writings else self._meaning(pattern)

    def _hidden(self, text: str, folded: str, start: int, end: int) -> Iterator[TermHit]:
        """The hits that begin in a match which is a part of other words, the longest of each."""
        words = list(_WORD.finditer(folded, max(0, start - 1), end + _LONGEST_FORM))
        number = 0
        while number < len(words) and words[number].start() < end:
            first = words[number].start()
            number += 1
            if first < start:
                continue  # the word before, of which the match is a part
            for last in range(len(words) - 1, number - 2, -1):
                form = folded[first : words[last].end()]
                pattern = self.numbers.get(form)
                if pattern is None:
                    continue
                place = Span(first, words[last].end())
                meaning = self._meant(pattern, place.of(text))
                if meaning is not None:
                    yield TermHit(place, meaning)
                    number = last + 1
                    break


def meaning_of(terms: Iterable[Term]) -> Meaning:
    """*terms* as what one form of words may stand for."""
    kept = tuple(terms)
    by_kind: dict[TermKind, tuple[str, ...]] = {}
    for term in kept:
        by_kind[term.kind] = (*by_kind.get(term.kind, ()), term.id)
    return Meaning(kept, by_kind)


def _writings(terms: Sequence[Term]) -> dict[str, Meaning | None]:
    """What the writings of one form mean, and under "" what any other does."""
    forms = {"", *(term.form for term in terms if term.exact)}
    fitting = {form: [t for t in terms if not t.exact or t.form == form] for form in forms}
    return {form: meaning_of(fits) if fits else None for form, fits in fitting.items()}


def compile_terms(terms: list[Term]) -> TermMatcher:
    """A matcher for *terms*; forms that fold alike share a hit."""
    by_form: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        form = fold(term.form.strip())
        if form and term not in by_form[form]:
            by_form[form].append(term)
    automaton = AhoCorasick(
        list(by_form),
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,
    )
    written = {
        number: _writings(terms)
        for number, terms in enumerate(by_form.values())
        if any(term.exact for term in terms)
    }
    numbers = {form: number for number, form in enumerate(by_form)}
    return TermMatcher(automaton, numbers, tuple(by_form.values()), written)


def is_acronym(form: str) -> bool:
    """Whether a form is written in capitals and must keep them ("ISDS", "T-MEC", "U.S.")."""
    if len(form) > _LONGEST_ACRONYM:
        return False  # most forms, of tens of thousands
    letters = [c for c in form if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters)


def pack_terms(pack: Pack, lang: str) -> list[Term]:
    """All that *pack* names in *lang*, as terms."""
    terms: list[Term] = []

    def add(
        kind: TermKind, id: str, forms: tuple[str, ...] | list[str], weak: bool = False
    ) -> None:
        terms.extend(Term(kind, id, form, weak, is_acronym(form)) for form in forms)

    add(TermKind.AGREEMENT, pack.name, pack.agreements.get(lang, ()))
    add(TermKind.IGNORED, pack.name, (pack.ignored or {}).get(lang, ()))
    for party in pack.parties:
        kind = TermKind.OUTSIDER if party.outside else TermKind.PARTY
        add(kind, party.id, party.terms.get(lang, ()))
        add(TermKind.SIGN, party.id, (party.signs or {}).get(lang, ()))
    for person in pack.people:
        add(TermKind.PERSON, person.id, (person.name, *person.variants))
        for office in person.offices:
            add(TermKind.NOUN, person.id, (office.nouns or {}).get(lang, ()))
    for organisation in pack.organisations:
        forms = (organisation.terms or {}).get(lang, ())
        name = organisation.names.get(lang)
        add(TermKind.ORGANISATION, organisation.id, (*forms, *([name] if name else ())))
    for issue in pack.issues:
        add(TermKind.ISSUE, issue.id, issue.terms.get(lang, ()))
        add(TermKind.ISSUE, issue.id, (issue.weak or {}).get(lang, ()), weak=True)
    for milestone in pack.milestones:
        add(TermKind.MILESTONE, milestone.id, (milestone.terms or {}).get(lang, ()))
    for clock in pack.clocks:
        add(TermKind.CLOCK, clock.id, (clock.terms or {}).get(lang, ()))
    return terms
