"""Many values in one parameter: statements of one text each, prepared once, however many there are.

``among(column, values)`` is ``column IN (…)``, ``listed(values)`` a table of one column
``value``; :func:`insert_numbers` writes rows of bare numbers, :func:`numbers` reads them.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Float,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _List(TypeDecorator[Collection[Any]]):
    """A list as one parameter: an array, or JSON where the database has none."""

    impl = Text
    cache_ok = True

    def __init__(self, items: type[TypeEngine[Any]]) -> None:
        super().__init__()
        self.items = items

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(ARRAY(self.items))

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return json.dumps(list(value)) if dialect.name == "sqlite" else list(value)


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002
        # Not `(… IN …) = 1`, as SQLite is given booleans: no index serves that.
        return self


class _Listed(FunctionElement[Any]):
    inherit_cache = True


@compiles(_Among)
def _any_of_array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY ({values})"


@compiles(_Among, "sqlite")
def _any_of_json(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 (compiled parts)


@compiles(_Listed)
def _rows_of_array(element: _Listed, compiler: SQLCompiler, **options: Any) -> str:
    (values,) = (compiler.process(one, **options) for one in element.clauses)
    return f"(SELECT unnest({values}) AS value)"


@compiles(_Listed, "sqlite")
def _rows_of_json(element: _Listed, compiler: SQLCompiler, **options: Any) -> str:
    (values,) = (compiler.process(one, **options) for one in element.clauses)
    return f"json_each({values})"


def among(column: Any, name: str, items: type[TypeEngine[Any]] = BigInteger) -> ColumnElement[bool]:
    """Whether *column* is one of the values of the parameter *name*, a list."""
    return _Among(column, bindparam(name, type_=_List(items)))


def listed(name: str, items: type[TypeEngine[Any]] = BigInteger) -> Any:
    """The values of the parameter *name*, a list, as rows with a column ``value``."""
    return _Listed(bindparam(name, type_=_List(items))).table_valued("value")


def numbers(
    connection: Connection, statement: Executable, values: Mapping[str, Any]
) -> Sequence[Any]:
    """All rows of a query for integers, bare as the driver has them: thousands in little time."""
    result = connection.execute(statement, values)
    rows: Sequence[Any] = result.cursor.fetchall()
    result.close()
    return rows


def insert_numbers(connection: Connection, model: Any, rows: Sequence[tuple[float, ...]]) -> None:
    """Insert rows of numbers, in the order of the table's columns; those that are there stay."""
    if not rows:
        return
    table = model.__table__
    into = f"INSERT INTO {table.name} ({', '.join(table.c.keys())})"
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.c))
        connection.exec_driver_sql(
            f"{into} VALUES ({marks}) ON CONFLICT DO NOTHING",
            list(rows),
        )
        return
    arrays = ", ".join(
        "%s::float8[]" if isinstance(column.type, Float) else "%s::bigint[]" for column in table.c
    )
    connection.exec_driver_sql(
        f"{into} SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING",  # noqa: S608
        tuple(list(column) for column in zip(*rows, strict=True)),
    )
