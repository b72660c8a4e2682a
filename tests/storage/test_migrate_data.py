"""A database with data in it goes from every released schema to the newest and stays sound.

Each schema has what its version put in as plain SQL in ``tests/data/schemas``; a new migration is
run over all of them, and the schema that it makes gets a file of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.check import find_faults
from storage.engine import Database, open_database
from storage.migrate import _config, newest, upgrade
from storage.queries import VIEWS, Filters, list_rows
from storage.schema import SCHEMA

DATA = Path(__file__).parents[1] / "data" / "schemas"
RELEASED = ("0001",)


def set_up(database: Database, schema: str) -> None:
    """Make the database as the version with this *schema* left it."""
    with database.write() as connection:
        command.upgrade(_config(connection), schema)
        for statement in (DATA / f"{schema}.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    store = open_database(database_url)
    if not store.is_sqlite:
        # The template has the newest schema; an older one begins with nothing.
        with store.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    yield store
    store.close()


def test_every_schema_has_its_data() -> None:
    scripts = ScriptDirectory.from_config(_config(None)).walk_revisions()
    assert {script.revision for script in scripts} == set(RELEASED)


@pytest.mark.parametrize("schema", RELEASED)
def test_data_goes_along_to_the_newest_schema(empty: Database, schema: str) -> None:
    set_up(empty, schema)
    assert upgrade(empty) == (schema, SCHEMA)
    with empty.read() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == newest()
        assert list(find_faults(connection)) == []
        for view in VIEWS:
            list_rows(connection, view)
        (found,) = list_rows(connection, "quotes", Filters(search="quebec yield")).rows
        assert (found["event_id"], found["issues"], found["text"]) == (
            "q_1",
            ["dairy"],
            "We will not yield,",
        )
        assert connection.scalar(text("SELECT count(*) FROM delivery")) == 1


@pytest.mark.parametrize("schema", RELEASED)
def test_a_migration_that_fails_leaves_the_old_schema(
    empty: Database, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(empty, schema)

    def fail(_: Connection) -> None:
        raise RuntimeError

    monkeypatch.setattr("storage.migrate.renew_documents", fail)
    with pytest.raises(RuntimeError):
        upgrade(empty)
    monkeypatch.undo()
    with empty.read() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == schema
        assert connection.scalar(text("SELECT count(*) FROM quote")) == 1
    upgrade(empty)
    with empty.read() as connection:
        assert list(find_faults(connection)) == []
