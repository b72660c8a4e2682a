"""Listings: in their order, and a search that misses nothing."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, literal, select

from storage.engine import Database
from storage.models import Event
from storage.queries import Filters, list_rows
from storage.text_search import contains
from tests.web.filling import ENGLISH, NOW, Filling

_LETTERS = st.sampled_from("aàÀeéÉnñoôœßuUyçC 'xX%_\\[]^*?-–’«\"\n\u00a0")
_WORDS = st.text(_LETTERS, min_size=1, max_size=8)


@pytest.fixture(scope="module")
def memory() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@settings(max_examples=300)
@given(before=_WORDS, wanted=_WORDS, after=_WORDS)
@example(before="", wanted="Québec", after="")
@example(before="x", wanted="100%_", after="y")
@example(before="?", wanted="%", after="")
def test_a_text_is_found_by_any_part_of_it(
    memory: Connection, before: str, wanted: str, after: str
) -> None:
    text = literal(f"{before}{wanted}{after}")
    assert memory.scalar(select(contains(text, wanted, "sqlite")))


def test_deadlines_can_be_listed_from_the_latest_on(database: Database) -> None:
    days = (date(2018, 5, 1), None, date(2018, 3, 1), date(2018, 7, 1))
    with database.write() as connection:
        press = Filling(connection, count(1))
        article = press.article(ENGLISH)
        for day in days:
            press.deadline(
                *(article, ENGLISH, "Talks resumed"), what=str(day), due_from=day, due_to=day
            )
    seen: list[str] = []
    cursor: str | None = None
    with database.read() as connection:
        while True:
            page = list_rows(connection, "deadlines", limit=1, cursor=cursor, order="-due")
            seen += [row["what"] for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
    assert seen == ["2018-07-01", "2018-05-01", "2018-03-01", "None"]


def test_newest_first_is_read_off_an_index(sqlite_database: Database) -> None:
    with sqlite_database.write() as connection:
        press = Filling(connection, count(1))
        article = press.article(ENGLISH)
        for age in (3, 1, 2):
            at = NOW - timedelta(days=age)
            press.quote(article, ENGLISH, "Talks resumed", speaker_name=str(age))
            made = next(press.numbers) - 1
            connection.execute(
                Event.__table__.update().where(Event.id == made).values(first_published_at=at)  # type: ignore[attr-defined]
            )
    with sqlite_database.read() as connection:
        rows = list_rows(connection, "quotes", Filters(), limit=3).rows
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM quotes ORDER BY first_published_at DESC, "
            "event_id DESC LIMIT 50"
        ).all()
    assert [row["speaker_name"] for row in rows] == ["1", "2", "3"]
    # The steps of the listing itself, not those of what is looked up for a row.
    steps = " ".join(str(step[3]) for step in plan if step[1] == 0)
    assert "INDEX ix_event_type_first_published_at_event_id" in steps
    assert "TEMP B-TREE" not in steps
