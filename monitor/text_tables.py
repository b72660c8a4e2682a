"""Rows as a table that fits the terminal."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_GAP = 2
_NARROWEST = 6
# What a title or URL could do to a terminal: control characters and bidirectional overrides.
_UNSAFE = {*range(32), 127, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_SAFE = dict.fromkeys(_UNSAFE, "�") | {9: " ", 10: " ", 13: " "}


def shown(value: Any) -> str:
    """A value as one harmless line."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    return str(value).translate(_SAFE)


def plain_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """The lines of a table of *columns*; on a terminal, cells are cut to its width."""
    cells = [[shown(row.get(column)) for column in columns] for row in rows]
    heads = [column.replace("_", " ") for column in columns]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    if sys.stdout.isatty():
        widths = _fitted(widths, shutil.get_terminal_size().columns)
    for line in (heads, *cells):
        padded = (_cut(cell, width).ljust(width) for cell, width in zip(line, widths, strict=True))
        yield (" " * _GAP).join(padded).rstrip()


def _fitted(widths: list[int], room: int) -> list[int]:
    """Take width from the widest columns until the line fits."""
    widths = list(widths)
    room -= _GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: max(0, width - 1)] + "…"
