"""The feeds that packs propose, taken up once."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select

from config.packs import Pack
from monitor.services import Services
from storage.feeds import NewFeed, add_feeds
from storage.models import Feed, Meta

_TAKEN_UP = "pack_feeds"


async def add_pack_feeds(services: Services, packs: Sequence[Pack]) -> None:
    """Have a store without any feed watch those that *packs* propose, the first time it is run.

    A store to which a user added feeds of their own keeps to them (``feeds add --pack`` adds a
    pack's), and what a user removes stays away.
    """
    interval, now = services.settings.feeds.min_interval, services.now()

    def take_up(connection: Connection) -> None:
        if connection.scalar(select(Meta.value).where(Meta.key == _TAKEN_UP)) is not None:
            return
        connection.execute(insert(Meta).values(key=_TAKEN_UP, value=now.isoformat()))
        if connection.scalar(select(func.count()).select_from(Feed)) == 0:
            feeds = [feed for pack in packs for feed in feeds_of(pack)]
            add_feeds(connection, feeds, interval=interval, now=now)

    await services.writer.run(take_up)


def feeds_of(pack: Pack) -> list[NewFeed]:
    """The feeds that *pack* proposes."""
    return [
        NewFeed(
            url=feed.url,
            title=feed.outlet,
            outlet=feed.outlet,
            lang=feed.lang,
            zone=feed.zone,
            folder=feed.folder,
        )
        for feed in pack.feeds
    ]
