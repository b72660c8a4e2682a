"""A desk with a store, endpoints and a clock of its own, for tests of deliveries."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text as sql

from monitor.delivery import Deliverer, DeliveryPolicy
from monitor.writing import AsyncWriter
from storage.deliveries import due_deliveries, fan_out
from storage.endpoints import EndpointRow, Subscription, add_endpoint, find_endpoint
from storage.engine import Database
from storage.outbox import NewChange, append

LOOPBACK = ("127.0.0.0/8",)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER_SECRET = "whsec_" + "QUJD" * 12
SCHEDULE = (5.0, 60.0, 300.0)
# A delay of the schedule is over by then, however much jitter it got.
OVER = 1.21


@dataclass
class Desk:
    """What a test of deliveries works at; time stands still but for :meth:`wait`."""

    database: Database
    writer: AsyncWriter
    policy: DeliveryPolicy = field(
        default_factory=lambda: DeliveryPolicy(SCHEDULE, timeout=20.0, allow_private=LOOPBACK)
    )
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def subscribe(self, url: str, **values: Any) -> EndpointRow:
        """An endpoint at *url*; *values* are its secret or what it subscribes to."""
        secret = values.pop("secret", SECRET)
        with self.database.write() as connection:
            return add_endpoint(
                connection,
                endpoint_id=f"ep_{url}",
                url=url,
                secret=secret,
                subscription=Subscription(**values),
                now=self.now,
            )

    def endpoint(self, endpoint: EndpointRow) -> EndpointRow:
        """The endpoint as it is now."""
        with self.database.read() as connection:
            found = find_endpoint(connection, endpoint.endpoint_id)
        assert found is not None
        return found

    def tell(self, topic: str = "quote.new", event: str | None = "ev1", **snapshot: Any) -> None:
        """A change, laid out for delivery."""
        with self.database.write() as connection:
            append(
                connection,
                [NewChange(topic, event, topic.partition(".")[0], self.now, snapshot)],
            )
            fan_out(connection, self.now)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def due(self) -> list[int]:
        """The deliveries that are due."""
        with self.database.read() as connection:
            return [id for id, _ in due_deliveries(connection, self.now, 1000)]

    def deliver(self, ids: Sequence[int] | None = None) -> list[str]:
        """Try what is due (or these *ids*), each once; what came of each."""

        async def run() -> list[str]:
            async with Deliverer(
                self.database, self.writer, self.policy, now=lambda: self.now
            ) as deliverer:
                return [await deliverer.deliver(id) for id in chosen]

        chosen = self.due() if ids is None else ids
        return asyncio.run(run()) if chosen else []

    def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """What *query* gives."""
        with self.database.read() as connection:
            return [dict(row) for row in connection.execute(sql(query), values).mappings()]

    def states(self) -> list[str]:
        """The deliveries' states, in order."""
        return [row["state"] for row in self.rows("SELECT state FROM delivery ORDER BY id")]
