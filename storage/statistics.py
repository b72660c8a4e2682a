"""How much is stored."""

from sqlalchemy import Connection, func, select

from storage.models import (
    Article,
    Change,
    Deadline,
    Delivery,
    Endpoint,
    Entry,
    Event,
    Feed,
    IssueMention,
    Quote,
    Revision,
    Sighting,
    Story,
)

_COUNTED = {
    "feeds": Feed,
    "entries": Entry,
    "articles": Article,
    "revisions": Revision,
    "stories": Story,
    "events": Event,
    "quotes": Quote,
    "deadlines": Deadline,
    "issue mentions": IssueMention,
    "sightings": Sighting,
    "changes": Change,
    "webhook endpoints": Endpoint,
    "deliveries": Delivery,
}


def count_everything(connection: Connection) -> dict[str, int]:
    """The number of rows of each kind, and of articles in each state."""
    counts = {
        name: connection.scalar(select(func.count()).select_from(model)) or 0
        for name, model in _COUNTED.items()
    }
    states = connection.execute(
        select(Article.state, func.count()).group_by(Article.state).order_by(Article.state)
    )
    return counts | {f"articles: {state}": count for state, count in states}
