"""A store and a loopback server for this room's tests."""

from collections.abc import Iterator

import pytest

from storage.engine import Database
from tests.pipeline.desk import Desk
from tests.serving import Server, serve


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that answers as the test tells it to."""
    with serve() as running:
        yield running


@pytest.fixture
def desk(database: Database) -> Desk:
    """The stage at work on *database*."""
    return Desk(database)
