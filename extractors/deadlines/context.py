"""What the rules need of the document around a date, found by its place."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from extractors.issues.holders import Holder, find_holders
from extractors.issues.nearby import Nearby
from extractors.reading import Knowledge, Reading
from extractors.relevance import is_in_view, is_touched
from extractors.terms import TermHit, TermKind
from extractors.types import Quote

_START = attrgetter("span.start")
_DATED = (TermKind.MILESTONE, TermKind.CLOCK)


@dataclass(frozen=True)
class Context:
    """A document as the deadline rules see it.

    ``in_view`` says that it is about the negotiation, ``touched`` that it names anything of it;
    ``hits`` are the packs' milestones and clocks, ``reported`` the quotes by their cues.
    """

    reading: Reading
    knowledge: Knowledge
    quotes: tuple[Quote, ...]
    hits: Nearby[TermHit]
    reported: Nearby[Quote]
    in_view: bool
    touched: bool

    @cached_property
    def holders(self) -> Nearby[Holder]:
        """Everybody whose side is known, looked for where a deadline was set by somebody."""
        found = find_holders(self.reading, self.quotes, self.knowledge)
        return Nearby(found, _START)


def context_of(reading: Reading, quotes: tuple[Quote, ...], knowledge: Knowledge) -> Context:
    """Look over a document once, for all of its dates."""
    dated = [hit for kind in _DATED for hit in reading.hits_by_kind[kind]]
    return Context(
        reading=reading,
        knowledge=knowledge,
        quotes=quotes,
        hits=Nearby(dated, _START),
        reported=Nearby((q for q in quotes if q.cue is not None), _cue_start),
        in_view=is_in_view(reading, knowledge),
        touched=is_touched(reading),
    )


def _cue_start(quote: Quote) -> int:
    return quote.cue.start if quote.cue is not None else -1
