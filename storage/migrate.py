"""Bringing a database to this version's schema, and making its views.

Alembic is imported only where there is something to do: most commands find nothing.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from storage.engine import Database
from storage.errors import SchemaError
from storage.full_text_index import renew_documents
from storage.schema import SCHEMA, found_schema, is_current, renew_views

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATION_LOCK = 0x6E616674


def upgrade(database: Database) -> tuple[str | None, str]:
    """Bring the schema to this version and renew the views if they changed, in one transaction.

    Returns the schema before (None for an empty database) and after. A second process that does
    the same waits for the first. Raises :class:`SchemaError` where the database was made by a
    newer version; nothing is changed then.
    """
    with database.read() as connection:
        if is_current(connection):
            return SCHEMA, SCHEMA
    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        before = found_schema(connection)
        _refuse_newer(database, before)
        if not is_current(connection):
            _migrate(connection, before)
    return before, SCHEMA


def _migrate(connection: Connection, before: str | None) -> None:
    if before != SCHEMA:
        from alembic import command

        command.upgrade(_config(connection), "head")
    renew_views(connection)
    renew_documents(connection)


def require_current(database: Database) -> None:
    """Raise :class:`SchemaError` unless the schema is this version's."""
    with database.read() as connection:
        found = found_schema(connection)
    _refuse_newer(database, found)
    if found != SCHEMA:
        state = "has not been set up" if found is None else f"is at schema {found}"
        raise SchemaError(
            f"The database {_name(database)} {state}; run `nafta-monitor db upgrade`."
        )


def newest() -> str:
    """The newest migration in the package, which must be :data:`storage.schema.SCHEMA`."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert head is not None
    return head


def _refuse_newer(database: Database, found: str | None) -> None:
    if found is None or found == SCHEMA:
        return
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(None)).walk_revisions()
    if found not in {script.revision for script in scripts}:
        raise SchemaError(
            f"The database {_name(database)} has schema {found}, newer than {SCHEMA}, the newest "
            "that this version of nafta-monitor knows; upgrade nafta-monitor."
        )


def _name(database: Database) -> str:
    return str(database.path or database.url.render_as_string())


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
