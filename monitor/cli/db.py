"""``nafta-monitor db``: the database in hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from monitor.cli.context import format_option, open_store, print_rows, settings_of


@click.group("db")
def db_command() -> None:
    """Set up, check, back up and thin out the database.

    Example: nafta-monitor db backup /backups/today.db
    """


@db_command.command("upgrade")
@click.pass_context
def upgrade_command(ctx: click.Context) -> None:
    """Bring the database to this version's schema (every other command does so too)."""
    from storage.engine import open_database
    from storage.migrate import upgrade

    database = open_database(settings_of(ctx).database.url.get_secret_value())
    ctx.call_on_close(database.close)
    before, after = upgrade(database)
    said = (
        f"is at schema {after}"
        if before == after
        else f"went from {before or 'nothing'} to {after}"
    )
    click.echo(f"The database {said}.", err=True)


@db_command.command("check")
@click.option("--rebuild-search", is_flag=True, help="Make the search index anew first.")
@click.pass_context
def check(ctx: click.Context, rebuild_search: bool) -> int:
    """Prove that what is stored hangs together; print what does not."""
    from storage.check import find_faults
    from storage.full_text_index import index_everything

    database = open_store(ctx)
    if rebuild_search:
        with database.write() as connection:
            index_everything(connection)
    with database.read() as connection:
        faults = list(find_faults(connection))
    for fault in faults:
        click.echo(fault)
    click.echo(f"{len(faults)} faults." if faults else "No faults.", err=True)
    return 1 if faults else 0


@db_command.command("stats")
@format_option
@click.pass_context
def stats(ctx: click.Context, form: str) -> None:
    """Count what is stored."""
    from storage.statistics import count_everything

    with open_store(ctx).read() as connection:
        counts = count_everything(connection)
    print_rows(
        [{"what": what, "count": count} for what, count in counts.items()], ["what", "count"], form
    )


@db_command.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def backup(ctx: click.Context, file: Path) -> None:
    """Copy the database to FILE while everything goes on (SQLite; PostgreSQL has pg_dump)."""
    from storage.backup import back_up

    size = back_up(open_store(ctx), file)
    click.echo(f"Wrote {file} ({size:,} bytes).", err=True)


@db_command.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a database that is there.")
@click.pass_context
def restore(ctx: click.Context, file: Path, force: bool) -> None:
    """Make FILE, written by `db backup`, the database of the settings."""
    from monitor.locks import daemon_lock
    from storage.backup import restore as put_back
    from storage.engine import open_database

    url = settings_of(ctx).database.url.get_secret_value()
    target = open_database(url)
    ctx.call_on_close(target.close)
    with daemon_lock(target):
        put_back(url, file, replace=force)
    click.echo(f"Restored from {file}.", err=True)


@db_command.command("prune")
@click.option("--older-than", type=click.IntRange(min=1), required=True, metavar="DAYS")
@click.pass_context
def prune_command(ctx: click.Context, older_than: int) -> None:
    """Remove articles that no event needs, and finished deliveries, older than DAYS."""
    from storage.retention import prune

    before = datetime.now(UTC) - timedelta(days=older_than)
    with open_store(ctx).write() as connection:
        pruned = prune(connection, articles_before=before, deliveries_before=before)
    click.echo(f"Removed {pruned.articles} articles and {pruned.deliveries} deliveries.", err=True)
