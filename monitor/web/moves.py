"""The earlier dates of a deadline, to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from monitor.web.wording import due_words


@dataclass(frozen=True, slots=True)
class Move:
    """A date that a deadline had, and what told it."""

    words: str
    at: datetime | None
    article_id: str | None
    context: str | None


def moves_of(event: Mapping[str, Any]) -> list[Move]:
    """The earlier dates of *event*, oldest first; none where it is no deadline."""
    return [_move(step) for step in event.get("history") or () if isinstance(step, dict)]


def _move(step: Mapping[str, Any]) -> Move:
    due = step.get("due")
    due = due if isinstance(due, dict) else {}
    text = str(due.get("text") or "unknown date")
    return Move(
        due_words(_day(due.get("from")), _day(due.get("to")), due.get("precision"), text),
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
