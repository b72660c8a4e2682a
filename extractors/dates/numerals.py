"""Number words joined to numbers: "twenty-five", "quatre-vingt-dix", "treinta y cinco"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST = 9  # words of one number


@dataclass(frozen=True, slots=True)
class Numerals:
    """A language's number words, its ordinals below ten, and what may stand between two."""

    values: Mapping[str, int]
    ordinals: Mapping[str, int]
    joiners: frozenset[str]

    def __contains__(self, word: str) -> bool:
        return word in self.values


def merge_numerals(words: Sequence[str], numerals: Numerals) -> tuple[int, int, bool]:
    """How many of the first *words* make one number, its value, and whether it is an ordinal."""
    total = 0
    current = numerals.values[words[0]]
    used = at = 1
    while at < min(LONGEST, len(words)):
        word = words[at]
        if word in numerals.joiners:
            at += 1
            continue
        last = numerals.ordinals.get(word)
        if last is not None and current >= 20 and current % 10 == 0:
            return at + 1, total + current + last, True
        value = numerals.values.get(word)
        joined = None if value is None else _join(total, current, value)
        if joined is None:
            break
        total, current = joined
        at += 1
        used = at
    return used, total + current, False


def _join(total: int, current: int, value: int) -> tuple[int, int] | None:
    """The number so far with *value* after it, or None where they don't make one."""
    if value >= 1000:
        return (total + current * value, 0) if 0 < current < value else None
    if value == 20 and current % 100 == 4:
        return total, current - 4 + 80  # quatre-vingts
    if value == 100:
        return (total, current * 100) if 0 < current < 100 else None
    if current == 0 and total:
        return total, value
    if current == 1000:
        return total + current, value  # "mil novecientos"
    if current in {18, 19, 20} and 10 <= value < 100 and total == 0:
        return total, current * 100 + value
    room = 10 if current % 10 == 0 else 0
    room = 100 if current % 100 == 0 else 20 if current in {60, 80} else room
    return (total, current + value) if current and value < room else None
