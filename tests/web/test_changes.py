"""The long poll: follow seq, wait for what is new, hold nobody else up."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import httpx
import pytest

from storage.engine import Database
from tests.web.filling import Filling, fill


@pytest.fixture
def client(serving: Callable[..., Any], sqlite_database: Database) -> Iterator[httpx.Client]:
    fill(sqlite_database)
    with serving(sqlite_database) as client:
        yield client


def test_changes_come_in_the_order_of_seq_after_the_one_given(client: httpx.Client) -> None:
    answer = client.get("/api/v1/changes?after=1&limit=2").json()
    assert [row["seq"] for row in answer["items"]] == [2, 3]
    assert answer["after"] == 3
    rest = client.get("/api/v1/changes", params={"cursor": answer["next"]}).json()
    assert [row["seq"] for row in rest["items"]] == [4]
    assert rest["next"] is None


def test_without_news_the_answer_is_empty_and_says_where_to_go_on(client: httpx.Client) -> None:
    answer = client.get("/api/v1/changes?after=4").json()
    assert answer == {"items": [], "next": None, "after": 4}


def test_wait_returns_as_soon_as_a_change_comes(
    client: httpx.Client, sqlite_database: Database
) -> None:
    def add() -> None:
        with sqlite_database.write() as connection:
            Filling(connection, count(500)).change("quote.new", "ev6")

    timer = threading.Timer(0.7, add)
    start = time.monotonic()
    timer.start()
    answer = client.get("/api/v1/changes?after=4&wait=20").json()
    assert [row["seq"] for row in answer["items"]] == [5]
    assert time.monotonic() - start < 5


def test_wait_ends_after_its_time(client: httpx.Client) -> None:
    start = time.monotonic()
    assert client.get("/api/v1/changes?after=4&wait=1").json()["items"] == []
    assert 0.9 < time.monotonic() - start < 3


@pytest.mark.parametrize("query", ["wait=61", "wait=-1", "wait=1.5", "after=-1", "after=x",
                                   "after=1&cursor=x"])  # fmt: skip
def test_bad_numbers_are_refused(client: httpx.Client, query: str) -> None:
    assert client.get(f"/api/v1/changes?{query}").status_code == 400


def test_many_who_wait_hold_nobody_up_and_may_leave(client: httpx.Client) -> None:
    request = b"GET /api/v1/changes?after=4&wait=50 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with ExitStack() as stack:
        waiting = []
        for _ in range(80):
            connection = socket.create_connection(("127.0.0.1", client.base_url.port or 0))
            waiting.append(stack.enter_context(connection))
            connection.sendall(request)
        start = time.monotonic()
        assert client.get("/api/v1/quotes").status_code == 200
        assert client.get("/").status_code == 200
        assert time.monotonic() - start < 20  # before any who wait are answered
    # The server that the fixture stops now waits for nobody who has left.
