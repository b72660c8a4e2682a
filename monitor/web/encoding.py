"""Rows as JSON."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from starlette.responses import Response


def json_text(value: Any) -> str:
    """The JSON of *value*; times are UTC with a Z, dates ISO."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def json_response(value: Any, *, media_type: str = "application/json") -> Response:
    """*value* as a JSON response."""
    # A lone surrogate cannot come from the store; from an address it can.
    body = json_text(value).encode("utf-8", "backslashreplace")
    return Response(body, media_type=media_type)


def envelope(items: Sequence[Mapping[str, Any]], follows: str | None, **more: Any) -> Response:
    """The envelope of every listing."""
    return json_response({"items": items, "next": follows, **more})


def iso(moment: datetime) -> str:
    """A time as ISO 8601 with a Z."""
    return moment.isoformat().replace("+00:00", "Z")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON")
