"""The root of the command line: global options, lazily loaded commands, errors as sentences."""

import os
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

# Command → module of this package that defines it as ``command``. Loaded only when it is run.
COMMANDS = {
    "run": "run",
    "poll": "poll",
    "extract": "extract",
    "events": "events",
    "quotes": "events",
    "deadlines": "events",
    "issues": "events",
    "articles": "events",
    "stories": "events",
    "positions": "events",
    "show": "show",
    "feeds": "feeds",
    "article": "article",
    "webhooks": "webhooks",
    "packs": "packs",
    "reprocess": "reprocess",
    "backfill": "backfill",
    "export": "export",
    "db": "db",
    "config": "config",
    "doctor": "doctor",
    "demo": "demo",
    "eval": "evaluate",
}


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are looked up."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = getattr(import_module(f"monitor.cli.{module}"), f"{cmd_name}_command")
        assert isinstance(found, click.Command)
        return found


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: nafta-monitor demo",
)
@click.version_option(version("nafta-monitor"), prog_name="nafta-monitor")
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    help="Settings file (default: ./nafta-monitor.toml if it exists).",
)
@click.option("--database", metavar="URL", help="Database URL; overrides the settings.")
@click.pass_context
def cli(ctx: click.Context, config_file: Path | None, database: str | None) -> None:
    """Watch news of trade negotiations: who said what, what is due when, who wants what."""
    ctx.obj = {"config_file": config_file, "database": database}


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 usage or settings wrong."""
    try:
        result: Any = cli.main(args=args, prog_name="nafta-monitor", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (`… | head`): that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        # Ours carry their exit status: the same one sentence for all of them.
        code = getattr(error, "exit_code", None)
        if code is None:
            raise
        click.echo(f"Error: {error}", err=True)
        sys.exit(code)
    sys.exit(result if isinstance(result, int) else 0)
