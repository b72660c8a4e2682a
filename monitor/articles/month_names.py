"""The months' names in the languages that we read."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from extractors.languages import SUPPORTED, language_data


def month_number(name: str) -> int | None:
    """The number of the month *name* in English, French or Spanish, full or short."""
    return _numbers().get(_folded(name))


@cache
def _numbers() -> Mapping[str, int]:
    return {
        _folded(name): int(number)
        for lang in SUPPORTED
        for number, names in language_data(lang, "dates")["words"]["month"].items()
        for name in names
    }


def _folded(name: str) -> str:
    """*name* without case, accents and its full stop: many write ``fevr`` and ``AOUT``."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).rstrip(".")
