"""Rows as CSV that a spreadsheet can be trusted with."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any


def csv_lines(rows: Iterable[Mapping[str, Any]], names: Sequence[str], *, header: bool) -> str:
    """The *rows* as lines of CSV in the order of *names*, after a line of these with *header*."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if header:
        writer.writerow(names)
    for row in rows:
        writer.writerow([csv_cell(row.get(name)) for name in names])
    return stream.getvalue()


def csv_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; lists and objects are JSON."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value
