"""Temporal expressions and the calendar intervals that they name."""

from extractors.reading import Reading
from extractors.types import TimeExpression


def find_dates(reading: Reading) -> tuple[TimeExpression, ...]:
    return ()
