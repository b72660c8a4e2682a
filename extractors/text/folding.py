"""Folding text for comparison without moving an offset."""

import unicodedata
from functools import lru_cache

_MARKS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‐": "-",
        "‑": "-",
        "–": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Lower case without accents, where that is one character; else the character itself."""
    base = unicodedata.normalize("NFD", character)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


def fold(text: str) -> str:
    """*text* in lower case, without accents, with plain quotation marks, hyphens and spaces.

    The result has the length of *text*, so an offset into one is an offset into the other.
    """
    translated = text.translate(_MARKS)
    if translated.isascii():
        return translated.lower()
    return "".join(c.lower() if c.isascii() else _fold_character(c) for c in translated)
