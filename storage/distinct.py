"""The different values of a column, however many rows have each."""

from typing import Any

from sqlalchemy import CTE, func, select
from sqlalchemy.orm import InstrumentedAttribute


def distinct_values(column: InstrumentedAttribute[Any]) -> CTE:
    """A table of the values of *column* (``value``; the last is NULL), the least first.

    An index must begin with the column: each value is found by a step from the one before it, so
    the cost is that of the values, not of the rows.
    """
    known = select(func.min(column).label("value")).cte(f"known_{column.key}", recursive=True)
    following = select(func.min(column)).where(column > known.c.value).scalar_subquery()
    return known.union_all(select(following).where(known.c.value.is_not(None)))
