"""How much an issue is talked about, and how feeds and receivers do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bs4 import BeautifulSoup

from monitor.web.trend import WEEKS, trends
from storage.engine import Database
from storage.models import Event
from tests.web.conftest import Site
from tests.web.filling import ENGLISH, NOW, Filling, fill
from tests.web.test_pages import soup


def mention(database: Database, first: int, *ages: int, **values: Any) -> None:
    """Mentions that are so many days old."""
    with database.write() as connection:
        press = Filling(connection, count(first))
        article = press.article(ENGLISH)
        for age in ages:
            press.mention(article, ENGLISH, "Talks resumed", **({"party": "US"} | values))
            made = next(press.numbers) - 1
            at = NOW - timedelta(days=age)
            connection.execute(
                Event.__table__.update().where(Event.id == made).values(first_published_at=at)  # type: ignore[attr-defined]
            )


def found(database: Database, now: datetime = NOW) -> dict[tuple[str, str], tuple[int, ...]]:
    with database.read() as connection:
        return {key: trend.counts for key, trend in trends(connection, now).items()}


def test_mentions_are_counted_by_week_the_newest_last(database: Database) -> None:
    mention(database, 1, 1, 2, 10, 100)
    mention(database, 100, 50, party="MX")
    assert found(database) == {
        ("dairy", "US"): (0,) * (WEEKS - 2) + (1, 2),
        ("dairy", "MX"): (1,) + (0,) * (WEEKS - 1),
    }


def test_an_archive_shows_its_own_last_weeks(database: Database) -> None:
    mention(database, 1, 1, 2)
    assert found(database, NOW + timedelta(days=3000))["dairy", "US"][-1] == 2


def test_what_was_withdrawn_or_has_no_party_is_not_counted(sqlite_database: Database) -> None:
    mention(sqlite_database, 1, 1, status="withdrawn")
    mention(sqlite_database, 100, 1, party=None)
    assert found(sqlite_database) == {}


def test_the_matrix_draws_the_trend_and_says_it(site: Site) -> None:
    page = soup(site, "/positions")
    drawings = page.select("td svg.trend")
    assert len(drawings) == 2
    assert str(drawings[0]["aria-label"]).endswith("0, 0, 0, 0, 0, 0, 0, 1")
    assert len(str(drawings[0].select("polyline")[0]["points"]).split()) == WEEKS


def test_the_front_page_shows_how_receivers_do_and_no_secret(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    fill(sqlite_database)
    with sqlite_database.write() as connection:
        press = Filling(connection, count(500))
        press.endpoint(state="disabled", reason="410 from https://u:secret@hooks.example/x")
        press.endpoint(failures=3, last_ok_at=NOW - timedelta(hours=3))
    with serving(sqlite_database) as client:
        page = BeautifulSoup(client.get("/").text, "lxml")
    section = page.select_one("section.endpoints")
    assert section is not None
    text = section.get_text(" ", strip=True)
    assert [state.get_text() for state in section.select(".state")] == [
        *("active", "disabled", "failing"),
    ]
    assert "3 hours ago" in text
    assert "never" in text
    assert "secret" not in text
    assert "hidden" not in text
