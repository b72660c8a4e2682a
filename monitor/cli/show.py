"""``nafta-monitor show``: one event and all that proves it."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import click

from monitor.cli.context import open_store
from monitor.errors import MonitorError
from monitor.text_tables import shown
from storage.queries import event_detail

_LEFT_OUT = frozenset({"evidence", "history", "type", "event_id"})


@click.command("show")
@click.argument("event_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def show_command(ctx: click.Context, event_id: str, form: str) -> None:
    """Show one event: its data, its history, and every sighting in its passage.

    Example: nafta-monitor show q_2f0c9a1b3d4e5f60
    """
    with open_store(ctx).read() as connection:
        detail = event_detail(connection, event_id)
    if detail is None:
        raise MonitorError(
            f"There is no event {shown(event_id)}; `nafta-monitor events` lists them."
        )
    if form == "json":
        click.echo(json.dumps(detail, ensure_ascii=False, indent=2, default=_plain))
        return
    for line in describe(detail, color=sys.stdout.isatty()):
        click.echo(line)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def describe(detail: dict[str, Any], *, color: bool) -> Iterator[str]:
    """The lines that tell of an event; with *color*, the evidence stands out."""
    yield f"{detail['type']} {detail['event_id']}"
    for key, value in detail.items():
        if key not in _LEFT_OUT and value not in (None, "", []):
            yield f"  {key.replace('_', ' ')}: {shown(value)}"
    for past in detail.get("history") or ():
        yield f"  before: {shown(past['due']['text'])} ({past['due']['from']}), told {past['at']}"
    yield ""
    for sighting in detail["evidence"]:
        yield f"{shown(sighting['outlet'])} · {shown(sighting['title'])}"
        yield f"  {shown(sighting['url'])}"
        yield f"  {sighting['published_at'] or 'time unknown'}, revision {sighting['revision']}"
        yield f"  {_passage(sighting['passage'], color=color)}"
        yield ""


def _passage(passage: dict[str, Any], *, color: bool) -> str:
    marked = [
        _mark(shown(part["text"]), color=color) if part["marked"] else shown(part["text"])
        for part in passage["parts"]
    ]
    return f"{shown(passage['before'])}{''.join(marked)}{shown(passage['after'])}"


def _mark(text: str, *, color: bool) -> str:
    return click.style(text, bold=True, underline=True) if color else f"[[{text}]]"
