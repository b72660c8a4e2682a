"""How patterns over words are written.

A form in a language's ``dates.toml`` is words and classes with blanks between:

=================  =========================================================================
``of``             that word
``<month>``        a word of the class; its value is captured under the class's name
``<till:day>``     the same, captured under the name before the colon
``[at|in]``        one of these words (or classes: ``<num>``), without capture; ``<lower>``
                   and ``<capital>`` are words that the lexicon does not know
``( … | … )``      alternatives
``x?``             x may be missing
``{ … }``          before the first word: this must stand before; else: this must follow
``{! … }``         must not stand there
``$name``          what ``[macros]`` has under that name
=================  =========================================================================

There is no repetition, so that the time that a form takes at one place is bounded.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from extractors.text.folding import fold

PIECE = re.compile(r"<[^<>]*>|\[[^\]]*\]|\{!|[(){}|?]|[^\s(){}|?<>\[\]]+")


def literals(data: Mapping[str, Any]) -> Iterator[str]:
    """The words that the forms of a language's file name themselves."""
    for form in _all_forms(data):
        for piece in PIECE.findall(form):
            if piece.startswith("["):
                yield from (fold(word) for word in piece[1:-1].split("|") if word[0] != "<")
            elif piece[0] not in "<{}()|?":
                yield fold(piece)


def _all_forms(data: Mapping[str, Any]) -> Iterator[str]:
    for table in ("forms", "prefixes"):
        for forms in data[table].values():
            yield from (expand(form, data) for form in forms)


def expand(form: str, data: Mapping[str, Any]) -> str:
    """*form* with its ``$names`` written out from the file's ``[macros]``."""
    macros = data.get("macros", {})
    for _ in range(3):
        for name in sorted(macros, key=len, reverse=True):
            form = form.replace(f"${name}", f"( {macros[name]} )")
    return form
