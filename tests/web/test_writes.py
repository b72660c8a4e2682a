"""Webhooks can be added, changed, tested and removed over HTTP, with the token."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
from sqlalchemy import func, insert, select, update

from monitor.delivery import DeliveryPolicy
from storage.endpoints import find_endpoint, load_subscription
from storage.engine import Database
from storage.models import Change, Delivery, Endpoint
from storage.secrets_box import SecretBox
from tests.web.filling import NOW

TOKEN = "correct horse"
HOOK = "http://127.0.0.1:9/hook"
PATH = "/api/v1/webhooks"
RECEIVED: list[dict[str, Any]] = []


class _Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        RECEIVED.append({"body": json.loads(body), "headers": dict(self.headers)})
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[str]:
    """The address of a receiver that takes everything."""
    RECEIVED.clear()
    server = HTTPServer(("127.0.0.1", 0), _Receiver)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/in?key=hidden"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(serving: Callable[..., Any], database: Database) -> Iterator[httpx.Client]:
    policy = DeliveryPolicy(
        retry_schedule=(1.0,), timeout=5.0, allow_private=("127.0.0.0/8",), secret_key="a key"
    )
    with serving(database, token=TOKEN, delivery=policy) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client


def added(client: httpx.Client, **more: Any) -> dict[str, Any]:
    answer = client.post(PATH, json={"url": HOOK, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_receiver_is_added_and_its_secret_shown_once(
    client: httpx.Client, database: Database
) -> None:
    answer = client.post(PATH, json={"url": HOOK, "topics": ["deadline.*"], "parties": ["US"]})
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    made = answer.json()
    assert made["secret"].startswith("whsec_")
    assert made["filters"]["topics"] == ["deadline.*"]
    shown = client.get(answer.headers["location"]).json()
    assert shown == {name: value for name, value in made.items() if name != "secret"}
    assert shown["url"] == "http://127.0.0.1:9/…"
    with database.read() as connection:
        stored = find_endpoint(connection, made["endpoint_id"])
        assert stored is not None
        assert stored.url == HOOK
        assert stored.secret.startswith("sealed:")
        assert SecretBox("a key").open(stored.secret) == made["secret"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "url: Field required"),
        ({"url": "ftp://x.example/"}, "no address to send to"),
        ({"url": "http://10.0.0.1/hook"}, "allow_private"),
        ({"url": HOOK, "topics": ["deadline.moves"]}, "did you mean 'deadline.moved'"),
        ({"url": HOOK, "types": ["speech"]}, "none of quote, deadline, issue_mention"),
        ({"url": HOOK, "secret": "whsec_short"}, "24 to 64 bytes"),
        ({"url": HOOK, "topic": ["*"]}, "topic: Extra inputs are not permitted"),
        ({"url": HOOK, "topics": "deadline.*"}, "topics: Input should be a valid list"),
        ([], "The body cannot be used"),
    ],
)
def test_what_cannot_be_is_told(client: httpx.Client, body: Any, says: str) -> None:
    answer = client.post(PATH, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    assert client.get(PATH).json()["items"] == []


def test_a_faulty_secret_is_not_repeated(client: httpx.Client) -> None:
    answer = client.post(PATH, json={"url": HOOK, "secret": "hunter2"})
    assert answer.status_code == 422
    assert "hunter2" not in answer.text


def test_a_body_of_any_length_is_not_read(client: httpx.Client) -> None:
    answer = client.post(PATH, json={"url": "http://127.0.0.1/" + "x" * 100_000})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"

    def parts() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 1_000

    answer = client.post(PATH, content=parts(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_what_is_not_said_stays_and_an_empty_list_takes_a_filter_away(
    client: httpx.Client, database: Database
) -> None:
    path = (
        f"{PATH}/{added(client, topics=['quote.*'], langs=['fr'], issues=['dairy'])['endpoint_id']}"
    )
    answer = client.patch(path, json={"langs": [], "parties": ["CA,MX"]})
    assert answer.status_code == 200
    filters = answer.json()["filters"]
    assert filters["topics"] == ["quote.*"]
    assert filters["issues"] == ["dairy"]
    assert filters["langs"] == []
    assert filters["parties"] == ["CA", "MX"]
    answer = client.patch(path, json={"url": "http://127.0.0.1:10/other", "topics": []})
    assert answer.json()["filters"]["topics"] == ["*"]
    with database.read() as connection:
        stored = find_endpoint(connection, path.rpartition("/")[2])
    assert stored is not None
    assert stored.url == "http://127.0.0.1:10/other"
    assert load_subscription(stored.filters).parties == ("CA", "MX")


def waiting(database: Database, endpoint_id: str, **values: Any) -> int:
    """A delivery to the endpoint; gives its number."""
    with database.write() as connection:
        seq = connection.execute(
            insert(Change).values(
                topic="quote.new", event_id="q_1", event_type="quote", at=NOW, snapshot="{}"
            )
        ).inserted_primary_key[0]
        owner = connection.scalar(select(Endpoint.id).where(Endpoint.endpoint_id == endpoint_id))
        row = {"endpoint_id": owner, "seq": seq, "event_id": "q_1", "topic": "quote.new"}
        row |= {"state": "pending", "next_at": NOW, "created_at": NOW}
        made = connection.execute(insert(Delivery).values(row | values))
        return int(made.inserted_primary_key[0])


def test_what_is_no_longer_wanted_is_not_sent(client: httpx.Client, database: Database) -> None:
    endpoint = added(client)["endpoint_id"]
    waiting(database, endpoint)
    assert client.patch(f"{PATH}/{endpoint}", json={"topics": ["deadline.*"]}).json()[
        "cancelled"
    ] == 1  # fmt: skip
    (delivery,) = client.get(f"{PATH}/{endpoint}/deliveries").json()["items"]
    assert delivery["state"] == "cancelled"


def test_a_receiver_is_removed_with_all_that_was_for_it(
    client: httpx.Client, database: Database
) -> None:
    endpoint = added(client)["endpoint_id"]
    waiting(database, endpoint)
    answer = client.delete(f"{PATH}/{endpoint}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert client.get(f"{PATH}/{endpoint}").status_code == 404
    assert client.delete(f"{PATH}/{endpoint}").status_code == 404
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(Delivery)) == 0


def test_a_test_message_is_signed_and_enables_a_disabled_receiver(
    client: httpx.Client, database: Database, receiver: str
) -> None:
    from standardwebhooks import Webhook

    made = added(client, url=receiver)
    with database.write() as connection:
        connection.execute(update(Endpoint).values(state="disabled", reason="410", failures=9))
    answer = client.post(f"{PATH}/{made['endpoint_id']}/test").json()
    assert answer["delivered"] is True
    assert answer["said"].startswith("answered 204 in ")
    (message,) = RECEIVED
    assert message["body"]["type"] == "endpoint.test"
    assert "Webhook-Id" in {name.title() for name in message["headers"]}
    assert Webhook(made["secret"])
    shown = client.get(f"{PATH}/{made['endpoint_id']}").json()
    assert (shown["state"], shown["failures"]) == ("active", 0)


def test_a_test_message_that_nobody_takes_is_told(client: httpx.Client) -> None:
    endpoint = added(client)["endpoint_id"]
    answer = client.post(f"{PATH}/{endpoint}/test")
    assert answer.status_code == 200
    assert answer.json()["delivered"] is False
    assert answer.json()["said"]


def test_a_disabled_receiver_is_enabled(client: httpx.Client, database: Database) -> None:
    endpoint = added(client)["endpoint_id"]
    with database.write() as connection:
        connection.execute(update(Endpoint).values(state="disabled", reason="410"))
    answer = client.post(f"{PATH}/{endpoint}/enable").json()
    assert (answer["state"], answer["reason"]) == ("active", None)


def test_a_secret_rotates_and_the_old_one_signs_on_for_a_while(
    client: httpx.Client, database: Database
) -> None:
    made = added(client)
    answer = client.post(f"{PATH}/{made['endpoint_id']}/rotate-secret", json={"keep_old_hours": 2})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["secret"] != made["secret"]
    with database.read() as connection:
        stored = find_endpoint(connection, made["endpoint_id"])
    assert stored is not None
    assert stored.old_secret is not None
    box = SecretBox("a key")
    assert box.open(stored.secret) == answer.json()["secret"]
    assert box.open(stored.old_secret) == made["secret"]
    assert stored.old_secret_until == NOW + timedelta(hours=2)


def test_deliveries_are_listed_newest_first_and_sent_again(
    client: httpx.Client, database: Database
) -> None:
    endpoint = added(client)["endpoint_id"]
    numbers = [waiting(database, endpoint, state="dead", next_at=None) for _ in range(3)]
    path = f"{PATH}/{endpoint}/deliveries"
    first = client.get(path, params={"limit": 2}).json()
    rest = client.get(path, params={"limit": 2, "cursor": first["next"]}).json()
    assert [row["delivery"] for row in first["items"] + rest["items"]] == numbers[::-1]
    assert rest["next"] is None
    assert client.get(path, params={"state": "pending"}).json()["items"] == []
    assert client.get(path, params={"state": "lost"}).status_code == 400
    again = client.post(f"{PATH}/{endpoint}/replay", json={"deliveries": numbers[:1]})
    assert again.json() == {"replayed": 1}
    assert client.post(f"{PATH}/{endpoint}/replay", json={"dead": True}).json() == {"replayed": 2}
    assert client.post(f"{PATH}/{endpoint}/replay", json={}).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", ""), ("PATCH", "/ep_1"), ("DELETE", "/ep_1"), ("POST", "/ep_1/test"),
        ("POST", "/ep_1/enable"), ("POST", "/ep_1/rotate-secret"), ("POST", "/ep_1/replay"),
    ],
)  # fmt: skip
def test_nothing_is_changed_without_the_token(client: httpx.Client, method: str, path: str) -> None:
    for wrong in ("", "Bearer wrong"):
        answer = client.request(method, PATH + path, json={}, headers={"Authorization": wrong})
        assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/ep_1", "/ep_1/deliveries", "/http:%2f%2fx", "/%00"])
def test_there_is_no_receiver_that_was_not_added(client: httpx.Client, path: str) -> None:
    assert client.get(PATH + path).status_code == 404
