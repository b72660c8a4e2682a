"""Which dates are deadlines, what is due, who set it, and what follows if it is missed."""

from extractors.deadlines.finding import find_deadlines

__all__ = ["find_deadlines"]
