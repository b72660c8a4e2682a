"""Extraction again over stored articles, with the daemon's own stage."""

from collections.abc import Callable, Collection

from config.settings import Settings
from monitor.daemon import open_services, worker_count
from monitor.locks import AlreadyRunningError, daemon_lock
from monitor.pipeline import extract_article
from monitor.scheduling import Dispatcher, Due, Stage
from storage.articles import due_articles


async def reprocess(settings: Settings, on_article: Callable[[], None]) -> int | None:
    """Take all articles whose extraction is due through it; *on_article* hears of each.

    Returns how many; None where a daemon runs on the database, which does it by itself.
    """
    count = 0
    async with open_services(settings) as services:

        def due(limit: int, in_hand: Collection[int], _: Collection[str]) -> list[Due[int]]:
            with services.database.read() as connection:
                rows = due_articles(connection, "extract", services.now(), limit, exclude=in_hand)
            return [Due(id) for id, _ in rows]

        async def run(article_id: int) -> None:
            nonlocal count
            await extract_article(services, article_id)
            count += 1
            on_article()

        stage = Stage("extract", due, run, capacity=2 * worker_count(settings))
        try:
            with daemon_lock(services.database):
                await Dispatcher([stage]).run_until_idle()
        except AlreadyRunningError:
            return None
    return count
