"""Polling chosen feeds at a user's word, outside the schedule."""

import asyncio
from collections.abc import Sequence

from sqlalchemy import Connection

from config.settings import Settings
from monitor.daemon import build_pipeline, open_deliverer, open_services, utc_now
from monitor.locks import daemon_lock
from monitor.polling import PollOutcome, poll_feed
from storage.engine import Database
from storage.feeds import update_feed


async def poll_now(
    settings: Settings, feed_ids: Sequence[int], *, feeds_only: bool
) -> list[PollOutcome]:
    """Poll these feeds and, unless *feeds_only*, take what they bring through all stages.

    Raises :class:`monitor.locks.AlreadyRunningError` where a daemon has the database.
    """
    async with open_services(settings) as services:
        with daemon_lock(services.database):
            polled = await asyncio.gather(*(poll_feed(services, id) for id in feed_ids))
            if not feeds_only:
                async with open_deliverer(services) as deliverer:
                    pipeline = build_pipeline(services, deliverer, polls=())
                    await pipeline.dispatcher.run_until_idle()
    return [outcome for outcome in polled if outcome is not None]


def tell_daemon(database: Database, feed_ids: Sequence[int]) -> None:
    """Make these feeds due now; the daemon that runs takes them with its next tick."""

    def due_now(connection: Connection) -> None:
        for feed_id in feed_ids:
            update_feed(connection, feed_id, {"next_poll_at": utc_now()})

    with database.write() as connection:
        due_now(connection)
