"""Deliveries are read and noted together, and still each gets its own."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from monitor.delivery import Deliverer
from monitor.delivery import deliverer as module
from monitor.delivery.gathering import Gathering
from tests.delivery.posting import Desk
from tests.serving import Reply, Server


def test_what_is_wanted_at_once_is_asked_at_once() -> None:
    asked: list[list[int]] = []

    async def ask(numbers: Sequence[int]) -> list[int]:
        asked.append(list(numbers))
        await asyncio.sleep(0.01)
        return [number * 2 for number in numbers]

    async def run() -> list[int]:
        gathering = Gathering(ask)
        first = [asyncio.create_task(gathering.get(number)) for number in range(3)]
        await asyncio.sleep(0.005)
        late = [asyncio.create_task(gathering.get(number)) for number in range(3, 6)]
        answers = await asyncio.gather(*first, *late)
        await gathering.finish()
        return answers

    assert asyncio.run(run()) == [0, 2, 4, 6, 8, 10]
    assert asked == [[0, 1, 2], [3, 4, 5]]


def test_who_gives_up_does_not_hinder_the_others() -> None:
    async def ask(numbers: Sequence[int]) -> Sequence[int]:
        await asyncio.sleep(0.01)
        return numbers

    async def run() -> int:
        gathering = Gathering(ask)
        gone = asyncio.create_task(gathering.get(1))
        stays = asyncio.create_task(gathering.get(2))
        await asyncio.sleep(0)
        gone.cancel()
        return await stays

    assert asyncio.run(run()) == 2


def test_an_error_reaches_all_who_asked_and_no_later_one() -> None:
    async def ask(numbers: Sequence[int]) -> Sequence[int]:
        if 1 in numbers:
            raise ValueError("no")
        return numbers

    async def run() -> list[Any]:
        gathering = Gathering(ask)
        tasks = [gathering.get(1), gathering.get(2)]
        failed = await asyncio.gather(*tasks, return_exceptions=True)
        return [*failed, await gathering.get(3)]

    *failed, later = asyncio.run(run())
    assert [type(one) for one in failed] == [ValueError, ValueError]
    assert later == 3


def deliver_at_once(desk: Desk) -> list[str]:
    async def run() -> list[Any]:
        async with Deliverer(
            desk.database, desk.writer, desk.policy, now=lambda: desk.now
        ) as deliverer:
            tasks = [deliverer.deliver(id) for id in desk.due()]
            return await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(run())


def test_fates_of_what_is_delivered_at_once_are_not_mixed_up(
    any_desk: Desk, server: Server
) -> None:
    for name, status in (("good", 204), ("bad", 500), ("gone", 410)):
        any_desk.subscribe(server.on(f"/{name}", Reply(status)))
    for number in range(4):
        any_desk.tell("quote.new", f"q_{number}")
    said = sorted(deliver_at_once(any_desk))
    assert said == ["dead"] * 4 + ["delivered"] * 4 + ["later"] * 4
    rows = any_desk.rows(
        "SELECT e.url, e.failures, e.state, d.state AS fate, d.attempts, a.status "
        "FROM delivery d JOIN endpoint e ON e.id = d.endpoint_id "
        "JOIN attempt a ON a.delivery_id = d.id"
    )
    found = {(row["url"].rpartition("/")[2], *list(row.values())[1:]) for row in rows}
    assert found == {
        ("good", 0, "active", "delivered", 1, 204),
        ("bad", 4, "active", "pending", 1, 500),
        ("gone", 4, "disabled", "dead", 1, 410),
    }


def test_what_cannot_be_noted_costs_its_neighbours_nothing(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe(server.on("/", Reply(204)))
    for number in range(3):
        desk.tell("quote.new", f"q_{number}")
    note = module.note_attempts

    def fail_of_second(connection: Any, notes: Any) -> None:
        if any(id == 2 for id, *_ in notes):
            raise ValueError("a fault of ours")
        note(connection, notes)

    monkeypatch.setattr(module, "note_attempts", fail_of_second)
    said = deliver_at_once(desk)
    assert [one if isinstance(one, str) else type(one) for one in said] == [
        "delivered",
        ValueError,
        "delivered",
    ]
    assert desk.states() == ["delivered", "pending", "delivered"]


def test_a_redirect_to_nowhere_is_told_by_its_status(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/", Reply(302, headers={"location": "http://[::1"})))
    desk.tell()
    assert desk.deliver() == ["later"]
    assert desk.rows("SELECT status FROM attempt") == [{"status": 302}]
