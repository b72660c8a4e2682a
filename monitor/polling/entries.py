"""What a document's entries are in the store: their identity, and text that it can hold."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from monitor.articles.blocks import text_of_fragment
from monitor.feeds import ParsedEntry
from monitor.fetching.urls import url_key
from storage.columns import storable
from storage.entries import EntryItem, digest

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def newest(entries: Sequence[ParsedEntry], most: int) -> Sequence[ParsedEntry]:
    """As many entries as one poll may bring; those without a date count as new."""
    if len(entries) <= most:
        return entries
    ahead = datetime.max.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.published or ahead, reverse=True)[:most]


def entry_items(entries: Sequence[ParsedEntry]) -> list[EntryItem]:
    """The entries of one document with their identity in the feed.

    An entry is the same by its id where ids are distinct in the document, else by its link, else
    by its title and day.
    """
    ids = Counter(entry.id for entry in entries if entry.id)
    return [
        _item(entry, unique_id=entry.id is not None and ids[entry.id] == 1) for entry in entries
    ]


def _item(entry: ParsedEntry, *, unique_id: bool) -> EntryItem:
    link_key = url_key(entry.link) if entry.link else None
    if unique_id:
        identity = f"id:{entry.id}"
    elif link_key:
        identity = f"link:{link_key}"
    else:
        day = entry.published.date() if entry.published else ""
        identity = f"text:{entry.title}:{day}:{'' if entry.title else entry.summary}"
    return EntryItem(
        key=digest(identity),
        entry_id=_storable(entry.id),
        link=_storable(entry.link),
        link_key=link_key,
        title=_storable(_plain(entry.title)),
        summary=_storable(entry.summary),
        content=_storable(entry.content),
        author=_storable(entry.author),
        published_at=entry.published or entry.updated,
        updated_at=entry.updated,
        published_precision=entry.published_precision,
    )


def _plain(title: str | None) -> str | None:
    """*title* without the markup that some feeds put into it."""
    if title is None or not _TAG.search(title):
        return title
    return " ".join(text_of_fragment(title).split()) or title


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)
