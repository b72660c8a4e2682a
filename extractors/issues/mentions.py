"""Which of a pack's terms in a text name an issue of the negotiation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractors.reading import Knowledge, Reading
from extractors.relevance import is_in_view
from extractors.terms import TermHit, TermKind
from extractors.types import Span

# How many characters on each side of a term an exception may reach.
_NEAR = 160
_CAPITAL_BEHIND = re.compile(r"\s[A-ZÀ-Ý]\w")
_CAPITAL_BEFORE = re.compile(r"[A-ZÀ-Ý]\w+\s$")


@dataclass(frozen=True, slots=True)
class Named:
    """An issue named in a sentence, with the group that it belongs to."""

    span: Span
    issue: str
    group: str
    sentence: Span
    weak: bool = False


def named_issues(reading: Reading, knowledge: Knowledge) -> Iterator[Named]:
    """The issues that *reading* names, in order: weak terms only with the negotiation in view.

    A weak term is no longer weak in a document that names its issue by a strong one as well.
    """
    found = list(_found(reading, knowledge))
    certain = {named.issue for named in found if not named.weak}
    for named in found:
        yield replace(named, weak=named.weak and named.issue not in certain)


def _found(reading: Reading, knowledge: Knowledge) -> Iterator[Named]:
    in_view = is_in_view(reading, knowledge)
    sentences = iter(reading.sentences)
    sentence = next(sentences, None)
    for hit in reading.hits:
        while sentence is not None and sentence.end <= hit.span.start:
            sentence = next(sentences, None)
        if sentence is None:
            return
        for issue, weak in _issues_of(hit, reading, knowledge, in_view, sentence):
            if not (weak and _is_in_a_name(hit.span, sentence, reading.text)):
                yield Named(hit.span, issue, knowledge.issues[issue].group, sentence, weak)


def _is_in_a_name(span: Span, sentence: Span, text: str) -> bool:
    """Whether the words are a part of a name: "the Fraser Valley Milk Board"."""
    if span.start == sentence.start or not text[span.start].isupper():
        return False
    return bool(_CAPITAL_BEHIND.match(text, span.end)) or bool(
        _CAPITAL_BEFORE.search(text, sentence.start, span.start)
    )


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
        if not _is_something_else(hit.span, term.id, reading, knowledge, sentence):
            yield term.id, term.weak


def is_same_word(found: str, form: str) -> bool:
    """Whether the accents agree ("maïs" is no "mais"); capitals may go without theirs."""
    if found == form or (found.isascii() and form.isascii()):
        return True
    return all(
        a.lower() == b.lower() or a.isupper() or not (a.isalpha() and b.isalpha())
        for a, b in zip(found, form, strict=False)
    )


def _is_something_else(
    span: Span, issue: str, reading: Reading, knowledge: Knowledge, sentence: Span
) -> bool:
    """Whether one of the issue's exceptions matches in the sentence, over the term itself."""
    patterns = (knowledge.issues[issue].unless or {}).get(reading.lang, ())
    start = max(sentence.start, span.start - _NEAR)
    end = min(sentence.end, span.end + _NEAR)
    return any(
        match.start() < span.end and span.start < match.end()
        for pattern in patterns
        for match in _exception(pattern).finditer(reading.folded, start, end)
    )


@cache
def _exception(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
