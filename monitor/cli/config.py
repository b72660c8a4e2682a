"""``nafta-monitor config``: look at the settings, check them, start a file."""

import json
from pathlib import Path
from typing import Any

import click

from config.settings import DEFAULT_FILE, default_text, masked
from monitor.cli.context import settings_of
from monitor.errors import UsageError


@click.group("config")
def config_command() -> None:
    """Show or check the settings, or write a commented file of them.

    Example: nafta-monitor config show
    """


@config_command.command("show")
@click.option("--format", "form", type=click.Choice(["toml", "json"]), default="toml")
@click.pass_context
def show(ctx: click.Context, form: str) -> None:
    """Print all settings in force; secrets are masked."""
    values = masked(settings_of(ctx))
    if form == "json":
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for section, keys in values.items():
        click.echo(f"[{section}]")
        for key, value in keys.items():
            click.echo(f"{key} = {_toml(value)}")
        click.echo()


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False)


@config_command.command("check")
@click.pass_context
def check(ctx: click.Context) -> None:
    """Say whether the settings are right; every fault is told with its place."""
    from config.packs import load_packs
    from storage.engine import open_database

    settings = settings_of(ctx)
    load_packs(settings.extract.packs)
    open_database(settings.database.url.get_secret_value()).close()
    click.echo("The settings are right.", err=True)


@config_command.command("init")
@click.argument("file", type=click.Path(path_type=Path), default=DEFAULT_FILE)
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def init(file: Path, force: bool) -> None:
    """Write a commented settings FILE (default: nafta-monitor.toml) with all defaults."""
    if file.exists() and not force:
        raise UsageError(f"{file} exists already; give another name, or --force to overwrite it.")
    try:
        file.write_text(default_text(), encoding="utf-8")
        # It may come to hold secrets.
        file.chmod(0o600)
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}).") from error
    click.echo(f"Wrote {file}.", err=True)
