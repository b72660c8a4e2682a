"""Lists of a language's words found together in one pass over a text.

Each list is a set of regular expressions over folded text, matched as whole words. An expression
is tried only where the letters stand with which all that it matches begins; those of all lists
are looked for at once (Aho–Corasick), so that the cost does not grow with the number of lists.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from sys import maxsize
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from extractors.types import Span

Tag = TypeVar("Tag", bound=Hashable)

# How an expression begins: letters that stand in every text it matches, as far as they tell much.
_LETTERS = re.compile(r"[a-z][a-z '-]{0,11}(?![*?+{|])")
_FEWEST, _TELLING = 2, 5
_QUANTIFIERS = ("?", "*", "+", "{")


# Expressions with the number of their list; None where they are the letters that they begin with.
_Numbered = tuple[int, re.Pattern[str] | None]
# So many lists with expressions of the same beginning are first tried all at once.
_MANY = 3


class WordLists(Generic[Tag]):
    """Compiled word lists, each under a tag."""

    def __init__(self, lists: Mapping[Tag, Iterable[str]]) -> None:
        by_letters: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        elsewhere: dict[int, list[str]] = defaultdict(list)
        self.tags = list(lists)
        for number, patterns in enumerate(lists.values()):
            for pattern in patterns:
                openings = beginnings(pattern)
                for letters in openings:
                    by_letters[letters][number].append(pattern)
                if not openings:
                    elsewhere[number].append(pattern)
        self._words = list(by_letters)
        self._letters = AhoCorasick(self._words, implementation=Implementation.ContiguousNFA)
        # Most expressions are never met; each is compiled when its letters first are.
        self._written = [list(numbers.items()) for numbers in by_letters.values()]
        self._patterns: list[list[_Numbered] | None] = [None] * len(self._words)
        self._any_of: dict[int, re.Pattern[str]] = {}
        self._elsewhere = [
            (number, _compiled(r"(?<![\w-])", group)) for number, group in elsewhere.items()
        ]

    def find(self, folded: str, within: Span) -> list[tuple[Tag, Span]]:
        """The words of all lists in a part of a text, in order, list by list at each word."""
        tags = self.tags
        found = sorted(self.places(folded, within))
        return [(tags[number], Span(start, end)) for start, number, end in found]

    def places(self, folded: str, within: Span) -> set[tuple[int, int, int]]:
        """The same words without order: their start, the number of their tag, and their end."""
        first, last, any_of = within.start, within.end, self._any_of
        part = folded[first:last]
        found: set[tuple[int, int, int]] = set()
        for letters, place, end in self._letters.find_matches_as_indexes(part, overlapping=True):
            if place and part[place - 1] != " " and _is_inside(part[place - 1]):
                continue
            start = first + place
            patterns = self._patterns[letters] or self._compile(letters)
            if letters in any_of and any_of[letters].match(folded, start, last) is None:
                continue
            for number, pattern in patterns:
                if pattern is not None:
                    match = pattern.match(folded, start, last)
                    if match is not None:
                        found.add((start, number, match.end()))
                elif part[end - 1] == "'" or not _is_inside(part[end : end + 1]):
                    found.add((start, number, first + end))
        for number, pattern in self._elsewhere:
            for match in pattern.finditer(folded, first, last):
                found.add((match.start(), number, match.end()))
        return found

    def _compile(self, letters: int) -> list[_Numbered]:
        """The expressions that begin with some letters, ready for use."""
        written = self._written[letters]
        made = [
            (number, None if group == [self._words[letters]] else _compiled("", group))
            for number, group in written
        ]
        self._patterns[letters] = made
        if len(written) >= _MANY:
            self._any_of[letters] = _compiled("", [each for _, group in written for each in group])
        return made


@dataclass(frozen=True, slots=True)
class Rare:
    """A pattern of words that few texts have: it is tried only where letters stand that it needs.

    ``openings`` are those with which its matches begin; the empty one where they can't be told.
    """

    pattern: re.Pattern[str]
    openings: tuple[str, ...]

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match in a part of *text*."""
        for letters in self.openings:
            if text.find(letters, start, end) >= 0:
                return self.pattern.search(text, start, end)
        return None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterable[re.Match[str]]:
        """The matches in a part of *text*, in order."""
        for letters in self.openings:
            if text.find(letters, start, end) >= 0:
                return self.pattern.finditer(text, start, end)
        return ()


def _is_inside(character: str) -> bool:
    """Whether a character is one of a word, so that what is beside it is a part of that."""
    return character.isalnum() or character in ("-", "_")


def beginnings(pattern: str) -> set[str]:
    """The letters with which *pattern* may begin; none where that cannot be told."""
    if "|" in _outside_groups(pattern):
        return set()
    match = _LETTERS.match(pattern)
    letters = match.group() if match else ""
    rest = pattern[len(letters) :]
    end = _group_end(rest) if rest.startswith("(?:") else 0
    quantifier = rest[end : end + 1] if rest[end : end + 1] in _QUANTIFIERS else ""
    if (
        len(letters) >= _TELLING
        or not end
        or quantifier not in ("", "?")
        or (letters and quantifier)
    ):
        return {letters} if len(letters) >= _FEWEST else set()
    options = [*_options(rest[3 : end - 1]), *([""] if quantifier else [])]
    rest = rest[end + len(quantifier) :]
    each = [beginnings(letters + option + rest) for option in options]
    return set().union(*each) if all(each) else set()


def _group_end(pattern: str) -> int:
    """Where the group that opens *pattern* ends."""
    depth = 0
    for place, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place + 1
    return len(pattern)


def _options(inside: str) -> list[str]:
    """The alternatives of a group, by what stands between its outermost bars."""
    options, depth = [""], 0
    for character in inside:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            options.append("")
        else:
            options[-1] += character
    return options


def _outside_groups(pattern: str) -> str:
    """*pattern* without what stands in brackets."""
    depth, kept = 0, []
    for character in pattern:
        depth -= character == ")"
        if depth == 0:
            kept.append(character)
        depth += character == "("
    return "".join(kept)


def _compiled(before: str, patterns: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(sorted(patterns, key=len, reverse=True))
    return re.compile(rf"{before}(?:{either})(?:(?<=')|(?![\w-]))")
