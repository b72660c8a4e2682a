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
_LETTERS = re.compile(r"[a-z]{2}(?![*?+{|])")
_WORD = re.compile(r"(?<![\w-])\w+")


class WordLists(Generic[Tag]):
    """Compiled word lists, each under a tag."""

    def __init__(self, lists: Mapping[Tag, Iterable[str]]) -> None:
        by_letters: dict[str, dict[Tag, list[str]]] = defaultdict(lambda: defaultdict(list))
        elsewhere: dict[Tag, list[str]] = defaultdict(list)
        for tag, patterns in lists.items():
            for pattern in patterns:
                if _LETTERS.match(pattern) and "|" not in _outside_groups(pattern):
                    by_letters[pattern[:2]][tag].append(pattern)
                else:
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
