"""What is kept in memory is forgotten with the next change."""

from itertools import count
from typing import Any

import pytest

from monitor.web import kept as module
from monitor.web.kept import Kept
from storage.engine import Database
from tests.web.filling import Filling


def change(database: Database) -> None:
    with database.write() as connection:
        Filling(connection, count(1)).change("issue.new", "ev1")


def ask(kept: Kept, database: Database, key: Any, answers: "count[int]") -> int:
    with database.read() as connection:
        return kept.get(connection, key, lambda: next(answers))


def test_an_answer_is_read_once_until_there_is_a_change(sqlite_database: Database) -> None:
    kept, answers = Kept(), count(1)
    assert [ask(kept, sqlite_database, "a", answers) for _ in range(3)] == [1, 1, 1]
    assert ask(kept, sqlite_database, "b", answers) == 2
    change(sqlite_database)
    assert [ask(kept, sqlite_database, "a", answers) for _ in range(2)] == [3, 3]


def test_an_answer_is_not_kept_for_longer_than_a_minute(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, answers = Kept(), count(1)
    ask(kept, sqlite_database, "a", answers)
    monkeypatch.setattr(module, "_SECONDS", 0.0)
    assert ask(kept, sqlite_database, "a", answers) == 2


def test_only_so_many_answers_are_kept(sqlite_database: Database) -> None:
    kept, answers = Kept(), count(1)
    for number in range(500):
        ask(kept, sqlite_database, number, answers)
    assert len(kept._found) <= module._MOST


def test_who_reads_an_older_state_does_not_put_it_in_place_of_the_newer(
    sqlite_database: Database,
) -> None:
    kept, answers = Kept(), count(1)
    with sqlite_database.read() as old:
        old.exec_driver_sql("SELECT count(*) FROM change").all()  # from here it sees this state
        change(sqlite_database)
        assert ask(kept, sqlite_database, "a", answers) == 1
        assert kept.get(old, "a", lambda: next(answers)) == 2
    assert ask(kept, sqlite_database, "a", answers) == 1
