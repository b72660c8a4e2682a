"""Quotation marks: which ones open, which ones close, and what lies between them.

Marks are paired within a paragraph, by their spacing first, by their shape second and by what is
open third; real text mixes styles and loses marks. A paragraph that ends with a mark open and is
followed by one that begins with a mark holds one stretch in two parts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractors.types import Span

_MARKS = frozenset('"“”„‟«»‹›＂')
# A mark of one character, or two of a typewriter's.
_SHAPES = (*sorted(_MARKS), "''", "``")
_SINGLE = re.compile(r"['‘’‚]")
# A single mark where a word begins: an apostrophe at most, but no other single mark opens.
_OPENING_SINGLES = "'‘‚"
_SINGLE_OPENS = re.compile(rf"[{_OPENING_SINGLES}](?<![^\W_].)(?=[^\W\d_]|[¿¡])")
_SHAPED_OPEN = frozenset("«‹„``")
_SHAPED_CLOSE = frozenset("»›")
_LEANS_OPEN = frozenset("“„‟")
_BLANKS = " \t\u00a0\u202f\u2009\u2002\u2003\ufeff"
_BEFORE_OPEN = frozenset(_BLANKS + "([{-—–‐‑―/¿¡:…\n\r")
_AFTER_CLOSE = frozenset(_BLANKS + "()[]}-—–.,;:!?…/\n\r")
_STOPS = frozenset(",.;:)")
_LONGEST_SENTENCE = 600  # characters
_MOST_PARTS = 40  # of one stretch; a longer one is no quotation any more
_END_OF_SENTENCE = re.compile(r"[.!?…]\s+")


class _Side(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"
    NEITHER = "neither"  # part of markup


_OPEN, _CLOSE, _EITHER, _NEITHER = _Side


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    side: _Side


@dataclass(slots=True)
class Stretch:
    """What lies between a pair of marks: its parts (one a paragraph) and its outer edges.

    ``closed`` is False where the closing mark is missing and the end is a guess.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    parts: tuple[Span, ...]
    outer: Span
    closed: bool = True

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.parts[-1].end


@dataclass(slots=True)
class _Opened:
    """A stretch that is open: where its words begin, its outer edge, its parts before."""

    start: int
    outer: int
    parts: tuple[Span, ...] = ()

    def closed_at(self, text: str, end: int, outer: int) -> list[Stretch]:
        """The stretch that a mark at *end* closes; nothing where it holds only blanks."""
        part = trimmed(text, self.start, end)
        return [Stretch((*self.parts, part), Span(self.outer, outer))] if part else []


def find_stretches(text: str, paragraphs: Sequence[Span]) -> list[Stretch]:
    """All stretches between quotation marks, in order, none inside another."""
    found: list[Stretch] = []
    carried: Stretch | None = None
    shapes = _shapes_in(text)
    number = 0
    for paragraph in paragraphs:
        marks: list[_Mark] = []
        while number < len(shapes) and shapes[number][0] < paragraph.end:
            if shapes[number][0] >= paragraph.start:
                marks.append(_sided(text, *shapes[number], paragraph))
            number += 1
        if marks or carried:
            marks = [mark for mark in marks if mark.side is not _NEITHER]
            inside, carried = _in_paragraph(text, paragraph, marks, carried)
            found.extend(inside)
    if carried:
        found.append(carried)
    singles = _single_marks(text, paragraphs, found)
    if singles:
        found = sorted([*found, *singles], key=lambda stretch: stretch.outer)
    return found


def _shapes_in(text: str) -> list[tuple[int, str]]:
    """Where each quotation mark stands, and its shape; to look for each is quicker than for any."""
    found: list[tuple[int, str]] = []
    for shape in _SHAPES:
        at = text.find(shape)
        while at >= 0:
            found.append((at, shape))
            at = text.find(shape, at + len(shape))
    found.sort()
    return found


def _in_paragraph(
    text: str, paragraph: Span, marks: list[_Mark], carried: Stretch | None
) -> tuple[list[Stretch], Stretch | None]:
    """The stretches that end in *paragraph*, and the one that is still open at its end."""
    found: list[Stretch] = []
    opened: _Opened | None = None
    if carried:
        goes_on = bool(marks) and marks[0].start == paragraph.start
        if goes_on and len(carried.parts) < _MOST_PARTS:
            opened = _Opened(marks.pop(0).end, carried.outer.start, carried.parts)
        else:
            found.append(carried)
    depth = 0
    for index, mark in enumerate(marks):
        if opened is None:
            if mark.side is not _CLOSE:
                opened, depth = _Opened(mark.end, mark.start), 0
        elif mark.side is not _OPEN:
            if depth == 0:
                found.extend(opened.closed_at(text, mark.start, mark.end))
                opened = None
            depth = max(0, depth - 1)
        elif _closes_twice(marks, index, depth):
            depth += 1
        else:
            found.extend(_broken(text, opened, mark.start))
            opened, depth = _Opened(mark.end, mark.start), 0
    if opened is None:
        return found, None
    part = trimmed(text, opened.start, paragraph.end)
    if part is None:
        return found, None
    return found, Stretch((*opened.parts, part), Span(opened.outer, paragraph.end), closed=False)


def _sided(text: str, start: int, shape: str, paragraph: Span) -> _Mark:
    """Whether a mark opens or closes, by the blanks around it, then by its shape."""
    end = start + len(shape)
    if shape in _SHAPED_OPEN:
        return _Mark(start, end, _OPEN)
    if shape in _SHAPED_CLOSE:
        resumes = start == paragraph.start and text[end : end + 1] not in _STOPS
        side = _OPEN if resumes else _CLOSE
        return _Mark(start, end, side)
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    if before == "=" or (after == ">" and before != " "):
        return _Mark(start, end, _NEITHER)
    may_open = before in _BEFORE_OPEN or before in _MARKS
    may_close = after in _AFTER_CLOSE or after in _MARKS
    if may_open != may_close:
        return _Mark(start, end, _OPEN if may_open else _CLOSE)
    if start == paragraph.start:
        return _Mark(start, end, _OPEN)
    if shape in _LEANS_OPEN:
        return _Mark(start, end, _OPEN)
    return _Mark(start, end, _CLOSE if shape == "”" else _EITHER)


def _closes_twice(marks: Sequence[_Mark], index: int, depth: int) -> bool:
    """Whether an opening mark inside an open stretch has a partner of its own.

    That is so when two more closing marks follow before the next opening one.
    """
    closing = 0
    for mark in marks[index + 1 : index + 4]:
        if mark.side is _OPEN:
            break
        closing += 1
    return closing >= depth + 2


def trimmed(text: str, start: int, end: int) -> Span | None:
    """``text[start:end]`` without blanks at its edges, or None if nothing is left."""
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return Span(start, end) if start < end else None


def _broken(text: str, opened: _Opened, until: int) -> list[Stretch]:
    """A stretch whose closing mark is missing: its first sentence is all that is sure."""
    limit = min(until, opened.start + _LONGEST_SENTENCE)
    ends = _END_OF_SENTENCE.search(text, opened.start, limit)
    part = trimmed(text, opened.start, ends.start() + 1 if ends else until)
    if part is None:
        return []
    return [Stretch((*opened.parts, part), Span(opened.outer, part.end), closed=False)]


def _single_marks(
    text: str, paragraphs: Sequence[Span], doubles: Sequence[Stretch]
) -> list[Stretch]:
    """Stretches between single marks outside double ones; an apostrophe is no mark."""
    found: list[Stretch] = []
    if not any(mark in text for mark in _OPENING_SINGLES) or not _SINGLE_OPENS.search(text):
        return found
    nearby = iter(doubles)
    current = next(nearby, None)
    for paragraph in paragraphs:
        opened: int | None = None
        closer: int | None = None
        for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
            place = match.start()
            while current is not None and current.outer.end <= place:
                current = next(nearby, None)
            if current is not None and current.outer.start <= place:
                continue
            before = text[place - 1] if place > paragraph.start else " "
            after = text[place + 1] if place + 1 < paragraph.end else " "
            if (
                match.group() != "’"
                and before in _BEFORE_OPEN
                and (after.isalpha() or after in "¿¡")
            ):
                if opened is not None and closer is not None:
                    found.extend(_between(text, opened, closer))
                opened, closer = place, None
            elif opened is not None and after in _AFTER_CLOSE and before not in _BLANKS:
                sure = before in ".,!?…"
                if closer is None or (sure and text[closer - 1] == "s"):
                    closer = place
                if sure:
                    found.extend(_between(text, opened, closer))
                    opened, closer = None, None
        if opened is not None and closer is not None:
            found.extend(_between(text, opened, closer))
    return found


def _between(text: str, opened: int, closer: int) -> list[Stretch]:
    part = trimmed(text, opened + 1, closer)
    return [Stretch((part,), Span(opened, closer + 1))] if part else []
