"""Articles that come from an archive, not from a feed."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, insert, or_, select

from storage.articles import PageText, save_page
from storage.models import Article


def is_known(connection: Connection, key: str) -> bool:
    """Whether an article with a text is stored whose address has this *key*."""
    by_address = or_(Article.url_key == key, Article.canonical_key == key)
    chosen = select(Article.id).where(by_address, Article.revision > 0).limit(1)
    return connection.scalar(chosen) is not None


def store_archived(
    connection: Connection, url: str, key: str, page: PageText, now: datetime
) -> bool:
    """Store an archived *page* as the article at *url* and make its extraction due.

    Returns whether it was new: what is stored already is left as it is, so an archive can be
    read again after a stop. *key* is the digest of the address's key.
    """
    if is_known(connection, key):
        return False
    id = connection.scalar(select(Article.id).where(Article.url_key == key))
    if id is None:
        id = connection.execute(
            insert(Article)
            .values(
                article_id=f"a_{key[:20]}",
                url_key=key,
                url=url,
                host=(urlsplit(url).hostname or "")[:255],
                state="fetch",
                outlet=page.outlet,
                title=page.title,
                discovered_at=now,
            )
            .returning(Article.id)
        ).scalar_one()
    return save_page(connection, id, page, now) is not None


def count_due(connection: Connection) -> int:
    """How many articles wait for their extraction."""
    chosen = select(func.count()).where(Article.state == "extract")
    return connection.scalar(chosen) or 0
