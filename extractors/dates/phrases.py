"""Tokens side by side that are one phrase ("no later than") or number ("twenty-five")."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.dates.lexicon import Classes, Entry, Lexicon
from extractors.dates.numerals import LONGEST, merge_numerals

NOTHING: Classes = {}


class Word(NamedTuple):
    """A token: where it stands in its chunk, its form, folded and as written, and what it means.

    ``sign`` stands for it in patterns, ``plain`` for one that means nothing.
    """

    begin: int
    end: int
    low: str
    written: str
    classes: Classes
    sign: str
    plain: str


def joined(tokens: Sequence[Word], written: str, folded: str, lexicon: Lexicon) -> Iterator[Word]:
    """*tokens* of a text, those that are one phrase or number made one."""
    after = 0
    joining = lexicon.joining
    for index in [at for at, word in enumerate(tokens) if word.low in joining]:
        if index < after:
            continue
        first = tokens[index]
        found = _together(tokens[index : index + LONGEST], written[first.begin], lexicon)
        if found:
            yield from tokens[after:index]
            used, entry = found
            after = index + used
            begin, end = first.begin, tokens[after - 1].end
            classes, sign = entry or (NOTHING, first.plain)
            low, whole = folded[begin:end], written[begin:end]
            yield Word(begin, end, low, whole, classes, sign, first.plain)
    yield from tokens[after:]


def _together(
    tokens: Sequence[Word], initial: str, lexicon: Lexicon
) -> tuple[int, Entry | None] | None:
    """How many tokens from the first are one phrase or number, and what they mean together."""
    first = tokens[0].low
    if len(tokens) == 1 or tokens[1].low not in lexicon.joining[first]:
        return None
    lows = [word.low for word in tokens]
    for parts in lexicon.phrases.get(first, ()):
        if tuple(lows[: len(parts)]) == parts:
            return len(parts), lexicon.as_written(" ".join(parts), initial)
    if first in lexicon.numerals:
        merged, value, ordinal = merge_numerals(lows, lexicon.numerals)
        if merged > 1:
            return merged, lexicon.entry(_merged_classes(value, ordinal))
    return None


def _merged_classes(value: int, ordinal: bool) -> Classes:
    if ordinal:
        return {"ord": str(value)}
    return {"num": str(value)} | ({"year4": str(value)} if 1000 <= value <= 2199 else {})


def going_on(tokens: Sequence[Word], lexicon: Lexicon) -> frozenset[str]:
    """The words that may make one of the last of *tokens* and them; at times some more.

    With them is "", for another blank parts nothing.
    """
    lows = tuple(word.low for word in tokens[-LONGEST:])
    found: set[str] = set()
    for place, low in enumerate(lows):
        if low not in lexicon.joining:
            continue
        rest = lows[place:]
        size = len(rest)
        found.update(
            parts[size]
            for parts in lexicon.phrases.get(low, ())
            if len(parts) > size and parts[:size] == rest
        )
        if low in lexicon.numerals and lexicon.joining[low].issuperset(rest[1:]):
            found |= lexicon.joining[low]
    return frozenset({*found, ""} if found else found)
