"""A language's words for time, and the signs that stand for them in patterns.

Words come from the language's ``dates.toml``: ``[words.CLASS]`` maps a value to the words (or
phrases) that have it. A word may belong to several classes ("second" is an ordinal and a unit).
Each combination of classes has one character, its *sign*, so that a text becomes a string of
signs and a pattern over words a plain regular expression over that string, with no nested
repetition.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from extractors.dates.notation import literals
from extractors.dates.numerals import Numerals
from extractors.dates.tokens import Scanner
from extractors.languages import language_data
from extractors.text.folding import fold

# Classes that other classes make up together.
UNIONS: Mapping[str, tuple[str, ...]] = {
    "anyunit": ("unit", "units"),
    "year": ("year4",),
    "ordinal": ("ord", "ordnum"),
}
_FIRST_SIGN = 0xE000
LOWER, CAPITAL, OTHER = "w", "C", "p"
Classes = Mapping[str, str]


class Entry(NamedTuple):
    """What a word means: its classes with their values, and the sign that stands for them."""

    classes: Classes
    sign: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of one language mean, and how to write patterns over them.

    ``words`` maps a folded word to its classes and their values; ``phrases`` maps the first word
    of a phrase to its full forms, longest first; ``proper`` are words that mean a time only with
    a capital ("May", "March") and the classes that they lose without.
    """

    scanner: Scanner
    words: Mapping[str, Classes]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    proper: frozenset[str]
    numerals: Numerals
    signs: Mapping[frozenset[str], str]
    classes: Mapping[str, str]
    # The single words that mean something, and those that may begin a phrase or
    # number, each with the words that may follow it there.
    entries: Mapping[str, Entry]
    joining: Mapping[str, frozenset[str]]

    def entry(self, classes: Classes) -> Entry | None:
        """The entry of a word with these classes; None where it has none."""
        return Entry(classes, self.signs.get(frozenset(classes), OTHER)) if classes else None

    def as_written(self, word: str, initial: str) -> Entry | None:
        """The entry of *word*, without what it means only with a capital where it has none."""
        if word in self.proper and initial.islower():
            return self.entry(_without_proper(self.words[word]))
        return self.entries.get(word)


# Signs that no word of a file has: digits, and numbers joined of several words.
_NUMERIC = (
    ("num",),
    ("num", "year4"),
    ("ord",),
    ("ordnum", "day"),
    ("ordnum",),
    ("iso",),
    ("slash",),
    ("clock",),
    ("amount", "num"),
    ("amount", "num", "dotclock"),
    ("decade",),
)


def number_classes(digits: str) -> Classes:
    """The classes of a run of digits: a number, and perhaps a day, an hour, a year."""
    size = len(digits)
    if size > 9:
        return {}
    value = int(digits)
    classes = {"num": digits}
    if size <= 2:
        if 1 <= value <= 31:
            classes["day"] = digits
        if value <= 24:
            classes["hour"] = digits
    if size == 2:
        classes["yy"] = digits
        if value < 60:
            classes["minute"] = digits
    if size == 4:
        if 1000 <= value <= 2199:
            classes["year4"] = digits
        if value // 100 < 24 and value % 100 < 60:
            classes["hhmm"] = digits
    return classes


def _entries(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for name, values in data["words"].items():
        for value, forms in values.items():
            for form in forms:
                words.setdefault(fold(form), {})[name] = value
    return words


def _signs(words: Iterable[Classes]) -> dict[frozenset[str], str]:
    signs: dict[frozenset[str], str] = {}
    numeric = [
        number_classes(f"{value:0{size}d}") for size in (1, 2, 4) for value in range(10**size)
    ]
    for classes in [*words, *numeric, *(dict.fromkeys(names, "") for names in _NUMERIC)]:
        signs.setdefault(frozenset(classes), chr(_FIRST_SIGN + len(signs)))
    return signs


@cache
def lexicon_of(lang: str) -> Lexicon:
    """The lexicon of a supported language; every literal word of its patterns has a class."""
    data = language_data(lang, "dates")
    words = _entries(data)
    for literal in literals(data):
        words.setdefault(literal, {})[f"={literal}"] = literal
    scanner = Scanner(tuple(data["ordinal_suffixes"]), tuple(data["decade_suffixes"]))
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for word in list(words):
        parts = tuple(match.group() for match in scanner.matches(word, 0, len(word)))
        if len(parts) > 1:
            phrases.setdefault(parts[0], []).append(parts)
            words[" ".join(parts)] = words[word]
    proper = frozenset(data["proper"])
    lowered = [_without_proper(words[word]) for word in proper]
    signs = _signs([*words.values(), *lowered])
    classes: dict[str, str] = {}
    for combination, sign in signs.items():
        for name in combination:
            classes[name] = classes.get(name, "") + sign
    for union, parts in UNIONS.items():
        classes[union] = "".join(dict.fromkeys("".join(classes.get(part, "") for part in parts)))
    numerals = _numerals(data)
    return Lexicon(
        scanner,
        words,
        {first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in phrases.items()},
        proper,
        numerals,
        signs,
        classes,
        {word: Entry(found, signs[frozenset(found)]) for word, found in words.items()},
        _joining(phrases, numerals),
    )


def _joining(
    phrases: Mapping[str, Iterable[tuple[str, ...]]], numerals: Numerals
) -> dict[str, frozenset[str]]:
    """The words that may begin a phrase or number, each with those that may stand behind it."""
    more = numerals.joiners.union(numerals.values, numerals.ordinals)
    joining = dict.fromkeys(numerals.values, more)
    for first, forms in phrases.items():
        seconds = frozenset(parts[1] for parts in forms)
        joining[first] = joining.get(first, frozenset()) | seconds
    return joining


def _numerals(data: Mapping[str, Any]) -> Numerals:
    words = data["words"]
    values = {fold(word): int(value) for value, forms in words["num"].items() for word in forms}
    ordinals = {fold(word): int(value) for value, forms in words["ord"].items() for word in forms}
    return Numerals(
        values,
        {word: value for word, value in ordinals.items() if value < 10},
        frozenset(data["numeral_joiners"]),
    )


_PROPER_CLASSES = frozenset({"month", "weekday", "holiday", "season"})


def _without_proper(classes: Classes) -> Classes:
    return {name: value for name, value in classes.items() if name not in _PROPER_CLASSES}
