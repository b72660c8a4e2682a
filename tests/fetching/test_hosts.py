"""Manners towards one host, on a clock that the test moves."""

import asyncio
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any

import pytest

from monitor.fetching import hosts as room
from monitor.fetching.hosts import Hosts


class Clock:
    """Monotonic time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleepers: list[tuple[float, asyncio.Event]] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:
            event = asyncio.Event()
            self.sleepers.append((self.now + seconds, event))
            await event.wait()

    async def run(self, *work: Coroutine[Any, Any, object]) -> None:
        """Let *work* end, moving on to the next waking whenever nothing else can be done."""
        task = asyncio.gather(*work)
        while not task.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if self.sleepers and not task.done():
                self.sleepers.sort(key=lambda sleeper: sleeper[0])
                self.now, event = self.sleepers.pop(0)
                event.set()
        await task


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(room, "time", SimpleNamespace(monotonic=moved.monotonic))
    monkeypatch.setattr(
        room,
        "asyncio",
        SimpleNamespace(sleep=moved.sleep, Semaphore=asyncio.Semaphore, Lock=asyncio.Lock),
    )
    return moved


class Visits:
    """When each visit began, and how many there were at once."""

    def __init__(self, clock: Clock, hosts: Hosts) -> None:
        self.clock, self.hosts = clock, hosts
        self.starts: list[tuple[str, float]] = []
        self.at_once = self.most_at_once = 0

    async def visit(self, host: str, seconds: float = 0.0) -> None:
        async with self.hosts.turn(host):
            self.starts.append((host, self.clock.now - 1000.0))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            await self.clock.sleep(seconds)
            self.at_once -= 1


def test_visits_to_a_host_begin_apart(clock: Clock) -> None:
    visits = Visits(clock, Hosts(connections=4, delay=2.0))
    asyncio.run(clock.run(*(visits.visit("a.example") for _ in range(3))))
    assert visits.starts == [("a.example", 0.0), ("a.example", 2.0), ("a.example", 4.0)]


def test_hosts_do_not_wait_for_each_other(clock: Clock) -> None:
    visits = Visits(clock, Hosts(connections=1, delay=2.0))
    asyncio.run(clock.run(visits.visit("a.example", 50.0), visits.visit("b.example")))
    assert [start for _, start in visits.starts] == [0.0, 0.0]


@pytest.mark.parametrize("connections", [1, 3])
def test_a_host_has_no_more_visitors_than_allowed(clock: Clock, connections: int) -> None:
    visits = Visits(clock, Hosts(connections=connections, delay=0.0))
    asyncio.run(clock.run(*(visits.visit("a.example", 9.0) for _ in range(7))))
    assert visits.most_at_once == connections
    assert len(visits.starts) == 7


def test_a_hosts_own_longer_delay_is_kept(clock: Clock) -> None:
    hosts = Hosts(connections=1, delay=2.0)
    hosts.crawl_delay("a.example", 7.0)
    hosts.crawl_delay("b.example", 0.5)
    hosts.crawl_delay("c.example", 1e9)
    visits = Visits(clock, hosts)
    asyncio.run(clock.run(*(visits.visit(f"{name}.example") for name in "abc" for _ in range(2))))
    assert sorted(visits.starts)[1::2] == [
        ("a.example", 7.0),
        ("b.example", 2.0),
        ("c.example", 30.0),
    ]


@pytest.mark.parametrize(
    ("asked", "parked"), [(0.0, 30.0), (5.0, 30.0), (120.0, 120.0), (1e12, 300.0), (-9.0, 30.0)]
)
def test_a_host_that_has_enough_is_left_alone(clock: Clock, asked: float, parked: float) -> None:
    hosts = Hosts(connections=1, delay=0.0)
    hosts.park("a.example", asked)
    hosts.park("a.example", 0.0)
    visits = Visits(clock, hosts)
    asyncio.run(clock.run(visits.visit("a.example")))
    assert visits.starts == [("a.example", parked)]


def test_after_parking_visits_begin_apart_again(clock: Clock) -> None:
    hosts = Hosts(connections=4, delay=2.0)
    hosts.park("a.example", 60.0)
    visits = Visits(clock, hosts)
    asyncio.run(clock.run(*(visits.visit("a.example") for _ in range(3))))
    assert [start for _, start in visits.starts] == [60.0, 62.0, 64.0]


def test_a_visitor_who_gives_up_leaves_the_place_free(clock: Clock) -> None:
    hosts = Hosts(connections=1, delay=2.0)
    visits = Visits(clock, hosts)

    async def give_up() -> None:
        await visits.visit("a.example")
        task = asyncio.create_task(visits.visit("a.example"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        clock.sleepers.clear()
        await clock.run(visits.visit("a.example"))

    asyncio.run(give_up())
    assert len(visits.starts) == 2


def test_hosts_are_forgotten_when_they_are_many(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_FORGET_OVER", 10)
    hosts = Hosts(connections=1, delay=0.5)
    visits = Visits(clock, hosts)

    async def visit_many() -> None:
        for number in range(200):
            await clock.run(visits.visit(f"{number}.example"))
            clock.now += 1.0

    asyncio.run(visit_many())
    assert len(hosts._hosts) < 20
