"""A stance of one holder on a named issue, before it is told."""

from dataclasses import dataclass

from extractors.issues.holders import Holder
from extractors.issues.mentions import Named
from extractors.types import Stance


@dataclass(slots=True)
class Position:
    """A stance of one holder on a named issue; ``holder`` is None where nobody is known."""

    named: Named
    stance: Stance
    holder: Holder | None
    confidence: float
    rule: str


def unread(named: Named) -> Position:
    """A matter that is named and no more."""
    return Position(named, Stance.NEUTRAL, None, 0.4, "named-only")
