"""A reporting cue in its sentence."""

from dataclasses import dataclass
from enum import StrEnum

from extractors.actors.lexicon import Mention
from extractors.quotes.lexicon import Form, Frame
from extractors.types import Span


class Side(StrEnum):
    """Where the subject stands, seen from its cue."""

    LEFT = "left"
    RIGHT = "right"
    SHARED = "shared"  # with a cue or verb before
    NONE = "none"


@dataclass(slots=True)
class Cue:
    """A cue: its verb at tokens ``[first, last)``, the attribution at ``[begin, end)``.

    ``factual`` is False where the words are negated, wished for or still to come; ``commits``
    marks a verb that takes what one will do ("vowed to"); ``sure`` one that is always a report;
    ``foretold`` a future form, which may tell a past ("En 1962, il dira que"); ``impersonal`` one
    that says nothing of who speaks ("se anunció que").

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    first: int
    last: int
    begin: int
    end: int
    span: Span
    frames: frozenset[Frame]
    forms: frozenset[Form]
    side: Side = Side.NONE
    mention: Mention | None = None
    factual: bool = True
    quoted_only: bool = False
    commits: bool = False
    sure: bool = False
    foretold: bool = False
    impersonal: bool = False

    @property
    def is_source(self) -> bool:
        """Whether the cue is a phrase such as "according to"."""
        return Frame.SOURCE in self.frames

    @property
    def is_gerund(self) -> bool:
        """Whether the verb can only be a gerund ("adding that")."""
        return self.forms == {Form.GERUND}
