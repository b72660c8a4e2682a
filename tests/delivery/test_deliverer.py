"""Sending: what an endpoint answers, and what becomes of the delivery and of the endpoint."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from storage.deliveries import list_deliveries, replay
from storage.endpoints import enable_endpoint, remove_endpoint, update_endpoint
from storage.errors import UnreachableError
from tests.delivery.posting import OVER, Desk
from tests.serving import Answer, Connection, Reply, Request, Server, drip, endless, garbage
from tests.serving import hang as hanging
from tests.serving import reset as resetting

DAY = 86_400.0


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_is_delivered(desk: Desk, server: Server, status: int) -> None:
    desk.subscribe(server.on("/", Reply(status)))
    desk.tell()
    assert desk.deliver() == ["delivered"]
    assert desk.due() == []


@pytest.mark.parametrize(
    "status", [301, 302, 307, 308, 400, 401, 403, 404, 409, 422, 500, 501, 502, 503, 504]
)
def test_any_other_status_is_tried_again(desk: Desk, server: Server, status: int) -> None:
    target = server.on("/elsewhere", Reply(200))
    endpoint = desk.subscribe(server.on("/", Reply(status, b"no", {"location": target})))
    desk.tell()
    assert desk.deliver() == ["later"]
    assert desk.deliver() == []
    assert server.asked("/elsewhere") == []
    assert str(status) in (desk.endpoint(endpoint).last_error or "")


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (hanging, "did not answer"),
        (drip(0.02), "did not answer"),
        (drip(0.02, b"HTTP/1.1 200 OK\r\nx: "), "did not answer"),
        (resetting, "could not be reached"),
        (garbage, "could not be reached"),
        (lambda _, connection: connection.send(b""), "could not be reached"),
        (Reply(200, headers={"content-length": "banana"}), "could not be reached"),
    ],
    ids=["hang", "drip", "drip headers", "reset", "garbage", "close", "length"],
)
def test_no_answer_is_a_failed_attempt(
    desk: Desk, server: Server, answer: Answer, word: str
) -> None:
    desk.policy = replace(desk.policy, timeout=0.3 if "answer" in word else 20.0)
    desk.subscribe(server.on("/", answer))
    desk.tell()
    assert desk.deliver() == ["later"]
    (attempt,) = desk.rows("SELECT status, error FROM attempt")
    assert attempt["status"] is None
    assert word in attempt["error"]


def test_a_closed_port_is_a_failed_attempt(desk: Desk, closed_url: str) -> None:
    desk.subscribe(closed_url)
    desk.tell()
    assert desk.deliver() == ["later"]


def test_the_schedule_is_kept_and_then_the_delivery_is_dead(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    desk.subscribe(server.on("/", Reply(500)))
    desk.tell()
    assert desk.deliver() == ["later"]
    for seconds in desk.policy.retry_schedule:
        desk.wait(0.79 * seconds)
        assert desk.due() == []
        desk.wait((OVER - 0.79) * seconds)
        assert len(desk.due()) == 1
        last = desk.deliver()
    assert last == ["dead"]
    desk.wait(10 * DAY)
    assert desk.due() == []
    assert len(server.requests) == 1 + len(desk.policy.retry_schedule)


@pytest.mark.parametrize(
    ("status", "retry_after", "earliest", "latest"),
    [
        (429, "120", 120, 120),
        (503, "120", 120, 120),
        (429, None, 60, 60),
        (503, None, 60, 60),
        (502, "-5", 60, 60),
        (429, "banana", 60, 60),
        (429, "0", 60, 60),
        (429, "9999999999", DAY, DAY),
        (500, "120", 120, 120),
        (500, "1", 4, 6),
    ],
)
def test_retry_after_is_kept_within_reason(
    desk: Desk,
    server: Server,
    status: int,
    retry_after: str | None,
    earliest: float,
    latest: float,
) -> None:
    headers = {"retry-after": retry_after} if retry_after else {}
    desk.subscribe(server.on("/", Reply(status, headers=headers), Reply(200)))
    desk.tell()
    desk.deliver()
    desk.wait(earliest - 1)
    assert desk.due() == []
    desk.wait(latest - earliest + 2)
    assert desk.deliver() == ["delivered"]


def test_a_date_to_retry_after_is_kept(desk: Desk, server: Server) -> None:
    date = format_datetime(desk.now + timedelta(seconds=600), usegmt=True)
    desk.subscribe(server.on("/", Reply(503, headers={"retry-after": date}), Reply(200)))
    desk.tell()
    desk.deliver()
    desk.wait(590)
    assert desk.due() == []
    desk.wait(20)
    assert desk.deliver() == ["delivered"]


def test_an_overloaded_endpoint_gets_nothing_for_a_while(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    desk.subscribe(server.on("/", Reply(429), Reply(200)))
    for number in range(5):
        desk.tell("quote.new", f"ev{number}")
    # What was asked for before the answer came is not sent either.
    assert desk.deliver() == ["later"] * 5
    assert len(server.requests) == 1
    desk.wait(30)
    assert desk.due() == []
    desk.wait(31)
    assert desk.deliver() == ["delivered"] * 5


def test_410_disables_at_once(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    endpoint = desk.subscribe(server.on("/", Reply(410)))
    desk.tell("quote.new", "ev1")
    desk.tell("quote.new", "ev2")
    desk.deliver()
    assert len(server.requests) == 1
    assert desk.states() == ["dead", "pending"]
    found = desk.endpoint(endpoint)
    assert (found.state, found.reason) == ("disabled", "it answered 410 Gone")
    desk.wait(DAY)
    assert desk.due() == []


def test_of_one_event_the_later_change_waits(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    desk.subscribe(server.on("/", Reply(500), Reply(200)))
    desk.tell("deadline.new", "ev1")
    desk.tell("quote.new", "ev2")
    desk.deliver(desk.due()[:1])
    desk.tell("deadline.moved", "ev1")
    desk.deliver()
    assert desk.states() == ["pending", "delivered", "pending"]
    desk.wait(OVER * 5)
    desk.deliver()
    desk.deliver()
    assert desk.states() == ["delivered"] * 3
    first, _, again, moved = server.requests
    assert first.body == again.body
    assert b"deadline.moved" in moved.body


def test_after_a_dead_change_the_next_one_goes(desk: Desk, server: Server) -> None:
    desk.policy = replace(desk.policy, retry_schedule=(1.0,))
    desk.subscribe(server.on("/", Reply(500), Reply(500), Reply(200)))
    desk.tell("deadline.new", "ev1")
    desk.tell("deadline.moved", "ev1")
    desk.deliver()
    desk.wait(2)
    assert desk.deliver() == ["dead"]
    assert desk.deliver() == ["delivered"]


def test_a_failing_endpoint_gets_one_probe_at_a_time(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    endpoint = desk.subscribe(server.on("/", *[Reply(500)] * 7, Reply(200)))
    for number in range(20):
        desk.tell("quote.new", f"ev{number}")
    desk.deliver()
    assert len(server.requests) == 5
    assert desk.endpoint(endpoint).failures == 5
    assert desk.due() == []
    desk.wait(OVER * 5)
    assert len(desk.due()) == 1
    desk.deliver()
    desk.wait(OVER * 60)
    assert len(desk.due()) == 1
    desk.deliver()
    desk.wait(OVER * 300)
    assert desk.deliver() == ["delivered"]
    assert len(desk.due()) == 19
    # The backlog is released oldest first, in the order of the changes that never were tried.
    assert set(desk.deliver()) == {"delivered"}
    assert desk.endpoint(endpoint).failures == 0


def test_an_endpoint_that_is_down_for_a_day_costs_few_requests_and_loses_nothing(
    desk: Desk, server: Server
) -> None:
    desk.policy = replace(
        desk.policy,
        retry_schedule=(5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400),
    )
    endpoint = desk.subscribe(server.on("/", Reply(500)))
    for hour in range(24):
        for minute in (0, 30):
            desk.tell("quote.new", f"ev{hour}.{minute}")
            desk.deliver()
            desk.wait(1800)
    assert len(server.requests) < 25
    assert desk.endpoint(endpoint).state == "active"
    server.on("/", Reply(200))
    desk.wait(2 * DAY)
    while desk.due():
        desk.deliver()
    assert desk.states() == ["delivered"] * 48


@pytest.fixture
def five_days_down(any_desk: Desk, closed_url: str) -> Callable[[int], Desk]:
    """A desk after more than five days with a dead endpoint and so many messages a day."""

    def down(messages_a_day: int) -> Desk:
        any_desk.policy = replace(
            any_desk.policy,
            retry_schedule=(5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400),
        )
        any_desk.subscribe(closed_url)
        for step in range(30):
            if step * messages_a_day % 4 < messages_a_day:
                any_desk.tell("quote.new", f"ev{step}")
            any_desk.deliver()
            any_desk.wait(DAY / 4)
        return any_desk

    return down


def test_an_endpoint_that_is_down_for_five_days_is_disabled(
    five_days_down: Callable[[int], Desk],
) -> None:
    desk = five_days_down(4)
    (row,) = desk.rows("SELECT state, reason FROM endpoint")
    assert row["state"] == "disabled"
    assert "120 hours" in row["reason"]
    attempts = desk.rows("SELECT id FROM attempt")
    desk.wait(30 * DAY)
    desk.tell("quote.new", "later")
    assert desk.deliver() == []
    assert desk.rows("SELECT id FROM attempt") == attempts
    assert "pending" in desk.states()


def test_an_endpoint_with_few_messages_is_not_disabled(
    five_days_down: Callable[[int], Desk],
) -> None:
    desk = five_days_down(1)
    assert desk.rows("SELECT state FROM endpoint") == [{"state": "active"}]


def test_an_endpoint_that_is_enabled_again_gets_what_waited(desk: Desk, server: Server) -> None:
    endpoint = desk.subscribe(server.on("/", Reply(410), Reply(200)))
    desk.tell("quote.new", "ev1")
    desk.deliver()
    desk.tell("quote.new", "ev2")
    with desk.database.write() as connection:
        enable_endpoint(connection, endpoint.id)
    assert desk.deliver() == ["delivered"]
    assert b"ev2" in server.requests[1].body or len(server.requests) == 2


def test_replay_sends_the_same_ids_and_bodies(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    desk.subscribe(server.on("/", Reply(200)))
    for number in range(3):
        desk.tell("quote.new", f"ev{number}")
    desk.deliver()
    since = desk.now - timedelta(days=1)
    for _ in range(2):
        desk.wait(60)
        with desk.database.write() as connection:
            assert replay(connection, endpoint=None, now=desk.now, since=since) == 3
        assert desk.deliver() == ["delivered"] * 3
    sent = [(request.headers["webhook-id"], request.body) for request in server.requests]
    assert sent[:3] == sent[3:6] == sent[6:]
    assert len(set(sent)) == 3


def test_replay_of_the_dead_takes_no_others(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    desk.policy = replace(desk.policy, retry_schedule=(1.0,))
    endpoint = desk.subscribe(server.on("/", Reply(200), Reply(500), Reply(500), Reply(200)))
    desk.tell("quote.new", "ev1")
    desk.deliver()
    desk.tell("quote.new", "ev2")
    desk.deliver()
    desk.wait(2)
    assert desk.deliver() == ["dead"]
    with desk.database.write() as connection:
        assert replay(connection, endpoint=endpoint.id, now=desk.now, dead=True) == 1
    assert desk.deliver() == ["delivered"]


def test_replay_of_a_time_leaves_out_what_was_cancelled(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/", Reply(200)))
    desk.tell()
    since = desk.now - timedelta(days=1)
    with desk.database.write() as connection:
        update_delivery(connection, "cancelled")
        assert replay(connection, endpoint=None, now=desk.now, since=since) == 0
        assert replay(connection, endpoint=None, now=desk.now, ids=[1]) == 1


def update_delivery(connection: Any, state: str) -> None:
    from sqlalchemy import update

    from storage.models import Delivery

    connection.execute(update(Delivery).values(state=state, next_at=None))


def test_what_was_taken_but_not_noted_is_sent_again_the_same(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe(server.on("/", Reply(200)))
    desk.tell()

    async def fail(*_: object) -> None:
        raise UnreachableError("The database is away.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.writer, "run", fail)
        with pytest.raises(UnreachableError):
            desk.deliver()
    desk.wait(60)
    assert desk.deliver() == ["delivered"]
    one, other = server.requests
    assert (one.headers["webhook-id"], one.body) == (other.headers["webhook-id"], other.body)
    assert one.headers["webhook-timestamp"] != other.headers["webhook-timestamp"]


def test_a_private_endpoint_is_refused(desk: Desk, server: Server) -> None:
    desk.policy = replace(desk.policy, allow_private=False)
    endpoint = desk.subscribe(server.on("/", Reply(200)))
    desk.tell()
    assert desk.deliver() == ["later"]
    assert "not a public web address" in (desk.endpoint(endpoint).last_error or "")
    assert server.connections == 0


@pytest.mark.parametrize("url", ["ftp://a.example/", "http://[::1", "http://a.example:99999/", "x"])
def test_an_address_that_is_no_address_is_a_failed_attempt(desk: Desk, url: str) -> None:
    desk.subscribe(url)
    desk.tell()
    assert desk.deliver() == ["later"]


def test_of_an_answer_no_more_is_read_than_is_kept(desk: Desk, server: Server) -> None:
    sent: list[int] = []

    def flood(request: Request, connection: Connection) -> None:
        try:
            endless(b"x" * 1000)(request, connection)  # type: ignore[operator]  # it is no Reply
        finally:
            sent.append(connection.sent)

    desk.subscribe(server.on("/", flood))
    desk.tell()
    assert desk.deliver() == ["delivered"]
    (attempt,) = desk.rows("SELECT response FROM attempt")
    assert attempt["response"] == "x" * 4096


def test_an_answer_of_odd_bytes_is_kept_as_text(any_desk: Desk, server: Server) -> None:
    any_desk.subscribe(server.on("/", Reply(500, b"\x00\xff\xfe\xed\xa0\x80")))
    any_desk.tell()
    assert any_desk.deliver() == ["later"]


def test_no_cookie_is_sent_back(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/", Reply(200, headers={"set-cookie": "a=b; Path=/"})))
    desk.tell("quote.new", "ev1")
    desk.tell("quote.new", "ev2")
    desk.deliver()
    assert [request.headers.get("cookie") for request in server.requests] == [None, None]


def test_one_connection_carries_many_messages(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/", Reply(200, b"thanks")))
    for number in range(20):
        desk.tell("quote.new", f"ev{number}")
    desk.deliver()
    assert (len(server.requests), server.connections) == (20, 1)


def test_an_endpoint_that_is_removed_meanwhile_is_no_fault(any_desk: Desk, server: Server) -> None:
    desk = any_desk

    def remove(_: Request, connection: Connection) -> None:
        with desk.database.write() as writing:
            remove_endpoint(writing, endpoint.id)
        connection.send(Reply(200).rendered())

    endpoint = desk.subscribe(server.on("/", remove))
    desk.tell()
    assert desk.deliver() == ["gone"]
    assert desk.states() == []


def test_a_delivery_that_is_cancelled_meanwhile_stays_cancelled(desk: Desk, server: Server) -> None:
    def cancel(_: Request, connection: Connection) -> None:
        with desk.database.write() as writing:
            update_delivery(writing, "cancelled")
        connection.send(Reply(500).rendered())

    desk.subscribe(server.on("/", cancel))
    desk.tell()
    desk.deliver()
    assert desk.rows("SELECT state, next_at FROM delivery") == [
        {"state": "cancelled", "next_at": None}
    ]


def test_an_endpoint_that_is_disabled_by_hand_gets_nothing(desk: Desk, server: Server) -> None:
    endpoint = desk.subscribe(server.on("/", Reply(200)))
    desk.tell()
    with desk.database.write() as connection:
        update_endpoint(connection, endpoint.id, {"state": "disabled", "reason": "by hand"})
    assert desk.due() == []
    assert desk.deliver([1]) == ["gone"]
    assert server.requests == []


def test_turns_of_fortune_are_logged_once_each_without_secrets(desk: Desk, server: Server) -> None:
    path = "/in?key=hidden"
    server.on(path, Reply(500), Reply(500), Reply(200), Reply(410))
    endpoint = desk.subscribe(server.url(path))
    with capture_logs() as lines:
        for number in range(4):
            desk.tell("quote.new", f"ev{number}")
            desk.deliver(desk.due()[:1])
            desk.wait(100)
    assert [line["event"] for line in lines] == [
        "webhook fails",
        "webhook works again",
        "webhook disabled",
    ]
    assert "hidden" not in repr(lines)
    assert "hidden" not in (desk.endpoint(endpoint).reason or "")


def test_the_log_of_attempts_is_listed_newest_first(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    endpoint = desk.subscribe(server.on("/", Reply(500, b"oh no"), Reply(200, b"fine")))
    desk.tell("quote.new", "ev1")
    desk.tell("quote.new", "ev2")
    desk.deliver()
    with desk.database.read() as connection:
        found = list_deliveries(connection, endpoint=endpoint.id, state=None, limit=10)
        pending = list_deliveries(connection, endpoint=None, state="pending", limit=10)
    assert [(row["status"], row["response"]) for row in found] == [(200, "fine"), (500, "oh no")]
    assert [row["event_id"] for row in pending] == ["ev1"]
