"""The socket layer under every request: the address that was judged is the one that is used.

Checking a name before the request and letting the client resolve it again is the usual hole (DNS
rebinding). Here the name is resolved once, where the socket is opened, every address is judged,
and the connection goes to a judged address; Host, SNI and certificate stay the name's.
"""

import errno
import ipaddress
import select
import socket
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import httpcore
import httpx

from monitor.fetching.addresses import Allowed, allowed_from
from monitor.fetching.errors import FetchError, FetchErrorKind
from monitor.fetching.lookups import LookUps, look_up

_OFFLINE_ERRNOS = frozenset({errno.ENETUNREACH, errno.ENETDOWN})


class _Watch:
    """Which connections have something to read while nobody reads, asked of all at once.

    The pool asks that of each idle connection at every request. A system call each would give the
    interpreter away each time, and other threads would hold up the event loop in between.
    """

    def __init__(self) -> None:
        self._poll = select.poll()
        self._readable: frozenset[int] = frozenset()

    def add(self, number: int) -> None:
        """Watch the socket of this number."""
        if number >= 0:
            self._poll.register(number, select.POLLIN)

    def remove(self, number: int) -> None:
        """Watch it no more."""
        with suppress(KeyError, ValueError):
            self._poll.unregister(number)

    def look(self) -> None:
        """Take the state that :meth:`is_readable` answers from."""
        self._readable = frozenset(number for number, _ in self._poll.poll(0))

    def is_readable(self, number: int) -> bool:
        """Whether there was something to read: of an idle connection, that its end has left."""
        return number < 0 or number in self._readable


class _Connection(httpcore.AsyncNetworkStream):
    """A watched connection."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, number: int, watch: _Watch) -> None:
        self._inner = inner
        self._number = number
        self._watch = watch
        watch.add(number)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        self._watch.remove(self._number)
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        self._watch.remove(self._number)
        inner = await self._inner.start_tls(ssl_context, server_hostname, timeout)
        return _Connection(inner, self._number, self._watch)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._watch.is_readable(self._number)
        return self._inner.get_extra_info(info)


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to permitted addresses only."""

    def __init__(self, allowed: Allowed, watch: _Watch) -> None:
        self._allowed = allowed
        self._watch = watch
        self._inner = httpcore.AnyIOBackend()
        self._lookups = LookUps()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 — the interface's own
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await _resolve(host, port, self._lookups)
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
                stream = await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
                number = stream.get_extra_info("socket").fileno()
                return _Connection(stream, number, self._watch)
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


async def _resolve(host: str, port: int, lookups: LookUps) -> list[str]:
    """The addresses of *host*, each once, in the resolver's order."""
    try:
        found = await look_up(host, port)
    except socket.gaierror as error:
        if lookups.failed(host, unanswered=error.errno == socket.EAI_AGAIN):
            raise FetchError(
                f"The address of {host} cannot be looked up: no name server answers.",
                FetchErrorKind.OFFLINE,
            ) from error
        raise FetchError(
            f"There is no host {host}; check the spelling.", FetchErrorKind.UNKNOWN_HOST
        ) from error
    except UnicodeError as error:
        raise FetchError(f"{host!r} is no host name.", FetchErrorKind.REFUSED) from error
    lookups.worked()
    # A scope ("%eth0") says which link; such addresses are never public anyway.
    return list(dict.fromkeys(str(item[4][0]).partition("%")[0] for item in found))


class NoCookies(DefaultCookiePolicy):
    """No cookie of one site may follow us anywhere."""

    def set_ok(self, cookie: object, request: object) -> bool:  # noqa: ARG002
        return False


class _Stream(httpx.AsyncByteStream):
    """httpcore's body as httpx's."""

    def __init__(self, stream: Any, watch: _Watch) -> None:
        self._stream = stream
        self._watch = watch

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        self._watch.look()
        await self._stream.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """An httpx transport over guarded sockets; its errors are httpcore's and ours."""

    def __init__(self, allowed: Allowed, *, connections: int) -> None:
        self._watch = _Watch()
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=30.0,
            network_backend=_GuardedBackend(allowed, self._watch),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self._watch.look()
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
            stream=_Stream(answer.stream, self._watch),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


def guarded_transport(
    allow_private: bool | tuple[str, ...], *, connections: int
) -> GuardedTransport:
    """A transport that contacts public web addresses, and what *allow_private* permits."""
    return GuardedTransport(allowed_from(allow_private), connections=connections)
