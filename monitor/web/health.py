"""How the receivers of webhooks do."""

from typing import Any

from sqlalchemy import Connection, func, select

from monitor.masking import masked
from monitor.web.webhooks import shown_endpoints
from storage.models import Delivery, Endpoint

_MOST = 50


def endpoint_health(connection: Connection) -> list[dict[str, Any]]:
    """Each receiver as it may be shown, and how many deliveries wait for it."""
    rows, _ = shown_endpoints(connection, _MOST, 0)
    if not rows:
        return []
    waiting = {
        row[0]: row[1]
        for row in connection.execute(
            select(Endpoint.endpoint_id, func.count())
            .join(Delivery, Delivery.endpoint_id == Endpoint.id)
            .where(Delivery.state == "pending")
            .group_by(Endpoint.endpoint_id)
        )
    }
    return [
        {
            **row,
            "reason": masked(row["reason"]) if row["reason"] else None,
            "waiting": waiting.get(row["endpoint_id"], 0),
        }
        for row in rows
    ]
