"""Whether an address may be sent to, judged before it is kept.

Each send is judged again where its socket is opened (:mod:`monitor.fetching.transport`): a name
can lead elsewhere by then.
"""

import ipaddress
import socket
import threading
from collections.abc import Sequence

import httpx

from monitor.errors import UsageError
from monitor.fetching.addresses import allowed_from

_LOOK_UP_SECONDS = 5.0
_LAST_PORT = 65535
_PORTS = {"http": 80, "https": 443}


def check_destination(url: str, allow_private: bool | Sequence[str]) -> None:
    """Raise :class:`UsageError` where *url* is no address that may be sent to.

    A name that nobody can look up now is let through: the network may be away.
    """
    host, port = _place(url)
    allowed = allowed_from(allow_private)
    for address in _addresses(host, port):
        if not allowed.permits(host.lower(), port, ipaddress.ip_address(address)):
            place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            meant = "" if host == address else f" ({address})"
            raise UsageError(
                f"{place}{meant} is not a public web address; to send there, add "
                f'"{place}" to [webhooks] allow_private in the settings.'
            )


def _place(url: str) -> tuple[str, int]:
    """Host and port of *url*, as the client that will send to it reads them."""
    try:
        parsed = httpx.URL(url)
        host, port = parsed.raw_host.decode("ascii"), parsed.port or _PORTS.get(parsed.scheme)
        plain = not parsed.userinfo and url.isprintable() and not set(url) & {" ", "\\"}
    except (httpx.InvalidURL, ValueError):
        host, port, plain = "", None, False
    if not host or port is None or port > _LAST_PORT or not plain:
        raise UsageError(
            f"{url!r} is no address to send to; it must begin with https:// (or http://), "
            "without a user name."
        )
    return host, port


def _addresses(host: str, port: int) -> list[str]:
    """What *host* stands for now; nothing where that cannot be learned soon."""
    if f".{host.lower().rstrip('.')}".endswith(".localhost"):
        return ["127.0.0.1"]  # by RFC 6761, whatever a resolver says
    found: list[str] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(str(item[4][0]).partition("%")[0] for item in answers)

    # A dead name server holds a look-up for half a minute; the thread is left behind then.
    thread = threading.Thread(target=look_up, name=f"look up {host}", daemon=True)
    thread.start()
    thread.join(_LOOK_UP_SECONDS)
    return list(dict.fromkeys(found))
