"""Changes as a stream: as events that a browser follows, and as lines for a program."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from storage.engine import Database
from tests.web.filling import Filling, fill

EVENTS = {"Accept": "text/event-stream"}
LINES = {"Accept": "application/x-ndjson"}


@pytest.fixture
def client(serving: Callable[..., Any], sqlite_database: Database) -> Iterator[httpx.Client]:
    fill(sqlite_database)
    with serving(sqlite_database) as client:
        yield client


def add_change(database: Database, topic: str = "quote.new") -> None:
    with database.write() as connection:
        Filling(connection, count(500)).change(topic, "ev6")


def messages(answer: httpx.Response, most: int) -> list[dict[str, str]]:
    """The first *most* messages of a stream of server-sent events."""
    found: list[dict[str, str]] = []
    message: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(":")
            message[name] = value.removeprefix(" ")
        elif "data" in message:
            found.append(message)
            message = {}
            if len(found) == most:
                return found
    return found


def test_events_have_the_seq_as_their_id_and_the_change_as_their_data(
    client: httpx.Client,
) -> None:
    with client.stream("GET", "/api/v1/changes?after=1", headers=EVENTS) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        found = messages(answer, 3)
    assert [message["id"] for message in found] == ["2", "3", "4"]
    listed = client.get("/api/v1/changes?after=1").json()["items"]
    assert [json.loads(message["data"]) for message in found] == listed


def test_a_follower_who_comes_back_goes_on_after_the_last_event(client: httpx.Client) -> None:
    headers = EVENTS | {"Last-Event-ID": "3"}
    with client.stream("GET", "/api/v1/changes?after=1", headers=headers) as answer:
        assert messages(answer, 1)[0]["id"] == "4"


def test_a_new_change_comes_at_once(client: httpx.Client, sqlite_database: Database) -> None:
    with client.stream("GET", "/api/v1/changes?after=4", headers=EVENTS) as answer:
        timer = threading.Timer(0.3, add_change, [sqlite_database])
        timer.start()
        began = time.monotonic()
        assert messages(answer, 1)[0]["id"] == "5"
        assert time.monotonic() - began < 5
        timer.join()


def test_a_stream_keeps_to_its_filters(client: httpx.Client) -> None:
    path = "/api/v1/changes?topic=deadline.*"
    with client.stream("GET", path, headers=EVENTS) as answer:
        found = messages(answer, 2)
    assert [json.loads(m["data"])["topic"] for m in found] == ["deadline.new", "deadline.moved"]


def test_lines_are_one_change_each_and_end_when_there_are_no_more(client: httpx.Client) -> None:
    answer = client.get("/api/v1/changes?after=1", headers=LINES)
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert rows == client.get("/api/v1/changes?after=1").json()["items"]


def test_lines_go_on_until_nothing_has_come_for_the_time_to_wait(
    client: httpx.Client, sqlite_database: Database
) -> None:
    timer = threading.Timer(0.5, add_change, [sqlite_database])
    timer.start()
    answer = client.get("/api/v1/changes?after=3&wait=2", headers=LINES)
    timer.join()
    assert [json.loads(line)["seq"] for line in answer.text.split()] == [4, 5]


def test_lines_of_many_changes_all_come(client: httpx.Client, sqlite_database: Database) -> None:
    with sqlite_database.write() as connection:
        press = Filling(connection, count(500))
        for _ in range(1200):
            press.change("quote.new", "ev6")
    rows = client.get("/api/v1/changes", headers=LINES).text.splitlines()
    assert [json.loads(line)["seq"] for line in rows] == list(range(1, 1205))


@pytest.mark.parametrize(
    ("query", "more"),
    [("limit=3", {}), ("cursor=x", {}), ("after=-1", {}), ("", {"Last-Event-ID": "x"})],
)
def test_what_a_stream_cannot_do_is_refused(
    client: httpx.Client, query: str, more: dict[str, str]
) -> None:
    answer = client.get(f"/api/v1/changes?{query}", headers=EVENTS | more)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html", ""])
def test_who_asks_for_no_stream_gets_the_envelope(client: httpx.Client, accept: str) -> None:
    answer = client.get("/api/v1/changes", headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/json"


def test_the_head_of_a_stream_ends(client: httpx.Client) -> None:
    answer = client.head("/api/v1/changes", headers=EVENTS)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_streams_that_end_make_room_for_others(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.web.live._MOST_STREAMS", 1)
    with client.stream("GET", "/api/v1/changes", headers=EVENTS) as answer:
        assert messages(answer, 1)
        refused = client.get("/api/v1/changes", headers=EVENTS)
        assert refused.status_code == 503
        assert refused.headers["retry-after"]
        assert client.get("/api/v1/changes").status_code == 200
    until = time.monotonic() + 10
    while client.get("/api/v1/changes", headers=LINES).status_code == 503:
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.parametrize("told", [True, False], ids=["told", "cancelled"])
def test_a_server_that_stops_ends_its_streams_in_order(
    serving: Callable[..., Any], sqlite_database: Database, told: bool
) -> None:
    fill(sqlite_database)
    got: list[str] = []
    # Where nobody tells the streams, the server cancels them when its patience ends.
    values = {} if told else {"stopping": threading.Event()}
    with serving(sqlite_database, **values) as client:
        base = str(client.base_url)

        def follow() -> None:
            with httpx.stream(
                "GET", f"{base}/api/v1/changes", headers=EVENTS, timeout=20, trust_env=False
            ) as answer:
                got.extend(answer.iter_text())  # raises where the stream is cut off
            got.append("end")

        thread = threading.Thread(target=follow)
        thread.start()
        while "id: 4" not in "".join(got):
            time.sleep(0.05)
    thread.join(5)
    assert got[-1] == "end"


def test_who_waits_for_a_change_is_answered_when_the_server_stops(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    answers: list[httpx.Response] = []
    with serving(sqlite_database) as client:
        url = f"{client.base_url}/api/v1/changes?wait=50"
        thread = threading.Thread(
            target=lambda: answers.append(httpx.get(url, timeout=60, trust_env=False))
        )
        thread.start()
        time.sleep(0.7)
    thread.join(5)
    assert answers[0].json() == {"items": [], "next": None, "after": 0}
