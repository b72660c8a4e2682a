"""The socket layer under every request: the address that was judged is the one that is used.

Checking a name before the request and letting the client resolve it again is the usual hole (DNS
rebinding). Here the name is resolved once, where the socket is opened, every address is judged,
and the connection goes to a judged address; Host, SNI and certificate stay the name's.
"""

import asyncio
import errno
import ipaddress
import socket
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import httpcore
import httpx

from monitor.fetching.addresses import Allowed, allowed_from
from monitor.fetching.errors import FetchError, FetchErrorKind

_OFFLINE_ERRNOS = frozenset({errno.ENETUNREACH, errno.ENETDOWN})


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to permitted addresses only."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 — the interface's own
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await _resolve(host, port)
        for address in addresses:
            if not self._allowed.permits(host.lower(), port, ipaddress.ip_address(address)):
                raise FetchError(
                    f"{host}:{port} is not contacted: {address} is not a public web address "
                    "(allow_private in the settings can permit it).",
                    FetchErrorKind.REFUSED,
                )
        last: Exception | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        assert last is not None
        # A host of IPv6 alone is out of reach of many who have a network.
        if _has_no_route(last) and any("." in address for address in addresses):
            raise FetchError(
                f"{host} cannot be reached: there is no network.", FetchErrorKind.OFFLINE
            ) from last
        raise last


def _has_no_route(error: BaseException | None) -> bool:
    """Whether *error* goes back to there being no way to any address."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _OFFLINE_ERRNOS:
            return True
        error = error.__cause__ or error.__context__
    return False


async def _resolve(host: str, port: int) -> list[str]:
    """The addresses of *host*, each once, in the resolver's order."""
    try:
        found = await _look_up(host, port)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise FetchError(
                f"The address of {host} cannot be looked up: no name server answers.",
                FetchErrorKind.OFFLINE,
            ) from error
        raise FetchError(
            f"There is no host {host}; check the spelling.", FetchErrorKind.UNKNOWN_HOST
        ) from error
    except UnicodeError as error:
        raise FetchError(f"{host!r} is no host name.", FetchErrorKind.REFUSED) from error
    # A scope ("%eth0") says which link; such addresses are never public anyway.
    return list(dict.fromkeys(str(item[4][0]).partition("%")[0] for item in found))


async def _look_up(host: str, port: int) -> list[Any]:
    """``getaddrinfo`` in a thread of its own.

    A dead name server holds a look-up for half a minute. In the event loop's pool a few of them
    would hold up everything else there, and the end of the process.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def settle(found: list[Any] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(found or [])
        else:
            answer.set_exception(error)

    def work() -> None:
        found, error = None, None
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except Exception as reason:  # noqa: BLE001 — it is raised where the answer is awaited
            error = reason
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, found, error)

    threading.Thread(target=work, name=f"look up {host}", daemon=True).start()
    return await answer


class NoCookies(DefaultCookiePolicy):
    """No cookie of one site may follow us anywhere."""

    def set_ok(self, cookie: object, request: object) -> bool:  # noqa: ARG002
        return False


class _Stream(httpx.AsyncByteStream):
    """httpcore's body as httpx's."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """An httpx transport over guarded sockets; its errors are httpcore's and ours."""

    def __init__(self, allowed: Allowed, *, connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=30.0,
            network_backend=_GuardedBackend(allowed),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(answer.stream),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


def guarded_transport(
    allow_private: bool | tuple[str, ...], *, connections: int
) -> GuardedTransport:
    """A transport that contacts public web addresses, and what *allow_private* permits."""
    return GuardedTransport(allowed_from(allow_private), connections=connections)
