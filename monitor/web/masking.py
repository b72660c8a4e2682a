"""Keeping what an address may hold in confidence: passwords, tokens, a webhook's secret path."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

_USER = re.compile(r"(?<=://)[^/?#@\s]*@")
_SECRET_VALUE = re.compile(
    r"([?&;][\w.-]*(?:key|token|secret|passw|auth|sig|hash|session)[\w.-]*=)[^&;#\s]+",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """The *text* with user names and secret parameters of the addresses in it as ``***``."""
    return _SECRET_VALUE.sub(r"\1***", _USER.sub("***@", text))


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
