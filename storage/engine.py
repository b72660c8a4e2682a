"""Opening the database: one engine, the same promises on SQLite and PostgreSQL."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from storage.errors import DatabaseUrlError, UnreachableError, explain

_SQLITE_WAIT_MS = 10_000
_PRAGMAS = (
    # `busy_timeout` first: switching to WAL needs a lock too.
    f"PRAGMA busy_timeout={_SQLITE_WAIT_MS}",
    "PRAGMA journal_mode=WAL",
    # FULL, so that a change that was sent is never forgotten in a power cut (its seq would be
    # given to another). Commits are grouped, so this costs little.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. ``read`` and ``write`` give a connection inside one transaction."""

    engine: Engine

    @property
    def url(self) -> URL:
        """The address (render it without its password)."""
        return self.engine.url

    @property
    def is_sqlite(self) -> bool:
        """Whether this is an SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database and is rolled back at the end."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise explain(error, self.url) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose work is committed at the end, or not at all.

        On SQLite the write lock is taken at once (``BEGIN IMMEDIATE``): a transaction that read
        first could not be upgraded after another writer's commit.
        """
        try:
            with (
                self.engine.connect().execution_options(writes=True) as connection,
                connection.begin(),
            ):
                yield connection
        except DBAPIError as error:
            raise explain(error, self.url) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at *url*; nothing is created in it.

    Raises :class:`DatabaseUrlError` where the address is no use, :class:`UnreachableError` where
    the folder of an SQLite file cannot be made or written to.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return Database(_sqlite_engine(parsed))
    try:
        engine = create_engine(parsed, pool_pre_ping=True, pool_size=5, max_overflow=10)
    except ModuleNotFoundError as error:
        raise DatabaseUrlError(
            "PostgreSQL needs the driver psycopg; install nafta-monitor with its extra "
            "`postgres`, or use a sqlite:/// address."
        ) from error
    event.listen(engine, "connect", _prepare_postgresql_connection)
    return Database(engine)


def _parse(url: str) -> URL:
    hint = "use sqlite:///path/to/file.db or postgresql://user:password@host/name"
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError, NoSuchModuleError) as error:
        raise DatabaseUrlError(f"The database address is not a URL; {hint}.") from error
    if backend in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif backend != "sqlite":
        raise DatabaseUrlError(f"The database address names {backend!r}, which is unknown; {hint}.")
    elif not parsed.database or parsed.database == ":memory:":
        raise DatabaseUrlError(f"An SQLite database needs a file; {hint}.")
    return parsed


def _sqlite_engine(url: URL) -> Engine:
    path = Path(url.database or "").expanduser()
    if path.is_dir():
        raise UnreachableError(f"The database {path} is a folder; give the path of a file in it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            # Sources, secrets and texts are nobody else's business, whatever the umask.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise UnreachableError(
            f"The database {path} cannot be made ({error.strerror}); "
            "choose another place in [database] url."
        ) from error
    engine = create_engine(url.set(database=str(path)), connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite_connection)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql_connection(connection: Any, _record: Any) -> None:
    # The server overrates what our queries cost, and compiling one takes longer than running it.
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
    connection.commit()


def _prepare_sqlite_connection(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not open transactions by itself: `_begin_sqlite` says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
