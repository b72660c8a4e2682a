"""``nafta-monitor poll``: feeds now, due or not."""

import asyncio
from collections.abc import Sequence

import click

from monitor.cli.context import open_store, settings_of
from monitor.errors import UsageError
from storage.engine import Database
from storage.feeds import FeedRow, find_feed, list_feeds


@click.command("poll")
@click.argument("feeds", nargs=-1, metavar="[FEED…]")
@click.option("--feeds-only", is_flag=True, help="Stop at the entries: fetch no articles.")
@click.pass_context
def poll_command(ctx: click.Context, feeds: tuple[str, ...], feeds_only: bool) -> int:
    """Poll feeds now (all, or those named by id, address or title) and process what they bring.

    Where a daemon runs on the same database, it is told to poll them.

    Example: nafta-monitor poll https://news.example/rss
    """
    from monitor.locks import AlreadyRunningError
    from monitor.logs import configure_logs
    from monitor.polling_now import poll_now, tell_daemon

    settings = settings_of(ctx)
    configure_logs(settings.log.format, "error")
    database = open_store(ctx)
    chosen = choose_feeds(database, feeds)
    try:
        outcomes = asyncio.run(
            poll_now(settings, [feed.id for feed in chosen], feeds_only=feeds_only)
        )
    except AlreadyRunningError as running:
        tell_daemon(database, [feed.id for feed in chosen])
        who = f"process {running.pid}" if running.pid else "another machine"
        click.echo(f"The daemon ({who}) has been told to poll {len(chosen)} feeds.", err=True)
        return 0
    for outcome in outcomes:
        if outcome.error:
            click.echo(f"{outcome.url}: {outcome.error}", err=True)
        else:
            said = (
                "unchanged" if outcome.unchanged else f"{outcome.new} new, {outcome.edited} edited"
            )
            click.echo(f"{outcome.url}: {said}")
    return 1 if outcomes and all(outcome.error for outcome in outcomes) else 0


def choose_feeds(database: Database, names: Sequence[str]) -> list[FeedRow]:
    """The feeds that *names* mean; all that are not paused or gone where there are none.

    Raises :class:`UsageError` for a name that means none.
    """
    with database.read() as connection:
        if not names:
            chosen = [f for f in list_feeds(connection) if f.state in {"active", "failing"}]
        else:
            chosen = []
            for name in names:
                feed = find_feed(connection, name)
                if feed is None:
                    raise UsageError(
                        f"There is no feed {name!r}; `nafta-monitor feeds list` shows them."
                    )
                chosen.append(feed)
    if not chosen:
        raise UsageError("There is no feed to poll; add one with `nafta-monitor feeds add URL`.")
    return chosen
