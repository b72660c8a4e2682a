"""How much an article is about the negotiation at all.

The gate is the domain's: a name of the agreement, or two parties and an issue that belongs to
the negotiation. How often they stand, and whether the opening names them, makes the score.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache

from config.packs.types import Issue
from extractors.reading import Knowledge, Reading
from extractors.terms import TermHit, TermKind
from extractors.text.folding import fold
from extractors.types import Relevance

# The opening: the title and the lead, where news says what it is about.
_OPENING = 600
_PER_WORDS = 250
# The packs' group of issues on how to negotiate; other talks have the same ("a bilateral deal").
_PROCESS = "process"
# How many issues the reason names.
_NAMED = 3


def score_relevance(reading: Reading, knowledge: Knowledge) -> Relevance:
    """How much *reading* is about a pack's subject, from 0 to 1, with the reason in words."""
    agreements = _agreements(reading, knowledge)
    issues = [hit for hit in reading.hits_by_kind[TermKind.ISSUE] if is_issue(hit)]
    named = _parties(reading)
    matters = {id for hit in issues for id in hit.ids(TermKind.ISSUE)}
    proper = {id for id in matters if _is_proof(knowledge.issues[id])}
    if agreements:
        base, why = 0.5, _count(len(agreements), "mention", "of the agreement")
    elif len(named) >= 2 and proper:
        base, why = 0.15, f"{_count(len(named), 'party', 'named')}, the agreement not"
    else:
        return Relevance(0.0, _why_not(named, matters))
    words = max(1, len(reading.text.split()))
    density = (2 * len(agreements) + len(issues)) * _PER_WORDS / max(words, _PER_WORDS)
    score = base + 0.3 * (1 - math.exp(-density / 4))
    reasons = [why]
    if matters:
        reasons.append(f"issues: {_names(matters, reading.lang, knowledge)}")
        score += min(0.05, 0.02 * len(matters))
    if any(hit.span.start < _OPENING for hit in agreements):
        score += 0.15
        reasons.append("agreement named in the opening")
    elif any(hit.span.start < _OPENING for hit in issues):
        score += 0.05
        reasons.append("issue named in the opening")
    return Relevance(round(min(score, 1.0), 3), ", ".join(reasons))


def is_in_view(reading: Reading, knowledge: Knowledge) -> bool:
    """Whether the document has the negotiation in view: the agreement, or two of its parties."""
    return names_agreement(reading, knowledge) or len(_parties(reading)) >= 2


def names_agreement(reading: Reading, knowledge: Knowledge) -> bool:
    """Whether the document names the agreement or the talks."""
    return bool(_agreements(reading, knowledge))


def _parties(reading: Reading) -> set[str]:
    kind = TermKind.PARTY
    return {id for hit in reading.hits_by_kind[kind] for id in hit.ids(kind)}


def _agreements(reading: Reading, knowledge: Knowledge) -> Sequence[TermHit]:
    """The hits that name an agreement, looked for once a document."""
    return reading.once(_agreements, lambda: list(_find_agreements(reading, knowledge)))


def _find_agreements(reading: Reading, knowledge: Knowledge) -> Iterator[TermHit]:
    """The hits that name an agreement, also inside a longer term ("the CUSMA review")."""
    name = _name_of(tuple(pack.agreements.get(reading.lang, ()) for pack in knowledge.packs))
    # The words of hits are the packs' terms, so that no text can fill this.
    known: dict[str, bool] = knowledge.once((_name_of, reading.lang), dict)
    for hit in reading.hits:
        words = hit.span.of(reading.folded)
        if words not in known:
            known[words] = name.search(words) is not None
        if known[words] or TermKind.AGREEMENT in hit.meaning.by_kind:
            yield hit


@cache
def _name_of(agreements: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """A pattern for the names of the *agreements* of some packs, in one language."""
    forms = {re.escape(fold(form)) for names in agreements for form in names}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms)) or '(?!)'})(?!\w)")


def is_touched(reading: Reading) -> bool:
    """Whether the document names anything of the negotiation: a party, an issue, the agreement."""
    hits = reading.hits_by_kind
    return (
        bool(hits[TermKind.AGREEMENT])
        or bool(hits[TermKind.PARTY])
        or any(is_issue(hit) for hit in hits[TermKind.ISSUE])
    )


def is_issue(hit: TermHit) -> bool:
    """Whether *hit* names an issue by itself, not only by a weak term."""
    return any(term.kind is TermKind.ISSUE and not term.weak for term in hit.terms)


def _count(number: int, noun: str, rest: str) -> str:
    plural = noun if number == 1 else noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {plural} {rest}".strip()


def _names(matters: set[str], lang: str, knowledge: Knowledge) -> str:
    """The names of the issues, the first few of them."""
    issues = (knowledge.issues[id].names for id in sorted(matters))
    names = [texts.get(lang) or next(iter(texts.values()), "?") for texts in issues]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _is_proof(issue: Issue) -> bool:
    """Whether an issue between two parties shows that the talks are meant."""
    return issue.group != _PROCESS and not issue.general


def _why_not(named: set[str], matters: set[str]) -> str:
    if not named and not matters:
        return "neither the agreement nor its parties or issues are named"
    return (
        f"the agreement is not named, only {_count(len(named), 'party', '')}"
        f" and {_count(len(matters), 'issue', '')}"
    )
