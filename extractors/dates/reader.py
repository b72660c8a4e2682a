"""A paragraph as a string of signs, with the places and meanings of its tokens."""

from array import array
from dataclasses import dataclass, field

from extractors.dates.lexicon import (
    CAPITAL,
    LOWER,
    OTHER,
    Classes,
    Lexicon,
    classes_as_written,
    number_classes,
)
from extractors.dates.numerals import merge_numerals
from extractors.dates.tokens import Token

_NUMBER_KINDS = {"iso", "slash", "clock"}


@dataclass(slots=True)
class Passage:
    """The tokens of a paragraph: ``signs[i]`` stands for ``text[starts[i]:ends[i]]``.

    ``meanings`` holds only the tokens that the lexicon knows.
    """

    text: str
    folded: str
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    signs: str = ""
    meanings: dict[int, Classes] = field(default_factory=dict)

    def word(self, index: int) -> str:
        """The folded token at *index*; "" out of range."""
        if not 0 <= index < len(self.starts):
            return ""
        return self.folded[self.starts[index] : self.ends[index]]

    def written(self, index: int) -> str:
        """The token at *index* as written; "" out of range."""
        if not 0 <= index < len(self.starts):
            return ""
        return self.text[self.starts[index] : self.ends[index]]


def read_passage(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> Passage:
    """The tokens of ``text[start:end]``, phrases and number words joined."""
    passage = Passage(text, folded)
    signs: list[str] = []
    tokens = list(lexicon.scanner.scan(folded, start, end))
    index, count = 0, len(tokens)
    while index < count:
        token = tokens[index]
        used, classes = _phrase_at(tokens, index, lexicon, text)
        if used == 1 and token.word in lexicon.numerals:
            merged, value, ordinal = merge_numerals(tokens, index, lexicon.numerals)
            if merged > 1:
                used, classes = merged, _merged_classes(value, ordinal)
        place = len(signs)
        passage.starts.append(token.start)
        passage.ends.append(tokens[index + used - 1].end)
        if classes:
            passage.meanings[place] = classes
            signs.append(lexicon.signs.get(frozenset(classes), OTHER))
        else:
            signs.append(_plain_sign(token, text))
        index += used
    passage.signs = "".join(signs)
    return passage


def _merged_classes(value: int, ordinal: bool) -> Classes:
    if ordinal:
        return {"ord": str(value)}
    return {"num": str(value)} | ({"year4": str(value)} if 1000 <= value <= 2199 else {})


def _plain_sign(token: Token, text: str) -> str:
    if token.kind != "word":
        return OTHER
    return CAPITAL if text[token.start].isupper() else LOWER


def _phrase_at(tokens: list[Token], index: int, lexicon: Lexicon, text: str) -> tuple[int, Classes]:
    token = tokens[index]
    for parts in lexicon.phrases.get(token.word, ()):
        if index + len(parts) <= len(tokens) and all(
            tokens[index + i].word == part for i, part in enumerate(parts)
        ):
            return len(parts), classes_as_written(lexicon, " ".join(parts), text[token.start])
    return 1, _classes_of(token, lexicon, text)


def _is_time(hour: str, minute: str) -> bool:
    return len(hour) <= 2 and len(minute) == 2 and int(hour) < 24 and int(minute) < 60


def _classes_of(token: Token, lexicon: Lexicon, text: str) -> Classes:
    match token.kind:
        case "digits":
            return number_classes(token.word)
        case "word" | "dotted" | "mark":
            return classes_as_written(lexicon, token.word, text[token.start])
        case "ordnum":
            digits = token.word.rstrip("abcdefghijklmnopqrstuvwxyzºª°")
            day = {"day": digits} if 1 <= int(digits) <= 31 else {}
            return {"ordnum": digits, **day}
        case "amount":
            hour, _, minute = token.word.partition(".")
            clock = {"dotclock": f"{hour}:{minute}"} if _is_time(hour, minute) else {}
            return {"amount": token.word, "num": token.word, **clock}
        case kind:
            return {kind: token.word}
