"""The receivers of webhooks, as they may be shown."""

import json
from typing import Any

from sqlalchemy import Connection

from monitor.masking import masked
from monitor.web.masking import origin_only
from storage.deliveries import list_deliveries
from storage.endpoints import EndpointRow, list_endpoints

# Of a delivery; not the receiver's answer, which may hold what is its own.
_DELIVERY = (
    *("delivery", "seq", "topic", "event_id", "state", "attempts", "next_at", "delivered_at"),
    *("status", "error", "milliseconds"),
)


def shown_endpoints(
    connection: Connection, limit: int, after: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Up to *limit* endpoints after the row id *after*, and the next page's cursor."""
    found = [endpoint for endpoint in list_endpoints(connection) if endpoint.id > after]
    page = found[:limit]
    return [shown_endpoint(each) for each in page], str(page[-1].id) if found[limit:] else None


def shown_endpoint(endpoint: EndpointRow) -> dict[str, Any]:
    """An endpoint without its secret, and with no more of its address than the host."""
    return {
        "endpoint_id": endpoint.endpoint_id,
        "url": origin_only(endpoint.url),
        "filters": json.loads(endpoint.filters),
        "state": endpoint.state,
        "reason": endpoint.reason,
        "added_at": endpoint.added_at,
        "cursor": endpoint.cursor,
        "failures": endpoint.failures,
        "failing_since": endpoint.failing_since,
        "paused_until": endpoint.paused_until,
        "last_ok_at": endpoint.last_ok_at,
    }


def shown_deliveries(
    connection: Connection, endpoint: int, state: str | None, limit: int, before: int | None
) -> tuple[list[dict[str, Any]], str | None]:
    """The newest deliveries to *endpoint*, of those older than the one numbered *before*."""
    found = list_deliveries(
        connection, endpoint=endpoint, state=state, limit=limit + 1, before=before
    )
    rows = [{name: row[name] for name in _DELIVERY} for row in found[:limit]]
    for row in rows:
        row["error"] = masked(row["error"]) if row["error"] else None
    return rows, str(rows[-1]["delivery"]) if found[limit:] else None
