"""Where a paragraph is set: "In Ottawa, …", "Du côté mexicain, …"."""

import re
from collections.abc import Sequence

from extractors.issues.holders import Holder
from extractors.issues.lexicon import Lexicon
from extractors.reading import Reading
from extractors.types import Span

# Behind the place: "side" or the like at most, then the comma.
_COMMA = re.compile(r"(?:\s\w+)?,")


class Scenes:
    """The side on whose ground each sentence is, asked in order; a paragraph ends a scene."""

    def __init__(self, reading: Reading, words: Lexicon) -> None:
        self._folded = reading.folded
        self._words = words
        self._paragraphs = iter(reading.paragraphs)
        self._end = 0
        self._side: str | None = None

    def of(self, sentence: Span, holders: Sequence[Holder]) -> str | None:
        """The side of the scene of *sentence*, in which *holders* are named; None without one."""
        while sentence.start >= self._end:
            paragraph = next(self._paragraphs, None)
            self._end = paragraph.end if paragraph else sentence.end
            self._side = None
        if holders:
            place = holders[0].span
            opens = self._words.locative_before.fullmatch(self._folded, sentence.start, place.start)
            if opens and _COMMA.match(self._folded, place.end):
                self._side = holders[0].party
        return self._side
