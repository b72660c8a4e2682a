"""``nafta-monitor reprocess``: extraction again, over what is stored."""

import asyncio
import sys
from datetime import UTC, datetime
from functools import partial

import click

from monitor.cli.context import open_store, settings_of


@click.command("reprocess")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Only articles published since this day."
)
@click.pass_context
def reprocess_command(ctx: click.Context, since: datetime | None) -> None:
    """Run extraction again over stored articles, as after an upgrade of the extractors.

    Only true changes are announced. It can be stopped at any time: what is left goes on with the
    next `reprocess`, `run` or `poll`.

    Example: nafta-monitor reprocess --since 2018-01-01
    """
    from monitor.daemon import utc_now
    from monitor.logs import configure_logs
    from monitor.reprocessing import reprocess
    from storage.articles import extract_again

    settings = settings_of(ctx)
    configure_logs(settings.log.format, "error")
    with open_store(ctx).write() as connection:
        day = since.replace(tzinfo=UTC) if since else None
        count = extract_again(connection, utc_now(), day)
    with click.progressbar(length=count, label="Extracting", file=sys.stderr) as bar:
        recorded = asyncio.run(reprocess(settings, partial(bar.update, 1)))
    if recorded is None:
        click.echo(f"The daemon that is running takes up {count} articles.", err=True)
    else:
        click.echo(f"Extracted again from {recorded} articles.", err=True)
