"""The passages of ``tests/data/deadlines``: their texts, and the deadlines that they name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from extractors.types import Deadline, Span

_FOLDER = Path(__file__).parents[2] / "data" / "deadlines"
_SENTENCES = Path(__file__).parent / "sentences"
# The heading that brings the negotiation into view.
_VIEW = {"en": "NAFTA talks.", "fr": "Négociations de l'ALENA.", "es": "Negociaciones del TLCAN."}
_HEAD = re.compile(r"^== (\d{4}-\d\d-\d\d)\n", re.MULTILINE)
_MARK = re.compile(r"\[([^\]]*)\]\((\w+)(\??) ([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Expected:
    """A deadline that a passage names; one that is optional may be left out."""

    span: Span
    kind: str
    start: date | None
    end: date | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, the day on which it was published, and its deadlines."""

    name: str
    lang: str
    published: date
    text: str
    expected: tuple[Expected, ...]


def passages(lang: str) -> Iterator[Passage]:
    """The passages of a language."""
    pieces = _HEAD.split((_FOLDER / f"{lang}.txt").read_text(encoding="utf-8"))[1:]
    for number, (published, marked) in enumerate(zip(pieces[::2], pieces[1::2], strict=True), 1):
        text, expected = _unmarked(marked.strip())
        name = f"{lang}-{number:02d}"
        yield Passage(name, lang, date.fromisoformat(published), text, tuple(expected))


def sentences(lang: str, part: str) -> Iterator[Passage]:
    """The single sentences of a language in a *part* ("learn", "second", "measure")."""
    now, number = "", 0
    for line in (_SENTENCES / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            now = line[3:].strip()
        elif now == part and line and not line.startswith("#"):
            number += 1
            published, marked = line.split(" ", 1)
            text, expected = _unmarked(f"{_VIEW[lang]}\n\n{marked}")
            day = date.fromisoformat(published)
            yield Passage(f"{part}-{lang}-{number:02d}", lang, day, text, tuple(expected))


def _unmarked(marked: str) -> tuple[str, list[Expected]]:
    text, expected, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        words, kind, optional, days = mark.groups()
        expected.append(
            Expected(Span(len(text), len(text) + len(words)), kind, *_days(days), bool(optional))
        )
        text += words
        last = mark.end()
    return text + marked[last:], expected


def _days(written: str) -> tuple[date | None, date | None]:
    """A day, month, year, range, open range, or "-" for none, as an interval."""
    first, dots, last = written.partition("..")
    if dots:
        return _day(first), _day(last)
    match len(first):
        case 10:
            return date.fromisoformat(first), date.fromisoformat(first) + timedelta(1)
        case 7:
            start = date.fromisoformat(f"{first}-01")
            return start, (start + timedelta(31)).replace(day=1)
        case 4:
            return date(int(first), 1, 1), date(int(first) + 1, 1, 1)
    return None, None


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


@dataclass(slots=True)
class Tally:
    """How many deadlines were asked for, given and found, and of those the right ones."""

    asked: int = 0
    given: int = 0
    found: int = 0
    kinds: int = 0
    dates: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.found / (self.asked + self.given)

    def add(self, passage: Passage, given: Sequence[Deadline]) -> list[str]:
        """Count one passage; what was wrong in it, to be read."""
        wrong, taken = [], set[int]()
        for want in sorted(passage.expected, key=lambda item: item.optional):
            hit = next(
                (i for i, d in enumerate(given) if i not in taken and d.span.overlaps(want.span)),
                None,
            )
            if hit is not None:
                taken.add(hit)
            if want.optional:
                self.given -= hit is not None
                continue
            self.asked += 1
            words = want.span.of(passage.text)
            if hit is None:
                wrong.append(f"missed {want.kind} [{words}]")
                continue
            got = given[hit]
            self.found += 1
            right = got.kind.value == want.kind
            self.kinds += right
            if not right:
                wrong.append(f"kind of [{words}]: {want.kind}, given {got.kind} ({got.rule})")
            right = (got.start, got.end) == (want.start, want.end)
            self.dates += right
            if not right:
                wrong.append(
                    f"days of [{words}]: {want.start}..{want.end}, given {got.start}..{got.end}"
                )
        self.given += len(given)
        for i, d in enumerate(given):
            if i not in taken:
                wrong.append(f"spurious {d.kind} [{d.span.of(passage.text)}] {d.start} ({d.rule})")
        return wrong
