"""Temporal expressions and the calendar intervals that they name."""

from extractors.dates.finding import find_dates

__all__ = ["find_dates"]
