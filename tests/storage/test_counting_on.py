"""A copy that is only counted leaves the event as counting everything would."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from storage import counting_on, settling
from storage.check import find_faults
from storage.engine import Database
from storage.models import Change, Deadline, Event, IssueMention, Quote
from tests.generator.press import press
from tests.making import NOW, deadline, extraction, print_and_record
from tests.storage.test_identity_press import fresh_store, record_all


def rows(database: Database) -> list[list[tuple[Any, ...]]]:
    """Everything that is stored and told of events."""
    with database.read() as connection:
        return [
            [
                tuple(row)
                for row in connection.execute(
                    select(*model.__table__.c).order_by(*model.__table__.primary_key)
                )
            ]
            for model in (Event, Quote, Deadline, IssueMention, Change)
        ]


@pytest.mark.parametrize("seed", range(2))
def test_counting_on_tells_what_counting_anew_tells(
    database: Database, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    articles = press(seed + 40, stories=6)
    Random(seed).shuffle(articles)
    anew = fresh_store(tmp_path / "anew.db")
    record_all(anew, articles)
    counted: list[int] = []

    def count_on(*asked: Any) -> Any:
        found = counting_on.count_on(*asked)
        counted.extend(found)
        return found

    monkeypatch.setattr(counting_on, "MANY", 1)
    monkeypatch.setattr(settling, "count_on", count_on)
    record_all(database, articles)
    assert len(counted) > 20
    assert rows(database) == rows(anew)
    anew.close()


def test_a_milestone_of_hundreds_of_articles_counts_them_all(database: Database) -> None:
    many = counting_on.MANY + 20
    for number in range(many):
        text = f"Paper {number}: the joint review is due on July 1, 2026."
        due = deadline(
            text, "July 1, 2026", date(2026, 7, 1), what="joint review", milestone="joint-review"
        )
        print_and_record(
            database,
            f"https://news.example/{number}",
            text,
            extraction(deadlines=[due]),
            published=NOW + timedelta(hours=number),
            outlet=f"Outlet {number % 7}" if number % 7 else f"Outlet {number}",
        )
    with database.read() as connection:
        (event,) = connection.execute(select(Event.__table__)).all()
        newest = connection.execute(select(Change).order_by(Change.seq.desc())).first()
        assert list(find_faults(connection)) == []
    assert event.sightings == event.stories == many
    assert event.outlets == 6 + many // 7
    assert event.first_published_at == NOW
    assert event.last_published_at == NOW + timedelta(hours=many - 1)
    assert newest is not None
    assert newest.topic == "sighting.new"
