"""What look-ups that fail mean: a wrong name, or no network."""

import asyncio
import socket
from typing import Any

import pytest

from monitor.fetching import FetchError, FetchErrorKind
from monitor.fetching.lookups import LookUps, look_up
from monitor.fetching.transport import _resolve


def unknown(*_: Any, **__: Any) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


def kinds(lookups: LookUps, *hosts: str) -> list[FetchErrorKind]:
    async def run() -> list[FetchErrorKind]:
        found = []
        for host in hosts:
            with pytest.raises(FetchError) as caught:
                await _resolve(host, 80, lookups)
            found.append(caught.value.kind)
        return found

    return asyncio.run(run())


def test_one_host_that_nobody_knows_is_to_blame_however_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert set(kinds(LookUps(), *["a.example"] * 10)) == {FetchErrorKind.UNKNOWN_HOST}


def test_many_hosts_that_nobody_knows_are_a_missing_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = kinds(LookUps(), *(f"{n}.example" for n in range(8)))
    assert found[:3] == [FetchErrorKind.UNKNOWN_HOST] * 3
    assert found[3:] == [FetchErrorKind.OFFLINE] * 5


def test_a_name_that_is_found_shows_that_there_is_a_network() -> None:
    lately = LookUps()
    for n in range(20):
        assert not lately.failed(f"{n % 3}.example", unanswered=False)
        lately.worked()


def test_failures_long_ago_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    lately, clock = LookUps(), [0.0]
    monkeypatch.setattr("monitor.fetching.lookups.time.monotonic", lambda: clock[0])
    for n in range(20):
        clock[0] += 100.0
        assert not lately.failed(f"{n}.example", unanswered=False)


def test_look_ups_that_hang_hold_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    release = threading.Event()

    def slow(host: str, *_: Any, **__: Any) -> Any:
        if host == "slow.example":
            release.wait(10)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", slow)

    async def run() -> None:
        hanging = [asyncio.create_task(look_up("slow.example", 80)) for _ in range(20)]
        async with asyncio.timeout(5):
            for _ in range(20):
                await look_up("fast.example", 80)
        assert not any(task.done() for task in hanging)
        release.set()
        await asyncio.gather(*hanging)

    asyncio.run(run())


def test_that_we_are_offline_is_said_once() -> None:
    from structlog.testing import capture_logs

    lately = LookUps()
    with capture_logs() as logged:
        for n in range(9):
            lately.failed(f"{n}.example", unanswered=True)
        lately.worked()
        lately.worked()
    assert [line["event"] for line in logged] == ["offline", "online again"]
