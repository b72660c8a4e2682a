"""Rows as Parquet, for notebooks: typed columns, written group by group."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import Date

from monitor.errors import MonitorError
from storage.columns import UtcDateTime
from storage.view_tables import HIDDEN, view_table

if TYPE_CHECKING:
    import pyarrow

_GROUP = 2000
_INTEGERS = ("sightings", "outlets", "stories", "articles", "revision", "moves")
_NUMBERS = ("confidence", "relevance")
# What has parts of several kinds stays JSON.
_TEXTS = ("clock", "history")


def write_parquet(rows: Iterable[Mapping[str, Any]], view: str, stream: IO[bytes]) -> int:
    """Write *rows* of *view* to *stream*, which need not be able to seek; returns how many.

    Times are UTC timestamps, dates are dates, lists of ids are lists; other JSON is text. Raises
    :class:`MonitorError` where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ModuleNotFoundError as error:
        raise MonitorError(
            "Parquet needs pyarrow; install nafta-monitor with its extra `parquet`, "
            "or export jsonl or csv."
        ) from error
    schema = schema_of(view)
    count = 0
    with ParquetWriter(stream, schema, compression="zstd") as writer:
        for group in _groups(rows):
            plain = [{name: _plain(name, row[name]) for name in schema.names} for row in group]
            writer.write_table(pyarrow.Table.from_pylist(plain, schema=schema))
            count += len(group)
    return count


def schema_of(view: str) -> "pyarrow.Schema":
    """The columns of *view* with their types."""
    import pyarrow as pa

    plain = {
        **dict.fromkeys(_INTEGERS, pa.int64()),
        **dict.fromkeys(_NUMBERS, pa.float64()),
        "issues": pa.list_(pa.string()),
    }
    fields = []
    for column in view_table(view).c:
        if column.key in HIDDEN:
            continue
        kind = plain.get(column.key, pa.string())
        if isinstance(column.type, UtcDateTime):
            kind = pa.timestamp("us", tz="UTC")
        elif isinstance(column.type, Date):
            kind = pa.date32()
        fields.append((column.key, kind))
    return pa.schema(fields)


def _groups(rows: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    left = iter(rows)
    while group := list(islice(left, _GROUP)):
        yield group


def _plain(name: str, value: Any) -> Any:
    if name in _TEXTS and value is not None:
        return json.dumps(value, ensure_ascii=False)
    return value
