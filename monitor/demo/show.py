"""The demo's run: press world, monitor and webhook receiver, wired and turned."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.settings import Settings, load_settings
from monitor.daemon import utc_now
from monitor.delivery.signing import new_secret
from monitor.demo.server import PressWorld, Receiver, serve
from monitor.demo.world import ROUNDS
from monitor.running import run_daemon, run_once
from storage.endpoints import Subscription, add_endpoint, list_endpoints
from storage.engine import open_database
from storage.feeds import NewFeed, add_feeds
from storage.migrate import upgrade
from storage.secrets_box import SecretBox
from storage.statistics import count_everything

_ENDPOINT = "ep_demo"
BANNER = (
    "This is the demo: its outlets, articles and statements are invented. "
    "Nobody named here said any of it."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a demo of all rounds came to."""

    counts: dict[str, int]
    messages: int
    refused: int


@dataclass(frozen=True, slots=True)
class _Stage:
    settings: Settings
    world: PressWorld
    receiver: Receiver


@contextmanager
def _stage(database: str | None, on_message: Callable[[dict[str, Any]], None]) -> Iterator[_Stage]:
    """The press world on loopback, and settings of a monitor that watches it and nothing else."""
    world, receiver = PressWorld(), Receiver(new_secret(), on_message)
    with (
        tempfile.TemporaryDirectory(prefix="nafta-monitor-demo-") as folder,
        serve(world, receiver) as port,
    ):
        here = (f"127.0.0.1:{port}",)
        settings = load_settings(
            Path(os.devnull),
            {},
            {
                ("database", "url"): database or f"sqlite:///{folder}/demo.db",
                ("fetch", "allow_private"): here,
                ("fetch", "host_delay"): 0,
                ("fetch", "host_connections"): 8,
                ("feeds", "min_interval"): 2,
                ("feeds", "max_interval"): 4,
                ("webhooks", "allow_private"): here,
                ("log", "level"): "warning",
            },
        )
        _set_up(settings, world, receiver)
        yield _Stage(settings, world, receiver)


def _set_up(settings: Settings, world: PressWorld, receiver: Receiver) -> None:
    store = open_database(settings.database.url.get_secret_value())
    try:
        upgrade(store)
        with store.write() as connection:
            add_feeds(
                connection,
                [
                    NewFeed(
                        url=f"{world.base}/{outlet.id}/feed",
                        title=outlet.name,
                        outlet=outlet.name,
                        lang=outlet.lang,
                        zone=outlet.zone,
                    )
                    for outlet in world.outlets
                ],
                interval=settings.feeds.min_interval,
                now=utc_now(),
            )
            if not list_endpoints(connection):
                add_endpoint(
                    connection,
                    endpoint_id=_ENDPOINT,
                    url=f"{world.base}/hook",
                    secret=SecretBox(None).seal(receiver.secret),
                    subscription=Subscription(),
                    now=utc_now(),
                )
    finally:
        store.close()


def show_once(database: str | None, on_message: Callable[[dict[str, Any]], None]) -> Shown:
    """Play all rounds of news through the monitor, then stop."""
    with _stage(database, on_message) as stage:
        for number in range(1, ROUNDS + 1):
            stage.world.round = number
            asyncio.run(run_once(stage.settings))
        store = open_database(stage.settings.database.url.get_secret_value())
        try:
            with store.read() as connection:
                counts = count_everything(connection)
        finally:
            store.close()
        return Shown(counts, len(stage.receiver.seen), stage.receiver.refused)


def show(
    database: str | None,
    *,
    host: str,
    port: int,
    seconds_a_round: float,
    on_ready: Callable[[str | None], None],
    on_round: Callable[[int], None],
    on_message: Callable[[dict[str, Any]], None],
) -> None:
    """Run the monitor on the press world, a round of news at a time, until told to stop."""

    async def play(stage: _Stage) -> None:
        editor = asyncio.create_task(_publish(stage.world, seconds_a_round, on_round))
        try:
            await run_daemon(
                stage.settings, web=True, host=host, port=port, on_ready=on_ready, banner=BANNER
            )
        finally:
            editor.cancel()
            with suppress(asyncio.CancelledError):
                await editor

    with _stage(database, on_message) as stage:
        asyncio.run(play(stage))


async def _publish(world: PressWorld, seconds: float, on_round: Callable[[int], None]) -> None:
    for number in range(2, ROUNDS + 1):
        await asyncio.sleep(seconds)
        world.round = number
        on_round(number)
