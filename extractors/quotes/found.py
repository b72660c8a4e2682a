"""A statement while it is being put together."""

from dataclasses import dataclass, field

from extractors.actors.lexicon import Mention
from extractors.quotes.cue import Cue
from extractors.types import QuoteKind, Span


@dataclass(slots=True)
class Found:
    """A statement of one unit: its spans, its cue, and the rule that tied them.

    ``lead`` is the first token of the unit that the statement or its attribution takes up,
    ``tail`` the one after its last, so that a quotation that goes on can be told. ``title`` says
    that it may be a title: it is speech only where it goes on what somebody has begun to say.
    """

    unit: int
    spans: list[Span]
    kind: QuoteKind
    cue: Cue | None
    rule: str
    confidence: float
    stretches: list[int] = field(default_factory=list)
    lead: int = 0
    tail: int = 0
    mention: Mention | None = None  # of a speaker without a cue
    title: bool = False
