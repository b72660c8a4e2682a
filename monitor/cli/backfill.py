"""``nafta-monitor backfill``: articles of archives into the store."""

import asyncio
import sys
from functools import partial
from pathlib import Path

import click

from monitor.cli.context import open_store, settings_of


@click.command("backfill")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(path_type=Path, exists=True),
)
@click.option(
    "--base-url",
    metavar="URL",
    help="The address that the paths of pages in a folder continue.",
)
@click.pass_context
def backfill_command(ctx: click.Context, files: tuple[Path, ...], base_url: str | None) -> int:
    """Store the articles of archives and extract from them: WARC, JSON lines, folders of HTML.

    A FILE is a .warc, .jsonl or .html file (.warc.gz and .jsonl.gz too) or a folder. It can be
    stopped at any time: called again it passes over what is stored. No page is fetched.

    Example: nafta-monitor backfill crawl-2018.warc.gz
    """
    from monitor.archives import size_of
    from monitor.backfilling import backfill
    from monitor.logs import configure_logs
    from monitor.reprocessing import reprocess
    from storage.archived import count_due

    settings = settings_of(ctx)
    configure_logs(settings.log.format, "error")
    size = sum(map(size_of, files))
    with click.progressbar(length=size, label="Reading", file=sys.stderr) as bar:
        filled = asyncio.run(backfill(settings, files, base_url, bar.update))
    click.echo(f"Stored {filled.stored} articles; {filled.known} were known.", err=True)
    for reason, count in filled.left_out.most_common():
        click.echo(f"Left out {count}: {reason}.", err=True)
    for error in filled.errors:
        click.echo(f"Error: {error}", err=True)
    with open_store(ctx).read() as connection:
        due = count_due(connection)
    if due:
        with click.progressbar(length=due, label="Extracting", file=sys.stderr) as bar:
            done = asyncio.run(reprocess(settings, partial(bar.update, 1)))
        said = "The daemon that is running extracts" if done is None else "Extracted"
        click.echo(f"{said} from {due if done is None else done} articles.", err=True)
    return 1 if filled.errors else 0
