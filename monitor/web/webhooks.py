"""The receivers of webhooks, as they may be shown."""

import json
from typing import Any

from sqlalchemy import Connection

from monitor.web.masking import origin_only
from storage.endpoints import EndpointRow, list_endpoints


def shown_endpoints(
    connection: Connection, limit: int, after: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Up to *limit* endpoints after the row id *after*, and the next page's cursor."""
    found = [endpoint for endpoint in list_endpoints(connection) if endpoint.id > after]
    page = found[:limit]
    return [_shown(endpoint) for endpoint in page], str(page[-1].id) if found[limit:] else None


def _shown(endpoint: EndpointRow) -> dict[str, Any]:
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
