"""A receiver on loopback and a desk that sends to it."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from monitor.writing import AsyncWriter
from storage.engine import Database
from tests.delivery.posting import Desk
from tests.serving import Server, serve


@pytest.fixture
def server() -> Iterator[Server]:
    """A receiver that answers as the test tells it to."""
    with serve() as running:
        yield running


@pytest.fixture
def closed_url() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    """A desk on SQLite, where the kind of server makes no difference."""
    writer = AsyncWriter(sqlite_database)
    yield Desk(sqlite_database, writer)
    writer.close()


@pytest.fixture
def any_desk(database: Database) -> Iterator[Desk]:
    """A desk on each kind of server in turn."""
    writer = AsyncWriter(database)
    yield Desk(database, writer)
    writer.close()


@pytest.fixture(autouse=True, scope="package")
def trusted_roots() -> Iterator[None]:
    """Read the certificates of authorities once; it takes longer than most of these tests."""
    context = httpx.create_ssl_context()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(httpx, "create_ssl_context", lambda: context)
        yield
