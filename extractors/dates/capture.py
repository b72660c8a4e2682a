"""What a form found: its place in a passage, and what its groups caught."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from extractors.dates.calendar import Period
from extractors.dates.reader import Passage
from extractors.types import Precision, TimexType


@dataclass(slots=True)
class Capture:
    """Tokens *first* to *last* of a passage, matched by a form of *rule* from *core* on.

    What stands between *first* and *core* takes a *part* of the rest ("the end of") or says
    about how much it is ("more than").

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    passage: Passage
    rule: str
    first: int
    core: int
    last: int
    part: str
    values: Mapping[str, str]
    places: Mapping[str, int]

    def get(self, name: str) -> str | None:
        """The value that the group *name* caught, or None."""
        return self.values.get(name)

    def number(self, name: str) -> int | None:
        """The value of the group *name* as a whole number, or None."""
        value = self.values.get(name)
        return int(value) if value is not None and value.isdecimal() else None

    def after(self) -> str:
        """The folded token after the last."""
        return self.passage.word(self.last + 1)


@dataclass(slots=True)
class Meaning:
    """What an expression stands for; see :class:`extractors.types.TimeExpression`.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    type: TimexType
    value: str | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    period: Period | None = None


# Words that look like a time and are none; nothing in them is read again.
NO_TIME = Meaning(TimexType.DATE)


def of_period(period: Period, type: TimexType = TimexType.DATE) -> Meaning:
    """The meaning of a calendar period."""
    return Meaning(type, period.value, period.start, period.end, period.precision, period)
