"""Rows as JSON."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from starlette.responses import Response


def json_text(value: Any) -> str:
    """The JSON of *value*; times are UTC with a Z, dates ISO."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def json_bytes(value: Any) -> bytes:
    """The JSON of *value*, encoded."""
    # A lone surrogate cannot come from the store; from an address it can.
    return json_text(value).encode("utf-8", "backslashreplace")


def json_response(value: Any, *, status: int = 200) -> Response:
    """*value* as a JSON response."""
    return Response(json_bytes(value), status, media_type="application/json")


def envelope_bytes(items: Sequence[Mapping[str, Any]], follows: str | None, **more: Any) -> bytes:
    """The envelope of every listing, encoded."""
    return json_bytes({"items": items, "next": follows, **more})


def iso(moment: datetime) -> str:
    """A time as ISO 8601 with a Z."""
    return moment.isoformat().replace("+00:00", "Z")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON")
