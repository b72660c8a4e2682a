"""Keeping what an address may hold in confidence: passwords, tokens, a webhook's secret path."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from monitor.masking import masked


def masked_feed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the view ``feeds`` as it may be shown: some feeds are read with a password."""
    hidden = {name: masked(row[name]) for name in ("feed_url", "last_error") if row[name]}
    return {**row, **hidden}


def origin_only(url: str) -> str:
    """The scheme and host of *url*: of a webhook, user, path and query may all be secrets."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    return f"{parts.scheme}://{host}/…"
