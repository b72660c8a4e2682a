"""Rows as a table that fits the terminal."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

_GAP = 2
# A column whose cells are no longer than this is not cut: half an id or a date says nothing.
_WHOLE = 24
# Texts are cut to no less than this while there is a column to leave out instead.
_LEGIBLE = 24
_NARROWEST = 6
# What is left out first where the terminal is narrow; the id, and what it is about, never.
_LEAVE_OUT = (
    *(
        "next_poll_at",
        "stories",
        "relevance",
        "failures",
        "confidence",
        "set_by_party",
        "due_to",
        "sightings",
    ),
    *("status", "outlets", "moves", "previous_stance", "kind", "outlet", "certainty", "lang"),
    *("published_at", "since", "first_published_at"),
)
# What a title or URL could do to a terminal: control characters and bidirectional overrides.
_UNSAFE = {*range(32), 127, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_SAFE = dict.fromkeys(_UNSAFE, "�") | {9: " ", 10: " ", 13: " "}


def shown(value: Any) -> str:
    """A value as one harmless line; a time to the minute, in UTC."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value).translate(_SAFE)


def plain_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """The lines of a table of *columns*; on a terminal it fits the width.

    There the less important columns are left out first, then long texts are cut.
    """
    cells = {column: [shown(row.get(column)) for row in rows] for column in columns}
    heads = {column: column.replace("_", " ") for column in columns}
    widths = {column: max(map(len, (heads[column], *cells[column]))) for column in columns}
    if sys.stdout.isatty():
        widths = _fitted(widths, shutil.get_terminal_size().columns)
    for line in (heads, *({name: cells[name][row] for name in widths} for row in range(len(rows)))):
        padded = (_cut(line[name], width).ljust(width) for name, width in widths.items())
        yield (" " * _GAP).join(padded).rstrip()


def _fitted(widths: Mapping[str, int], room: int) -> dict[str, int]:
    """The columns that fit into *room*, and the width of each."""
    kept = dict(widths)
    for name in _LEAVE_OUT:
        least = sum(width if width <= _WHOLE else _LEGIBLE for width in kept.values())
        if least + _GAP * (len(kept) - 1) <= room:
            break
        if len(kept) > 2:
            kept.pop(name, None)
    over = sum(kept.values()) + _GAP * (len(kept) - 1) - room
    while over > 0 and max(kept.values()) > _NARROWEST:
        # From the widest, which is a text; a short one only where nothing else is left.
        kept[max(kept, key=lambda name: kept[name])] -= 1
        over -= 1
    return kept


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: max(0, width - 1)] + "…"
