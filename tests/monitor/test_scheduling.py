"""Stages: what is due is done, what fails costs itself, what is late is given back."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from monitor import scheduling
from monitor.scheduling import Dispatcher, Due, Stage
from storage.errors import UnreachableError


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """What is logged, instead of logging it."""
    with capture_logs() as lines:
        yield lines


class Work:
    """Items that are due until they are done, as a database has them."""

    def __init__(self, *items: int, hosts: Callable[[int], str] = lambda _: "") -> None:
        self.due = list(items)
        self.hosts = hosts
        self.tried: Counter[int] = Counter()
        self.done: list[int] = []
        self.at_once: Counter[str] = Counter()
        self.most_at_once: Counter[str] = Counter()

    def ask(self, limit: int, in_hand: Collection[int], busy: Collection[str]) -> list[Due[int]]:
        asked = [
            Due(item, self.hosts(item))
            for item in self.due
            if item not in in_hand and self.hosts(item) not in busy
        ]
        return asked[:limit]

    async def run(self, item: int) -> None:
        self.tried[item] += 1
        host = self.hosts(item)
        self.at_once[host] += 1
        self.most_at_once[host] = max(self.most_at_once[host], self.at_once[host])
        try:
            await self.do(item)
        finally:
            self.at_once[host] -= 1
        self.due.remove(item)
        self.done.append(item)

    async def do(self, _: int) -> None:
        await asyncio.sleep(0)

    def stage(self, capacity: int = 4, per_host: int | None = None) -> Stage[int]:
        return Stage("work", self.ask, self.run, capacity, per_host)


def until_idle(*stages: Stage[int], seconds: float = 10.0) -> None:
    async def run() -> None:
        async with asyncio.timeout(seconds):
            await Dispatcher(stages).run_until_idle()

    asyncio.run(run())


def doing(work: Work, action: Callable[[int], Awaitable[object]]) -> Work:
    work.do = action  # type: ignore[method-assign, assignment]  # each test does its own
    return work


def test_everything_due_is_done_once() -> None:
    work = Work(*range(50))
    until_idle(work.stage())
    assert sorted(work.done) == list(range(50))
    assert set(work.tried.values()) == {1}
    assert work.most_at_once[""] <= 4


def test_nothing_due_ends_at_once() -> None:
    until_idle(Work().stage(), Work().stage())


def test_what_one_stage_makes_the_next_one_does() -> None:
    second = Work()

    async def hand_over(item: int) -> None:
        second.due.append(item)

    first = doing(Work(1, 2, 3), hand_over)
    until_idle(second.stage(), first.stage())
    assert sorted(second.done) == [1, 2, 3]


def test_a_host_has_no_more_in_hand_than_its_share() -> None:
    work = Work(*range(40), hosts=lambda item: "slow" if item % 2 else f"host{item}")
    until_idle(work.stage(capacity=8, per_host=2))
    assert work.most_at_once["slow"] == 2
    assert len(work.done) == 40


def test_a_host_that_hangs_does_not_hold_up_others() -> None:
    work = Work(*range(40), hosts=lambda item: "hangs" if item < 20 else "answers")

    async def hang_until_others_are_done(item: int) -> None:
        if item >= 20:
            others.discard(item)
            return
        while others:  # noqa: ASYNC110 — polling is simple, and short
            await asyncio.sleep(0.001)

    others = set(range(20, 40))
    doing(work, hang_until_others_are_done)
    until_idle(work.stage(capacity=4, per_host=2))
    assert len(work.done) == 40


@pytest.mark.usefixtures("no_pause")
def test_an_item_that_raises_costs_itself_alone() -> None:
    async def fail_once(item: int) -> None:
        if item == 3 and work.tried[item] == 1:
            raise RuntimeError("a bug")

    work = doing(Work(*range(10)), fail_once)
    until_idle(work.stage())
    assert set(range(10)) - {3} <= set(work.done)


def test_an_item_that_raises_always_ends_a_single_run(
    logged: list[MutableMapping[str, Any]],
) -> None:
    async def fail(item: int) -> None:
        if item == 3:
            raise RuntimeError("a bug")

    work = doing(Work(*range(10)), fail)
    until_idle(work.stage())
    assert work.due == [3]
    assert [(line["event"], line["item"]) for line in logged] == [("stage failed", 3)]


def test_an_item_that_raises_holds_no_place() -> None:
    """Those that failed wait to be tried again without being counted as under way."""

    async def fail(item: int) -> None:
        if item < 8:
            raise RuntimeError("a bug")

    work = doing(Work(*range(20)), fail)
    until_idle(work.stage(capacity=2), seconds=4.0)
    assert len(work.done) == 12


def test_an_item_that_raised_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "_PAUSE_AFTER_ERROR", 0.01)

    async def fail_twice(item: int) -> None:
        if work.tried[item] < 3:
            raise RuntimeError("a bug")

    work = doing(Work(1), fail_twice)

    async def run() -> None:
        dispatcher = Dispatcher([work.stage()])
        turning = asyncio.create_task(dispatcher.run())
        async with asyncio.timeout(10):
            while not work.done:
                dispatcher.wake()
                await asyncio.sleep(0.005)
        await dispatcher.drain(1.0)
        await turning

    asyncio.run(run())
    assert work.tried[1] == 3


@pytest.mark.usefixtures("no_pause")
@pytest.mark.parametrize("error", [UnreachableError("The database is away."), RuntimeError("bug")])
def test_an_error_in_asking_stops_neither_the_stage_nor_the_others(error: Exception) -> None:
    broken, sound = Work(1, 2), Work(3, 4)
    asked = Counter[str]()

    def ask(*values: Any) -> list[Due[int]]:
        asked["times"] += 1
        if asked["times"] == 1:
            raise error
        return broken.ask(*values)

    stage = broken.stage()
    stage.ask = ask
    until_idle(stage, sound.stage())
    assert sorted(sound.done) == [3, 4]
    assert sorted(broken.done) == [1, 2]


@pytest.mark.usefixtures("no_pause")
def test_a_store_that_fails_is_tried_again() -> None:
    async def fail_once(item: int) -> None:
        if work.tried[item] == 1:
            raise UnreachableError("The database is away.")

    work = doing(Work(1, 2), fail_once)
    until_idle(work.stage())
    assert sorted(work.done) == [1, 2]


def test_draining_waits_for_what_is_quick_and_gives_back_what_is_late() -> None:
    async def take_long(item: int) -> None:
        await asyncio.sleep(0.02 if item == 1 else 60)

    work = doing(Work(1, 2, 3, 4, 5), take_long)

    async def run() -> None:
        dispatcher = Dispatcher([work.stage(capacity=2)])
        turning = asyncio.create_task(dispatcher.run())
        dispatcher.wake()
        while len(work.tried) < 2:  # noqa: ASYNC110 — polling is simple, and short
            await asyncio.sleep(0)
        async with asyncio.timeout(10):
            await dispatcher.drain(1.0)
            await turning
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())
    assert work.done == [1]
    assert work.due == [2, 3, 4, 5]
    assert set(work.tried) == {1, 2}


def test_after_stopping_nothing_new_is_begun() -> None:
    work = Work(1, 2, 3)

    async def run() -> None:
        dispatcher = Dispatcher([work.stage()])
        dispatcher.stop()
        async with asyncio.timeout(5):
            await dispatcher.run()
            await dispatcher.run_until_idle()

    asyncio.run(run())
    assert work.tried == {}
