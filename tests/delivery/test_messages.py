"""The message itself: id, body, signatures, secrets at rest."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from monitor.delivery.message import MAX_BODY, message_of
from monitor.delivery.signing import checked_secret, new_secret, signature, signature_header
from monitor.errors import UsageError
from storage.endpoints import update_endpoint
from storage.secrets_box import SecretBox
from tests.delivery.posting import OTHER_SECRET, OVER, SECRET, Desk
from tests.serving import Reply, Server

AT = datetime(2018, 3, 28, 15, 0, tzinfo=UTC)


def verified(server: Server, secret: str = SECRET) -> list[object]:
    """The messages that the receiver got, each verified by the standard's own package."""
    return [
        Webhook(secret).verify(request.body, dict(request.headers)) for request in server.requests
    ]


def test_a_message_verifies_with_the_standards_package(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/", Reply(204)))
    desk.tell("quote.new", "ev1", text="« L’accord » — señal")
    assert desk.deliver() == ["delivered"]
    (message,) = verified(server)
    assert message == {
        "type": "quote.new",
        "timestamp": desk.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "data": {"text": "« L’accord » — señal", "seq": 1},
    }
    (request,) = server.requests
    assert request.method == "POST"
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert request.headers["user-agent"].startswith("nafta-monitor/")
    assert "." not in request.headers["webhook-id"]


def test_another_secret_does_not_verify(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/", Reply(204)))
    desk.tell()
    desk.deliver()
    with pytest.raises(WebhookVerificationError):
        verified(server, OTHER_SECRET)


def test_a_retry_has_the_same_id_and_body_and_a_new_time(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/", Reply(500), Reply(500), Reply(200)))
    desk.tell()
    for seconds in (0, 5, 60):
        desk.wait(OVER * seconds)
        desk.deliver()
    assert desk.states() == ["delivered"]
    assert len(verified(server)) == 3
    assert len({request.headers["webhook-id"] for request in server.requests}) == 1
    assert len({request.body for request in server.requests}) == 1
    assert len({request.headers["webhook-timestamp"] for request in server.requests}) == 3


def test_all_endpoints_get_the_same_message(desk: Desk, server: Server) -> None:
    for path in ("/a", "/b"):
        desk.subscribe(server.on(path, Reply(200)))
    desk.tell()
    assert desk.deliver() == ["delivered", "delivered"]
    one, other = server.requests
    assert (one.headers["webhook-id"], one.body) == (other.headers["webhook-id"], other.body)


def test_two_changes_of_an_event_are_two_messages(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/", Reply(500), Reply(200)))
    desk.tell("deadline.new", due="May 1")
    desk.deliver()
    desk.tell("deadline.moved", due="May 15")
    desk.wait(OVER * 5)
    assert desk.deliver() == ["delivered"]
    assert desk.deliver() == ["delivered"]
    first, again, second = server.requests
    assert first.body == again.body
    assert json.loads(first.body)["data"]["due"] == "May 1"
    assert json.loads(second.body)["data"]["due"] == "May 15"
    assert first.headers["webhook-id"] != second.headers["webhook-id"]


def test_while_a_secret_rotates_both_sign(desk: Desk, server: Server) -> None:
    endpoint = desk.subscribe(server.on("/", Reply(200)))
    rotated = {
        "secret": OTHER_SECRET,
        "old_secret": SECRET,
        "old_secret_until": desk.now + timedelta(hours=24),
    }
    with desk.database.write() as connection:
        update_endpoint(connection, endpoint.id, rotated)
    desk.tell()
    desk.deliver()
    assert verified(server, OTHER_SECRET)
    assert verified(server, SECRET)
    assert len(server.requests[0].headers["webhook-signature"].split(" ")) == 2


def test_after_the_rotation_the_new_secret_signs_alone(desk: Desk, server: Server) -> None:
    endpoint = desk.subscribe(server.on("/", Reply(200)))
    rotated = {
        "secret": OTHER_SECRET,
        "old_secret": SECRET,
        "old_secret_until": desk.now - timedelta(seconds=1),
    }
    with desk.database.write() as connection:
        update_endpoint(connection, endpoint.id, rotated)
    desk.tell()
    desk.deliver()
    assert verified(server, OTHER_SECRET)
    assert len(server.requests[0].headers["webhook-signature"].split(" ")) == 1


def test_a_secret_is_sealed_at_rest_and_signs_all_the_same(desk: Desk, server: Server) -> None:
    desk.policy = replace(desk.policy, secret_key="a long random text")
    sealed = SecretBox("a long random text").seal(SECRET)
    desk.subscribe(server.on("/", Reply(200)), secret=sealed)
    (row,) = desk.rows("SELECT secret FROM endpoint")
    assert SECRET.removeprefix("whsec_") not in row["secret"]
    desk.tell()
    assert desk.deliver() == ["delivered"]
    assert verified(server)


@pytest.mark.parametrize("key", [None, "another key"])
def test_without_the_key_the_attempt_fails_and_says_so(
    desk: Desk, server: Server, key: str | None
) -> None:
    desk.policy = replace(desk.policy, secret_key=key)
    endpoint = desk.subscribe(
        server.on("/", Reply(200)), secret=SecretBox("the right key").seal(SECRET)
    )
    desk.tell()
    assert desk.deliver() == ["later"]
    assert "secret_key" in (desk.endpoint(endpoint).last_error or "")
    assert server.requests == []


def test_no_secret_shows_in_a_repr(desk: Desk, server: Server) -> None:
    desk.policy = replace(desk.policy, secret_key="a long random text")
    endpoint = desk.subscribe(server.url())
    assert SECRET not in repr(endpoint)
    assert "a long random text" not in repr(desk.policy)


@given(secret=st.binary(min_size=24, max_size=64), body=st.binary(max_size=200))
def test_every_signature_verifies(secret: bytes, body: bytes) -> None:
    name = f"whsec_{base64.b64encode(secret).decode()}"
    stamp = int(datetime.now(UTC).timestamp())
    assert checked_secret(name) == name
    expected = Webhook(name).sign("evt_1", datetime.fromtimestamp(stamp, UTC), body.hex())
    assert signature(name, "evt_1", stamp, body.hex().encode()) == expected
    both = signature_header([new_secret(), name], "evt_1", stamp, body.hex().encode())
    assert both.split(" ")[1] == expected


@pytest.mark.parametrize(
    "secret",
    ["", "whsec_", "whsec_QUJD", SECRET.removeprefix("whsec_"), "whsec_é", "whsec_" + "QUJD" * 40],
)
def test_a_weak_secret_is_refused_without_being_shown(secret: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_secret(secret)
    assert not secret or secret == "whsec_" or secret not in str(caught.value)


def test_new_secrets_are_good_and_differ() -> None:
    made = {checked_secret(new_secret()) for _ in range(20)}
    assert len(made) == 20


def test_a_message_is_the_same_in_whatever_zone_its_time_is_given() -> None:
    there = AT.astimezone(timezone(timedelta(hours=-5)))
    assert message_of("a.b", AT, 1, "ev1", "{}") == message_of("a.b", there, 1, "ev1", "{}")


def test_a_body_stays_under_its_limit() -> None:
    evidence = [{"text": "x" * 900, "url": f"https://a.example/{n}"} for n in range(100)]
    message = message_of("quote.new", AT, 1, "ev1", json.dumps({"evidence": evidence}))
    assert len(message.body) <= MAX_BODY
    assert json.loads(message.body)["data"]["evidence"][0] == evidence[0]


@pytest.mark.parametrize(
    "data",
    [
        {"text": "😀" * 4000, "context": "😀" * 4000, "truncated": False},
        {"what": "é" * 4000, "context": "é" * 4000, "consequence": "é" * 4000},
        {"what": "a", "history": [{"due": "x" * 100, "seq": n} for n in range(1000)]},
        {"feed_url": "https://a.example/", "last_error": "x" * 50_000},
    ],
    ids=["quote", "deadline", "moves", "feed"],
)
def test_whatever_is_long_is_cut(data: dict[str, Any]) -> None:
    message = message_of("quote.new", AT, 1, "ev1", json.dumps(data))
    assert len(message.body) <= MAX_BODY
    sent = json.loads(message.body)["data"]
    assert sent.keys() == data.keys() | {"seq", "truncated", "more"}
    assert sent["more"] == "/api/v1/events/ev1"
    assert sent.get("truncated", True)
    if "history" in data:
        assert sent["history"][-1] == data["history"][-1]


@pytest.mark.parametrize("text", ["\u0000", "\ud800", "\ufffe", "\u2028", "😀", '"\\'])
def test_every_text_can_be_sent(text: str) -> None:
    message = message_of("quote.new", AT, 1, "ev1", json.dumps({"text": text}))
    assert json.loads(message.body)["data"]["text"] in {text, "\ufffd"}
