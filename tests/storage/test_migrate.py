"""A database is brought to this version's schema, or left alone."""

import pytest
from sqlalchemy import inspect, text

from storage.engine import Database, open_database
from storage.errors import DamagedError, DatabaseUrlError, SchemaError, UnreachableError
from storage.migrate import newest, require_current, upgrade
from storage.models import Base
from storage.schema import SCHEMA, VIEWS


def test_upgrade_makes_every_table_and_view(database: Database) -> None:
    inspector = inspect(database.engine)
    assert set(Base.metadata.tables) <= set(inspector.get_table_names())
    assert set(VIEWS) <= set(inspector.get_view_names())


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    assert upgrade(database) == (SCHEMA, SCHEMA)


def test_the_newest_migration_is_the_schema_that_is_asked_for() -> None:
    assert newest() == SCHEMA


def test_a_users_own_view_on_ours_outlives_an_upgrade(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("CREATE VIEW of_mine AS SELECT text FROM quotes"))
    upgrade(database)
    with database.read() as connection:
        assert connection.execute(text("SELECT * FROM of_mine")).fetchall() == []


def test_views_of_an_older_version_are_renewed(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE meta SET value = 'old' WHERE key = 'views'"))
        connection.execute(text("DROP VIEW quotes"))
    upgrade(database)
    with database.read() as connection:
        assert connection.execute(text("SELECT * FROM quotes")).fetchall() == []


# SQLAlchemy cannot read an index over an expression back from SQLite.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based")
def test_tables_are_what_the_models_say(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    def ours(object_: object, name: str | None, kind: str, *_: object) -> bool:
        # The index of words is a migration's own: it looks different on each kind of server.
        is_of_words = kind == "index" and (name or "").endswith("_search_words")
        is_unreadable = database.is_sqlite and name == "ix_article_newest"
        return (
            not is_of_words
            and not is_unreadable
            and (kind != "table" or name in Base.metadata.tables)
        )

    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, Base.metadata) == []


def test_every_view_can_be_read(database: Database) -> None:
    with database.read() as connection:
        for view in VIEWS:
            assert connection.execute(text(f"SELECT * FROM {view}")).fetchall() == []


def test_a_newer_schema_is_refused_and_left_alone(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match=r"schema 9999, newer than .* upgrade nafta-monitor"):
        upgrade(database)
    with database.read() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_database_that_was_not_set_up_says_what_to_do(sqlite_url: str) -> None:
    store = open_database(sqlite_url)
    with pytest.raises(SchemaError, match="db upgrade"):
        require_current(store)
    store.close()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("nonsense", "is not a URL", id="no-url"),
        pytest.param("mysql://host/name", "unknown", id="other-server"),
        pytest.param("sqlite://", "needs a file", id="memory"),
    ],
)
def test_a_wrong_address_is_one_sentence(url: str, message: str) -> None:
    with pytest.raises(DatabaseUrlError, match=message):
        open_database(url)


def test_a_folder_is_not_a_database(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnreachableError, match="is a folder"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_not_replaced(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "notes.db"
    path.write_bytes(b"these are notes, not a database\n" * 40)
    store = open_database(f"sqlite:///{path}")
    with pytest.raises(DamagedError, match="not a sound SQLite database"):
        upgrade(store)
    store.close()
    assert path.read_bytes().startswith(b"these are notes")


def test_an_unreachable_server_is_one_sentence_without_the_password() -> None:
    store = open_database("postgresql://desk:hunter2@127.0.0.1:1/news")
    with pytest.raises(UnreachableError) as raised:
        upgrade(store)
    store.close()
    assert "hunter2" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_new_database_file_is_private(sqlite_url: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    store = open_database(sqlite_url)
    upgrade(store)
    store.close()
    assert (tmp_path / "store.db").stat().st_mode & 0o077 == 0
