"""What every request passes first: its Host, its size, its right to be here.

Plain ASGI, so that long polls stream through it and it costs next to nothing.
"""

import base64
import binascii
import hashlib
import hmac
import ipaddress
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.web.problems import problem
from monitor.web.rates import RateLimit
from monitor.web.services import WebServices

_MAX_QUERY_BYTES = 8192
_MAX_BODY_BYTES = 65_536
_ALIVE = "/healthz"
_OPEN_PATHS = frozenset({_ALIVE, "/readyz"})
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Lets through what may come in, and gives every answer its security headers."""

    def __init__(
        self, app: ASGIApp, services: WebServices, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._hosts = _AllowedHosts(services)
        self._local = _is_loopback(services.host)
        self._token = _digest(services.token) if services.token else None
        self._rate = RateLimit(services.rate_limit, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request here; hand the others on (a HEAD as a GET without a body)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        head = scope["method"] == "HEAD"
        inner = {**scope, "method": "GET", "head": True} if head else scope
        answer = refused or self._app
        received = receive if scope["method"] in _READS else _measured(receive)
        await answer(inner, received, _sender(send, without_body=head))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        path = str(scope["path"])
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._hosts.allow(hosts[0]):
            return problem(
                421,
                "This server does not answer under that name; add it to [web] allowed_hosts.",
                path,
            )
        # Before the token, so that nobody guesses at it in a hurry.
        wait = 0 if path == _ALIVE else self._rate.wait((scope.get("client") or ("",))[0])
        if wait:
            return problem(
                429, f"Too many requests; try again in {wait} s.", path, {"Retry-After": str(wait)}
            )
        if len(scope["query_string"]) > _MAX_QUERY_BYTES:
            return problem(400, "The query string is too long.", path)
        reads = scope["method"] in _READS
        if not reads and headers.get("sec-fetch-site", "same-origin") not in _OWN_SITES:
            return problem(403, "Another site may not change anything here.", path)
        needs_token = not (reads and (self._local or path in _OPEN_PATHS))
        if needs_token and not self._is_authorized(headers.get("authorization", "")):
            return _challenge(path)
        return None

    def _is_authorized(self, authorization: str) -> bool:
        scheme, _, credentials = authorization.partition(" ")
        given = credentials.strip()
        if scheme.lower() == "basic":
            given = _password(given)
        elif scheme.lower() != "bearer":
            return False
        # Digests of one length: neither the token's length nor its start shows in the time taken.
        return self._token is not None and hmac.compare_digest(_digest(given), self._token)


def _challenge(path: str) -> ASGIApp:
    """Ask for the token: programs as a Bearer, a browser as the password (any user name)."""
    answer = problem(401, "Send the token of [web] token as `Authorization: Bearer …`.", path)
    # Two headers: not every browser reads two challenges in one.
    answer.headers.append("WWW-Authenticate", 'Basic realm="nafta-monitor", charset="UTF-8"')
    answer.headers.append("WWW-Authenticate", 'Bearer realm="nafta-monitor"')
    return answer


_OWN_SITES = frozenset({"same-origin", "none"})


def _password(credentials: str) -> str:
    try:
        decoded = base64.b64decode(credentials, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
    return decoded.partition(":")[2]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _measured(receive: Receive) -> Receive:
    """A body that ends in an error where it is longer than any that is of use here."""
    length = 0

    async def measured() -> Message:
        nonlocal length
        message = await receive()
        length += len(message.get("body", b""))
        if length > _MAX_BODY_BYTES:
            raise HTTPException(413)
        return message

    return measured


def _sender(send: Send, *, without_body: bool) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "private, no-cache")
        elif without_body and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return with_headers


class _AllowedHosts:
    """The names under which this server answers: a page elsewhere cannot point its name here.

    Loopback names and the address listened on, with any port; where that is a wildcard, any
    address in figures (only names can be pointed elsewhere); and what the settings allow.
    """

    def __init__(self, services: WebServices) -> None:
        self._allowed = {name.strip().lower() for name in services.allowed_hosts}
        self._allowed.add(services.host.lower())
        address = _address(services.host)
        self._any_address = address is not None and address.is_unspecified

    def allow(self, header: str) -> bool:
        """Whether *header*, a Host header, names this server."""
        host = _host_of(header)
        if host is None:
            return False
        if _is_loopback(host) or host in self._allowed or header.lower() in self._allowed:
            return True
        return self._any_address and _address(host) is not None


def _host_of(header: str) -> str | None:
    """The host of a Host header, or None where it is not one."""
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port
    except ValueError:
        return None
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return None
    return parts.hostname


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback
