"""How much each party's position on each issue is talked about, week by week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, case, func, literal, select

from storage.columns import UtcDateTime
from storage.models import Event, IssueMention

WEEKS = 8
_WEEK = timedelta(weeks=1)
_WIDTH, _HEIGHT = 56, 14  # of the little drawing, in its own units


@dataclass(frozen=True, slots=True)
class Trend:
    """Mentions a week, the newest last, and a line that draws them."""

    counts: tuple[int, ...]
    line: str


def trends(connection: Connection, now: datetime) -> Mapping[tuple[str, str], Trend]:
    """The trend of each (issue, party) that was mentioned in the last weeks.

    In an archive these are the weeks before its newest mention.
    """
    newest = connection.scalar(
        select(func.max(Event.first_published_at)).where(Event.type == "issue_mention")
    )
    if newest is None:
        return {}
    end = now if now - newest < WEEKS * _WEEK else newest + timedelta(seconds=1)
    counts = _counts(connection, end)
    most = max((max(each) for each in counts.values()), default=0)
    return {key: Trend(each, _line(each, most)) for key, each in counts.items() if any(each)}


def _counts(connection: Connection, end: datetime) -> dict[tuple[str, str], tuple[int, ...]]:
    at = Event.first_published_at
    starts = [end - _WEEK * number for number in range(WEEKS, -1, -1)]
    bounds = [literal(start, UtcDateTime()) for start in starts]
    weeks = [
        func.sum(case((and_(at >= bounds[n], at < bounds[n + 1]), 1), else_=0))
        for n in range(WEEKS)
    ]
    rows = connection.execute(
        select(IssueMention.issue, IssueMention.party, *weeks)
        .join(Event, Event.id == IssueMention.event_id)
        .where(
            Event.type == "issue_mention",
            at >= bounds[0],
            at < bounds[-1],
            IssueMention.party.is_not(None),
            Event.status != "withdrawn",
        )
        .group_by(IssueMention.issue, IssueMention.party)
    )
    return {(row[0], row[1]): tuple(map(int, row[2:])) for row in rows}


def _line(counts: tuple[int, ...], most: int) -> str:
    """The points of a line through *counts*, of which *most* reaches to the top."""
    step = _WIDTH / (len(counts) - 1)
    tall = _HEIGHT - 2
    return " ".join(
        f"{step * place:.1f},{_HEIGHT - 1 - tall * count / max(most, 1):.1f}"
        for place, count in enumerate(counts)
    )
