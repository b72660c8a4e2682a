"""Statements of a text in a form that a test can compare."""

from dataclasses import dataclass
from datetime import date

from config.packs.types import Pack
from extractors.quotes import find_quotes
from extractors.reading import prepare, read
from extractors.types import Document, Quote

EMPTY = prepare(())


@dataclass(frozen=True)
class Statement:
    """A quote's words, with what the text ties them to."""

    kind: str
    words: tuple[str, ...]
    cue: str | None = None
    mention: str | None = None
    name: str | None = None


def quotes(
    text: str, lang: str = "en", packs: tuple[Pack, ...] = (), day: date | None = None
) -> tuple[Quote, ...]:
    """The quotes of *text*."""
    knowledge = prepare(packs) if packs else EMPTY
    return find_quotes(read(Document(text, day, lang), knowledge), knowledge)


def statements(text: str, lang: str = "en") -> list[Statement]:
    """The quotes of *text* as statements."""
    return [
        Statement(
            kind=quote.kind.value,
            words=tuple(span.of(text) for span in quote.spans),
            cue=quote.cue.of(text) if quote.cue else None,
            mention=_mention(quote, text),
            name=quote.speaker.name if quote.speaker else None,
        )
        for quote in quotes(text, lang)
    ]


def only(text: str, lang: str = "en") -> Statement:
    """The one statement of *text*."""
    found = statements(text, lang)
    assert len(found) == 1, found
    return found[0]


def _mention(quote: Quote, text: str) -> str | None:
    if quote.speaker is None or quote.speaker.mention is None:
        return None
    return quote.speaker.mention.of(text)
