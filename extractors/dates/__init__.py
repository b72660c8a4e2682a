"""Temporal expressions and the calendar intervals that they name."""

from extractors.dates.finding import find_dates
from extractors.dates.whole import whole_period

__all__ = ["find_dates", "whole_period"]
