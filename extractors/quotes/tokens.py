"""Words and punctuation of a text, with a quotation folded into one token.

Taking what stands between marks as a single token lets a rule see ``Q , said N .`` whatever was
quoted, and keeps the words of a quotation from being read as the reporter's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from extractors.actors.lexicon import actor_words
from extractors.languages import language_data
from extractors.quotes.lexicon import lexicon
from extractors.quotes.marks import Stretch
from extractors.types import Span


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    PUNCTUATION = "punctuation"
    QUOTE = "quote"


# Python 3.11 takes over ten times as long to look up a member in its class as a name of a module;
# what is asked of every token asks by these.
WORD, NUMBER, PUNCTUATION, QUOTE = Kind


@dataclass(slots=True)
class Token:
    """A token: its place, its form in lower case with plain apostrophes, and its kind.

    ``is_word`` says that it is a word or a number; ``notable`` that it is a colon, or that a cue,
    a name, a role or a quotation may begin with it: who looks for one looks at no other tokens.
    ``stretch`` is the index of the stretch that a quote token stands for. No value changes; it is
    not frozen because freezing doubles the cost of the thousands that a document makes.
    """

    start: int
    end: int
    low: str
    kind: Kind
    is_word: bool = False
    capital: bool = False
    notable: bool = False
    stretch: int = -1

    @property
    def is_dotted(self) -> bool:
        """Whether a full stop that may end the sentence too was taken as the word's."""
        return self.kind is WORD and self.end - self.start > len(self.low)


def has_a(tokens: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether one of some *tokens* is one of the *words*."""
    return not words.isdisjoint([token.low for token in tokens])


def notables(tokens: Sequence[Token]) -> list[int]:
    """Which of some *tokens* are notable."""
    return [index for index, token in enumerate(tokens) if token.notable]


DASHES = frozenset({"-", "–", "—", "--"})
PAUSES = frozenset({",", ":", ";", "…", *DASHES})
_KINDS = {"number": NUMBER, "punct": PUNCTUATION}
_PLAIN = str.maketrans({"’": "'", "‑": "-", "‐": "-"})
_PIECE = re.compile(r"\S+")
_LONGEST_CHUNK, _MOST_CHUNKS = 40, 1 << 15
# Where a token begins and ends in its chunk, its lower form, its kind, whether it is a word, has a
# capital, is notable.
_Part = tuple[int, int, str, Kind, bool, bool, bool]
_NOT_TITLED = re.compile(r"[A-ZÀ-Ý]\.?$")


@cache
def _abbreviations(lang: str) -> frozenset[str]:
    data = language_data(lang, "text")
    return frozenset(data["abbreviations"])


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """What is a token of the language: abbreviations, clitics, numbers, words, punctuation.

    Most tokens are letters with a blank or a comma after them; these are tried first.
    """
    other = language_data(lang, "quotes")["token_pattern"]
    return re.compile(rf"(?P<plain>[^\W\d_]++(?![-‐‑&.'’\w]))|{other}", re.IGNORECASE)


@cache
def _acronyms(lang: str) -> frozenset[str]:
    """Words that, written in capitals, are names ("WHO")."""
    return frozenset(language_data(lang, "quotes")["acronyms"])


@cache
def _notable(lang: str) -> frozenset[str]:
    """The words with which a cue or a role may begin."""
    return frozenset(lexicon(lang).cues).union(actor_words(lang).roles)


@lru_cache(maxsize=1 << 15)
def _shape(form: str, lang: str) -> tuple[str, bool, bool]:
    """A form in lower case, whether it has a capital, and whether a full stop may be part of it."""
    plain = form.lower()
    capital = form[:1].isupper()
    shortened = plain in _abbreviations(lang) or (
        _NOT_TITLED.match(form) is not None and form != "I"
    )
    if capital and form.isupper() and plain in _acronyms(lang):
        return form, True, shortened
    low = plain if plain.isascii() else plain.translate(_PLAIN)
    return low, capital, shortened


@cache
def _chunks(_lang: str) -> tuple[dict[str, tuple[_Part, ...]], dict[str, tuple[_Part, ...]]]:
    """The tokens of what has stood between blanks in the language; never very many.

    Two tables: a full stop is a token of its own in the last chunk of a text, though it would be
    part of an abbreviation elsewhere.
    """
    return {}, {}


def tokenize(text: str, lang: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``.

    What stands between two blanks is taken apart once and remembered, since most of it is met
    again: a word, or a word and a comma.
    """
    tokens: list[Token] = []
    inside, closing = _chunks(lang)
    first = start
    for chunk in text[start:end].split(" "):
        last = first + len(chunk)
        known = inside if last < end else closing
        parts = known.get(chunk)
        if parts is None:
            parts = _parts(text, lang, first, last, ends=last == end)
            if last - first <= _LONGEST_CHUNK:
                if len(known) >= _MOST_CHUNKS:
                    known.clear()
                known[chunk] = parts
        for begin, stop, low, kind, is_word, capital, notable in parts:
            tokens.append(Token(first + begin, first + stop, low, kind, is_word, capital, notable))
        first = last + 1
    return tokens


def _parts(text: str, lang: str, start: int, end: int, *, ends: bool) -> tuple[_Part, ...]:
    """The tokens of a chunk by their places in it; a full stop that *ends* all is one of them.

    Blanks other than the plain one may stand in it, but in no token.
    """
    return tuple(
        part
        for match in _PIECE.finditer(text, start, end)
        for part in _of_piece(text, lang, start, match.span(), ends and match.end() == end)
    )


def _of_piece(
    text: str, lang: str, origin: int, edges: tuple[int, int], ends: bool
) -> Iterator[_Part]:
    start, end = edges
    limit = end if ends else end + 1
    position = start
    for match in _pattern(lang).finditer(text, start, end):
        first, last = match.span()
        if first < position:
            if last <= position:
                continue
            first = position
        group = match.lastgroup or ""
        low, capital, shortened = _shape(text[first:last], lang)
        dotted = shortened and group in {"word", "plain"} and text[last : last + 1] == "."
        if dotted and last + 1 < limit:
            last += 1
        kind = _KINDS.get(group, WORD)
        notable = capital or low == ":" or low in _notable(lang)
        yield first - origin, last - origin, low, kind, kind is not PUNCTUATION, capital, notable
        position = last


def collapse(
    text: str, lang: str, paragraph: Span, stretches: Sequence[tuple[int, Stretch]]
) -> list[Token]:
    """The tokens of *paragraph*, each stretch of it (with its index) as one quote token."""
    if not stretches:
        return tokenize(text, lang, paragraph.start, paragraph.end)
    tokens: list[Token] = []
    position = paragraph.start
    for index, stretch in stretches:
        start = max(stretch.outer.start, position)
        end = min(stretch.outer.end, paragraph.end)
        if start > position:
            tokens.extend(tokenize(text, lang, position, start))
        tokens.append(Token(start, end, "", QUOTE, notable=True, stretch=index))
        position = max(position, end)
    if position < paragraph.end:
        tokens.extend(tokenize(text, lang, position, paragraph.end))
    return tokens
