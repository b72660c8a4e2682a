"""Folding text for comparison without moving an offset."""

import re
import unicodedata
from functools import lru_cache

_OTHER = re.compile(r"[^\x00-\x7f]")
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


def _fold_character(character: str) -> str:
    """Lower case without accents, where that is one character; else the character itself."""
    base = unicodedata.normalize("NFD", character)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


# With more different letters than this, one pass over the text is quicker than one for each.
_MANY = 200


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What a character that is not ASCII becomes."""
    translated = character.translate(_MARKS)
    return translated if translated.isascii() else _fold_character(translated)


def fold(text: str) -> str:
    """*text* in lower case, without accents, with plain quotation marks, hyphens and spaces.

    The result has the length of *text*, so an offset into one is an offset into the other.
    """
    if text.isascii():
        return text.lower()
    others = set(_OTHER.findall(text))
    if len(others) > _MANY:
        return "".join(c.lower() if c.isascii() else _plain(c) for c in text)
    left: list[str] = []
    for character in others:
        plain = _plain(character)
        if plain != character:
            text = text.replace(character, plain)
        if not plain.isascii():
            left.append(plain)
    # lower() moves no offset where it changes only letters of ASCII.
    if all(plain.lower() == plain for plain in left):
        return text.lower()
    return "".join(c.lower() if c.isascii() else c for c in text)
