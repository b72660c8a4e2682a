"""Deadlines that come near and that pass, each told once."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text as sql

from extractors.types import Deadline, DeadlineKind
from storage.engine import Database
from storage.reminders import remind
from tests.making import NOW, deadline, extraction, print_and_record

TODAY = NOW.date()
DAYS = (30, 7, 1)
BODY = "Replies on auto rules are due by {}."


def announce(database: Database, due: date, *, on: date = TODAY, **values: Any) -> None:
    """Print an article that names a deadline, on a day."""
    at = datetime(on.year, on.month, on.day, 15, 0, tzinfo=UTC)
    body = BODY.format(due.isoformat())
    named: Deadline = deadline(body, due.isoformat(), due, what="replies on auto rules", **values)
    url = f"https://a.example/{due}/{on}"
    print_and_record(database, url, body, extraction(deadlines=[named]), published=at, now=at)


def tell(database: Database, today: date, days: tuple[int, ...] = DAYS) -> int:
    with database.write() as connection:
        return remind(connection, today, days, datetime(2018, 1, 1, tzinfo=UTC))


def told(database: Database) -> list[tuple[str, int | None]]:
    """The reminders and passings so far, with the days left that they name."""
    query = (
        "SELECT topic, snapshot FROM change "
        "WHERE topic IN ('deadline.approaching', 'deadline.passed') ORDER BY seq"
    )
    with database.read() as connection:
        rows = connection.execute(sql(query)).all()
    return [(row.topic, json.loads(row.snapshot).get("days_left")) for row in rows]


def run(database: Database, first: date, last: date) -> list[tuple[str, int | None]]:
    """Each day's reminders from *first* to *last*, asked for twice a day."""
    for number in range((last - first).days + 1):
        tell(database, first + timedelta(days=number))
        assert tell(database, first + timedelta(days=number)) == 0
    return told(database)


def test_each_reminder_is_told_once_and_then_the_passing(database: Database) -> None:
    due = TODAY + timedelta(days=40)
    announce(database, due)
    assert run(database, TODAY, due + timedelta(days=3)) == [
        ("deadline.approaching", 30),
        ("deadline.approaching", 7),
        ("deadline.approaching", 1),
        ("deadline.passed", None),
    ]


def test_a_deadline_has_not_passed_on_its_own_day(database: Database) -> None:
    due = TODAY + timedelta(days=2)
    announce(database, due)
    assert run(database, TODAY, due) == [("deadline.approaching", 1)]
    assert tell(database, due + timedelta(days=1)) == 1
    assert told(database)[-1][0] == "deadline.passed"


def test_a_reminder_whose_day_had_come_before_we_knew_is_not_told(database: Database) -> None:
    due = TODAY + timedelta(days=5)
    announce(database, due)
    assert run(database, TODAY, due) == [("deadline.approaching", 1)]


def test_a_deadline_that_is_known_on_the_last_day_is_not_told_twice(database: Database) -> None:
    announce(database, TODAY + timedelta(days=1))
    assert run(database, TODAY, TODAY) == []


def test_a_daemon_that_was_down_tells_the_nearest_reminder_once(database: Database) -> None:
    due = TODAY + timedelta(days=40)
    announce(database, due)
    tell(database, due - timedelta(days=3))
    tell(database, due - timedelta(days=3))
    assert told(database) == [("deadline.approaching", 3)]


def test_a_deadline_that_was_over_when_we_read_of_it_is_not_told(database: Database) -> None:
    announce(database, TODAY - timedelta(days=10))
    assert run(database, TODAY, TODAY + timedelta(days=2)) == []


def test_an_article_of_the_day_after_does_not_hide_the_passing(database: Database) -> None:
    due = TODAY + timedelta(days=2)
    announce(database, due)
    run(database, TODAY, due)
    announce(database, due, on=due + timedelta(days=1))
    assert run(database, due + timedelta(days=1), due + timedelta(days=3)) == [
        ("deadline.approaching", 1),
        ("deadline.passed", None),
    ]


def test_a_deadline_that_passed_and_was_put_off_passes_again(database: Database) -> None:
    due, later = TODAY + timedelta(days=2), TODAY + timedelta(days=8)
    announce(database, due)
    run(database, TODAY, due + timedelta(days=1))
    announce(database, later, on=due + timedelta(days=1))
    told_by_then = run(database, due + timedelta(days=1), later + timedelta(days=2))
    assert told_by_then[2:] == [("deadline.approaching", 1), ("deadline.passed", None)]
    assert [topic for topic, _ in told_by_then].count("deadline.passed") == 2


def test_a_new_date_is_reminded_of_anew(database: Database) -> None:
    due, later = TODAY + timedelta(days=10), TODAY + timedelta(days=30)
    announce(database, due)
    run(database, TODAY, TODAY + timedelta(days=3))
    announce(database, later, on=TODAY + timedelta(days=4))
    assert run(database, TODAY + timedelta(days=4), later) == [
        ("deadline.approaching", 7),
        ("deadline.approaching", 7),
        ("deadline.approaching", 1),
    ]


def test_a_date_that_moves_near_is_not_reminded_of_for_days_gone(database: Database) -> None:
    announce(database, TODAY + timedelta(days=60))
    tell(database, TODAY)
    nearer = TODAY + timedelta(days=9)
    announce(database, nearer, on=TODAY + timedelta(days=4))
    assert run(database, TODAY + timedelta(days=4), nearer) == [("deadline.approaching", 1)]


def test_a_whole_month_counts_to_its_last_day(database: Database) -> None:
    first = (TODAY + timedelta(days=60)).replace(day=1)
    after = (first + timedelta(days=40)).replace(day=1)
    announce(database, first, until=after)
    days = run(database, TODAY, after)
    assert days == [
        ("deadline.approaching", 30),
        ("deadline.approaching", 7),
        ("deadline.approaching", 1),
        ("deadline.passed", None),
    ]


def test_of_a_meeting_the_first_day_counts(database: Database) -> None:
    first = TODAY + timedelta(days=40)
    announce(database, first, until=first + timedelta(days=5), kind=DeadlineKind.MEETING)
    assert run(database, TODAY, first + timedelta(days=5)) == [
        ("deadline.approaching", 30),
        ("deadline.approaching", 7),
        ("deadline.approaching", 1),
        ("deadline.passed", None),
    ]


def test_days_that_are_named_twice_count_once(database: Database) -> None:
    announce(database, TODAY + timedelta(days=9))
    assert tell(database, TODAY + timedelta(days=2), (7, 7, 1)) == 1
    assert tell(database, TODAY + timedelta(days=2), (7, 7, 1)) == 0


def test_without_days_only_the_passing_is_told(database: Database) -> None:
    announce(database, TODAY + timedelta(days=2))
    for number in range(5):
        tell(database, TODAY + timedelta(days=number), ())
    assert told(database) == [("deadline.passed", None)]
