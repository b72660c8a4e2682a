"""``nafta-monitor demo``: the whole service on an invented press world."""

from typing import Any

import click

from monitor.cli.context import shared_options
from monitor.text_tables import shown


@click.command("demo")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8787, show_default=True)
@click.option(
    "--round-seconds",
    type=click.FloatRange(min=0.1),
    default=15.0,
    show_default=True,
    help="Seconds from one round of news to the next.",
)
@click.option("--once", is_flag=True, help="Play all rounds without the page, then exit.")
@click.option("--quiet", is_flag=True, help="Do not tell of each webhook message.")
@click.pass_context
def demo_command(
    ctx: click.Context, host: str, port: int, round_seconds: float, once: bool, quiet: bool
) -> None:
    """Run everything on a bundled press world of invented news: offline, on its own database.

    Eight outlets in three languages publish three rounds of news on loopback; the monitor polls
    them, and a webhook receiver checks each signature. Ctrl-C stops it and leaves nothing behind
    (with --database URL, the store stays).

    Example: nafta-monitor demo --port 8790
    """
    from monitor.demo.show import show, show_once
    from monitor.logs import configure_logs

    configure_logs("text", "warning")
    database = shared_options(ctx)["database"]
    tell = _ignore if quiet else _tell_message
    if once:
        done = show_once(database, tell)
        kinds = ("articles", "stories", "quotes", "deadlines", "issue mentions", "sightings")
        counted = ", ".join(f"{done.counts[kind]} {kind}" for kind in kinds)
        click.echo(
            f"{counted}; {done.messages} webhook messages with a valid signature, "
            f"{done.refused} without."
        )
        return
    show(
        database,
        host=host,
        port=port,
        seconds_a_round=round_seconds,
        on_ready=_tell_ready,
        on_round=lambda number: click.echo(f"— round {number} of the news is out —", err=True),
        on_message=tell,
    )


def _tell_ready(address: str | None) -> None:
    click.echo(f"The demo is running; the page is at {address}  (Ctrl-C stops it)", err=True)


def _ignore(_: dict[str, Any]) -> None:
    """Nothing to tell."""


def _tell_message(message: dict[str, Any]) -> None:
    data = message["data"]
    if data.get("type") == "quote":
        who = (data["speaker"] or {}).get("name") or "unnamed"
        said = f"{who}: {data['text']}"
    elif data.get("type") == "deadline":
        said = f"{data['due']['from'] or '?'} {data['kind']}: {data['what']}"
    elif data.get("type") == "issue_mention":
        said = f"{data['party'] or '–'} {data['stance']} {data['issue']}"
    else:
        said = str(data.get("feed_url", ""))
    line = shown(f"{message['type']:<20} {said}")
    click.echo(line if len(line) <= 150 else f"{line[:149]}…")
