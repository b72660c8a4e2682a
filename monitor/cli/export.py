"""``nafta-monitor export``: what is stored, for notebooks, calendars and readers."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from monitor.cli.context import settings_of
from monitor.cli.events import all_rows, filter_options, filters_from
from monitor.errors import MonitorError, UsageError

_VIEWS: Mapping[str, str] = {
    "events": "events",
    "quotes": "quotes",
    "deadlines": "deadlines",
    "issues": "issue_mentions",
    "articles": "articles",
}
_FORMATS = ("jsonl", "csv", "ics", "atom")
_ONLY = {"ics": "deadlines", "atom": "quotes"}
_ALL = 1_000_000_000


def _command(what: str, view: str) -> click.Command:
    @click.command(
        what,
        help=f"Write all {what} that pass the filters to FILE (default: standard output).\n\n"
        f"Example: nafta-monitor export {what} --format csv {what}.csv",
    )
    @click.argument("file", type=click.Path(path_type=Path), default="-")
    @click.option(
        "--format",
        "form",
        type=click.Choice([f for f in _FORMATS if _ONLY.get(f, what) == what]),
        default="jsonl",
        show_default=True,
    )
    @filter_options(view, limit=_ALL)
    @click.pass_context
    def command(ctx: click.Context, /, file: Path, form: str, limit: int, **options: Any) -> None:
        rows = all_rows(ctx, view, filters_from(options), limit)
        _write(file, _render(ctx, form, rows))
        if str(file) != "-":
            click.echo(f"Wrote {len(rows)} {what} to {file}.", err=True)

    return command


@click.group("export")
def export_command() -> None:
    """Write what is stored to a file: JSON lines, CSV, a calendar or a feed.

    Example: nafta-monitor export deadlines --format ics deadlines.ics
    """


for _what, _view in _VIEWS.items():
    export_command.add_command(_command(_what, _view))


def _render(ctx: click.Context, form: str, rows: list[dict[str, Any]]) -> str:
    from monitor.cli.context import csv_text, json_line

    if form == "jsonl":
        return "".join(f"{json_line(row)}\n" for row in rows)
    if form == "csv":
        return csv_text(rows)
    web = settings_of(ctx).web
    page = f"http://{web.host}:{web.port}/"
    if form == "ics":
        from monitor.web.calendar import calendar_text

        return calendar_text(rows, link=f"{page}events/")
    from monitor.web.atom import atom_text
    from monitor.web.entries import quote_entry

    feed = f"{page}feeds/quotes.atom"
    entries = [quote_entry(row, f"{page}events/") for row in rows]
    return atom_text("Quotes", feed, feed, page, entries)


def _write(file: Path, text: str) -> None:
    """Put *text* into *file*, which is there whole or not at all."""
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    if file.is_dir():
        raise UsageError(f"{file} is a folder; give a file's name.")
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise MonitorError(f"{file} cannot be written ({error.strerror}).") from error
