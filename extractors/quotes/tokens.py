"""Words and punctuation of a text, with a quotation folded into one token.

Taking what stands between marks as a single token lets a rule see ``Q , said N .`` whatever was
quoted, and keeps the words of a quotation from being read as the reporter's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from extractors.actors.lexicon import actor_words
from extractors.languages import language_data
from extractors.quotes.joined_classes import joined_classes
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
    """A token wherever it stands: its form in lower case with plain apostrophes, and its kind.

    ``is_word`` says that it is a word or a number; ``notable`` that it is a colon, or that a cue,
    a name, a role or a quotation may begin with it: who looks for one looks at no other tokens;
    ``may_cue`` that a cue may; ``is_name`` that it is a name whatever stands beside it, as most
    are. ``length`` counts its characters in the text. ``stretch`` is the index of the stretch that
    a quote token stands for.
    No value changes; it is not frozen because freezing doubles the cost of making one.
    """

    low: str
    kind: Kind
    length: int
    is_word: bool = False
    capital: bool = False
    notable: bool = False
    may_cue: bool = False
    is_name: bool = False
    stretch: int = -1

    @property
    def is_dotted(self) -> bool:
        """Whether a full stop that may end the sentence too was taken as the word's."""
        return self.kind is WORD and self.length > len(self.low)


class Tokens(tuple[Token, ...]):
    """Tokens in their order in a text, and where each of them begins.

    Places stand beside the tokens so that a word can be one token wherever it is met: a document
    has hundreds. A slice has no places; :meth:`part` keeps them.
    """

    starts: Sequence[int]

    def __new__(cls, tokens: Iterable[Token], starts: Sequence[int]) -> "Tokens":
        """*tokens* that begin at *starts*."""
        made = super().__new__(cls, tokens)
        made.starts = starts
        return made

    def span(self, first: int, last: int) -> Span:
        """The characters of the tokens ``[first, last)``."""
        starts, final = self.starts, last - 1
        return Span(starts[first], starts[final] + self[final].length)

    def part(self, first: int, last: int) -> "Tokens":
        """The tokens ``[first, last)`` with their places."""
        return Tokens(self[first:last], self.starts[first:last])

    def joined(self, following: "Tokens") -> "Tokens":
        """These tokens and those that follow in the text."""
        return Tokens((*self, *following), (*self.starts, *following.starts))


def has_a(tokens: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether one of some *tokens* is one of the *words*."""
    return not words.isdisjoint([token.low for token in tokens])


def notables(tokens: Sequence[Token]) -> list[int]:
    """Which of some *tokens* are notable."""
    return [index for index, token in enumerate(tokens) if token.notable]


_KINDS = {"number": NUMBER, "punct": PUNCTUATION}
_PLAIN = str.maketrans({"’": "'", "‑": "-", "‐": "-"})
_PIECE = re.compile(r"\S+")
_LONGEST_CHUNK, _MOST_CHUNKS = 40, 1 << 15
_Part = tuple[int, Token]  # where a token begins in its chunk
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


@cache
def _doubtful_names(lang: str) -> frozenset[str]:
    """The words that a capital makes a name in some places only."""
    return joined_classes(lexicon(lang), actor_words(lang))["doubtful_names"]


def _is_name(low: str, lang: str) -> bool:
    """Whether a word with a capital is a name wherever it stands."""
    lex = lexicon(lang)
    return not (low in _doubtful_names(lang) or lex.is_adverb(low) or lex.is_participle(low))


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


@dataclass(slots=True)
class _Chunk:
    """What stands between two blanks: its tokens, where they begin in it, and the next chunk.

    ``alone`` is the token that is all there is in most. No value changes; it is not frozen
    because freezing doubles the cost of making one.
    """

    tokens: Sequence[Token]
    begins: Sequence[int]
    following: int
    alone: Token | None


class _Chunks(dict[str, _Chunk]):
    """The tokens of what has stood between blanks in a language; never very many.

    A full stop is a token of its own in the chunk that *ends* a text, though it would be part of
    an abbreviation elsewhere.
    """

    def __init__(self, lang: str, *, ends: bool) -> None:
        super().__init__()
        self._lang = lang
        self._ends = ends

    def __missing__(self, chunk: str) -> _Chunk:
        parts = list(_parts(chunk, self._lang, ends=self._ends))
        tokens, begins = [token for _, token in parts], [begin for begin, _ in parts]
        made = _Chunk(tokens, begins, len(chunk) + 1, tokens[0] if begins == [0] else None)
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _MOST_CHUNKS:
                self.clear()
            self[chunk] = made
        return made


@cache
def _chunks(lang: str) -> tuple[_Chunks, _Chunks]:
    """The chunks of a language that others follow, and those that end a text."""
    return _Chunks(lang, ends=False), _Chunks(lang, ends=True)


def tokenize(text: str, lang: str, start: int, end: int) -> Tokens:
    """The tokens of ``text[start:end]``."""
    tokens: list[Token] = []
    starts: list[int] = []
    _read(text, lang, start, end, tokens, starts)
    return Tokens(tokens, starts)


def _read(
    text: str, lang: str, start: int, end: int, tokens: list[Token], starts: list[int]
) -> None:
    """Add the tokens of ``text[start:end]`` to *tokens*, and where they begin to *starts*.

    What stands between two blanks is taken apart once and remembered, since most of it is met
    again: a word, or a word and a comma.
    """
    inside, closing = _chunks(lang)
    *others, last = text[start:end].split(" ")
    at = start
    for chunk in [*map(inside.__getitem__, others), closing[last]]:
        if chunk.alone is not None:
            tokens.append(chunk.alone)
            starts.append(at)
        else:
            tokens += chunk.tokens
            starts += [at + begin for begin in chunk.begins]
        at += chunk.following


def _parts(chunk: str, lang: str, *, ends: bool) -> Iterator[_Part]:
    """The tokens of a chunk by their places in it; a full stop that *ends* all is one of them.

    Blanks other than the plain one may stand in it, but in no token.
    """
    for match in _PIECE.finditer(chunk):
        yield from _of_piece(chunk, lang, match.span(), ends and match.end() == len(chunk))


def _of_piece(chunk: str, lang: str, edges: tuple[int, int], ends: bool) -> Iterator[_Part]:
    start, end = edges
    limit = end if ends else end + 1
    position = start
    for match in _pattern(lang).finditer(chunk, start, end):
        first, last = match.span()
        if first < position:
            if last <= position:
                continue
            first = position
        group = match.lastgroup or ""
        low, capital, shortened = _shape(chunk[first:last], lang)
        dotted = shortened and group in {"word", "plain"} and chunk[last : last + 1] == "."
        if dotted and last + 1 < limit:
            last += 1
        kind = _KINDS.get(group, WORD)
        yield (
            first,
            Token(
                low,
                kind,
                last - first,
                is_word=kind is not PUNCTUATION,
                capital=capital,
                notable=capital or low == ":" or low in _notable(lang),
                may_cue=kind is WORD and low in lexicon(lang).cues,
                is_name=capital and kind is WORD and _is_name(low, lang),
            ),
        )
        position = last


def collapse(
    text: str, lang: str, paragraph: Span, stretches: Sequence[tuple[int, Stretch]]
) -> Tokens:
    """The tokens of *paragraph*, each stretch of it (with its index) as one quote token."""
    if not stretches:
        return tokenize(text, lang, paragraph.start, paragraph.end)
    tokens: list[Token] = []
    starts: list[int] = []
    position = paragraph.start
    for index, stretch in stretches:
        start = max(stretch.outer.start, position)
        end = min(stretch.outer.end, paragraph.end)
        if start > position:
            _read(text, lang, position, start, tokens, starts)
        tokens.append(Token("", QUOTE, end - start, notable=True, stretch=index))
        starts.append(start)
        position = max(position, end)
    if position < paragraph.end:
        _read(text, lang, position, paragraph.end, tokens, starts)
    return Tokens(tokens, starts)
