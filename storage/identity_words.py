"""Words and hashes by which occurrences and texts are compared."""

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

Data = Mapping[str, Any]
Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*", re.UNICODE)
_INSERTION = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_TABLE = tomllib.loads(files("storage").joinpath("identity.toml").read_text(encoding="utf-8"))

NEGATIONS: Final = frozenset(_TABLE["negations"].split())
EMPTY: Final = frozenset(_TABLE["empty"].split())
TITLES: Final = frozenset(_TABLE["titles"].split())
PRONOUNS: Final = frozenset(_TABLE["pronouns"].split())
_FIGURES: Final[Mapping[str, str]] = _TABLE["figures"]


@lru_cache(maxsize=8192)
def folded_words(text: str) -> Words:
    """The words of *text* without case, accents, quotation marks, insertions and ellipses."""
    plain = unicodedata.normalize("NFKD", _INSERTION.sub(" ", text))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return tuple(_WORD.findall(_APOSTROPHE.sub("", plain)))


@lru_cache(maxsize=32768)
def told_words(text: str) -> Words:
    """Like :func:`folded_words`, with numbers in digits, so that "ten" is "10"."""
    return tuple(_FIGURES.get(word, word) for word in folded_words(text))


def is_figure(word: str) -> bool:
    """Whether a folded word is a number."""
    return word[0].isdigit()


def hash64(*parts: str) -> int:
    """A signed 64-bit digest, the same on every machine."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def hash48(*parts: str) -> int:
    """The lower 48 bits of such a digest; never negative."""
    return hash64(*parts) & (2**48 - 1)


def shingles(words: Words, size: int) -> Iterable[Words]:
    """The runs of *size* words, in order."""
    return (words[i : i + size] for i in range(len(words) - size + 1))
