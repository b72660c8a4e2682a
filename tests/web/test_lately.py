"""What moved since yesterday stands at the top: dates, positions, who spoke."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import insert

from monitor.web.lately import lately
from storage.engine import Database
from storage.models import Change
from tests.web.filling import ENGLISH, NOW, Filling

YESTERDAY = NOW - timedelta(hours=20)


def tell(database: Database, topic: str, event: str, at: Any = YESTERDAY, **snapshot: Any) -> None:
    with database.write() as connection:
        connection.execute(
            insert(Change).values(
                topic=topic,
                event_id=event,
                event_type="deadline",
                at=at,
                snapshot=json.dumps(snapshot),
            )
        )


def position(issue: str, party: str, was: str | None, stance: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "ev9", "issue": issue, "issue_name": issue.title(), "party": party, "lang": "en",
        "text": "The United States demands access.", "published_at": "2018-03-19T18:00:00Z",
        "position": {"previous": was, "stance": stance}, **more,
    }  # fmt: skip


@pytest.fixture
def store(database: Database) -> Database:
    """A deadline that was moved, one that is new, a new quote."""
    with database.write() as connection:
        press = Filling(connection, count(1))
        article = press.article(ENGLISH)
        press.deadline(
            *(article, ENGLISH, "The exemption ends on May 1, 2018."),
            what="exemption ends",
            due_from=date(2018, 5, 1),
            due_to=date(2018, 5, 2),
            moves=1,
            previous_due_from=date(2018, 3, 23),
            history=json.dumps([{"due": {"from": "2018-03-23", "to": "2018-03-24"}}]),
        )
        press.deadline(
            *(article, ENGLISH, "May 1, 2018"),
            what="new talks",
            due_from=date(2018, 4, 8),
            due_to=date(2018, 4, 9),
        )
        press.quote(
            *(article, ENGLISH, "We will not sign a bad deal,"),
            speaker_name="Chrystia Freeland",
            party="CA",
        )
    tell(database, "deadline.moved", "ev2")
    tell(database, "deadline.new", "ev3")
    tell(database, "quote.new", "ev4")
    tell(database, "position.changed", "ev9", **position("dairy", "US", "demands", "concedes"))
    return database


@pytest.fixture
def client(serving: Callable[..., Any], store: Database) -> Iterator[httpx.Client]:
    with serving(store) as client:
        yield client


def section(client: httpx.Client, path: str = "/") -> Tag:
    found = BeautifulSoup(client.get(path).text, "lxml").select_one("section.lately")
    assert found is not None
    return found


def test_the_page_begins_with_what_moved_since_yesterday(client: httpx.Client) -> None:
    found = section(client)
    text = found.get_text(" ", strip=True)
    assert "Since yesterday" in text
    assert "1 deadline moved · 1 position changed · 1 new deadline · 1 new quote" in text
    assert "23 March 2018 → 1 May 2018 moved in 42 days" in text
    assert "8 April 2018 in 19 days new talks" in text
    assert "US demands → concedes Dairy" in text
    assert "Chrystia Freeland CA 1 quote" in text
    assert {a["href"] for a in found.select("li[data-event] a")} == {
        "/events/ev2", "/events/ev3", "/events/ev9"
    }  # fmt: skip


def test_what_moved_lately_is_drawn_however_far_off(
    serving: Callable[..., Any], store: Database
) -> None:
    with store.write() as connection:
        press = Filling(connection, count(100))
        article = press.article(ENGLISH)
        for number in range(12):
            day = date(2018, 4, 1) + timedelta(days=number)
            press.deadline(
                *(article, ENGLISH, "May 1, 2018"), due_from=day, due_to=day + timedelta(days=1)
            )
    with serving(store) as client:
        page = BeautifulSoup(client.get("/").text, "lxml")
        moved = page.select("ol.coming li.deadline")[-1]
        assert moved["data-event"] == "ev2"
        assert moved.select(".track .was")
        assert not BeautifulSoup(client.get("/?lang=en").text, "lxml").select("[data-event=ev2]")


def test_it_speaks_the_readers_language(client: httpx.Client) -> None:
    text = section(client, "/?ui=fr").get_text(" ", strip=True)
    assert "Depuis hier" in text
    assert "exige → concède Produits laitiers" in text


def test_under_filters_it_is_not_shown(client: httpx.Client) -> None:
    assert "lately" not in client.get("/?party=US").text


def test_what_went_to_and_fro_has_not_moved(store: Database) -> None:
    tell(store, "position.changed", "ev9", **position("dairy", "US", "concedes", "demands"))
    tell(store, "position.changed", "ev9", **position("autos", "MX", None, "opposes"))
    tell(store, "position.changed", "ev9", **position("autos", "MX", "opposes", "concern"))
    with store.read() as connection:
        found = lately(connection, NOW)
    assert found is not None
    changed = [(row["issue"], row["was"], row["stance"]) for row in found.positions]
    assert changed == [("autos", None, "concern")]


def test_old_articles_that_were_read_today_are_no_news(store: Database) -> None:
    old = position("labour", "CA", "demands", "agreed", published_at="2017-01-01T00:00:00Z")
    tell(store, "position.changed", "ev9", **old)
    with store.read() as connection:
        found = lately(connection, NOW)
    assert found is not None
    assert [row["issue"] for row in found.positions] == ["dairy"]


def test_an_archive_shows_its_last_day(serving: Callable[..., Any], store: Database) -> None:
    with serving(store, now=lambda: NOW + timedelta(days=400)) as client:
        assert "The last day of news, 19 March 2018" in section(client).get_text()


def test_a_day_without_news_says_so(serving: Callable[..., Any], store: Database) -> None:
    for number in range(3):
        tell(store, "sighting.new", f"ev{number}", NOW + timedelta(days=2))
    with serving(store, now=lambda: NOW + timedelta(days=2)) as client:
        assert "Nothing has moved since yesterday." in section(client).get_text()


def test_nothing_told_is_no_section(serving: Callable[..., Any], database: Database) -> None:
    with serving(database) as client:
        assert "lately" not in client.get("/").text
