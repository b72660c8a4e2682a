"""The page's server: a listening socket, and uvicorn in the daemon's own loop."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import uvicorn

from config.packs import load_packs
from config.settings import Settings
from monitor.daemon import delivery_policy
from monitor.errors import MonitorError, UsageError
from monitor.services import Services

if TYPE_CHECKING:
    from fastapi import FastAPI


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on *host*."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def open_listener(settings: Settings, host: str, port: int) -> socket.socket:
    """A listening socket for the page.

    Raises :class:`UsageError` where others could reach it without a token, and
    :class:`MonitorError` where the address is taken.
    """
    if not is_loopback(host) and not settings.web.token.get_secret_value():
        raise UsageError(
            f"The page would be open to everybody who can reach {host}; set [web] token "
            "(or NAFTA_MONITOR_WEB__TOKEN), or keep [web] host at 127.0.0.1."
        )
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise MonitorError(
            f"The page cannot be served at {host}:{port} ({error.strerror}); "
            "stop what uses that port, or choose another with --port."
        ) from error
    listener.listen(128)
    return listener


class _Server(uvicorn.Server):
    """uvicorn in our loop; the daemon handles the signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve_page(
    services: Services,
    listener: socket.socket | None,
    *,
    banner: str | None = None,
    demo_url: Callable[[], str | None] = lambda: None,
) -> AsyncIterator[str | None]:
    """Serve the page on *listener* meanwhile; gives its address."""
    if listener is None:
        yield None
        return
    host, port = listener.getsockname()[:2]
    stopping = threading.Event()
    server = _Server(
        uvicorn.Config(
            _app(services, host, port, banner, demo_url, stopping),
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    finally:
        # Streams of changes end by themselves; the server would cut them off only later.
        stopping.set()
        server.should_exit = True
        await serving


def _app(
    services: Services,
    host: str,
    port: int,
    banner: str | None,
    demo_url: Callable[[], str | None],
    stopping: threading.Event,
) -> "FastAPI":
    from monitor.web import WebServices, create_app

    settings = services.settings
    web = settings.web
    packs = load_packs(settings.extract.packs)
    return create_app(
        WebServices(
            database=services.database,
            writer=services.writer,
            token=web.token.get_secret_value() or None,
            allowed_hosts=web.allowed_hosts,
            host=host,
            port=port,
            version=services.version,
            now=services.now,
            issue_names={issue.id: issue.names for pack in packs for issue in pack.issues},
            party_names={party.id: party.names for pack in packs for party in pack.parties},
            delivery=delivery_policy(settings),
            rate_limit=web.rate_limit,
            registry=services.metrics.registry,
            banner=banner,
            demo_url=demo_url,
            stopping=stopping,
        )
    )


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
