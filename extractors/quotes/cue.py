"""A reporting cue in its sentence."""

from dataclasses import dataclass
from enum import StrEnum

from extractors.actors.lexicon import Mention
from extractors.quotes.lexicon import GERUND, SOURCE, Form, Frame
from extractors.types import Span


class Side(StrEnum):
    """Where the subject stands, seen from its cue."""

    LEFT = "left"
    RIGHT = "right"
    SHARED = "shared"  # with a cue or verb before
    NONE = "none"


LEFT, RIGHT, SHARED, NONE = Side
_GERUND = frozenset({GERUND})


@dataclass(slots=True)
class Cue:
    """A cue: its verb at tokens ``[first, last)``, the attribution at ``[begin, end)``.

    ``factual`` is False where the words are negated, wished for or still to come; ``commits``
    marks a verb that takes what one will do ("vowed to"); ``sure`` one that is always a report;
    ``foretold`` a future form, which may tell a past ("En 1962, il dira que"); ``impersonal`` one
    that says nothing of who speaks ("se anunció que").

    ``side`` and ``mention`` tell the subject, with which :meth:`tied` completes the cue before
    anybody else sees it; nothing changes afterwards.
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
    edges: tuple[int, int] | None = None  # once `attribution_edges` has told them

    def tied(
        self, side: Side, mention: Mention, *, begin: int | None = None, end: int | None = None
    ) -> "Cue":
        """The cue itself, with its subject and where its attribution begins and ends with that."""
        self.side, self.mention = side, mention
        if begin is not None:
            self.begin = begin
        if end is not None:
            self.end = end
        return self

    @property
    def is_source(self) -> bool:
        """Whether the cue is a phrase such as "according to"."""
        return SOURCE in self.frames

    @property
    def is_gerund(self) -> bool:
        """Whether the verb can only be a gerund ("adding that")."""
        return self.forms == _GERUND
