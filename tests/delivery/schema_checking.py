"""A small validator of JSON Schema: just the keywords that our schemas use, and no others."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

Schema = dict[str, Any]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_TOLD = {"$schema", "title", "description"}


def faults(value: Any, schema: Schema, place: str = "") -> Iterator[str]:
    """What is wrong with *value* by *schema*, each with its place."""
    for keyword, wanted in schema.items():
        if keyword in _TOLD:
            continue
        yield from _RULES[keyword](value, wanted, schema, place)


def _type(value: Any, wanted: Any, _: Schema, place: str) -> Iterator[str]:
    names = [wanted] if isinstance(wanted, str) else wanted
    fits = any(
        isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in names
    )
    if not fits:
        yield f"{place}: {value!r} is no {' or '.join(names)}"


def _enum(value: Any, wanted: list[Any], _: Schema, place: str) -> Iterator[str]:
    if value not in wanted:
        yield f"{place}: {value!r} is none of {wanted}"


def _const(value: Any, wanted: Any, _: Schema, place: str) -> Iterator[str]:
    if value != wanted:
        yield f"{place}: {value!r} is not {wanted!r}"


def _properties(value: Any, wanted: Schema, _: Schema, place: str) -> Iterator[str]:
    for name, schema in wanted.items():
        if isinstance(value, dict) and name in value:
            yield from faults(value[name], schema, f"{place}/{name}")


def _required(value: Any, wanted: list[str], _: Schema, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{place}: {name} is missing" for name in wanted if name not in value)


def _items(value: Any, wanted: Schema, _: Schema, place: str) -> Iterator[str]:
    for number, item in enumerate(value if isinstance(value, list) else ()):
        yield from faults(item, wanted, f"{place}/{number}")


def _any_of(value: Any, wanted: list[Schema], _: Schema, place: str) -> Iterator[str]:
    found = [list(faults(value, one, place)) for one in wanted]
    if all(found):
        yield from min(found, key=len)


def _minimum(value: Any, wanted: float, _: Schema, place: str) -> Iterator[str]:
    if isinstance(value, (int, float)) and value < wanted:
        yield f"{place}: {value} is less than {wanted}"


def _maximum(value: Any, wanted: float, _: Schema, place: str) -> Iterator[str]:
    if isinstance(value, (int, float)) and value > wanted:
        yield f"{place}: {value} is more than {wanted}"


def _shortest(value: Any, wanted: int, _: Schema, place: str) -> Iterator[str]:
    if isinstance(value, (str, list)) and len(value) < wanted:
        yield f"{place}: shorter than {wanted}"


def _format(value: Any, wanted: str, _: Schema, place: str) -> Iterator[str]:
    if not isinstance(value, str):
        return
    try:
        if wanted == "date":
            date.fromisoformat(value)
        elif not re.search(r"(Z|[+-]\d\d:\d\d)$", value):
            raise ValueError
        else:
            datetime.fromisoformat(value)
    except ValueError:
        yield f"{place}: {value!r} is no {wanted}"


_RULES: dict[str, Any] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "properties": _properties,
    "required": _required,
    "items": _items,
    "anyOf": _any_of,
    "minimum": _minimum,
    "maximum": _maximum,
    "minLength": _shortest,
    "minItems": _shortest,
    "format": _format,
}


def unknown(value: Any, schema: Schema, place: str = "") -> Iterator[str]:
    """Keys of *value* that *schema* does not tell of."""
    if "anyOf" in schema:
        fitting = [one for one in schema["anyOf"] if not list(faults(value, one))]
        yield from unknown(value, fitting[0], place) if fitting else ()
    elif isinstance(value, dict):
        told = schema.get("properties", {})
        for name, item in value.items():
            if name in told:
                yield from unknown(item, told[name], f"{place}/{name}")
            else:
                yield f"{place}/{name}"
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from unknown(item, schema.get("items", {}), f"{place}/{number}")
