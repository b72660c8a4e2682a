"""Fixtures that every room uses: an empty store, on SQLite and on PostgreSQL."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.engine import Database, open_database
from storage.migrate import upgrade
from tests.postgres import UnavailableError, server_url, stop_server

# No example fails by the clock: the first one of a language makes its word lists ready.
settings.register_profile("no clock")
settings.load_profile("no clock")


def pytest_configure(config: pytest.Config) -> None:
    """One folder for a PostgreSQL server that all test processes share."""
    if not hasattr(config, "workerinput"):
        os.environ["TEST_POSTGRES_FOLDER"] = tempfile.mkdtemp(prefix="nafta-pg-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop that server, if a test started it."""
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop("TEST_POSTGRES_FOLDER"))
        stop_server(folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The address of a PostgreSQL server without a database's name; starts it if need be."""
    try:
        return server_url(Path(os.environ["TEST_POSTGRES_FOLDER"]))
    except UnavailableError as reason:
        pytest.skip(f"no PostgreSQL: {reason}")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path}/store.db"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a PostgreSQL database of the newest schema, dropped afterwards."""
    import psycopg

    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(f"{postgres_server}&dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE nafta_template")
        yield postgres_server.replace("/?", f"/{name}?", 1)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, on each kind of server in turn."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty store of the newest schema, on each kind of server in turn."""
    store = open_database(database_url)
    upgrade(store)
    yield store
    store.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """An empty store on SQLite alone, where the kind of server makes no difference."""
    store = open_database(sqlite_url)
    upgrade(store)
    yield store
    store.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled news beside the repository; skips where it is not there."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "eval").is_dir():
        pytest.skip("needs the labelled news in ../shared")
    return folder
