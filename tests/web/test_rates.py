"""Nobody far away asks too often; who is near may."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.types import Message

from monitor.web.guard import Guard
from monitor.web.rates import RateLimit
from monitor.web.services import WebServices
from storage.engine import Database

FAR = "203.0.113.9"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_requests_may_come_at_once_and_no_more() -> None:
    clock = Clock()
    rate = RateLimit(60, clock)
    assert [rate.wait(FAR) for _ in range(61)] == [0] * 60 + [1]
    clock.now += 1
    assert [rate.wait(FAR) for _ in range(2)] == [0, 1]
    clock.now += 3600
    assert [rate.wait(FAR) for _ in range(61)].count(0) == 60


def test_the_wait_is_as_long_as_said() -> None:
    clock = Clock()
    rate = RateLimit(2, clock)
    waits = [rate.wait(FAR) for _ in range(3)]
    assert waits == [0, 0, 30]
    clock.now += 29
    assert rate.wait(FAR) == 1
    clock.now += 1
    assert rate.wait(FAR) == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_not_counted(host: str) -> None:
    rate = RateLimit(1, Clock())
    assert [rate.wait(host) for _ in range(5)] == [0] * 5


def test_each_address_counts_by_itself_and_a_network_of_ipv6_as_one() -> None:
    rate = RateLimit(1, Clock())
    assert rate.wait("203.0.113.1") == 0
    assert rate.wait("203.0.113.2") == 0
    assert rate.wait("::ffff:203.0.113.2") > 0
    assert rate.wait("2001:db8:1:2::1") == 0
    assert rate.wait("2001:db8:1:2:ffff::9") > 0
    assert rate.wait("2001:db8:1:3::1") == 0


def test_zero_sets_no_limit() -> None:
    rate = RateLimit(0, Clock())
    assert [rate.wait(FAR) for _ in range(1000)] == [0] * 1000


def test_so_many_addresses_are_remembered_and_no_more() -> None:
    rate = RateLimit(1, Clock())
    for number in range(20_000):
        rate.wait(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")
    assert len(rate._buckets) == 10_000


async def _ask(guard: Guard, path: str, host: str) -> tuple[int, dict[str, str], bytes]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": b"",
        "headers": [(b"host", b"192.0.2.7")], "client": (host, 5),
    }  # fmt: skip
    await guard(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"]


async def _answered(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def test_behind_a_proxy_the_address_that_it_names_is_counted(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    with serving(sqlite_database, rate_limit=2) as client:
        far = {"X-Forwarded-For": f"198.51.100.1, {FAR}"}
        statuses = [client.get("/readyz", headers=far).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert client.get("/readyz").status_code == 200


def test_too_many_requests_are_told_when_to_come_again(
    make_services: Callable[..., WebServices], sqlite_database: Database
) -> None:
    import asyncio

    services = make_services(sqlite_database, host="192.0.2.7", token="correct", rate_limit=2)
    guard = Guard(_answered, services, Clock())

    async def run() -> None:
        # Before the token, so that guessing it is slow.
        assert [(await _ask(guard, "/", FAR))[0] for _ in range(2)] == [401, 401]
        status, headers, body = await _ask(guard, "/", FAR)
        assert (status, headers["retry-after"]) == (429, "30")
        assert headers["content-type"] == "application/problem+json"
        assert headers["x-content-type-options"] == "nosniff"
        assert b'"status":429' in body
        # That it lives, an orchestrator may ask as often as it likes.
        assert (await _ask(guard, "/healthz", FAR))[0] == 200

    asyncio.run(run())
