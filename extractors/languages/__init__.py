"""What is particular to a language, as data: one folder a language, the same files in each.

An algorithm stands once, in the modules beside this package; a language brings its cues, marks,
months and abbreviations as TOML. A new language is a new folder.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

SUPPORTED = ("en", "fr", "es")


@cache
def language_data(lang: str, name: str) -> Mapping[str, Any]:
    """The table in ``extractors/languages/{lang}/{name}.toml``.

    Raises ``FileNotFoundError`` where the language has no such file, which is a fault of ours.
    """
    source = files(__name__).joinpath(lang, f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
