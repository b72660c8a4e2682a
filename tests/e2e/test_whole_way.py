"""From a feed to stored events, commands and a delivered webhook, as a user sees it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.commands import Program, program_for
from tests.press import SECRET, Press, open_press

PUBLISHED = datetime(2018, 3, 28, 20, 15, tzinfo=UTC)
# Who said it, and how it begins.
SAID = [
    ("Steve Verheul", "Right now, we are still quite a distance away"),
    ("Steve Verheul", "We've made it clear to the U.S."),
    ("Robert Lighthizer", "I'm hopeful. I think we are making progress."),
    ("Robert Lighthizer", "If there's a real effort made"),
    ("Robert Lighthizer", "We have a short window because of elections"),
]
DUE = ["2018-05-01", "2018-06-21", "2019-01-03"]
ISSUES = {
    "autos-rules-of-origin",
    "dispute-settlement",
    "government-procurement",
    "sunset-review",
    "steel-aluminum-tariffs",
    "labour",
}


@pytest.fixture
def press() -> Iterator[Press]:
    with open_press() as press:
        yield press


@pytest.fixture
def program(tmp_path: Path, database_url: str, press: Press) -> Program:
    return program_for(tmp_path, database_url, press)


def print_first_input(press: Press, shared: Path, *outlets: str) -> None:
    text = (shared / "first-input.txt").read_text(encoding="utf-8").strip()
    for outlet in outlets:
        page = f"/{outlet}/2018/03/nafta-talks"
        press.publish(page, "Still a distance away", text, PUBLISHED)
        press.list_in_feed(f"/{outlet}/rss", outlet, [(page, "Still a distance away", PUBLISHED)])


def watch(program: Program, press: Press, *outlets: str) -> None:
    for outlet in outlets:
        program.run("feeds", "add", press.url(f"/{outlet}/rss"), "--zone", "America/Toronto")


def test_a_real_article_becomes_events_that_everybody_gets(
    program: Program, press: Press, shared: Path
) -> None:
    print_first_input(press, shared, "wire")
    watch(program, press, "wire")
    program.run("webhooks", "add", press.url("/hook"), "--secret", SECRET)
    program.run("run", "--once")

    quotes = program.rows("quotes")
    for speaker, beginning in SAID:
        (found,) = [quote for quote in quotes if quote["text"].startswith(beginning)]
        assert found["speaker_name"] == speaker, found
    assert {q["actor"] for q in quotes if q["kind"] == "direct"} == {
        "steve-verheul",
        "robert-lighthizer",
    }
    deadlines, issues = program.rows("deadlines"), program.rows("issues")
    due = {str(row["due_from"]): row for row in deadlines}
    assert set(DUE) <= set(due)
    assert due["2018-05-01"]["set_by_party"] == "US"
    assert {row["issue"] for row in issues} >= ISSUES

    changes = len(quotes) + len(deadlines) + len(issues)
    assert press.refused == 0
    messages = [message for message in press.messages if message["type"] != "endpoint.test"]
    assert len({message["id"] for message in messages}) == len(messages) == changes
    told = [m["data"]["text"] for m in press.messages if m["type"] == "quote.new"]
    assert sorted(told) == sorted(quote["text"] for quote in quotes)


def test_a_second_poll_and_a_second_outlet_add_sightings_and_no_event(
    program: Program, press: Press, shared: Path
) -> None:
    print_first_input(press, shared, "wire", "post")
    watch(program, press, "wire")
    program.run("run", "--once")
    once = {row["event_id"]: row["sightings"] for row in program.rows("events", "--limit", "500")}
    program.run("poll")
    assert once == {
        row["event_id"]: row["sightings"] for row in program.rows("events", "--limit", "500")
    }
    watch(program, press, "post")
    program.run("run", "--once")
    twice = {row["event_id"]: row["sightings"] for row in program.rows("events", "--limit", "500")}
    assert twice == {event: 2 * sightings for event, sightings in once.items()}
    (story,) = program.rows("stories")
    assert (story["articles"], story["outlets"]) == (2, 2)


@pytest.mark.postgres
def test_both_databases_give_the_same_events(
    tmp_path: Path, sqlite_url: str, postgres_url: str, press: Press, shared: Path
) -> None:
    print_first_input(press, shared, "wire")
    found = []
    for database in (sqlite_url, postgres_url):
        program = program_for(tmp_path, database, press)
        watch(program, press, "wire")
        program.run("run", "--once")
        rows = program.rows("events", "--limit", "500")
        seen_when = {"first_seen_at", "last_seen_at"}
        found.append(
            sorted(
                [{k: v for k, v in row.items() if k not in seen_when} for row in rows],
                key=lambda row: row["event_id"],
            )
        )
    assert found[0] == found[1]


def test_show_points_at_the_words(
    tmp_path: Path, sqlite_url: str, press: Press, shared: Path
) -> None:
    program = program_for(tmp_path, sqlite_url, press)
    print_first_input(press, shared, "wire")
    watch(program, press, "wire")
    program.run("run", "--once")
    (row, *_) = program.rows("quotes", "--search", "short window")
    shown = program.run("show", row["event_id"])
    words = " ".join(shown.split())
    assert "[[We have a short window because of elections and things beyond our control" in words
    assert press.url("/wire/2018/03/nafta-talks") in shown
