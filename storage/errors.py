"""What can go wrong with the store, in a user's words.

::

    StorageError              exit 1
    ├── UnreachableError      the database cannot be opened or reached (now)
    ├── BusyError             another program keeps it locked
    ├── NoRoomError           its disk is full
    ├── DamagedError          the file is not a sound database
    ├── SchemaError           it was made by a newer version, or has not been set up
    └── DatabaseUrlError      exit 2: the address in the settings is wrong
"""

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError


class StorageError(Exception):
    """The store failed; the message is one sentence that says what, where and what to do."""

    exit_code = 1


class UnreachableError(StorageError):
    """The database cannot be opened or reached; work stays due and is tried again."""


class BusyError(StorageError):
    """Another program holds the database's lock; work stays due and is tried again."""


class NoRoomError(StorageError):
    """The disk is full; work stays due and is tried again once there is room."""


class DamagedError(StorageError):
    """The file is not a sound database; restore a backup."""


class SchemaError(StorageError):
    """The schema is not the one that this version knows."""


class DatabaseUrlError(StorageError):
    """The database's address in the settings is wrong."""

    exit_code = 2


def explain(error: DBAPIError, url: URL) -> StorageError:
    """The driver's *error* as one of ours, naming the database at *url* without its password."""
    where = url.database if url.get_backend_name() == "sqlite" else url.render_as_string()
    said = " ".join(str(error.orig).split())
    lowered = said.lower()
    if "locked" in lowered or "busy" in lowered:
        return BusyError(
            f"The database {where} is locked by another program; stop that program or wait."
        )
    if "disk is full" in lowered or "disk i/o error" in lowered or "no space left" in lowered:
        return NoRoomError(f"There is no room on the disk of {where}; free some space.")
    if "malformed" in lowered or "not a database" in lowered:
        return DamagedError(
            f"The file {where} is not a sound SQLite database ({said}); "
            "restore a backup with `nafta-monitor db restore FILE`, or move it away."
        )
    if "readonly" in lowered or "read-only" in lowered:
        return UnreachableError(
            f"The database {where} cannot be written to; check its permissions."
        )
    if "no such table" in lowered or ("does not exist" in lowered and "relation" in lowered):
        return SchemaError(
            f"The database {where} has not been set up; run `nafta-monitor db upgrade`."
        )
    return UnreachableError(f"The database {where} cannot be used: {said}")
