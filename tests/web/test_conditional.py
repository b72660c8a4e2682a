"""Who has an answer already is told so, without a row being read for it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import event, update

from storage.engine import Database
from storage.models import Article, Feed
from tests.web.conftest import Site
from tests.web.filling import NOW, Filling, fill

TOLD = (
    *("events", "quotes", "deadlines", "issues", "positions", "changes"),
    *("quotes?party=CA", "deadlines?order=due", "events?limit=1"),
)
PATHS = (
    *(f"/api/v1/{name}" for name in TOLD),
    *("/calendar.ics", "/feeds/quotes.atom", "/feeds/deadlines.atom", "/feeds/positions.atom"),
    *("/feeds/all.json", "/feeds/quotes.json", "/feeds/deadlines.json", "/feeds/positions.json"),
)
COMPARED = ("/api/v1/articles", "/api/v1/stories", "/api/v1/feeds", "/api/v1/webhooks")


@pytest.fixture
def clock() -> list[Any]:
    """What the server takes for the time, in a list of one."""
    return [NOW]


@pytest.fixture
def client(
    serving: Callable[..., Any], sqlite_database: Database, clock: list[Any]
) -> Iterator[httpx.Client]:
    fill(sqlite_database)
    with serving(sqlite_database, now=lambda: clock[0]) as client:
        yield client


def again(client: httpx.Client, path: str, tag: str) -> httpx.Response:
    return client.get(path, headers={"If-None-Match": tag})


@pytest.mark.parametrize("path", [*PATHS, *COMPARED])
def test_the_same_again_is_not_sent(site: Site, path: str) -> None:
    first = site.get(path)
    assert first.status_code == 200
    for known in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        answer = site.get(path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b""), known
        assert answer.headers["etag"]
    assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_while_the_outbox_stands_still_no_row_is_read(
    client: httpx.Client, sqlite_database: Database, path: str
) -> None:
    tag = client.get(path).headers["etag"]
    said: list[str] = []

    def listen(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(statement)

    event.listen(sqlite_database.engine, "before_cursor_execute", listen)
    assert again(client, path, tag).status_code == 304
    event.remove(sqlite_database.engine, "before_cursor_execute", listen)
    asked = [statement for statement in said if statement.startswith("SELECT")]
    assert len(asked) == 1, asked
    assert "max(change.seq)" in asked[0]


@pytest.mark.parametrize("path", ["/api/v1/quotes", "/feeds/quotes.atom"])
def test_a_change_elsewhere_is_looked_at_and_sends_nothing(
    client: httpx.Client, sqlite_database: Database, path: str
) -> None:
    tag = client.get(path).headers["etag"]
    with sqlite_database.write() as connection:
        Filling(connection).change("deadline.updated", "ev9")
    answer = again(client, path, tag)
    assert answer.status_code == 304
    assert answer.headers["etag"] != tag
    assert again(client, path, answer.headers["etag"]).status_code == 304


def test_a_change_of_the_answer_is_sent(client: httpx.Client, sqlite_database: Database) -> None:
    tag = client.get("/api/v1/changes").headers["etag"]
    with sqlite_database.write() as connection:
        Filling(connection).change("deadline.updated", "ev9")
    answer = again(client, "/api/v1/changes", tag)
    assert answer.status_code == 200
    assert answer.json()["items"][-1]["topic"] == "deadline.updated"


def test_a_tag_is_of_one_address(client: httpx.Client) -> None:
    tag = client.get("/api/v1/quotes").headers["etag"]
    assert again(client, "/api/v1/quotes?party=CA", tag).status_code == 200
    assert again(client, "/api/v1/deadlines", tag).status_code == 200


def test_what_the_outbox_does_not_tell_shows_within_minutes(
    client: httpx.Client, sqlite_database: Database, clock: list[Any]
) -> None:
    tag = client.get("/api/v1/quotes").headers["etag"]
    with sqlite_database.write() as connection:
        connection.execute(update(Article).values(title="Another title"))
    clock[0] = NOW + timedelta(minutes=6)
    answer = again(client, "/api/v1/quotes", tag)
    assert answer.status_code == 200
    assert answer.json()["items"][0]["title"] == "Another title"


def test_lists_that_the_outbox_does_not_tell_of_are_always_compared(
    client: httpx.Client, sqlite_database: Database
) -> None:
    tag = client.get("/api/v1/feeds").headers["etag"]
    with sqlite_database.write() as connection:
        connection.execute(update(Feed).values(failures=3))
    assert again(client, "/api/v1/feeds", tag).status_code == 200


def test_a_bad_parameter_is_told_whatever_the_client_has(site: Site) -> None:
    answer = site.get("/api/v1/quotes?limit=0", headers={"If-None-Match": "*"})
    assert answer.status_code == 400
