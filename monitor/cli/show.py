"""``nafta-monitor show``: one event and all that proves it."""

import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

import click

from monitor.cli.context import open_store
from monitor.errors import MonitorError
from monitor.text_tables import shown
from storage.queries import event_detail

# What is told in the first lines, or with each piece of evidence.
_TOLD = frozenset(
    {"evidence", "history", "type", "event_id", "row_id", "article_id", "url", "title", "outlet"}
    | {"published_at", "first_published_at", "previous_due_from"}
)
_HEADLINES = ("text", "what")
_INDENT = "  "
_NARROWEST, _WIDEST = 40, 100
Marked = tuple[str, bool]  # a text, and whether it is evidence


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
    on_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else _WIDEST
    for line in describe(detail, color=on_terminal, width=width):
        click.echo(line)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def describe(detail: Mapping[str, Any], *, color: bool, width: int = _WIDEST) -> Iterator[str]:
    """The lines that tell of an event, none longer than *width* but for a word that is.

    With *color* the evidence stands out, without it stands in [[brackets]].
    """
    room = min(max(width, _NARROWEST), _WIDEST)
    yield f"{shown(detail['type'])} {shown(detail['event_id'])}"
    headline = next((detail[name] for name in _HEADLINES if detail.get(name)), "")
    yield from _styled(_wrapped([(headline, False)], room), color, bold=True)
    yield ""
    yield from _facts(detail, room)
    yield from _moves(detail, room)
    yield ""
    count = len(detail["evidence"])
    yield f"Evidence ({count})" if count else "No article carries this any more."
    for _, same in groupby(detail["evidence"], key=lambda item: item["article_id"]):
        yield from _article(list(same), color, room)


def _facts(detail: Mapping[str, Any], room: int) -> Iterator[str]:
    facts = {
        key.replace("_", " "): shown(value)
        for key, value in detail.items()
        if key not in _TOLD and key not in _HEADLINES and value not in (None, "", [])
    }
    widest = max(map(len, facts), default=0) + 2
    for key, text in facts.items():
        first, *others = _plain_lines(text, room - widest - len(_INDENT))
        yield f"{_INDENT}{key:<{widest}}{first}"
        yield from (f"{_INDENT}{'':<{widest}}{line}" for line in others)


def _moves(detail: Mapping[str, Any], room: int) -> Iterator[str]:
    """The dates that a deadline had, oldest first, to the one that it has."""
    past = detail.get("history") or ()
    if not past:
        return
    yield ""
    yield "How it moved"
    for step in past:
        due, at = step["due"], str(step["at"] or "")[:10]
        when = due.get("from") or due.get("to") or "no date"
        told = f"{when} (“{shown(due.get('text'))}”, told {at or 'at an unknown time'}) →"
        yield from (f"{_INDENT}{line}" for line in _plain_lines(told, room - len(_INDENT)))
    yield f"{_INDENT}{detail['due_from'] or detail['due_to']} now"


def _article(sightings: Sequence[Mapping[str, Any]], color: bool, room: int) -> Iterator[str]:
    """An article and the passages of it that are evidence."""
    first = sightings[0]
    when = shown(first["published_at"]) or "time unknown"
    yield ""
    source = f"{shown(first['outlet']) or 'unknown outlet'} · {when} · {shown(first['title'])}"
    yield from _plain_lines(source, room)
    yield f"{_INDENT}{shown(first['url'])}"
    for item in sightings:
        lines = _wrapped(_pieces(item["passage"], color), room - 2 * len(_INDENT))
        for line in _styled(lines, color):
            yield f"{2 * _INDENT}{line}"


def _pieces(passage: Mapping[str, Any], color: bool) -> Iterator[Marked]:
    """The texts of a *passage*; without *color* brackets say what is marked."""
    yield passage["before"], False
    for part in passage["parts"]:
        text = part["text"] if color or not part["marked"] else f"[[{part['text']}]]"
        yield text, part["marked"]
    yield passage["after"], False


def _wrapped(pieces: Iterable[Marked], room: int) -> Iterator[list[Marked]]:
    """The *pieces* in lines of *room* characters, or longer where one word is."""
    line: list[Marked] = []
    used = 0
    for word in _words(pieces):
        length = sum(len(part) for part, _ in word)
        if line and used + 1 + length > room:
            yield line
            line, used = [], 0
        if line:
            line.append((" ", line[-1][1] and word[0][1]))
            used += 1
        line.extend(word)
        used += length
    if line:
        yield line


def _words(pieces: Iterable[Marked]) -> Iterator[list[Marked]]:
    """What stands between two spaces: a word, of which a part may be marked."""
    word: list[Marked] = []
    for text, marked in pieces:
        for number, part in enumerate(re.split(r"\s+", text)):
            if number and word:
                yield word
                word = []
            if part:
                word.append((shown(part), marked))
    if word:
        yield word


def _styled(lines: Iterable[list[Marked]], color: bool, *, bold: bool = False) -> Iterator[str]:
    for line in lines:
        runs = groupby(line, key=lambda piece: piece[1])
        yield "".join(
            _style("".join(text for text, _ in run), marked, color, bold) for marked, run in runs
        )


def _style(text: str, marked: bool, color: bool, bold: bool) -> str:
    if not color or not (marked or bold):
        return text
    return click.style(text, bold=True, underline=marked)


def _plain_lines(text: str, room: int) -> list[str]:
    lines = _wrapped([(text, False)], max(room, 20))
    return ["".join(word for word, _ in line) for line in lines] or [""]
