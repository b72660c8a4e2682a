"""One pass over a text that finds every name and term of a pack.

Aho–Corasick, leftmost-longest, over folded text; a hit must be a whole word. The cost is that of
one pass, whatever the number of terms.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from config.packs.types import Pack
from extractors.text.folding import fold
from extractors.types import Span


class TermKind(StrEnum):
    """What a term of a pack names."""

    AGREEMENT = "agreement"
    PARTY = "party"
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
class TermHit:
    """A form of words found in a text, with all that it may stand for."""

    span: Span
    terms: tuple[Term, ...]

    def ids(self, kind: TermKind) -> tuple[str, ...]:
        """The pack's ids of one kind that this hit may stand for."""
        return tuple(term.id for term in self.terms if term.kind is kind)


@dataclass(frozen=True, slots=True)
class TermMatcher:
    """A compiled set of terms for one language."""

    automaton: AhoCorasick
    terms: tuple[tuple[Term, ...], ...]

    def find(self, text: str, folded: str) -> Iterator[TermHit]:
        """The hits in *text*, in order, none overlapping; *folded* is ``fold(text)``."""
        for pattern, start, end in self.automaton.find_matches_as_indexes(
            folded, overlapping=False
        ):
            if _is_inside_word(folded, start, end):
                continue
            found = text[start:end]
            terms = tuple(t for t in self.terms[pattern] if not t.exact or found == t.form)
            if terms:
                yield TermHit(Span(start, end), terms)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return before or after


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
    return TermMatcher(automaton, tuple(tuple(group) for group in by_form.values()))


def is_acronym(form: str) -> bool:
    """Whether a form is written in capitals and must keep them ("ISDS", "T-MEC", "U.S.")."""
    letters = [c for c in form if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters) and len(form) <= 8


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
        add(TermKind.PARTY, party.id, party.terms.get(lang, ()))
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
