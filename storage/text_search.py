"""Finding words in columns whatever their case and accents, in plain SQL.

SQLite: ``GLOB`` with a class of characters for each letter, so nothing is registered in the
database and any other tool may run the same statement. PostgreSQL: a regular expression of the
same classes.
"""

import re
from collections.abc import Sequence
from string import punctuation

from sqlalchemy import and_, or_

from extractors.text.folding import fold
from storage.view_tables import Column

_VARIANTS = {
    "a": "àáâäãåā",
    "c": "çćč",
    "e": "èéêëēę",
    "i": "ìíîïī",
    "n": "ñń",
    "o": "òóôöõō",
    "u": "ùúûüū",
    "y": "ýÿ",
}
_MARKS = {"'": "’‘ʼ‛", '"': "“”„«»", "-": "‐‑–", " ": "\u00a0\u202f\u2009\n"}
_LETTERS = {letter: more + (letter + more).upper() for letter, more in _VARIANTS.items()} | _MARKS


def parts_of(text: str) -> list[str]:
    """The words and "phrases" of a search, without stars; the text itself where it has none."""
    found = re.findall(r'"([^"]+)"|([^\s"]+)', text)
    parts = [phrase.strip() or word.rstrip("*") for phrase, word in found]
    return [part for part in parts if part] or [text]


def contains_words(columns: Sequence[Column], words: list[str], dialect: str) -> Column:
    """Whether each of *words* occurs in one of *columns* at least."""
    return and_(*(or_(*(contains(column, word, dialect) for column in columns)) for word in words))


def contains(column: Column, text: str, dialect: str) -> Column:
    """Whether *column* holds *text* as a part, whatever its case and accents."""
    wanted = fold(text).replace("\n", " ")
    if dialect == "sqlite":
        exact = column.op("GLOB")(f"*{''.join(map(_any_of, wanted))}*")
        # LIKE finds most of what does not match several times faster, so it is asked first.
        rough = column.like(f"%{''.join(map(_roughly, wanted))}%", escape="\\")
        return and_(rough, exact)
    # One automaton instead of translate(), which compares every character with every letter.
    return column.op("~")("".join(map(_pattern, wanted)))


def _any_of(character: str) -> str:
    """The class of all characters that are found under *character*."""
    both = dict.fromkeys(character + character.upper() + _LETTERS.get(character, ""))
    return f"[{''.join(both)}]" if character not in "]^" else character


def _pattern(character: str) -> str:
    """The class of all characters that are found under *character*, as a regular expression's."""
    both = dict.fromkeys(character + character.upper() + _LETTERS.get(character, ""))
    escaped = (f"\\{one}" if one in punctuation else one for one in both)
    return f"[{''.join(escaped)}]"


def _roughly(character: str) -> str:
    """What in a LIKE covers all that is found under *character*: itself, or any one character."""
    if not character.isascii() or character in _LETTERS:
        return "_"
    return like_escaped(character)


def like_pattern(text: str) -> str:
    """The ``LIKE`` pattern (escape: backslash) of "contains *text*"."""
    return f"%{like_escaped(text)}%"


def like_escaped(text: str) -> str:
    """The *text* with what means more to ``LIKE`` escaped by backslashes."""
    return re.sub(r"[%_\\]", lambda match: "\\" + match[0], text)
