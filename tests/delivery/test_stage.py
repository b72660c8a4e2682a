"""Deliveries under the daemon's own stages: one endpoint's trouble is no other's."""

import asyncio
import threading
from dataclasses import replace
from typing import cast

import pytest

from config.settings import load_settings
from monitor.daemon import build_pipeline
from monitor.delivery import Deliverer
from monitor.fetching import Fetcher
from monitor.metrics import Metrics
from monitor.services import Services
from monitor.workers import WorkerPool
from tests.delivery.posting import Desk
from tests.serving import Connection, Reply, Request, Server

CONNECTIONS = 8


def services_of(desk: Desk) -> Services:
    """Services that can deliver, and nothing else."""
    settings = load_settings(
        environ={}, overrides={("webhooks", "connections"): CONNECTIONS, ("web", "port"): 0}
    )
    return Services(
        settings=settings,
        database=desk.database,
        writer=desk.writer,
        fetcher=cast("Fetcher", None),
        workers=cast("WorkerPool", None),
        metrics=Metrics(),
        issue_names={},
        version="test",
        now=lambda: desk.now,
    )


def run_until_idle(desk: Desk) -> Services:
    """Deliver all that is due, as the daemon does."""
    services = services_of(desk)

    async def run() -> None:
        async with (
            Deliverer(desk.database, desk.writer, desk.policy, now=lambda: desk.now) as deliverer,
            asyncio.timeout(60),
        ):
            await build_pipeline(services, deliverer, polls=[]).dispatcher.run_until_idle()

    asyncio.run(run())
    return services


def test_an_endpoint_that_hangs_does_not_hold_up_others(desk: Desk, server: Server) -> None:
    desk.policy = replace(desk.policy, timeout=20.0, connections=CONNECTIONS)
    all_taken, in_time = threading.Event(), []

    def hang(_: Request, connection: Connection) -> None:
        in_time.append(all_taken.wait(15))
        connection.send(Reply(500).rendered())

    def take(_: Request, connection: Connection) -> None:
        connection.send(Reply(200, headers={"connection": "close"}).rendered())
        if len(server.asked("/ok")) == 30:
            all_taken.set()

    desk.subscribe(server.on("/hangs", hang))
    desk.subscribe(server.on("/ok", take))
    for number in range(30):
        desk.tell("quote.new", f"ev{number}")
    run_until_idle(desk)
    assert len(server.asked("/ok")) == 30
    assert in_time
    assert all(in_time)


@pytest.mark.parametrize("reply", [Reply(429), Reply(500)], ids=["overloaded", "failing"])
def test_an_endpoint_in_trouble_gets_no_more_than_was_under_way(
    desk: Desk, server: Server, reply: Reply
) -> None:
    desk.policy = replace(desk.policy, connections=CONNECTIONS)
    desk.subscribe(server.on("/", reply))
    for number in range(40):
        desk.tell("quote.new", f"ev{number}")
    run_until_idle(desk)
    # Five failures open the breaker; what was under way with them may still end.
    assert len(server.requests) <= 5 + CONNECTIONS // 4
    assert desk.states() == ["pending"] * 40


def test_many_changes_go_over_few_connections(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    desk.policy = replace(desk.policy, connections=CONNECTIONS)
    desk.subscribe(server.on("/", Reply(200)))
    for number in range(60):
        desk.tell("quote.new", f"ev{number}")
    services = run_until_idle(desk)
    assert desk.states() == ["delivered"] * 60
    assert len(server.requests) == 60
    assert server.most_in_flight <= CONNECTIONS // 4
    assert server.connections <= CONNECTIONS
    registry = services.metrics.registry
    name, labels = "nafta_monitor_deliveries_total", {"outcome": "delivered"}
    assert registry.get_sample_value(name, labels) == 60


def test_changes_of_one_event_arrive_in_order(desk: Desk, server: Server) -> None:
    desk.policy = replace(desk.policy, connections=CONNECTIONS)
    desk.subscribe(server.on("/", Reply(200)))
    for number in range(20):
        desk.tell("deadline.updated", f"ev{number % 2}", number=number)
    run_until_idle(desk)
    sent: dict[str, list[int]] = {"ev0": [], "ev1": []}
    for request in server.requests:
        number = int(request.body.partition(b'"number":')[2].partition(b",")[0])
        sent[f"ev{number % 2}"].append(number)
    assert sent == {"ev0": list(range(0, 20, 2)), "ev1": list(range(1, 20, 2))}
