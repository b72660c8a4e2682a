"""JSON as it comes: with a comma too many, raw line ends in its strings, or its end cut off."""

import json
import re
from typing import Any

_DECODER = json.JSONDecoder(strict=False)
_COMMA_TOO_MANY = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*[\]}])', re.DOTALL)
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def read_json(text: str) -> Any:
    """The first value of *text*; of a feed whose end is cut off, with the items that are whole.

    Raises ``ValueError`` where there is none, and ``RecursionError`` where it nests too deep.
    """
    text = text.lstrip("\ufeff \t\r\n\x00")
    try:
        return _DECODER.raw_decode(text)[0]
    except ValueError:
        text = _COMMA_TOO_MANY.sub(r"\1", text)
    try:
        return _DECODER.raw_decode(text)[0]
    except ValueError:
        return _whole_items(text)


def _whole_items(text: str) -> dict[str, Any]:
    """What stands before the items of a feed, and those of them that are whole."""
    start = _ITEMS.search(text)
    if start is None:
        raise ValueError("there are no items")
    document: dict[str, Any] = json.loads(f"{text[: start.start()].rstrip(', ')}}}", strict=False)
    items, at = [], start.end()
    while True:
        at = _between(text, at)
        try:
            item, at = _DECODER.raw_decode(text, at)
        except ValueError:
            break
        items.append(item)
    if not items:
        raise ValueError("no item is whole")
    return document | {"items": items}


def _between(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at
