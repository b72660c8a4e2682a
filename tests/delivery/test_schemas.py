"""The published schemas hold for what is sent."""

import asyncio
import copy
import importlib.util
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from extractors.types import Certainty, Clock, DeadlineKind, Stance
from monitor.delivery import Deliverer
from monitor.delivery.message import message_of
from monitor.polling.decide import FeedUpdate
from monitor.polling.poll import _apply
from monitor.subscribing import TOPICS
from storage.engine import Database
from storage.feeds import NewFeed, add_feeds, find_feed
from storage.models import Change
from storage.reminders import remind
from tests import making
from tests.delivery.posting import Desk
from tests.delivery.schema_checking import faults, unknown
from tests.serving import Reply, Server

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "schemas"
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
QUOTED = "“We will not trade away our farmers for a deadline,” Fortier said."
WORDS = "We will not trade away our farmers for a deadline"


def _maker() -> Any:
    spec = importlib.util.spec_from_file_location("make_schemas", DOCS / "make_schemas.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _withdraw(database: Database, article: making.Printed) -> None:
    """Have an article say something else."""
    with database.write() as connection:
        making.set_text(connection, article.id, "Nothing of note.")
    emptied = making.Printed(article.id, article.article_id, "Nothing of note.")
    making.record(database, emptied, making.extraction())


def _quotes(database: Database) -> None:
    for number, speaker in enumerate((None, "Lena Fortier", "Lena Fortier")):
        quote = making.quote(QUOTED, WORDS, speaker=speaker, party="CA" if speaker else None)
        quote = replace(quote, issues=("dairy",) if speaker else ())
        found = making.extraction(quotes=[quote])
        url = f"https://paper.example/{number}"
        _withdraw(database, making.print_and_record(database, url, QUOTED, found)) if (
            number == 2
        ) else making.print_and_record(database, url, QUOTED, found)
    other = "“It is late and we are tired of this table,” Fortier said."
    quote = making.quote(other, "It is late and we are tired of this table", speaker=None)
    found = making.extraction(quotes=[quote])
    _withdraw(database, making.print_and_record(database, "https://p.example/o", other, found))


def _deadlines(database: Database) -> None:
    def named(url: str, day: date, on: int, **values: Any) -> making.Printed:
        text = f"Washington wants an agreement in principle by {day.isoformat()}."
        found = making.deadline(
            text, day.isoformat(), day, what="an agreement in principle", **values
        )
        found = replace(found, clock=Clock("195 days", "the notice"), consequence="Tariffs rise.")
        at = making.NOW + timedelta(days=on)
        return making.print_and_record(
            database, url, text, making.extraction(deadlines=[found]), published=at, now=at
        )

    target = DeadlineKind.TARGET
    named("https://wire.example/1", date(2018, 5, 1), 0, kind=target, certainty=Certainty.PROPOSED)
    named("https://wire.example/2", date(2018, 5, 1), 1, kind=target, certainty=Certainty.EXPECTED)
    named("https://wire.example/3", date(2018, 5, 17), 2, kind=target, certainty=Certainty.FIXED)
    for day in (date(2018, 5, 16), date(2018, 5, 18)):
        with database.write() as connection:
            remind(connection, day, (30, 7, 1), datetime(2018, 5, 18, tzinfo=UTC))
    text = "Ottawa must reply by 2018-09-30."
    found = making.deadline(text, "2018-09-30", date(2018, 9, 30), what="a reply", party=None)
    article = making.print_and_record(
        database, "https://wire.example/4", text, making.extraction(deadlines=[found])
    )
    _withdraw(database, article)


def _issues(database: Database) -> None:
    text = "Mexico speaks of a sunset clause."
    for number, stance in enumerate((Stance.OPPOSES, Stance.CONCEDES)):
        told = f"{text} {'Word ' * number}"
        found = making.mention(told, "sunset clause", "sunset-review", party="MX", stance=stance)
        at = making.NOW + timedelta(days=3 * number)
        article = making.print_and_record(
            database,
            f"https://diario.example/{number}",
            told,
            making.extraction(issues=[found]),
            published=at,
            now=at,
        )
    _withdraw(database, article)


@pytest.fixture
def told(sqlite_database: Database) -> dict[str, list[dict[str, Any]]]:
    """Bodies of what a store told, by topic."""
    database = sqlite_database
    _quotes(database)
    _deadlines(database)
    _issues(database)
    with database.read() as connection:
        rows = connection.execute(select(*Change.__table__.c).order_by(Change.seq)).all()
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        body = message_of(row.topic, row.at, row.seq, row.event_id, row.snapshot).body
        found.setdefault(row.topic, []).append(json.loads(body))
    return found


def test_files_are_those_that_the_script_makes() -> None:
    maker = _maker()
    made = {topic: maker.rendered(schema) for topic, schema in maker.schemas().items()}
    assert {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.json")} == made


def test_every_topic_has_a_schema() -> None:
    assert set(SCHEMAS) == {*TOPICS, "endpoint.test"}


def test_what_a_store_tells_is_as_its_schemas_say(told: dict[str, list[dict[str, Any]]]) -> None:
    wrong = {
        topic: [*faults(body, SCHEMAS[topic]), *unknown(body, SCHEMAS[topic])]
        for topic, bodies in told.items()
        for body in bodies
    }
    assert {topic: found for topic, found in wrong.items() if found} == {}


def test_the_store_told_of_every_topic_of_events(told: dict[str, list[dict[str, Any]]]) -> None:
    seldom = {"feed.failing", "feed.recovered", "issue.updated"}
    assert set(TOPICS) - set(told) <= seldom


def test_a_shortened_body_still_fits(sqlite_database: Database) -> None:
    long = "😀😀 " * 9000
    text = f"“{long}long,” Fortier said."
    quote = making.quote(text, f"{long}long", speaker="Lena Fortier")
    making.print_and_record(
        sqlite_database, "https://paper.example/", text, making.extraction(quotes=[quote])
    )
    with sqlite_database.read() as connection:
        row = connection.execute(select(*Change.__table__.c)).one()
    message = message_of(row.topic, row.at, row.seq, row.event_id, row.snapshot)
    body = json.loads(message.body)
    assert body["data"]["truncated"]
    assert body["data"]["more"] == f"/api/v1/events/{row.event_id}"
    assert [*faults(body, SCHEMAS["quote.new"]), *unknown(body, SCHEMAS["quote.new"])] == []


def test_a_test_message_is_as_its_schema_says(desk: Desk, server: Server) -> None:
    endpoint = desk.subscribe(server.on("/hook", Reply(204)))

    async def run() -> None:
        async with Deliverer(desk.database, desk.writer, desk.policy) as deliverer:
            await deliverer.send_test(endpoint)

    asyncio.run(run())
    body = json.loads(server.asked("/hook")[0].body)
    assert [*faults(body, SCHEMAS["endpoint.test"]), *unknown(body, SCHEMAS["endpoint.test"])] == []


@pytest.mark.parametrize("topic", ["feed.failing", "feed.recovered"])
def test_a_feeds_change_is_as_its_schema_says(topic: str, sqlite_database: Database) -> None:
    state = "failing" if topic == "feed.failing" else "active"
    url = "https://paper.example/feed"
    with sqlite_database.write() as connection:
        add_feeds(connection, [NewFeed(url, outlet="Wire")], interval=300, now=making.NOW)
        feed = find_feed(connection, url)
        assert feed is not None
        values = {"state": feed.state, "last_error": "it is gone", "failures": 3}
        _apply(connection, feed, FeedUpdate(values, topic), making.NOW)
        snapshot = json.loads(connection.execute(select(Change.snapshot)).scalar_one())
    body = json.loads(
        message_of(topic, making.NOW, 1, None, json.dumps(snapshot | {"state": state})).body
    )
    assert [*faults(body, SCHEMAS[topic]), *unknown(body, SCHEMAS[topic])] == []


@pytest.mark.parametrize("topic", ["quote.new", "deadline.moved", "issue.new", "position.changed"])
def test_a_body_that_lacks_something_is_noticed(
    topic: str, told: dict[str, list[dict[str, Any]]]
) -> None:
    body, schema = told[topic][0], SCHEMAS[topic]
    optional = {"truncated", "more", "merged_into"}
    for name in set(body["data"]) - optional:
        broken = copy.deepcopy(body)
        del broken["data"][name]
        assert list(faults(broken, schema)), name
        broken["data"][name] = {"not": "this"}
        assert list(faults(broken, schema)), name
    assert list(faults(body | {"type": "quote.other"}, schema))
    assert list(faults(body | {"timestamp": "today"}, schema))
