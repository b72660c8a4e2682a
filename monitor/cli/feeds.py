"""``nafta-monitor feeds``: what is watched, and how that goes."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from config.settings import Settings
from monitor.cli.context import format_option, open_store, print_rows, settings_of
from monitor.cli.feeds_parse import parse_command
from monitor.errors import MonitorError, UsageError
from storage.engine import Database
from storage.feeds import (
    FeedRow,
    NewFeed,
    add_feeds,
    find_feed,
    list_feeds,
    remove_feed,
    update_feed,
)

_COLUMNS = "feed_id state title feed_url last_new_at next_poll_at last_error"


@click.group("feeds")
def feeds_command() -> None:
    """Choose the feeds to watch, look at their health, take lists in and out.

    Example: nafta-monitor feeds add https://news.example/rss
    """


feeds_command.add_command(parse_command, "parse")


@feeds_command.command("list")
@click.option("--state", type=click.Choice(["active", "paused", "failing", "gone"]))
@format_option
@click.pass_context
def list_command(ctx: click.Context, state: str | None, form: str) -> None:
    """List the feeds that are watched."""
    from monitor.cli.events import all_rows
    from storage.queries import Filters

    rows = all_rows(ctx, "feeds", Filters(status=state), 100_000)
    print_rows(rows, _COLUMNS.split(), form)


@feeds_command.command("add")
@click.argument("urls", nargs=-1, metavar="[URL…]")
@click.option("--title", help="How to call it (default: as it calls itself).")
@click.option("--outlet", help="The outlet whose feed it is (default: its title).")
@click.option("--lang", type=click.Choice(["en", "fr", "es"]))
@click.option("--zone", metavar="ZONE", help="The outlet's time zone, such as America/Toronto.")
@click.option("--folder", help="A folder to sort it into.")
@click.option(
    "--interval", type=click.IntRange(min=60), metavar="SECONDS", help="Poll it this often."
)
@click.option("--pack", "packs", multiple=True, help="Add the feeds that a pack proposes.")
@click.option("--no-check", is_flag=True, help="Do not look whether there is a feed.")
@click.pass_context
def add_command(
    ctx: click.Context,
    /,
    urls: tuple[str, ...],
    packs: tuple[str, ...],
    no_check: bool,
    interval: int | None,
    **facts: str | None,
) -> None:
    """Watch the feeds at URL…; a site's address is searched for its feed.

    Example: nafta-monitor feeds add --lang fr https://journal.example/rss
    """
    settings = settings_of(ctx)
    if not urls and not packs:
        raise UsageError("Say what to add: the address of a feed, or --pack NAME.")
    _check_zone(facts["zone"])
    found = _checked(settings, urls, check=not no_check)
    feeds = [NewFeed(url=url, fixed_interval=interval, **facts) for url in found]
    feeds += _feeds_of_packs(packs)
    _add(open_store(ctx), settings, feeds)


def _check_zone(zone: str | None) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"{zone!r} is no time zone; write one such as America/Toronto.") from error


def _feeds_of_packs(packs: Sequence[str]) -> list[NewFeed]:
    from config.packs import load_packs
    from monitor.pack_feeds import feeds_of

    return [feed for pack in load_packs(packs) for feed in feeds_of(pack)]


def _checked(settings: Settings, urls: Sequence[str], *, check: bool) -> list[str]:
    """The feeds behind *urls*; a page is exchanged for the first feed that it names."""
    from monitor.feed_check import feed_behind

    for url in urls:
        if not url.startswith(("http://", "https://")):
            raise UsageError(f"{url} is no web address; it must begin with http:// or https://.")
    if not check:
        return list(urls)
    return [asyncio.run(feed_behind(settings, url)) for url in urls]


def _add(database: Database, settings: Settings, feeds: Sequence[NewFeed]) -> None:
    with database.write() as connection:
        new = add_feeds(
            connection, feeds, interval=settings.feeds.min_interval, now=datetime.now(UTC)
        )
    known = len({feed.url for feed in feeds}) - len(new)
    for url in new:
        click.echo(url)
    click.echo(f"Added {len(new)} feeds{f'; {known} were known' if known else ''}.", err=True)


def _named(database: Database, name: str) -> FeedRow:
    with database.read() as connection:
        feed = find_feed(connection, name)
    if feed is None:
        raise UsageError(f"There is no feed {name!r}; `nafta-monitor feeds list` shows them.")
    return feed


@feeds_command.command("remove")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@click.pass_context
def remove_command(ctx: click.Context, feeds: tuple[str, ...]) -> None:
    """Stop watching feeds (by id, address or title); what they brought stays."""
    database = open_store(ctx)
    chosen = [_named(database, name) for name in feeds]
    with database.write() as connection:
        for feed in chosen:
            remove_feed(connection, feed.id)
    click.echo(f"Removed {len(chosen)} feeds.", err=True)


@feeds_command.command("pause")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@click.pass_context
def pause_command(ctx: click.Context, feeds: tuple[str, ...]) -> None:
    """Do not poll feeds until they are resumed."""
    _set(ctx, feeds, {"state": "paused"}, "Paused")


@feeds_command.command("resume")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@click.pass_context
def resume_command(ctx: click.Context, feeds: tuple[str, ...]) -> None:
    """Poll feeds again that were paused or are gone, at once."""
    values = {
        "state": "active",
        "failures": 0,
        "last_error": None,
        "next_poll_at": datetime.now(UTC),
    }
    _set(ctx, feeds, values, "Resumed")


def _set(ctx: click.Context, names: Sequence[str], values: dict[str, Any], done: str) -> None:
    database = open_store(ctx)
    chosen = [_named(database, name) for name in names]
    with database.write() as connection:
        for feed in chosen:
            update_feed(connection, feed.id, values)
    click.echo(f"{done} {len(chosen)} feeds.", err=True)


@feeds_command.command("check")
@click.argument("url")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def check_command(ctx: click.Context, url: str, form: str) -> int:
    """Say what a poll of URL would see, without storing anything."""
    from monitor.feed_check import check_feed

    seen = asyncio.run(check_feed(settings_of(ctx), url))
    if form == "json":
        import json

        click.echo(json.dumps(seen.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in seen.lines():
            click.echo(line)
    return 0 if seen.error is None else 1


@feeds_command.command("discover")
@click.argument("url")
@format_option
@click.pass_context
def discover_command(ctx: click.Context, url: str, form: str) -> int:
    """List the feeds that the page at URL names, or usual places for one that answer."""
    from monitor.feed_check import discover

    found = asyncio.run(discover(settings_of(ctx), url))
    print_rows(
        [{"url": feed.url, "title": feed.title, "type": feed.type} for feed in found],
        ["url", "title", "type"],
        form,
    )
    if not found:
        click.echo(f"No feed was found at {url}.", err=True)
    return 0 if found else 1


@feeds_command.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_context
def import_command(ctx: click.Context, file: Any) -> None:
    """Watch the feeds of an OPML FILE (- for standard input)."""
    from monitor.feeds.opml import read_opml

    listed = read_opml(file.read())
    if not listed:
        raise MonitorError(f"{file.name} lists no feed.")
    feeds = [NewFeed(url=feed.url, title=feed.title, folder=feed.folder) for feed in listed]
    _add(open_store(ctx), settings_of(ctx), feeds)


@feeds_command.command("export")
@click.argument("file", type=click.Path(path_type=Path), default="-")
@click.pass_context
def export_command(ctx: click.Context, file: Path) -> None:
    """Write the feeds as OPML to FILE (default: standard output)."""
    from monitor.feeds.opml import OpmlFeed, write_opml

    with open_store(ctx).read() as connection:
        feeds = [OpmlFeed(f.url, f.title, f.folder) for f in list_feeds(connection)]
    text = write_opml(feeds, "Feeds of nafta-monitor")
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MonitorError(f"{file} cannot be written ({error.strerror}).") from error
    click.echo(f"Wrote {len(feeds)} feeds to {file}.", err=True)
