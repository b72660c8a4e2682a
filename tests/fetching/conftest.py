"""A loopback server for this room's tests."""

from collections.abc import Iterator

import httpx
import pytest

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
