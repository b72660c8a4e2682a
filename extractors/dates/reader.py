"""A paragraph as a string of signs, with the places and meanings of its tokens."""

import re
from array import array
from dataclasses import dataclass, field

from extractors.dates.lexicon import (
    CAPITAL,
    LOWER,
    OTHER,
    Classes,
    Entry,
    Lexicon,
    number_classes,
)
from extractors.dates.numerals import merge_numerals

# The kinds of tokens that have no digit in them.
_WORDS = frozenset({"word", "dotted", "mark"})


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
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    meanings: dict[int, Classes] = {}
    matches = list(lexicon.scanner.matches(folded, start, end))
    words = [match.group() for match in matches]
    entries, joining, proper = lexicon.entries, lexicon.joining, lexicon.proper
    skipped = 0
    for index, (word, match) in enumerate(zip(words, matches, strict=True)):
        if skipped:
            skipped -= 1
            continue
        first, last = match.span()
        entry: Entry | None = None
        if word in joining:
            used, entry = _joined(words, index, lexicon, text[first])
            if used > 1:
                skipped = used - 1
                last = matches[index + skipped].end()
        if not skipped:
            if match.lastgroup not in _WORDS:
                entry = _number(match, lexicon)
            else:
                entry = entries.get(word)
                if entry is not None and word in proper:
                    entry = lexicon.as_written(word, text[first])
        if entry is None:
            signs.append(_plain_sign(match, text[first]))
        else:
            meanings[len(signs)], sign = entry
            signs.append(sign)
        starts.append(first)
        ends.append(last)
    return Passage(text, folded, array("q", starts), array("q", ends), "".join(signs), meanings)


def _joined(
    words: list[str], index: int, lexicon: Lexicon, initial: str
) -> tuple[int, Entry | None]:
    """How many tokens from *index* are one phrase or number, and what they mean together."""
    word = words[index]
    for parts in lexicon.phrases.get(word, ()):
        if tuple(words[index : index + len(parts)]) == parts:
            return len(parts), lexicon.as_written(" ".join(parts), initial)
    if word in lexicon.numerals:
        merged, value, ordinal = merge_numerals(words, index, lexicon.numerals)
        if merged > 1:
            return merged, lexicon.entry(_merged_classes(value, ordinal))
    return 1, None


def _merged_classes(value: int, ordinal: bool) -> Classes:
    if ordinal:
        return {"ord": str(value)}
    return {"num": str(value)} | ({"year4": str(value)} if 1000 <= value <= 2199 else {})


def _plain_sign(match: re.Match[str], initial: str) -> str:
    if match.lastgroup != "word":
        return OTHER
    return CAPITAL if initial.isupper() else LOWER


def _is_time(hour: str, minute: str) -> bool:
    return len(hour) <= 2 and len(minute) == 2 and int(hour) < 24 and int(minute) < 60


def _number(match: re.Match[str], lexicon: Lexicon) -> Entry | None:
    """What a token with digits means."""
    word = match.group()
    match match.lastgroup:
        case "digits":
            return lexicon.entry(number_classes(word))
        case "ordnum":
            digits = word.rstrip("abcdefghijklmnopqrstuvwxyzºª°")
            day = {"day": digits} if 1 <= int(digits) <= 31 else {}
            return lexicon.entry({"ordnum": digits, **day})
        case "amount":
            hour, _, minute = word.partition(".")
            clock = {"dotclock": f"{hour}:{minute}"} if _is_time(hour, minute) else {}
            return lexicon.entry({"amount": word, "num": word, **clock})
        case kind:
            return lexicon.entry({kind or "mark": word})
