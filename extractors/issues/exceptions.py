"""What looks like a matter of the negotiation and is something else: a pack's exceptions.

An exception is a regular expression over folded text; it holds where it matches around a term and
over it. Most are never near: one is tried only where letters stand with which it may begin.
"""

import re
from functools import cache

from extractors.issues.wordlists import Rare, beginnings
from extractors.types import Span

# What hides the brackets and bars that tell how an expression begins.
_HIDING = re.compile(r"\\[()|\[\]]|\[[^\]]*[()|]")
_CAPTURING = re.compile(r"\((?!\?)")
_EDGE = re.compile(r"^(?:\\b)+")


def is_something_else(
    span: Span, exceptions: tuple[str, ...], folded: str, start: int, end: int
) -> bool:
    """Whether one of *exceptions* matches between *start* and *end*, over the words at *span*."""
    for exception in _compiled(exceptions):
        for match in exception.finditer(folded, start, end):
            if match.start() < span.end and span.start < match.end():
                return True
    return False


@cache
def _compiled(exceptions: tuple[str, ...]) -> tuple[Rare, ...]:
    return tuple(Rare(re.compile(each), may_begin(each) or ("",)) for each in exceptions)


def may_begin(exception: str) -> tuple[str, ...]:
    """The letters with which all that an exception matches begins; none if that can't be told."""
    if _HIDING.search(exception):
        return ()
    return tuple(sorted(beginnings(_CAPTURING.sub("(?:", _EDGE.sub("", exception)))))
