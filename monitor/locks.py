"""One daemon a database: a second one would fetch everything twice."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from monitor.errors import MonitorError
from storage.engine import Database

_POSTGRES_LOCK = 0x6E616464


class AlreadyRunningError(MonitorError):
    """Another daemon works on this database; ``pid`` is its process where that is known."""

    def __init__(self, message: str, pid: int | None) -> None:
        super().__init__(message)
        self.pid = pid


@contextmanager
def daemon_lock(database: Database) -> Iterator[None]:
    """Be the only daemon on *database*; the lock goes with the process, however it ends.

    Raises :class:`AlreadyRunningError`, which names the first one's process.
    """
    if database.path is not None:
        with _file_lock(database.path):
            yield
    else:
        with _server_lock(database):
            yield


@contextmanager
def _file_lock(database: Path) -> Iterator[None]:
    path = database.with_name(f"{database.name}.lock")
    with path.open("a+", encoding="ascii") as file:
        path.chmod(0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            pid = file.read().strip()
            raise AlreadyRunningError(
                f"Another nafta-monitor (process {pid or 'unknown'}) works on {database}; "
                "stop it first, or use another [database] url.",
                int(pid) if pid.isdecimal() else None,
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def _server_lock(database: Database) -> Iterator[None]:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        locked = connection.scalar(
            text("SELECT pg_try_advisory_lock(:key)"), {"key": _POSTGRES_LOCK}
        )
        if not locked:
            raise AlreadyRunningError(
                "Another nafta-monitor works on this PostgreSQL database; stop it first, "
                "or use another [database] url.",
                None,
            )
        try:
            yield
        finally:
            # Back in the pool the connection would keep the lock.
            with suppress(DBAPIError):  # without a connection there is no lock either
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _POSTGRES_LOCK})
