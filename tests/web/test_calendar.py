"""The calendar as a subscriber reads it: entries that keep their UID, and rise with each move."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import httpx
import icalendar
import pytest
from sqlalchemy import update

from monitor.cli import main
from storage.engine import Database
from storage.models import Deadline, Event
from tests.web.conftest import Site
from tests.web.filling import ENGLISH, HOSTILE, Filling
from tests.web.ical import Component, read_calendar


def events_of(client: httpx.Client, query: str = "") -> dict[str, Component]:
    answer = client.get(f"/calendar.ics{query}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return {event.text("UID"): event for event in read_calendar(answer.content).within}


@pytest.fixture
def client(serving: Callable[..., Any], database: Database) -> Iterator[httpx.Client]:
    with database.write() as connection:
        press = Filling(connection, count(1))
        article = press.article(ENGLISH)
        event = press.deadline(
            *(article, ENGLISH, "The exemption ends on May 1, 2018."),
            due_from=date(2018, 5, 1),
            due_to=date(2018, 5, 2),
        )
        assert event == "ev2"
        press.change("deadline.new", event)
    with serving(database) as client:
        yield client


def move(database: Database, day: date, moves: int, topic: str = "deadline.moved") -> None:
    """What the monitor writes when a deadline gets another date."""
    with database.write() as connection:
        connection.execute(
            update(Deadline).values(due_from=day, due_to=day + timedelta(days=1), moves=moves)
        )
        Filling(connection).change(topic, "ev2")


def test_the_sequence_rises_with_each_move_and_the_uid_stays(
    client: httpx.Client, database: Database
) -> None:
    seen = []
    for moves, day in enumerate((date(2018, 5, 1), date(2018, 6, 1), date(2018, 7, 1))):
        if moves:
            move(database, day, moves)
        (event,) = events_of(client).values()
        assert event.text("UID") == "ev2@nafta-monitor"
        assert event.day("DTSTART") == day
        seen.append(int(event.value("SEQUENCE")))
    assert seen == [0, 1, 2]


def test_the_sequence_rises_also_where_a_move_is_taken_back(
    client: httpx.Client, database: Database
) -> None:
    move(database, date(2018, 6, 1), 1)
    # The article that told of the move is corrected: the history forgets it, the outbox does not.
    move(database, date(2018, 5, 1), 0, "deadline.updated")
    (event,) = events_of(client).values()
    assert event.day("DTSTART") == date(2018, 5, 1)
    assert event.value("SEQUENCE") == "2"


def test_another_sighting_leaves_the_sequence(client: httpx.Client, database: Database) -> None:
    with database.write() as connection:
        Filling(connection).change("sighting.new", "ev2")
    (event,) = events_of(client).values()
    assert event.value("SEQUENCE") == "0"


def test_what_was_withdrawn_is_cancelled_where_it_is_asked_for(
    client: httpx.Client, database: Database
) -> None:
    with database.write() as connection:
        connection.execute(update(Event).values(status="withdrawn"))
        Filling(connection).change("deadline.withdrawn", "ev2")
    assert events_of(client) == {}
    (event,) = events_of(client, "?status=active,withdrawn").values()
    assert event.value("STATUS") == "CANCELLED"
    assert event.value("SEQUENCE") == "1"


def test_the_calendar_holds_what_the_list_holds(site: Site) -> None:
    events = events_of(site.client)
    rows = site.get("/api/v1/deadlines").json()["items"]
    assert events.keys() == {f"{row['event_id']}@nafta-monitor" for row in rows}
    for row in rows:
        event = events[f"{row['event_id']}@nafta-monitor"]
        assert event.text("SUMMARY") == row["what"]
        assert event.day("DTSTART").isoformat() == row["due_from"]
        assert event.day("DTEND").isoformat() == row["due_to"]
        assert row["due_text"] in event.text("DESCRIPTION")
        assert event.value("URL").endswith(f"/events/{row['event_id']}")


def test_a_vague_date_fills_its_days(site: Site) -> None:
    (event,) = (e for e in events_of(site.client).values() if e.text("SUMMARY") == HOSTILE)
    assert (event.day("DTSTART"), event.day("DTEND")) == (date(2018, 6, 1), date(2018, 7, 1))
    assert event.value("STATUS") == "TENTATIVE"


def test_an_export_holds_the_same_entries(
    database: Database, client: httpx.Client, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    move(database, date(2018, 6, 1), 1)
    move(database, date(2018, 5, 1), 0, "deadline.updated")
    with pytest.raises(SystemExit):
        main(["--database", str(database.url), "export", "deadlines", "--format", "ics"])
    (exported,) = read_calendar(capsysbinary.readouterr().out).within
    (served,) = events_of(client).values()
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "DTSTAMP", "SUMMARY"):
        assert exported.properties[name] == served.properties[name]
    assert exported.value("SEQUENCE") == "2"


def test_another_reader_of_calendars_finds_the_same(site: Site) -> None:
    rows = {row["event_id"]: row for row in site.get("/api/v1/deadlines").json()["items"]}
    calendar = icalendar.Calendar.from_ical(site.get("/calendar.ics?alarm=7").content)
    events = calendar.walk("VEVENT")
    assert len(events) == len(rows)
    for event in events:
        row = rows[event["UID"].removesuffix("@nafta-monitor")]
        assert str(event["SUMMARY"]) == row["what"]
        assert event["DTSTART"].dt.isoformat() == row["due_from"]
        assert event["DTEND"].dt.isoformat() == row["due_to"]
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(days=-7)


@pytest.mark.parametrize("days", ["-1", "366", "soon"])
def test_an_alarm_is_so_many_days_before(site: Site, days: str) -> None:
    assert site.get(f"/calendar.ics?alarm={days}").status_code == 400


def test_a_calendar_has_no_pages(site: Site) -> None:
    for query in ("limit=1", "cursor=x", "order=due"):
        assert site.get(f"/calendar.ics?{query}").status_code == 400
