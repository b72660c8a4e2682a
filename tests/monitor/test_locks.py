"""One daemon a database."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.locks import AlreadyRunningError, daemon_lock
from storage.engine import Database, open_database

HOLD = """
import sys
from monitor.locks import daemon_lock
from storage.engine import open_database
with daemon_lock(open_database(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(url: str) -> subprocess.Popen[str]:
    """A process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_daemon_is_refused_and_told_of_the_first(sqlite_database: Database) -> None:
    with holder(f"sqlite:///{sqlite_database.path}") as first:
        with (
            pytest.raises(AlreadyRunningError, match=str(first.pid)) as caught,
            daemon_lock(sqlite_database),
        ):
            pass
        first.communicate()
    assert caught.value.pid == first.pid


def test_the_lock_of_a_killed_daemon_is_free(sqlite_database: Database) -> None:
    with holder(f"sqlite:///{sqlite_database.path}") as first:
        first.kill()
    with daemon_lock(sqlite_database):
        path = Path(f"{sqlite_database.path}.lock")
        assert path.read_text() == str(os.getpid())
        assert path.stat().st_mode & 0o777 == 0o600


def test_only_one_at_a_time_and_free_afterwards(database: Database) -> None:
    other = open_database(database.url.render_as_string(hide_password=False))
    for _ in range(2):
        with daemon_lock(database), pytest.raises(AlreadyRunningError), daemon_lock(other):
            pass
        with daemon_lock(other):
            pass
    other.close()


def cut_all_connections_but_mine(database: Database) -> None:
    with database.write() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def is_locked(database: Database) -> bool:
    with database.read() as connection:
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        return bool(connection.scalar(text(query)))


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def pair(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Database, Database]]:
    monkeypatch.setattr("monitor.locks._LOOK_SECONDS", 0.1)
    first, other = open_database(postgres_url), open_database(postgres_url)
    yield first, other
    first.close()
    other.close()


@pytest.mark.postgres
def test_a_lock_whose_connection_was_cut_is_taken_again(pair: tuple[Database, Database]) -> None:
    first, other = pair
    with daemon_lock(first):
        for _ in range(2):
            cut_all_connections_but_mine(other)
            wait_for(lambda: is_locked(other))
            with pytest.raises(AlreadyRunningError), daemon_lock(other):
                pass
    assert not is_locked(other)


@pytest.mark.postgres
def test_a_daemon_hears_that_another_was_quicker(
    pair: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = pair
    lost = threading.Event()
    monkeypatch.setattr("monitor.locks._LOOK_SECONDS", 0.5)
    with daemon_lock(first, lost.set):
        cut_all_connections_but_mine(other)
        with daemon_lock(other):
            assert lost.wait(20)


def test_a_lock_with_odd_content_still_refuses(sqlite_database: Database) -> None:
    with daemon_lock(sqlite_database):
        Path(f"{sqlite_database.path}.lock").write_text("banana")
        with pytest.raises(AlreadyRunningError) as caught, daemon_lock(sqlite_database):
            pass
    assert caught.value.pid is None


def test_two_databases_have_two_locks(tmp_path: Path) -> None:
    one, other = (open_database(f"sqlite:///{tmp_path}/{name}.db") for name in ("a", "b"))
    with daemon_lock(one), daemon_lock(other):
        pass
    one.close()
    other.close()
