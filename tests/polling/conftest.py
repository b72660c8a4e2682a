"""A loopback server and a store to poll into, for this room's tests."""

from collections.abc import Iterator

import httpx
import pytest

from monitor.writing import AsyncWriter
from storage.engine import Database
from tests.polling.desk import Desk
from tests.serving import Server, serve


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that answers as the test tells it to."""
    with serve() as running:
        yield running


@pytest.fixture(autouse=True, scope="package")
def trusted_roots() -> Iterator[None]:
    """Read the certificates of authorities once; it takes longer than most of these tests."""
    context = httpx.create_ssl_context()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(httpx, "create_ssl_context", lambda: context)
        yield


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    writer = AsyncWriter(sqlite_database)
    yield Desk(sqlite_database, writer)
    writer.close()


@pytest.fixture
def any_desk(database: Database) -> Iterator[Desk]:
    writer = AsyncWriter(database)
    yield Desk(database, writer)
    writer.close()
