"""Bringing a database to this version's schema, and making its views."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.engine import Database
from storage.errors import SchemaError

# In this order: a view may use those before it.
VIEWS = (
    "articles",
    "stories",
    "feeds",
    "entries",
    "sightings",
    "quotes",
    "deadlines",
    "issue_mentions",
    "positions",
    "changes",
)
_MIGRATION_LOCK = 0x6E616674


def upgrade(database: Database) -> tuple[str | None, str]:
    """Bring the schema to this version and renew the views, in one transaction.

    Returns the revision before (None for an empty database) and after. A second process that
    does the same waits for the first. Raises :class:`SchemaError` where the database was made
    by a newer version; nothing is changed then.
    """
    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        before = _current(connection)
        _refuse_newer(database, before)
        if before != newest():
            command.upgrade(_config(connection), "head")
        _renew_views(connection)
    return before, newest()


def require_current(database: Database) -> None:
    """Raise :class:`SchemaError` unless the schema is this version's."""
    with database.read() as connection:
        found = _current(connection)
    _refuse_newer(database, found)
    if found != newest():
        state = "has not been set up" if found is None else f"is at schema {found}"
        raise SchemaError(
            f"The database {_name(database)} {state}; run `nafta-monitor db upgrade`."
        )


def newest() -> str:
    """The newest revision that this version knows."""
    head = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert head is not None
    return head


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(database: Database, found: str | None) -> None:
    scripts = ScriptDirectory.from_config(_config(None)).walk_revisions()
    known = {script.revision for script in scripts}
    if found is not None and found not in known:
        raise SchemaError(
            f"The database {_name(database)} has schema {found}, newer than {newest()}, the newest "
            "that this version of nafta-monitor knows; upgrade nafta-monitor."
        )


def _name(database: Database) -> str:
    return str(database.path or database.url.render_as_string())


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config


def _renew_views(connection: Connection) -> None:
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
    for name in VIEWS:
        connection.exec_driver_sql(view_sql(name))


def view_sql(name: str) -> str:
    """The statement that makes the view *name*."""
    return files("storage.views").joinpath(f"{name}.sql").read_text(encoding="utf-8")
