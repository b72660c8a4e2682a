"""Sending deliveries: one signed POST each, and what came of it written down."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpcore
import httpx
import structlog
from sqlalchemy import Connection

from monitor.delivery.decide import Outcome, Verdict, decide
from monitor.delivery.gathering import Gathering
from monitor.delivery.message import Message, message_of
from monitor.delivery.signing import signature_header
from monitor.errors import MonitorError
from monitor.fetching.errors import FetchError, FetchErrorKind
from monitor.fetching.hints import parse_retry_after
from monitor.fetching.transport import guarded_transport
from monitor.writing import AsyncWriter
from storage.deliveries import (
    AttemptRow,
    Parcel,
    count_stuck,
    due_among,
    get_parcels,
    note_attempts,
    states_of,
)
from storage.endpoints import EndpointRow, endpoints_with, update_endpoint
from storage.engine import Database
from storage.errors import StorageError
from storage.secrets_box import SecretBox

log = structlog.get_logger()

_CONNECT_SECONDS = 5.0
# Of an answer so much is kept in the log; no more is read.
_KEPT_RESPONSE = 4096


_HEADERS = {
    "user-agent": f"nafta-monitor/{version('nafta-monitor')}",
    "content-type": "application/json; charset=utf-8",
    "accept": "*/*",
    "accept-encoding": "identity",
}
# Many endpoints get the same changes, and each endpoint many.
_message_of = lru_cache(maxsize=128)(message_of)
_parsed = lru_cache(maxsize=256)(httpx.URL)


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DeliveryPolicy:
    """How to deliver; the keys of ``[webhooks]`` say what each means."""

    retry_schedule: Sequence[float]
    timeout: float = 15.0
    connections: int = 32
    allow_private: bool | tuple[str, ...] = False
    secret_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Sent:
    outcome: Outcome
    attempt: AttemptRow


@dataclass(frozen=True, slots=True)
class _Tried:
    """A delivery that was tried, and how that went."""

    parcel: Parcel
    sent: _Sent


class Deliverer:
    """Delivers changes to endpoints; use it as an async context manager."""

    def __init__(
        self,
        database: Database,
        writer: AsyncWriter,
        policy: DeliveryPolicy,
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._now = now
        self._database = database
        self._writer = writer
        self._policy = policy
        seconds = policy.timeout
        self._limits = httpx.Timeout(seconds, connect=_CONNECT_SECONDS).as_dict()
        self._box = SecretBox(policy.secret_key)
        # Many deliveries are read and noted together: a transaction costs more than a message.
        self._parcels = Gathering(self._read)
        self._verdicts: Gathering[_Tried, Verdict | None] = Gathering(self._decide)

    async def __aenter__(self) -> Self:
        self._transport = guarded_transport(
            self._policy.allow_private, connections=self._policy.connections
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._verdicts.finish()
        await self._transport.aclose()

    async def deliver(self, delivery_id: int) -> str:
        """Try the delivery with this id once: ``delivered``, ``later``, ``dead`` or ``gone``.

        Safe to kill anywhere: what was not noted is sent again, with the same id and body.
        """
        parcel, due = await self._parcels.get(delivery_id)
        if parcel is None:
            return "gone"
        if not due:
            return "later"
        message = _message_of(parcel.topic, parcel.at, parcel.seq, parcel.event_id, parcel.snapshot)
        sent = await self._post(parcel.endpoint, message)
        verdict = await self._verdicts.get(_Tried(parcel, sent))
        if verdict is None:
            return "gone"
        self._tell(parcel, sent, verdict)
        if sent.outcome.delivered:
            return "delivered"
        return "dead" if verdict.delivery.get("state") == "dead" else "later"

    async def send_test(self, endpoint: EndpointRow) -> tuple[bool, str]:
        """Send an ``endpoint.test`` message; whether it was taken, and how that went in words."""
        now = self._now()
        body = f'{{"endpoint_id":"{endpoint.endpoint_id}"}}'
        message = message_of("endpoint.test", now, 0, endpoint.endpoint_id, body)
        sent = await self._post(endpoint, message)
        if sent.outcome.delivered:
            return True, f"answered {sent.outcome.status} in {sent.attempt.milliseconds} ms"
        return False, sent.outcome.error or f"answered with HTTP status {sent.outcome.status}"

    async def _post(self, endpoint: EndpointRow, message: Message) -> _Sent:
        at = self._now()
        started = time.monotonic()
        response: str | None = None
        try:
            headers = self._signed(endpoint, message, at)
            async with asyncio.timeout(self._policy.timeout):
                outcome, response = await self._exchange(endpoint.url, message.body, headers, at)
        except TimeoutError:
            limit = f"{self._policy.timeout:g} seconds"
            outcome = Outcome(None, f"it did not answer within {limit}", timed_out=True)
        except (httpx.TimeoutException, httpcore.TimeoutException):
            outcome = Outcome(None, "it did not answer in time", timed_out=True)
        except (MonitorError, StorageError) as error:
            kind = error.kind if isinstance(error, FetchError) else None
            outcome = Outcome(None, str(error), offline=kind is FetchErrorKind.OFFLINE)
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
        ) as error:
            said = " ".join(str(error).split()) or type(error).__name__
            outcome = Outcome(None, f"it could not be reached: {said}")
        spent = int((time.monotonic() - started) * 1000)
        return _Sent(outcome, AttemptRow(at, outcome.status, outcome.error, spent, response))

    def _signed(self, endpoint: EndpointRow, message: Message, at: datetime) -> dict[str, str]:
        secrets = [self._box.open(endpoint.secret)]
        still = endpoint.old_secret_until is not None and at < endpoint.old_secret_until
        if endpoint.old_secret and still:
            secrets.append(self._box.open(endpoint.old_secret))
        stamp = int(at.timestamp())
        return {
            "webhook-id": message.id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature_header(secrets, message.id, stamp, message.body),
        }

    async def _exchange(
        self, url: str, body: bytes, headers: dict[str, str], at: datetime
    ) -> tuple[Outcome, str]:
        # Without httpx's client: it would look for redirects, cookies and proxies, of which
        # we want none.
        request = httpx.Request(
            "POST",
            _parsed(url),
            content=body,
            headers=_HEADERS | headers,
            extensions={"timeout": self._limits},
        )
        answer = await self._transport.handle_async_request(request)
        try:
            head = bytearray()
            async for part in answer.aiter_raw():
                head += part[: _KEPT_RESPONSE - len(head)]
                if len(head) >= _KEPT_RESPONSE:
                    break
        finally:
            await answer.aclose()
        outcome = Outcome(answer.status_code, retry_after=_retry_after(answer, at))
        return outcome, head.decode("utf-8", "replace")

    async def _read(self, ids: Sequence[int]) -> list[tuple[Parcel | None, bool]]:
        """For each of these deliveries its parcel, and whether it is due."""
        now = self._now()

        def read() -> list[tuple[Parcel | None, bool]]:
            with self._database.read() as connection:
                parcels = get_parcels(connection, ids)
                due = due_among(connection, ids, now)
            return [(parcels.get(id), id in due) for id in ids]

        return await asyncio.to_thread(read)

    async def _decide(self, tried: Sequence[_Tried]) -> Sequence[Verdict | BaseException | None]:
        """Note what was tried, together; where that cannot be, each by itself."""
        try:
            return await self._writer.run(lambda connection: self._note(connection, tried))
        except StorageError:
            raise
        except Exception:
            if len(tried) == 1:
                raise
            log.exception("deliveries cannot be noted together", deliveries=len(tried))
        alone = await asyncio.gather(
            *(self._decide([one]) for one in tried), return_exceptions=True
        )
        return [one if isinstance(one, BaseException) else one[0] for one in alone]

    def _note(self, connection: Connection, tried: Sequence[_Tried]) -> list[Verdict | None]:
        # Others to the same endpoint may have been noted meanwhile, or a user may have removed it.
        states = states_of(connection, [one.parcel.id for one in tried])
        endpoints = endpoints_with(connection, {one.parcel.endpoint.id for one in tried})
        now = self._now()
        changed: dict[int, dict[str, Any]] = defaultdict(dict)
        notes: list[tuple[int, AttemptRow, Mapping[str, Any]]] = []
        verdicts: list[Verdict | None] = []
        for one in tried:
            parcel, state = one.parcel, states.get(one.parcel.id)
            endpoint = endpoints.get(parcel.endpoint.id)
            if endpoint is None or state is None:
                verdicts.append(None)
                continue
            verdict = self._judge(connection, one, endpoint, now)
            verdicts.append(verdict)
            endpoints[endpoint.id] = replace(endpoint, **verdict.endpoint)
            changed[endpoint.id] |= verdict.endpoint
            if verdict.attempted:
                # One that was cancelled meanwhile stays so, unless it was taken.
                stays = state != "pending" and verdict.delivery.get("state") != "delivered"
                notes.append((parcel.id, one.sent.attempt, {} if stays else verdict.delivery))
        note_attempts(connection, notes)
        for id, values in changed.items():
            update_endpoint(connection, id, values)
        return verdicts

    def _judge(
        self, connection: Connection, tried: _Tried, endpoint: EndpointRow, now: datetime
    ) -> Verdict:
        since = endpoint.failing_since
        return decide(
            tried.sent.outcome,
            endpoint,
            attempts=tried.parcel.attempts,
            schedule=self._policy.retry_schedule,
            now=now,
            jitter=random.random(),
            failed_messages=count_stuck(connection, endpoint.id, since) if since else 0,
        )

    def _tell(self, parcel: Parcel, sent: _Sent, verdict: Verdict) -> None:
        """One line in the log where an endpoint's fortune turns."""
        endpoint = parcel.endpoint
        where = shown_url(endpoint.url)
        if verdict.endpoint.get("state") == "disabled":
            log.error("webhook disabled", endpoint=where, reason=verdict.endpoint["reason"])
        elif sent.outcome.offline:
            if endpoint.last_error != sent.outcome.error:
                log.warning("webhooks wait for a network", endpoint=where, error=sent.outcome.error)
        elif not sent.outcome.delivered and endpoint.failures == 0:
            log.warning("webhook fails", endpoint=where, error=verdict.endpoint["last_error"])
        elif sent.outcome.delivered and endpoint.failures:
            log.info("webhook works again", endpoint=where)


def _retry_after(answer: httpx.Response, at: datetime) -> float | None:
    if answer.is_success:
        return None
    return parse_retry_after({k.lower(): v for k, v in answer.headers.items()}, at)


def shown_url(url: str) -> str:
    """An endpoint's address without what may be secret in it (path and query can hold tokens)."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}/…"
    except ValueError:
        return "(no address)"
