"""One daemon a database: a second one would fetch everything twice."""

import fcntl
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from monitor.errors import MonitorError
from storage.engine import Database

log = structlog.get_logger()

_POSTGRES_LOCK = 0x6E616464
_LOOK_SECONDS = 2.0


class AlreadyRunningError(MonitorError):
    """Another daemon works on this database; ``pid`` is its process where that is known."""

    def __init__(self, message: str, pid: int | None) -> None:
        super().__init__(message)
        self.pid = pid


@contextmanager
def daemon_lock(database: Database, on_lost: Callable[[], None] | None = None) -> Iterator[None]:
    """Be the only daemon on *database*; the lock goes with the process, however it ends.

    Where a restart of PostgreSQL takes the lock it is taken again; *on_lost* is called (else the
    process is told to stop) where another daemon was quicker. Raises
    :class:`AlreadyRunningError`, which names the first one's process.
    """
    if database.path is not None:
        with _file_lock(database.path):
            yield
    else:
        with _server_lock(database, on_lost or _stop_this_process):
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
def _server_lock(database: Database, on_lost: Callable[[], None]) -> Iterator[None]:
    lock = _ServerLock(database)
    if not lock.take():
        raise AlreadyRunningError(
            "Another nafta-monitor works on this PostgreSQL database; stop it first, "
            "or use another [database] url.",
            None,
        )
    ended = threading.Event()
    watch = threading.Thread(
        target=_watch, args=(lock, ended, on_lost), name="daemon-lock", daemon=True
    )
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()
        lock.release()


def _watch(lock: "_ServerLock", ended: threading.Event, on_lost: Callable[[], None]) -> None:
    """Take the lock again whenever its connection was cut, as by a restart of the server."""
    while not ended.wait(_LOOK_SECONDS):
        try:
            if lock.is_held():
                continue
            if not lock.take():
                log.error("another daemon took over", reason="the connection to PostgreSQL was cut")
                on_lost()
                return
            log.warning("daemon lock taken again")
        except DBAPIError:
            # The server is away; so is whoever could take the lock.
            continue


class _ServerLock:
    """An advisory lock, which lasts as long as the connection on which it was taken."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Whether the lock could be had."""
        connection = self._engine.connect()
        if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _POSTGRES_LOCK}):
            self._connection = connection
            return True
        connection.close()
        return False

    def is_held(self) -> bool:
        """Whether the connection lives, and the lock with it."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None
            return False
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._connection is None:
            return
        # Back in the pool the connection would keep the lock; without one there is no lock either.
        with suppress(DBAPIError):
            self._connection.execute(
                text("SELECT pg_advisory_unlock(:key)"), {"key": _POSTGRES_LOCK}
            )
        self._connection.close()


def _stop_this_process() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
