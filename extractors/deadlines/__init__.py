"""Which dates are deadlines, what is due, who set it, and what follows if it is missed."""

from extractors.reading import Knowledge, Reading
from extractors.types import Deadline, Quote, TimeExpression


def find_deadlines(
    reading: Reading,
    dates: tuple[TimeExpression, ...],
    quotes: tuple[Quote, ...],
    knowledge: Knowledge,
) -> tuple[Deadline, ...]:
    return ()
