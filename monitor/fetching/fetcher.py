"""One GET, with all that politeness and safety ask for around it."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpcore
import httpx

from monitor.fetching.decoding import read_body
from monitor.fetching.errors import FetchError, FetchErrorKind
from monitor.fetching.hints import HAS_ENOUGH, parse_retry_after
from monitor.fetching.hosts import Hosts
from monitor.fetching.robots import MAX_BYTES as ROBOTS_BYTES
from monitor.fetching.robots import RobotsCache, origin_of, rules_of
from monitor.fetching.transport import NoCookies, guarded_transport

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0
_LONGEST_URL = 8192
# What can stand in no address and in no header's value.
_UNSENDABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How to fetch; the keys of ``[fetch]`` say what each means."""

    user_agent: str
    contact: str | None = None
    timeout: float = 60.0
    max_bytes: int = 10_000_000
    connections: int = 16
    host_connections: int = 1
    host_delay: float = 2.0
    allow_private: bool | tuple[str, ...] = False
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: the address that gave it in the end, its headers (names in lower case), its body.

    ``permanent_url`` is where a chain of nothing but permanent redirects led; ``complete`` is
    false where the body broke off.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    permanent_url: str | None = None
    complete: bool = True


class Fetcher:
    """Fetches addresses; use it as an async context manager."""

    def __init__(self, policy: FetchPolicy) -> None:
        self._policy = policy
        self._hosts = Hosts(connections=policy.host_connections, delay=policy.host_delay)
        self._robots = RobotsCache()
        self._agent_token = policy.user_agent.partition("/")[0].partition(" ")[0]
        self._slots = asyncio.Semaphore(policy.connections)

    async def __aenter__(self) -> Self:
        self._client = httpx.AsyncClient(
            transport=guarded_transport(
                self._policy.allow_private, connections=2 * self._policy.connections
            ),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
            headers=self._headers(),
        )
        self._client.cookies.jar.set_policy(NoCookies())
        # The backend is loaded with its first call, which would hold up a loop at work.
        await httpcore.AnyIOBackend().sleep(0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    def _headers(self) -> dict[str, str]:
        headers = {
            "user-agent": self._policy.user_agent,
            "accept-encoding": "gzip, deflate",
            "accept-language": "en, fr;q=0.9, es;q=0.9, *;q=0.5",
        }
        contact = self._policy.contact or ""
        if "@" in contact and "://" not in contact:
            headers["from"] = contact
        return headers

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = "*/*",
        max_bytes: int | None = None,
        cut: bool = False,
        robots: bool = False,
    ) -> Response:
        """Fetch *url*, through at most five redirects, and judge every address on the way.

        ``etag`` and ``last_modified`` are the validators of the copy that we have (RFC 9110 §13).
        A body over *max_bytes* is an error, or is cut with *cut*. With *robots* every host on the
        way is asked whether it wants us. Any HTTP status is an answer. Raises
        :class:`FetchError` where there is none.
        """
        validators = {"if-none-match": etag, "if-modified-since": last_modified}
        held = {name: value for name, value in validators.items() if value and _is_sendable(value)}
        # Servers that break the rule of ASCII get their bytes back.
        headers = httpx.Headers({"accept": accept} | held, encoding="utf-8")
        limit = max_bytes or self._policy.max_bytes
        here, permanent = url, True
        for _ in range(_MOST_REDIRECTS + 1):
            if robots:
                await self.obey_robots(here)
            answer = await self._one(here, headers, limit, cut)
            target = _target(answer)
            if target is None:
                moved = here if permanent and here != url else None
                return Response(
                    answer.url, answer.status, answer.headers, answer.body, moved, answer.complete
                )
            if urlsplit(here).scheme == "https" and target.startswith("http:"):
                raise FetchError(
                    f"{url} redirects from https to {target}, which is not followed.",
                    FetchErrorKind.BROKEN,
                )
            permanent = permanent and answer.status in _PERMANENT
            here = target
        raise FetchError(
            f"{url} redirects more than {_MOST_REDIRECTS} times.", FetchErrorKind.BROKEN
        )

    async def _one(self, url: str, headers: httpx.Headers, limit: int, cut: bool) -> Response:
        host = _checked_host(url)
        async with self._hosts.turn(host), self._slots:
            try:
                async with asyncio.timeout(self._policy.timeout):
                    answer = await self._exchange(url, headers, limit, cut)
            except TimeoutError as error:
                raise FetchError(
                    f"{url} did not answer within {self._policy.timeout:g} seconds.",
                    FetchErrorKind.TIMEOUT,
                ) from error
        if answer.status in HAS_ENOUGH:
            now = _utc_now()
            self._hosts.park(host, parse_retry_after(answer.headers, now) or 0.0)
        return answer

    async def _exchange(self, url: str, headers: httpx.Headers, limit: int, cut: bool) -> Response:
        try:
            async with self._client.stream("GET", url, headers=headers) as answer:
                body, complete = b"", True
                # Of a failure the status says all; its body may be as broken as it likes.
                if answer.is_success:
                    body, complete = await read_body(
                        _parts(answer),
                        answer.headers.get("content-encoding", ""),
                        url=url,
                        max_bytes=limit,
                        cut=cut,
                    )
                complete = complete and not answer.extensions.get("broke_off", False)
                return Response(
                    url,
                    answer.status_code,
                    MappingProxyType(_plain_headers(answer.headers)),
                    body,
                    None,
                    complete,
                )
        except FetchError:
            raise
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol) as error:
            raise FetchError(f"{url} is no web address.", FetchErrorKind.REFUSED) from error
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise FetchError(f"{url} did not answer in time.", FetchErrorKind.TIMEOUT) from error
        except (
            httpx.HTTPError,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            ssl.SSLError,
        ) as error:
            raise _explained(url, error) from error

    async def obey_robots(self, url: str) -> None:
        """Raise :class:`FetchError` where the host's robots.txt keeps us from *url* (RFC 9309).

        A host whose robots.txt is in trouble (5xx) wants nothing now; later it may. Its wish for
        a delay is noted.
        """
        host = _checked_host(url)
        origin = origin_of(url)
        rules = self._robots.get(origin)
        if rules is None:
            answer = await self.get(f"{origin}/robots.txt", max_bytes=ROBOTS_BYTES, cut=True)
            rules = rules_of(answer.status, answer.body)
            self._robots.put(origin, rules)
        if not rules.known:
            raise FetchError(
                f"{origin}/robots.txt is in trouble; {url} is left alone until it answers.",
                FetchErrorKind.UNREACHABLE,
            )
        delay = rules.crawl_delay(self._agent_token)
        if delay:
            self._hosts.crawl_delay(host, delay)
        if not rules.allows(url, self._agent_token):
            raise FetchError(f"{origin}/robots.txt does not allow {url}.", FetchErrorKind.FORBIDDEN)


async def _parts(answer: httpx.Response) -> AsyncIterator[bytes]:
    """The raw parts of a body; one that breaks off ends, and is marked."""
    some = False
    try:
        async for part in answer.aiter_raw():
            some = some or bool(part)
            yield part
    except (httpcore.ProtocolError, httpcore.ReadError, httpx.ReadError, httpx.ProtocolError):
        if not some:
            raise
        answer.extensions["broke_off"] = True


def _plain_headers(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _target(answer: Response) -> str | None:
    """Where an answer redirects to, or None."""
    location = answer.headers.get("location")
    if answer.status not in _REDIRECTS or not location:
        return None
    try:
        return str(httpx.URL(answer.url).join(location).copy_with(fragment=None))
    except httpx.InvalidURL as error:
        raise FetchError(
            f"{answer.url} redirects to something that is no address.", FetchErrorKind.BROKEN
        ) from error


def _checked_host(url: str) -> str:
    """The host of *url*; an address that is no plain http(s) one is refused."""
    if len(url) > _LONGEST_URL or not _is_sendable(url):
        raise FetchError(
            f"The address {url[:100]!a} is too long, or holds control characters.",
            FetchErrorKind.REFUSED,
        )
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url} is no web address.", FetchErrorKind.REFUSED) from error
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError(
            f"{url} is no web address; it must begin with http:// or https://.",
            FetchErrorKind.REFUSED,
        )
    if parts.username is not None or parts.password is not None or "\\" in url:
        raise FetchError(
            f"The address at {host} holds a user name or a backslash; it is not fetched.",
            FetchErrorKind.REFUSED,
        )
    return parts.netloc.lower()


def _is_sendable(text: str) -> bool:
    return _UNSENDABLE.search(text) is None


def _explained(url: str, error: Exception) -> FetchError:
    said = " ".join(str(error).split()) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in said or "SSL" in said:
        reason = said.partition("certificate verify failed: ")[2].partition(" (_ssl")[0] or said
        return FetchError(f"{url} has no valid certificate: {reason}.", FetchErrorKind.TLS)
    if isinstance(error, httpcore.ConnectError | httpx.ConnectError):
        return FetchError(f"{url} cannot be reached: {said}.", FetchErrorKind.UNREACHABLE)
    return FetchError(f"{url} broke off: {said}.", FetchErrorKind.BROKEN)


def _utc_now() -> datetime:
    return datetime.now(UTC)
