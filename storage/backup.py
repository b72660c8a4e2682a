"""A whole copy of an SQLite database, taken while it is in use, and put back."""

import os
import sqlite3
from pathlib import Path

from storage.engine import Database, open_database
from storage.errors import DatabaseUrlError, StorageError, UnreachableError
from storage.migrate import upgrade


def back_up(database: Database, file: Path) -> int:
    """Write a copy of *database* to *file*, which is there whole or not at all; returns its size.

    Raises :class:`StorageError` on PostgreSQL (use ``pg_dump``) and where *file* cannot be
    written or exists.
    """
    if database.path is None:
        raise DatabaseUrlError(
            "Only an SQLite database is backed up by this command; use pg_dump for PostgreSQL."
        )
    if file.exists():
        raise StorageError(f"{file} exists already; give the backup another name.")
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        with sqlite3.connect(database.path) as source:
            source.execute("VACUUM INTO ?", (str(part),))
        source.close()
        part.chmod(0o600)
        _flush(part)
        part.rename(file)
        _flush(file.parent)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise StorageError(f"The backup {file} could not be written: {error}.") from error
    return file.stat().st_size


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def restore(url: str, file: Path, *, replace: bool) -> None:
    """Make *file* the database at *url* (SQLite), after a look at whether it is sound.

    Raises :class:`StorageError` where it is not, or where a database is there and *replace* is
    false.
    """
    _require_sound(file)
    target = open_database(url)
    path = target.path
    target.close()
    if path is None:
        raise DatabaseUrlError("Only an SQLite database is restored by this command.")
    if path.stat().st_size > 0 and not replace:
        raise StorageError(f"{path} holds a database already; --force replaces it.")
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(file.read_bytes())
    part.chmod(0o600)
    _flush(part)
    for leftover in ("-wal", "-shm"):
        path.with_name(f"{path.name}{leftover}").unlink(missing_ok=True)
    part.rename(path)
    _flush(path.parent)
    restored = open_database(url)
    upgrade(restored)
    restored.close()


def _require_sound(file: Path) -> None:
    try:
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            connection.execute("SELECT version_num FROM alembic_version")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UnreachableError(f"{file} is not a backup of nafta-monitor: {error}.") from error
    if said != "ok":
        raise UnreachableError(f"{file} is damaged: {said}.")
