"""What the outcome of an attempt means for the delivery and its endpoint. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.deliveries import BREAKER
from storage.endpoints import EndpointRow

# An endpoint that gave nothing but failures for so long, on so many messages, is switched off.
DISABLE_AFTER = timedelta(hours=120)
DISABLE_MESSAGES = 10
_OVERLOAD_STATUSES = frozenset({429, 502, 503, 504})
_OVERLOAD_SECONDS = 60.0
_LONGEST_RETRY_AFTER = 86_400.0
_OFFLINE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt went: a status, or the error that stood in the way of one."""

    status: int | None
    error: str | None = None
    retry_after: float | None = None
    timed_out: bool = False
    offline: bool = False

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it (2xx)."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def overloaded(self) -> bool:
        """Whether the receiver has too much to do: then it gets nothing at all for a while."""
        return self.timed_out or self.status in _OVERLOAD_STATUSES


@dataclass(frozen=True, slots=True)
class Verdict:
    """Columns to set on the delivery and on the endpoint, and whether this was an attempt."""

    delivery: dict[str, Any]
    endpoint: dict[str, Any]
    attempted: bool = True


def decide(
    outcome: Outcome,
    endpoint: EndpointRow,
    *,
    attempts: int,
    schedule: Sequence[float],
    now: datetime,
    jitter: float,
    failed_messages: int,
) -> Verdict:
    """What follows from *outcome* after *attempts* earlier ones.

    *jitter* (0 to 1) spreads the delays of *schedule* by ±20 %. *failed_messages* counts the
    endpoint's messages that it did not take, or that wait, since its last success.
    """
    if outcome.delivered:
        return _delivered(now)
    if outcome.offline:
        return _offline(outcome, endpoint, now)
    message = outcome.error or f"it answered with HTTP status {outcome.status}"
    failures = endpoint.failures + 1
    state: dict[str, Any] = {
        "failures": failures,
        "failing_since": endpoint.failing_since or now,
        "last_error": message,
    }
    if outcome.status == 410:
        gone = "it answered 410 Gone"
        return Verdict(
            {"state": "dead", "next_at": None}, state | {"state": "disabled", "reason": gone}
        )
    delay = _delay(outcome, attempts, schedule, jitter)
    if delay is None:
        delivery: dict[str, Any] = {"state": "dead", "next_at": None}
    else:
        delivery = {"next_at": now + timedelta(seconds=delay)}
    if outcome.overloaded or failures >= BREAKER:
        wait = delay if delay is not None else schedule[-1]
        state["paused_until"] = now + timedelta(seconds=wait)
    if _is_hopeless(endpoint, now, failed_messages):
        hours = int(DISABLE_AFTER.total_seconds() // 3600)
        state |= {"state": "disabled", "reason": f"it has failed for {hours} hours: {message}"}
    return Verdict(delivery, state)


def _delivered(now: datetime) -> Verdict:
    return Verdict(
        {"state": "delivered", "next_at": None, "delivered_at": now},
        {
            "failures": 0,
            "failing_since": None,
            "paused_until": None,
            "last_ok_at": now,
            "last_error": None,
        },
    )


def _offline(outcome: Outcome, endpoint: EndpointRow, now: datetime) -> Verdict:
    """We have no network: no attempt, nobody's failure, but no hurry either."""
    until = now + timedelta(seconds=_OFFLINE_SECONDS)
    paused = max(until, endpoint.paused_until or until)
    return Verdict({}, {"paused_until": paused, "last_error": outcome.error}, attempted=False)


def _delay(
    outcome: Outcome, attempts: int, schedule: Sequence[float], jitter: float
) -> float | None:
    """Seconds until the next attempt; None after the last."""
    if attempts >= len(schedule):
        return None
    delay = schedule[attempts] * (0.8 + 0.4 * jitter)
    if outcome.overloaded and schedule[attempts] >= 1:
        delay = max(delay, _OVERLOAD_SECONDS)
    if outcome.retry_after is not None:
        delay = max(delay, min(max(outcome.retry_after, 1.0), _LONGEST_RETRY_AFTER))
    return delay


def _is_hopeless(endpoint: EndpointRow, now: datetime, failed_messages: int) -> bool:
    since = endpoint.failing_since
    return (
        since is not None and now - since >= DISABLE_AFTER and failed_messages >= DISABLE_MESSAGES
    )
