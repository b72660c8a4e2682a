"""Which schema this version knows, and which one a database has."""

import hashlib
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, delete, insert, inspect, select, text

from storage.full_text_index import documents_are_current
from storage.models import Meta

# The newest migration; a test holds it against storage/migrations.
SCHEMA = "0001"
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
_VIEWS_KEY = "views"


def view_sql(name: str) -> str:
    """The statement that makes the view *name*."""
    return files("storage.views").joinpath(f"{name}.sql").read_text(encoding="utf-8")


@cache
def views_digest() -> str:
    """What tells one set of views from another."""
    return hashlib.sha256("\n".join(view_sql(name) for name in VIEWS).encode()).hexdigest()


def found_schema(connection: Connection) -> str | None:
    """The schema of a database; None where it has not been set up."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_current(connection: Connection) -> bool:
    """Whether a database has this version's schema and views."""
    if found_schema(connection) != SCHEMA:
        return False
    views = connection.scalar(select(Meta.value).where(Meta.key == _VIEWS_KEY))
    return views == views_digest() and documents_are_current(connection)


def renew_views(connection: Connection) -> None:
    """Make the views anew and note which ones they are."""
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
    for name in VIEWS:
        connection.exec_driver_sql(view_sql(name))
    connection.execute(delete(Meta).where(Meta.key == _VIEWS_KEY))
    connection.execute(insert(Meta).values(key=_VIEWS_KEY, value=views_digest()))
