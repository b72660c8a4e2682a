"""What looks like a matter of the negotiation and is something else: a pack's exceptions.

An exception is a regular expression over folded text; it holds where it matches around a term and
over it. Most are never near: one is tried only where letters stand with which it may begin.
"""

import re
from collections import defaultdict
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from extractors.issues.wordlists import beginnings
from extractors.types import Span

# What hides the brackets and bars that tell how an expression begins.
_HIDING = re.compile(r"\\[()|\[\]]|\[[^\]]*[()|]")
_CAPTURING = re.compile(r"\((?!\?)")
_EDGE = re.compile(r"^(?:\\b)+")


def is_something_else(
    span: Span, exceptions: tuple[str, ...], folded: str, start: int, end: int
) -> bool:
    """Whether one of *exceptions* matches between *start* and *end*, over the words at *span*."""
    if not exceptions:
        return False
    for exception in _compiled(exceptions).near(folded[start:end]):
        for match in exception.finditer(folded, start, end):
            if match.start() < span.end and span.start < match.end():
                return True
    return False


class _Exceptions:
    """Compiled exceptions; the letters with which all may begin are looked for at once."""

    def __init__(self, exceptions: tuple[str, ...]) -> None:
        self._always: list[re.Pattern[str]] = []
        openings: dict[str, list[re.Pattern[str]]] = defaultdict(list)
        for each in exceptions:
            pattern, begins = re.compile(each), may_begin(each)
            for letters in begins:
                openings[letters].append(pattern)
            if not begins:
                self._always.append(pattern)
        self._by_opening = list(openings.values())
        self._openings = AhoCorasick(list(openings), implementation=Implementation.ContiguousNFA)

    def near(self, part: str) -> list[re.Pattern[str]]:
        """Those that may match in a *part* of a text."""
        met = self._openings.find_matches_as_indexes(part, overlapping=True)
        found = dict.fromkeys(
            pattern for number, _, _ in met for pattern in self._by_opening[number]
        )
        return [*self._always, *found]


_compiled = cache(_Exceptions)


def may_begin(exception: str) -> tuple[str, ...]:
    """The letters with which all that an exception matches begins; none if that can't be told."""
    if _HIDING.search(exception):
        return ()
    return tuple(sorted(beginnings(_CAPTURING.sub("(?:", _EDGE.sub("", exception)))))
