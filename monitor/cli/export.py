"""``nafta-monitor export``: what is stored, for notebooks, calendars and readers."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from monitor.cli.context import open_store, settings_of
from monitor.cli.events import filter_options, filters_from, stream
from monitor.exporting import FORMS, ONLY, write_file

_VIEWS: Mapping[str, str] = {
    "events": "events",
    "quotes": "quotes",
    "deadlines": "deadlines",
    "issues": "issue_mentions",
    "articles": "articles",
}


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
        type=click.Choice([form for form in FORMS if ONLY.get(form, what) == what]),
        default="jsonl",
        show_default=True,
    )
    @filter_options(view, limit=None)
    @click.pass_context
    def command(
        ctx: click.Context, /, file: Path, form: str, limit: int | None, **options: Any
    ) -> None:
        web = settings_of(ctx).web
        rows: Iterable[Mapping[str, Any]] = stream(ctx, view, filters_from(options), limit)
        if form == "ics":
            from monitor.web.calendar import sequenced

            rows = sequenced(open_store(ctx), rows)
        count = write_file(file, rows, view, form, f"http://{web.host}:{web.port}/")
        if str(file) != "-":
            click.echo(f"Wrote {count} {what} to {file}.", err=True)

    return command


@click.group("export")
def export_command() -> None:
    """Write what is stored to a file: JSON lines, CSV, Parquet, a calendar or a feed.

    Example: nafta-monitor export deadlines --format ics deadlines.ics
    """


for _what, _view in _VIEWS.items():
    export_command.add_command(_command(_what, _view))
