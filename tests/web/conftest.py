"""A real server on loopback over a filled store."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from prometheus_client import CollectorRegistry, Counter

from monitor.web import WebServices, create_app
from monitor.writing import AsyncWriter
from storage.engine import Database, open_database
from storage.migrate import upgrade
from tests.web.filling import NOW, fill

ISSUE_NAMES = {"dairy": {"en": "Dairy", "fr": "Produits laitiers", "es": "Lácteos"}}


@dataclass
class Site:
    """A running server, a client of it, and what its store holds."""

    client: httpx.Client
    port: int
    database: Database
    ids: dict[str, str]

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.client.get(path, **more)


def services_of(database: Database, **values: Any) -> WebServices:
    """What a server over *database* works with; *values* override the tests' own."""
    registry = CollectorRegistry()
    Counter("nafta_monitor_polls", "Polls.", registry=registry).inc()
    services = {
        "database": database,
        "writer": AsyncWriter(database),
        "token": None,
        "allowed_hosts": (),
        "host": "127.0.0.1",
        "port": 0,
        "version": "0.0.test",
        "now": lambda: NOW,
        "registry": registry,
        "issue_names": ISSUE_NAMES,
    }
    return WebServices(**(services | values))


@contextmanager
def serve(database: Database, listen_on: int = 0, **values: Any) -> Iterator[httpx.Client]:
    """Serve *database* on a (free) port of loopback; *values* override the services."""
    services = services_of(database, **values)
    app = create_app(services)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host="127.0.0.1",
            port=listen_on,
            lifespan="off",
            log_config=None,
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
        yield client
    services.stopping.set()
    server.should_exit = True
    thread.join()
    services.writer.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server over a filled SQLite store, for tests that only read."""
    folder: Path = tmp_path_factory.mktemp("site")
    database = open_database(f"sqlite:///{folder}/store.db")
    upgrade(database)
    ids = fill(database)
    with serve(database) as client:
        yield Site(client, client.base_url.port or 0, database, ids)
    database.close()


@pytest.fixture
def make_services() -> Iterator[Callable[..., WebServices]]:
    """The function that makes the services of a server, without one."""
    made: list[WebServices] = []

    def make(database: Database, **values: Any) -> WebServices:
        made.append(services_of(database, **values))
        return made[-1]

    yield make
    for services in made:
        services.writer.close()


@pytest.fixture
def serving() -> Callable[..., Any]:
    """The function that serves a store with services of one's own."""
    return serve
