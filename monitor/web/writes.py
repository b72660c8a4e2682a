"""Changing webhooks over HTTP: what ``nafta-monitor webhooks`` does, for programs."""

import secrets as random_source
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from monitor.delivery import Deliverer
from monitor.delivery.destination import check_destination
from monitor.delivery.signing import checked_secret, new_secret
from monitor.errors import UsageError
from monitor.subscribing import FILTERS, subscription_from
from monitor.web.problems import NotFoundError
from monitor.web.services import WebServices
from monitor.web.webhooks import shown_endpoint
from storage.columns import storable
from storage.deliveries import replay
from storage.endpoints import (
    EndpointRow,
    Subscription,
    add_endpoint,
    cancel_unwanted,
    enable_endpoint,
    find_endpoint,
    remove_endpoint,
    update_endpoint,
)
from storage.errors import StorageError
from storage.secrets_box import SecretBox

T = TypeVar("T")
_Text = Annotated[str, Field(min_length=1, max_length=200)]
_Texts = Annotated[list[_Text], Field(max_length=100)]
_Url = Annotated[str, Field(min_length=1, max_length=2_000)]
_Secret = Annotated[str, Field(max_length=200, pattern="^whsec_")]
_GREATEST = 2**63 - 1
_Number = Annotated[int, Field(ge=1, le=_GREATEST)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class _Filters(_Body):
    topics: _Texts | None = None
    issues: _Texts | None = None
    parties: _Texts | None = None
    actors: _Texts | None = None
    langs: _Texts | None = None
    outlets: _Texts | None = None
    types: _Texts | None = None
    certainties: _Texts | None = None

    def wanted(self, before: Subscription) -> Subscription:
        """The subscription that is asked for, where it was *before*."""
        given = {name: getattr(self, name) for name in FILTERS}
        return subscription_from(
            {name: values for name, values in given.items() if values is not None}, before
        )


class NewWebhook(_Filters):
    """A receiver to be told of changes: its address, and what it gets."""

    url: _Url
    secret: _Secret | None = None
    from_start: bool = False


class WebhookUpdate(_Filters):
    """What shall be different; what is left out stays, an empty list takes a filter away."""

    url: _Url | None = None


class NewSecret(_Body):
    """A receiver's next secret, and how long the old one signs too."""

    secret: _Secret | None = None
    keep_old_hours: Annotated[float, Field(ge=0, le=8_760)] = 24.0


class Replay(_Body):
    """Which deliveries to send again: by number, all that were given up, or of a time."""

    deliveries: Annotated[list[_Number], Field(max_length=1_000)] = []
    dead: bool = False
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


@dataclass(frozen=True, slots=True)
class Receivers:
    """Adds, changes and tests endpoints. Raises :class:`UsageError` where that cannot be."""

    services: WebServices

    def add(self, asked: NewWebhook) -> dict[str, Any]:
        """Tell a receiver from now on; the answer holds its secret, this once."""
        policy = self.services.delivery
        check_destination(asked.url, policy.allow_private)
        key = checked_secret(asked.secret) if asked.secret else new_secret()
        wanted = asked.wanted(Subscription())
        sealed = self._box().seal(key)
        endpoint = self._write(
            lambda connection: add_endpoint(
                connection,
                endpoint_id=f"ep_{random_source.token_hex(6)}",
                url=asked.url,
                secret=sealed,
                subscription=wanted,
                now=self.services.now(),
                from_start=asked.from_start,
            )
        )
        return shown_endpoint(endpoint) | {"secret": key}

    def update(self, endpoint_id: str, asked: WebhookUpdate) -> dict[str, Any]:
        """Change address and filters; what is no longer wanted is not sent."""
        if asked.url:
            check_destination(asked.url, self.services.delivery.allow_private)

        def change(connection: Connection) -> dict[str, Any]:
            found = named(connection, endpoint_id)
            wanted = asked.wanted(found.subscription)
            values = {"filters": wanted.dumped()} | ({"url": asked.url} if asked.url else {})
            update_endpoint(connection, found.id, values)
            cancelled = cancel_unwanted(connection, found, wanted)
            return shown_endpoint(named(connection, endpoint_id)) | {"cancelled": cancelled}

        return self._write(change)

    def remove(self, endpoint_id: str) -> None:
        """Forget a receiver with all that was to be sent to it."""
        self._write(
            lambda connection: remove_endpoint(connection, named(connection, endpoint_id).id)
        )

    def enable(self, endpoint_id: str) -> dict[str, Any]:
        """Send to a disabled receiver again, what waited meanwhile first."""

        def change(connection: Connection) -> dict[str, Any]:
            enable_endpoint(connection, named(connection, endpoint_id).id)
            return shown_endpoint(named(connection, endpoint_id))

        return self._write(change)

    def rotate(self, endpoint_id: str, asked: NewSecret) -> dict[str, Any]:
        """Give a receiver a new secret; the old one signs too for a while."""
        key = checked_secret(asked.secret) if asked.secret else new_secret()
        box = self._box()
        until = self.services.now() + timedelta(hours=asked.keep_old_hours)

        def change(connection: Connection) -> bool:
            found = named(connection, endpoint_id)
            old = found.secret if _opens(box, found.secret) else None
            values = {"secret": box.seal(key), "old_secret": old, "old_secret_until": until}
            update_endpoint(connection, found.id, values)
            return old is not None

        kept = self._write(change)
        return {"endpoint_id": endpoint_id, "secret": key, "old_until": until if kept else None}

    def replay(self, endpoint_id: str, asked: Replay) -> dict[str, Any]:
        """Send deliveries again, with the same ids and bodies."""
        since, until = _in_utc(asked.since), _in_utc(asked.until)
        if not (asked.deliveries or asked.dead or asked.since or asked.until):
            raise UsageError("Say what to send again: deliveries, dead, since or until.")
        return self._write(
            lambda connection: {
                "replayed": replay(
                    connection,
                    endpoint=named(connection, endpoint_id).id,
                    now=self.services.now(),
                    ids=asked.deliveries,
                    since=since,
                    until=until,
                    dead=asked.dead,
                )
            }
        )

    async def test(self, endpoint: EndpointRow) -> dict[str, Any]:
        """Send a signed test message now; one that is taken enables a disabled receiver."""
        services = self.services
        async with Deliverer(
            services.database, services.writer, services.delivery, now=services.now
        ) as deliverer:
            taken, said = await deliverer.send_test(endpoint)
        if taken and endpoint.state == "disabled":
            await services.writer.run(lambda connection: enable_endpoint(connection, endpoint.id))
        return {"endpoint_id": endpoint.endpoint_id, "delivered": taken, "said": said}

    def _write(self, operation: Callable[[Connection], T]) -> T:
        return self.services.writer.submit(operation).result()

    def _box(self) -> SecretBox:
        return SecretBox(self.services.delivery.secret_key)


def named(connection: Connection, endpoint_id: str) -> EndpointRow:
    """The endpoint with this id. Raises :class:`NotFoundError`."""
    found = find_endpoint(connection, storable(endpoint_id))
    if found is None or found.endpoint_id != endpoint_id:
        raise NotFoundError("There is no webhook with this id.")
    return found


def _opens(box: SecretBox, sealed: str) -> bool:
    try:
        box.open(sealed)
    except StorageError:
        # Sealed with a key that is lost: it can sign nothing any more.
        return False
    return True


def _in_utc(moment: datetime | None) -> datetime | None:
    try:
        return None if moment is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise UsageError("since and until must lie between the years 1 and 9999.") from error
