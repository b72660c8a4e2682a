"""The demo beside a daemon that can reach no feed and has nothing to show yet."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.request import urlopen

import click
from sqlalchemy import exists, func, select

from monitor.services import Services
from monitor.serving import free_port
from storage.models import Article, Feed

# How long feeds have to answer before an empty page is worse than the demo. Where most have been
# tried in vain, the rest (which wait for their turn at a host) are not waited for.
_PATIENCE_SECONDS = 6.0
_MOST = 0.7
_LOOK_SECONDS = 0.25


class OfflineDemo:
    """Watches the first round of polls and starts ``nafta-monitor demo`` if all of it fails."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._url: str | None = None

    def url(self) -> str | None:
        """The demo's page, once it answers."""
        return self._url

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch meanwhile; the demo ends with the daemon."""
        task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        if not await self._nothing_reached():
            return
        port = free_port()
        url = f"http://127.0.0.1:{port}/"
        click.echo(
            f"No feed can be reached and nothing is stored yet; the demo is at {url}", err=True
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "monitor", "demo", "--port", str(port), "--quiet"
        )
        try:
            while process.returncode is None and self._url is None:
                await asyncio.sleep(_LOOK_SECONDS)
                if await asyncio.to_thread(_answers, url):
                    self._url = url
            await process.wait()
        finally:
            self._url = None
            if process.returncode is None:
                process.terminate()
                await process.wait()

    async def _nothing_reached(self) -> bool:
        """Whether no feed answered in the first round, and nothing is stored."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _PATIENCE_SECONDS
        while True:
            feeds, polled, reached, stored = await asyncio.to_thread(self._counts)
            if reached or stored:
                return False
            if (feeds and polled >= _MOST * feeds) or loop.time() >= until:
                return True
            await asyncio.sleep(_LOOK_SECONDS)

    def _counts(self) -> tuple[int, int, int, bool]:
        with self._services.database.read() as connection:
            feeds, polled, reached = connection.execute(
                select(func.count(), func.count(Feed.last_polled_at), func.count(Feed.last_ok_at))
            ).one()
            stored = connection.scalar(select(exists().where(Article.revision > 0)))
        return feeds, polled, reached, bool(stored)


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}healthz", timeout=1) as answer:  # noqa: S310 — loopback, our own
            return bool(answer.status == 200)
    except OSError:
        return False
