"""Reminders come exactly once, whatever clocks, workers and articles do."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import text as sql

from storage.engine import Database
from tests.monitor.test_reminders import TODAY, announce, run, tell, told


def mark(database: Database, status: str) -> None:
    """Give the deadline a status, as an article that is recorded does."""
    with database.write() as connection:
        connection.execute(sql("UPDATE event SET status = :status"), {"status": status})


def topics(database: Database) -> list[str]:
    return [topic.removeprefix("deadline.") for topic, _ in told(database)]


def test_a_clock_that_ran_ahead_and_came_back_tells_nothing_twice(database: Database) -> None:
    due = TODAY + timedelta(days=40)
    announce(database, due)
    tell(database, due - timedelta(days=20))
    tell(database, due + timedelta(days=3))
    assert topics(database) == ["approaching", "passed"]
    mark(database, "active")
    run(database, due - timedelta(days=20), due + timedelta(days=3))
    assert topics(database).count("passed") == 1


@pytest.mark.parametrize("workers", [2, 8])
def test_workers_at_once_tell_each_change_once(database: Database, workers: int) -> None:
    due = TODAY + timedelta(days=40)
    announce(database, due)
    for day in (due - timedelta(days=30), due + timedelta(days=1)):
        threads = [threading.Thread(target=tell, args=(database, day)) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert topics(database) == ["approaching", "passed"]


@pytest.mark.parametrize("down", [1, 45, 400], ids=lambda days: f"{days} days")
def test_a_passing_is_told_however_long_the_daemon_was_down(database: Database, down: int) -> None:
    due = TODAY + timedelta(days=3)
    announce(database, due)
    assert run(database, due + timedelta(days=down), due + timedelta(days=down + 1)) == [
        ("deadline.passed", None)
    ]


def test_a_passing_that_an_article_marked_is_told_once(database: Database) -> None:
    due = TODAY + timedelta(days=3)
    announce(database, due)
    mark(database, "passed")
    assert run(database, due + timedelta(days=1), due + timedelta(days=3)) == [
        ("deadline.passed", None)
    ]


def test_a_month_that_becomes_a_day_passes_once(database: Database) -> None:
    first = date(2018, 5, 1)
    announce(database, first, until=date(2018, 6, 1))
    run(database, date(2018, 5, 30), date(2018, 6, 2))
    announce(database, date(2018, 5, 17), on=date(2018, 6, 3))
    run(database, date(2018, 6, 3), date(2018, 6, 5))
    assert topics(database) == ["approaching", "passed"]


def test_days_that_were_over_before_the_day_was_known_are_not_told(database: Database) -> None:
    announce(database, date(2018, 5, 1), until=date(2018, 6, 1))
    run(database, TODAY, date(2018, 5, 3))
    announce(database, date(2018, 5, 17), on=date(2018, 5, 4))
    assert run(database, date(2018, 5, 4), date(2018, 5, 18)) == [
        ("deadline.approaching", 30),
        ("deadline.approaching", 7),
        ("deadline.approaching", 1),
        ("deadline.passed", None),
    ]


def test_an_event_whose_last_article_went_is_not_told(database: Database) -> None:
    due = TODAY + timedelta(days=40)
    announce(database, due)
    mark(database, "withdrawn")
    assert run(database, TODAY, due + timedelta(days=2)) == []
