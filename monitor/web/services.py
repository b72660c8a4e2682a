"""What the web room is given."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import BoundedSemaphore, Event

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection

from storage.engine import Database
from storage.errors import BusyError
from storage.writer import Writer

_READERS = 6
_PATIENCE_SECONDS = 10.0


def _no_demo() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class WebServices:
    """The store, and how and to whom it is shown."""

    database: Database
    writer: Writer
    token: str | None
    allowed_hosts: tuple[str, ...]
    host: str
    port: int
    version: str
    now: Callable[[], datetime]
    registry: CollectorRegistry
    # Shown at the top of every page.
    banner: str | None = None
    # Where a page of examples can be seen while the store is empty.
    demo_url: Callable[[], str | None] = _no_demo
    # Set when the server is about to stop: those who wait or follow get their end.
    stopping: Event = field(default_factory=Event)


class Reading:
    """Read connections, a few at a time: however many visitors come, the daemon keeps its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._free = BoundedSemaphore(_READERS)

    @contextmanager
    def __call__(self) -> Iterator[Connection]:
        """A connection that sees one state; raises :class:`BusyError` where none becomes free."""
        if not self._free.acquire(timeout=_PATIENCE_SECONDS):
            raise BusyError("Too many readers at once; try again in a moment.")
        try:
            with self._database.read() as connection:
                yield connection
        finally:
            self._free.release()
