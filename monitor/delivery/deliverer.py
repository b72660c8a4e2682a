"""Sending deliveries: one signed POST each, and what came of it written down."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpcore
import httpx
import structlog
from sqlalchemy import Connection

from monitor.delivery.decide import Outcome, Verdict, decide
from monitor.delivery.message import Message, message_of
from monitor.delivery.signing import signature_header
from monitor.errors import MonitorError
from monitor.fetching.errors import FetchError, FetchErrorKind
from monitor.fetching.hints import parse_retry_after
from monitor.fetching.transport import NoCookies, guarded_transport
from monitor.writing import AsyncWriter
from storage.deliveries import AttemptRow, Parcel, count_stuck, get_parcel, is_due, note_attempt
from storage.endpoints import EndpointRow, find_endpoint, update_endpoint
from storage.engine import Database
from storage.errors import StorageError
from storage.secrets_box import SecretBox

log = structlog.get_logger()

_CONNECT_SECONDS = 5.0
# Of an answer so much is kept in the log; no more is read.
_KEPT_RESPONSE = 4096


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
        self._box = SecretBox(policy.secret_key)

    async def __aenter__(self) -> Self:
        self._client = httpx.AsyncClient(
            transport=guarded_transport(
                self._policy.allow_private, connections=self._policy.connections
            ),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(self._policy.timeout, connect=_CONNECT_SECONDS),
            headers={
                "user-agent": f"nafta-monitor/{version('nafta-monitor')}",
                "content-type": "application/json; charset=utf-8",
                "accept-encoding": "identity",
            },
        )
        self._client.cookies.jar.set_policy(NoCookies())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def deliver(self, delivery_id: int) -> str:
        """Try the delivery with this id once: ``delivered``, ``later``, ``dead`` or ``gone``.

        Safe to kill anywhere: what was not noted is sent again, with the same id and body.
        """
        with self._database.read() as connection:
            parcel = get_parcel(connection, delivery_id)
            due = is_due(connection, delivery_id, self._now())
        if parcel is None:
            return "gone"
        if not due:
            return "later"
        message = message_of(parcel.topic, parcel.at, parcel.seq, parcel.event_id, parcel.snapshot)
        sent = await self._post(parcel.endpoint, message)
        verdict = await self._writer.run(lambda connection: self._note(connection, parcel, sent))
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
        async with self._client.stream("POST", url, content=body, headers=headers) as answer:
            head = bytearray()
            async for part in answer.aiter_raw():
                head += part[: _KEPT_RESPONSE - len(head)]
                if len(head) >= _KEPT_RESPONSE:
                    break
            plain = {name.lower(): value for name, value in answer.headers.items()}
            outcome = Outcome(answer.status_code, retry_after=parse_retry_after(plain, at))
            return outcome, head.decode("utf-8", "replace")

    def _note(self, connection: Connection, parcel: Parcel, sent: _Sent) -> Verdict | None:
        # Others to the same endpoint may have been noted meanwhile, or a user may have removed it.
        endpoint = find_endpoint(connection, parcel.endpoint.endpoint_id)
        if endpoint is None:
            return None
        since = endpoint.failing_since
        verdict = decide(
            sent.outcome,
            endpoint,
            attempts=parcel.attempts,
            schedule=self._policy.retry_schedule,
            now=self._now(),
            jitter=random.random(),
            failed_messages=count_stuck(connection, endpoint.id, since) if since else 0,
        )
        if verdict.attempted and not note_attempt(
            connection, parcel.id, sent.attempt, verdict.delivery
        ):
            return None
        update_endpoint(connection, endpoint.id, verdict.endpoint)
        return verdict

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


def shown_url(url: str) -> str:
    """An endpoint's address without what may be secret in it (path and query can hold tokens)."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}/…"
    except ValueError:
        return "(no address)"
