"""Reads the articles of ``tests/data/positions``, whose positions stand in marks in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractors.types import Document, Span, Stance

_HEAD = re.compile(
    r"^### \d+ \| (?P<day>\d{4}-\d\d-\d\d) \| (?P<outlet>[^|\n]+) \| (?P<lang>\w\w)$", re.MULTILINE
)
_MARK = re.compile(r"\[\[(?P<words>[^|\]]+)\|(?P<issue>[^|\]]+)\|(?P<positions>[^|\]]+)\]\]")
_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Label:
    """Words that name an issue with the stances on it, each of a party or of nobody."""

    span: Span
    issue: str
    positions: tuple[tuple[Stance, str | None], ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article without its marks, and what they said."""

    document: Document
    outlet: str
    labels: tuple[Label, ...]


def articles(path: Path) -> Iterator[Labelled]:
    """The articles of a file, in order; a mark that can't be read is a ValueError."""
    text = path.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=True):
        shown, labels = _without_marks(text[head.end() : end].strip())
        document = Document(shown, date.fromisoformat(head["day"]), head["lang"])
        yield Labelled(document, head["outlet"].strip(), tuple(labels))


def _without_marks(marked: str) -> tuple[str, list[Label]]:
    shown, labels, at = "", [], 0
    for mark in _MARK.finditer(marked):
        shown += marked[at : mark.start()]
        span = Span(len(shown), len(shown) + len(mark["words"]))
        shown += mark["words"]
        at = mark.end()
        positions = mark["positions"].strip()
        told = tuple(_position(part) for part in positions.rstrip("? ").split(","))
        labels.append(Label(span, mark["issue"].strip(), told, positions.endswith("?")))
    return shown + marked[at:], labels


def _position(part: str) -> tuple[Stance, str | None]:
    stance, party = part.split()
    return Stance(stance), None if party == _NOBODY else party
