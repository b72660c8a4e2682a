"""Lists of a language's words found together in one pass over a text.

Each list is a set of regular expressions over folded text, matched as whole words. At each word
only the expressions that begin with its first two letters are tried, so that the cost does not
grow with the number of lists.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from extractors.types import Span

Tag = TypeVar("Tag", bound=Hashable)

# How an expression begins: two letters that stand in every text it matches.
_LETTERS = re.compile(r"[a-z][a-z '](?![*?+{|])")
_QUANTIFIERS = ("?", "*", "+", "{")
_WORD = re.compile(r"(?<![\w-])\w+")


class WordLists(Generic[Tag]):
    """Compiled word lists, each under a tag."""

    def __init__(self, lists: Mapping[Tag, Iterable[str]]) -> None:
        by_letters: dict[str, dict[Tag, list[str]]] = defaultdict(lambda: defaultdict(list))
        elsewhere: dict[Tag, list[str]] = defaultdict(list)
        for tag, patterns in lists.items():
            for pattern in patterns:
                beginnings = _beginnings(pattern)
                for letters in beginnings:
                    by_letters[letters][tag].append(pattern)
                if not beginnings:
                    elsewhere[tag].append(pattern)
        self._by_letters = {
            letters: [(tag, _compiled("", group)) for tag, group in tags.items()]
            for letters, tags in by_letters.items()
        }
        self._elsewhere = [
            (tag, _compiled(r"(?<![\w-])", group)) for tag, group in elsewhere.items()
        ]

    def find(self, folded: str, within: Span) -> Iterator[tuple[Tag, Span]]:
        """The words of all lists in a part of a text, list by list at each word."""
        for word in _WORD.finditer(folded, within.start, within.end):
            start = word.start()
            for tag, pattern in self._by_letters.get(folded[start : start + 2], ()):
                match = pattern.match(folded, start, within.end)
                if match is not None:
                    yield tag, Span(start, match.end())
        for tag, pattern in self._elsewhere:
            for match in pattern.finditer(folded, within.start, within.end):
                yield tag, Span(*match.span())


def _beginnings(pattern: str) -> set[str]:
    """The two letters with which *pattern* may begin; none where that cannot be told."""
    if "|" in _outside_groups(pattern):
        return set()
    if not pattern.startswith("(?:"):
        return {pattern[:2]} if _LETTERS.match(pattern) else set()
    end = _group_end(pattern)
    if pattern[end : end + 1] in _QUANTIFIERS and end < len(pattern):
        return set()
    each = [_beginnings(option + pattern[end:]) for option in _options(pattern[3 : end - 1])]
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
