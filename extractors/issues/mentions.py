"""Which of a pack's terms in a text name an issue of the negotiation."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from config.packs.types import Issue
from extractors.actors.lexicon import actor_words
from extractors.issues.exceptions import is_something_else
from extractors.reading import Knowledge, Reading
from extractors.relevance import is_in_view
from extractors.terms import TermHit, TermKind
from extractors.types import Span, Stance

# How many characters on each side of a term an exception may reach.
_NEAR = 160
# So often a text names a special matter that a general word for it means that one.
_OFTEN = 2
_CAPITAL_BEHIND = re.compile(r"\s[A-ZÀ-Ý]\w")
_NAME_BEHIND = re.compile(
    r"(?:\s(?:[Dd]e|du|des|del|of|for|la|los|las|the|and|et|y)){0,2}\s[A-ZÀ-Ý][\w'’-]*"
)
_CAPITAL_BEFORE = re.compile(r"[A-ZÀ-Ý]\w+\s$")


@dataclass(slots=True)
class Named:
    """A *matter* of the pack named in a sentence.

    No value changes; it is not frozen because that doubles the cost of making one.

    ``weak`` words count only where somebody takes a stance; ``outright`` says that they would
    name the matter in any text.
    """

    span: Span
    matter: Issue
    sentence: Span
    weak: bool = False
    outright: bool = True

    @property
    def issue(self) -> str:
        """The id of the matter."""
        return self.matter.id

    def long_stance_of(self, party: str | None) -> Stance | None:
        """Where *party* has long stood on the matter; None where the pack does not say."""
        if party in self.matter.kept_by:
            return Stance.DEMANDS
        return Stance.OPPOSES if party in self.matter.resisted_by else None


def named_issues(reading: Reading, knowledge: Knowledge) -> Iterator[Named]:
    """The issues that *reading* names, in order: weak terms only with the negotiation in view.

    A weak term is no longer weak in a document that names its issue by a strong one as well.
    """
    found = _narrowed(list(_found(reading, knowledge)), knowledge)
    certain = {named.issue for named in found if not named.weak}
    for named in found:
        certainly = named.weak and named.issue in certain
        yield replace(named, weak=False) if certainly else named


def _narrowed(found: list[Named], knowledge: Knowledge) -> list[Named]:
    """*found* with general matters as what a text is about: "rules of origin" among cars."""
    times = Counter(named.issue for named in found if not named.weak)

    def meant(named: Named) -> Named:
        special = named.matter.narrows_to
        if special is None or times[special] < _OFTEN:
            return named
        return replace(named, matter=knowledge.issues[special])

    return [meant(named) for named in found]


def _found(reading: Reading, knowledge: Knowledge) -> Iterator[Named]:
    in_view = is_in_view(reading, knowledge)
    for first in reading.hits_by_kind[TermKind.ISSUE]:
        sentence = reading.sentence_at(first.span.start)
        if sentence is None:
            continue
        hit, issues = first, list(_issues_of(first, reading, knowledge, in_view, sentence))
        if not issues:
            hit = _hidden_by(first, reading, knowledge, sentence) or first
            issues = list(_issues_of(hit, reading, knowledge, in_view, sentence))
        if not issues or _is_in_a_name(hit.span, sentence, reading):
            continue
        for issue, weak in issues:
            if not (weak and _is_beside_a_name(hit.span, sentence, reading.text)):
                yield Named(hit.span, knowledge.issues[issue], sentence, weak, not weak)


def _hidden_by(
    hit: TermHit, reading: Reading, knowledge: Knowledge, sentence: Span
) -> TermHit | None:
    """The term that begins inside a *hit* which means nothing: "25 % [tariff on steel]"."""
    first = hit.span.of(reading.text).find(" ")
    if first < 0:
        return None
    start, end = hit.span.start + first + 1, min(sentence.end, hit.span.end + _NEAR)
    matcher = knowledge.matchers[reading.lang]
    for found in matcher.find(reading.text[start:end], reading.folded[start:end]):
        span = Span(start + found.span.start, start + found.span.end)
        if span.start >= hit.span.end:
            return None
        if found.ids(TermKind.ISSUE):
            return TermHit(span, found.meaning)
    return None


def _is_beside_a_name(span: Span, sentence: Span, text: str) -> bool:
    """Whether the words are a part of a name: "the Fraser Valley Milk Board"."""
    if span.start == sentence.start or not text[span.start].isupper():
        return False
    return bool(_CAPITAL_BEHIND.match(text, span.end)) or bool(
        _CAPITAL_BEFORE.search(text, sentence.start, span.start)
    )


def _is_in_a_name(span: Span, sentence: Span, reading: Reading) -> bool:
    """Whether the words are a part of the name of a body: "Institut laitier de Kamouraska"."""
    text, start = reading.text, span.start
    if not (text[start].isupper() or _CAPITAL_BEFORE.search(text, max(0, start - 40), start)):
        return False
    people = actor_words(reading.lang)
    before = _name_before(span, sentence, reading.text, people.name_links)
    own = span.of(reading.text)
    if own[0].isupper() and span.start > sentence.start:
        behind = _NAME_BEHIND.match(reading.text, span.end, sentence.end)
        if before or behind:
            words = [*before, *own.split(), *(behind.group().split() if behind else ())]
            return any(word.lower().strip(",.") in people.associations for word in words)
    # In French and Spanish the rest of a name may have small letters.
    return len(before) == 1 and before[0].lower() in people.associations


def _name_before(span: Span, sentence: Span, text: str, links: frozenset[str]) -> list[str]:
    """The words of a name right before *span*: with capitals, or links between such words."""
    words = text[max(sentence.start, span.start - _NEAR) : span.start].split()
    if span.start and not text[span.start - 1].isspace():
        return []
    found: list[str] = []
    while words and (words[-1][0].isupper() or words[-1].lower() in links):
        found.insert(0, words.pop())
    while found and not found[0][0].isupper():
        found.pop(0)
    return found


def _issues_of(
    hit: TermHit, reading: Reading, knowledge: Knowledge, in_view: bool, sentence: Span
) -> Iterator[tuple[str, bool]]:
    """The issues that a hit names, each with whether only weakly."""
    seen: set[str] = set()
    for term in sorted(hit.terms, key=lambda term: term.weak):
        if term.kind is not TermKind.ISSUE or term.id in seen:
            continue
        if not in_view and (term.weak or any(c.isdigit() for c in term.form)):
            continue  # "Chapter 19" is in every long law
        if not is_same_word(hit.span.of(reading.text), term.form):
            continue
        seen.add(term.id)
        exceptions = (knowledge.issues[term.id].unless or {}).get(reading.lang, ())
        start = max(sentence.start, hit.span.start - _NEAR)
        end = min(sentence.end, hit.span.end + _NEAR)
        if not is_something_else(hit.span, exceptions, reading.folded, start, end):
            yield term.id, term.weak


def is_same_word(found: str, form: str) -> bool:
    """Whether the accents agree ("maïs" is no "mais"); capitals may go without theirs."""
    if found == form or (found.isascii() and form.isascii()):
        return True
    return all(
        a.lower() == b.lower() or a.isupper() or not (a.isalpha() and b.isalpha())
        for a, b in zip(found, form, strict=False)
    )
