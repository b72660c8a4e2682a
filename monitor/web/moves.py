"""The earlier dates of a deadline, to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from monitor.web.interface import ENGLISH, Texts
from monitor.web.wording import due_words


@dataclass(frozen=True, slots=True)
class Move:
    """A date that a deadline had, and what told it."""

    words: str
    at: datetime | None
    article_id: str | None
    context: str | None


def moves_of(event: Mapping[str, Any], texts: Texts = ENGLISH) -> list[Move]:
    """The earlier dates of *event*, oldest first; none where it is no deadline."""
    return [_move(step, texts) for step in _steps(event)]


def earlier_days(event: Mapping[str, Any]) -> list[date]:
    """The first days of the dates that *event*, a deadline, had before, oldest first."""
    dues = [step.get("due") for step in _steps(event)]
    days = [_day(due.get("from")) or _day(due.get("to")) for due in dues if isinstance(due, dict)]
    return [day for day in days if day is not None]


def _steps(event: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [step for step in event.get("history") or () if isinstance(step, dict)]


def _move(step: Mapping[str, Any], texts: Texts) -> Move:
    due = step.get("due")
    due = due if isinstance(due, dict) else {}
    text = str(due.get("text") or texts("dates.unknown"))
    return Move(
        due_words(_day(due.get("from")), _day(due.get("to")), due.get("precision"), text, texts),
        _moment(step.get("at")),
        step.get("article_id"),
        step.get("context"),
    )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
