"""What the web room is given."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import BoundedSemaphore, Event

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection

from monitor.delivery import DeliveryPolicy
from monitor.writing import AsyncWriter
from storage.engine import Database
from storage.errors import BusyError

# What the packs call their issues or parties: id → language → name.
Names = Mapping[str, Mapping[str, str]]

_READERS = 6
_PATIENCE_SECONDS = 10.0


def _no_demo() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class WebServices:
    """The store, and how and to whom it is shown."""

    database: Database
    writer: AsyncWriter
    token: str | None
    allowed_hosts: tuple[str, ...]
    host: str
    port: int
    version: str
    now: Callable[[], datetime]
    registry: CollectorRegistry
    issue_names: Names = field(default_factory=dict)
    party_names: Names = field(default_factory=dict)
    # How a test message is sent, and to whom one may be.
    delivery: DeliveryPolicy = field(default_factory=lambda: DeliveryPolicy(retry_schedule=()))
    # Requests a minute from one address that is not loopback; 0 is no limit.
    rate_limit: int = 0
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
