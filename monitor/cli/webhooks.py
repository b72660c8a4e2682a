"""``nafta-monitor webhooks``: who is told, and whether that works."""

import asyncio
import secrets as random_source
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import click

from config.settings import Settings
from monitor.cli.context import format_option, open_store, print_rows, settings_of
from monitor.errors import MonitorError, UsageError
from monitor.subscribing import TYPES, subscription_from
from storage.deliveries import list_deliveries, replay
from storage.endpoints import (
    CERTAINTIES,
    EndpointRow,
    Subscription,
    add_endpoint,
    cancel_unwanted,
    enable_endpoint,
    find_endpoint,
    list_endpoints,
    remove_endpoint,
    update_endpoint,
)
from storage.engine import Database
from storage.errors import StorageError
from storage.secrets_box import SecretBox

F = TypeVar("F", bound=Callable[..., Any])


@click.group("webhooks")
def webhooks_command() -> None:
    """Tell programs of what changes: signed, at least once, in order for each event.

    Example: nafta-monitor webhooks add https://desk.example/hook --topics 'deadline.*'
    """


def _subscription_options(command: F) -> F:
    for option in (
        click.option(
            "--certainty",
            "certainties",
            multiple=True,
            metavar="|".join(CERTAINTIES),
            help="Only deadlines at least as sure as this.",
        ),
        click.option(
            "--type",
            "types",
            multiple=True,
            metavar="|".join(TYPES),
            help="Only events of this type.",
        ),
        click.option(
            "--outlet", "outlets", multiple=True, help="Only with evidence of this outlet."
        ),
        click.option("--lang", "langs", multiple=True, help="Only in this language."),
        click.option("--actor", "actors", multiple=True, help="Only with this person or body."),
        click.option("--party", "parties", multiple=True, help="Only with this party."),
        click.option("--issue", "issues", multiple=True, help="Only with this issue."),
        click.option(
            "--topics",
            multiple=True,
            metavar="TOPICS",
            help="Topics or patterns, by commas: deadline.*,quote.new (default: all but opt-in).",
        ),
    ):
        command = option(command)
    return command


def _subscription(given: dict[str, tuple[str, ...]], before: Subscription) -> Subscription:
    """The subscription that options ask for; what is not given stays, and '' clears a filter."""
    return subscription_from({name: values for name, values in given.items() if values}, before)


def _box(settings: Settings) -> SecretBox:
    return SecretBox(settings.webhooks.secret_key.get_secret_value() or None)


def _named(database: Database, name: str) -> EndpointRow:
    with database.read() as connection:
        endpoint = find_endpoint(connection, name)
    if endpoint is None:
        raise UsageError(
            f"There is no endpoint {name!r}; `nafta-monitor webhooks list` shows them."
        )
    return endpoint


@webhooks_command.command("list")
@format_option
@click.pass_context
def list_command(ctx: click.Context, form: str) -> None:
    """List the endpoints and how deliveries to them go."""
    with open_store(ctx).read() as connection:
        endpoints = list_endpoints(connection)
    print_rows(
        [_row(endpoint) for endpoint in endpoints],
        "endpoint_id state url topics failures last_ok_at last_error".split(),
        form,
    )


def _row(endpoint: EndpointRow) -> dict[str, Any]:
    wanted = endpoint.subscription
    return {
        "endpoint_id": endpoint.endpoint_id,
        "state": endpoint.state,
        "url": endpoint.url,
        **{name: list(getattr(wanted, name)) for name in Subscription.__slots__},
        "failures": endpoint.failures,
        "failing_since": endpoint.failing_since,
        "last_ok_at": endpoint.last_ok_at,
        "last_error": endpoint.reason or endpoint.last_error,
        "added_at": endpoint.added_at,
    }


@webhooks_command.command("add")
@click.argument("url")
@click.option("--secret", metavar="whsec_…", help="Sign with this (default: a new one).")
@click.option("--from-start", is_flag=True, help="Send what is stored already, too.")
@click.option("--no-ping", is_flag=True, help="Send no test message.")
@_subscription_options
@click.pass_context
def add_command(
    ctx: click.Context,
    /,
    url: str,
    secret: str | None,
    from_start: bool,
    no_ping: bool,
    **given: Any,
) -> None:
    """Tell URL of changes from now on; the secret is printed this once.

    A test message is sent, and it is said how that went; the endpoint stays however it went.

    Example: nafta-monitor webhooks add https://desk.example/hook --topics 'deadline.*' --party US
    """
    from monitor.delivery.destination import check_destination
    from monitor.delivery.signing import checked_secret, new_secret

    settings = settings_of(ctx)
    check_destination(url, settings.webhooks.allow_private)
    wanted = _subscription(given, Subscription())
    key = checked_secret(secret) if secret else new_secret()
    endpoint_id = f"ep_{random_source.token_hex(6)}"
    database = open_store(ctx)
    with database.write() as connection:
        endpoint = add_endpoint(
            connection,
            endpoint_id=endpoint_id,
            url=url,
            secret=_box(settings).seal(key),
            subscription=wanted,
            now=datetime.now(UTC),
            from_start=from_start,
        )
    click.echo(f"endpoint {endpoint_id}")
    if not secret:
        click.echo(f"secret {key}")
        click.echo("The secret is not shown again; give it to the receiver.", err=True)
    if not no_ping:
        taken, said = asyncio.run(send_test(database, settings, endpoint))
        hint = "" if taken else f"; try again with `nafta-monitor webhooks test {endpoint_id}`"
        click.echo(f"ping: {said.rstrip('.')}{hint}", err=True)


@webhooks_command.command("update")
@click.argument("endpoint")
@click.option("--url", help="Send to this address from now on.")
@_subscription_options
@click.pass_context
def update_command(ctx: click.Context, /, endpoint: str, url: str | None, **given: Any) -> None:
    """Change an endpoint's address or what it gets; what it no longer wants is not sent."""
    from monitor.delivery.destination import check_destination

    database = open_store(ctx)
    found = _named(database, endpoint)
    wanted = _subscription(given, found.subscription)
    if url:
        check_destination(url, settings_of(ctx).webhooks.allow_private)
    with database.write() as connection:
        values = {"filters": wanted.dumped()} | ({"url": url} if url else {})
        update_endpoint(connection, found.id, values)
        cancelled = cancel_unwanted(connection, found, wanted)
    click.echo(f"Updated {found.endpoint_id}; {cancelled} deliveries cancelled.", err=True)


@webhooks_command.command("remove")
@click.argument("endpoint")
@click.pass_context
def remove_command(ctx: click.Context, endpoint: str) -> None:
    """Forget an endpoint and all that was to be sent to it."""
    database = open_store(ctx)
    found = _named(database, endpoint)
    with database.write() as connection:
        remove_endpoint(connection, found.id)
    click.echo(f"Removed {found.endpoint_id}.", err=True)


@webhooks_command.command("test")
@click.argument("endpoint")
@click.pass_context
def test_command(ctx: click.Context, endpoint: str) -> int:
    """Send a signed test message now; one that is taken enables a disabled endpoint."""
    settings = settings_of(ctx)
    database = open_store(ctx)
    found = _named(database, endpoint)
    taken, said = asyncio.run(send_test(database, settings, found))
    click.echo(f"{found.endpoint_id}: {said}")
    if taken and found.state == "disabled":
        with database.write() as connection:
            enable_endpoint(connection, found.id)
        click.echo(f"{found.endpoint_id} is enabled again.", err=True)
    return 0 if taken else 1


async def send_test(
    database: Database, settings: Settings, endpoint: EndpointRow
) -> tuple[bool, str]:
    """Send a test message to *endpoint*; whether it was taken, and how that went."""
    from monitor.daemon import delivery_policy
    from monitor.delivery import Deliverer
    from monitor.writing import AsyncWriter

    writer = AsyncWriter(database)
    try:
        async with Deliverer(database, writer, delivery_policy(settings)) as deliverer:
            return await deliverer.send_test(endpoint)
    finally:
        writer.close()


@webhooks_command.command("deliveries")
@click.option("--endpoint", help="Only of this endpoint.")
@click.option("--state", type=click.Choice(["pending", "delivered", "dead", "cancelled"]))
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@format_option
@click.pass_context
def deliveries_command(
    ctx: click.Context, endpoint: str | None, state: str | None, limit: int, form: str
) -> None:
    """List deliveries, newest first, with their last attempt."""
    database = open_store(ctx)
    chosen = _named(database, endpoint).id if endpoint else None
    with database.read() as connection:
        rows = list_deliveries(connection, endpoint=chosen, state=state, limit=limit)
    columns = "delivery endpoint seq topic event_id state attempts next_at status milliseconds"
    print_rows(rows, [*columns.split(), "error", "response"], form)


@webhooks_command.command("replay")
@click.argument("deliveries", nargs=-1, type=int, metavar="[DELIVERY…]")
@click.option("--endpoint", help="Only to this endpoint.")
@click.option("--dead", is_flag=True, help="All that were given up.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]))
@click.option("--until", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]))
@click.pass_context
def replay_command(
    ctx: click.Context,
    deliveries: tuple[int, ...],
    endpoint: str | None,
    dead: bool,
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Send deliveries again, with the same ids and bodies (receivers can tell by webhook-id).

    Example: nafta-monitor webhooks replay --dead
    """
    if not (deliveries or dead or since or until):
        raise UsageError("Say what to send again: delivery numbers, --dead, --since or --until.")
    database = open_store(ctx)
    chosen = _named(database, endpoint).id if endpoint else None
    with database.write() as connection:
        count = replay(
            connection,
            endpoint=chosen,
            now=datetime.now(UTC),
            ids=deliveries,
            since=since.replace(tzinfo=UTC) if since else None,
            until=until.replace(tzinfo=UTC) if until else None,
            dead=dead,
        )
    if not count:
        raise MonitorError("Nothing fits; `nafta-monitor webhooks deliveries` lists deliveries.")
    click.echo(f"{count} deliveries are due again; the daemon (or `poll`) sends them.", err=True)


@webhooks_command.command("rotate-secret")
@click.argument("endpoint")
@click.option("--secret", metavar="whsec_…", help="Sign with this (default: a new one).")
@click.option(
    "--keep-old",
    "hours",
    type=click.FloatRange(min=0),
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="Sign with the old secret too for so long.",
)
@click.pass_context
def rotate_command(ctx: click.Context, endpoint: str, secret: str | None, hours: float) -> None:
    """Give an endpoint a new secret; messages carry both signatures for a while."""
    from monitor.delivery.signing import checked_secret, new_secret

    database = open_store(ctx)
    found = _named(database, endpoint)
    key = checked_secret(secret) if secret else new_secret()
    box = _box(settings_of(ctx))
    try:
        box.open(found.secret)
        old, told = found.secret, f"The old secret is good for {hours:g} hours more."
    except StorageError:
        # Sealed with a key that is lost: it can sign nothing any more.
        old, told = None, "The old secret cannot be read and is dropped."
    with database.write() as connection:
        update_endpoint(
            connection,
            found.id,
            {
                "secret": box.seal(key),
                "old_secret": old,
                "old_secret_until": datetime.now(UTC) + timedelta(hours=hours),
            },
        )
    if not secret:
        click.echo(f"secret {key}")
    click.echo(told, err=True)


@webhooks_command.command("enable")
@click.argument("endpoint")
@click.pass_context
def enable_command(ctx: click.Context, endpoint: str) -> None:
    """Send to a disabled endpoint again, what waited meanwhile first."""
    database = open_store(ctx)
    found = _named(database, endpoint)
    with database.write() as connection:
        enable_endpoint(connection, found.id)
    click.echo(f"{found.endpoint_id} is enabled.", err=True)
