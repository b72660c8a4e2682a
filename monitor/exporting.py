"""What is stored as a file: each form part by part, so that memory stays flat."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, Any

from monitor.csv_rows import csv_lines
from monitor.errors import MonitorError, UsageError
from storage.view_tables import HIDDEN, view_table

Row = Mapping[str, Any]
FORMS = ("jsonl", "csv", "parquet", "ics", "atom")
# Forms that only one kind of rows can have.
ONLY: Mapping[str, str] = {"ics": "deadlines", "atom": "quotes"}


def write_file(file: Path, rows: Iterable[Row], view: str, form: str, page: str) -> int:
    """Write *rows* of *view* in *form* to *file* (``-``: standard output); returns how many.

    *page* is the address of the web page, for links. The file is there whole or not at all.
    Raises :class:`MonitorError` where it cannot be written.
    """
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    if form == "parquet":
        from monitor.parquet import write_parquet

        _put(file, lambda stream: write_parquet(counted(), view, stream), is_binary=True)
    else:
        _put(file, lambda stream: _write_text(stream, text_parts(counted(), view, form, page)))
    return count


def text_parts(rows: Iterable[Row], view: str, form: str, page: str) -> Iterator[str]:
    """The text of *rows* of *view* in *form*, part by part."""
    if form == "jsonl":
        from monitor.cli.context import json_line

        return (f"{json_line(row)}\n" for row in rows)
    if form == "csv":
        names = [column.key for column in view_table(view).c if column.key not in HIDDEN]
        lines = (csv_lines([row], names, header=False) for row in rows)
        return chain([csv_lines([], names, header=True)], lines)
    if form == "ics":
        from monitor.web.calendar import calendar_lines

        return calendar_lines(rows, link=f"{page}events/")
    from monitor.web.atom import atom_parts
    from monitor.web.entries import quote_entry

    feed = f"{page}feeds/quotes.atom"
    entries = (quote_entry(row, f"{page}events/") for row in rows)
    return atom_parts("Quotes", feed, feed, page, entries)


def _write_text(stream: IO[bytes], parts: Iterable[str]) -> None:
    for part in parts:
        stream.write(part.encode("utf-8", "replace"))


def _put(file: Path, write: Callable[[IO[bytes]], object], *, is_binary: bool = False) -> None:
    if str(file) == "-":
        if is_binary and sys.stdout.isatty():
            raise UsageError("Parquet is no text for a terminal; give a file's name.")
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if file.is_dir():
        raise UsageError(f"{file} is a folder; give a file's name.")
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        raise MonitorError(f"{file} cannot be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
