"""What the commands share: settings, the open database, and printing rows."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from config.settings import Settings, load_settings
from monitor.csv_rows import csv_lines
from monitor.text_tables import plain_table

if TYPE_CHECKING:
    from storage.engine import Database

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "json", "jsonl", "csv")


def shared_options(ctx: click.Context) -> dict[str, Any]:
    """The global options as they were given."""
    options: dict[str, Any] = ctx.find_root().obj
    return options


def settings_of(ctx: click.Context) -> Settings:
    """The settings that the command's global options name; read once a run."""
    shared = shared_options(ctx)
    if "settings" not in shared:
        overrides = {("database", "url"): shared["database"]} if shared["database"] else {}
        shared["settings"] = load_settings(shared["config_file"], overrides=overrides)
    settings = shared["settings"]
    assert isinstance(settings, Settings)
    return settings


def open_store(ctx: click.Context) -> "Database":
    """The database of the settings, at this version's schema; closed when the command ends."""
    from storage.engine import open_database
    from storage.migrate import upgrade

    database = open_database(settings_of(ctx).database.url.get_secret_value())
    ctx.call_on_close(database.close)
    upgrade(database)
    return database


def format_option(command: F) -> F:
    """The option ``--format`` of every listing."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print the rows.",
    )(command)


def print_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], form: str) -> None:
    """Print *rows* on standard output; *columns* says which a table shows, in order.

    The other formats hold every key of a row.
    """
    if form == "jsonl":
        for row in rows:
            click.echo(json_line(row))
        return
    listed = list(rows)
    if form == "json":
        click.echo(json.dumps([_plain(row) for row in listed], ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(csv_text(listed, columns), nl=False)
    else:
        for line in plain_table(listed, columns):
            click.echo(line)


def json_line(row: Mapping[str, Any]) -> str:
    """A row as one line of JSON."""
    return json.dumps(_plain(row), ensure_ascii=False)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _json_value(value) for key, value in row.items()}


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def csv_text(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """Rows as CSV with a header; *columns* are its names where there is no row."""
    return csv_lines(rows, list(rows[0]) if rows else list(columns), header=True)
