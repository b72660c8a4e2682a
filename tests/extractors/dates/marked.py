"""Sentences with their time expressions in brackets, and what stands in the brackets."""

import re
from datetime import date

from extractors.dates import find_dates
from extractors.reading import Reading
from extractors.text.folding import fold
from extractors.text.segments import paragraphs
from extractors.types import TimeExpression

PUBLISHED = date(2018, 5, 10)  # a Thursday
_BRACKETS = re.compile(r"\[([^\]]*)\]")


def dates_in(
    text: str, lang: str, published: date | None = PUBLISHED
) -> tuple[TimeExpression, ...]:
    return find_dates(
        Reading(
            text=text,
            folded=fold(text),
            lang=lang,
            published_on=published,
            paragraphs=tuple(paragraphs(text)),
            sentences=(),
            hits=(),
        )
    )


def unmarked(marked: str) -> str:
    return _BRACKETS.sub(r"\1", marked)


def with_marks(text: str, found: tuple[TimeExpression, ...]) -> str:
    for item in reversed(found):
        start, end = item.span.start, item.span.end
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def summary(item: TimeExpression) -> str:
    """Value, first day and day after the last, as the tables of cases have them."""
    return f"{item.value} {item.start or '-'} {item.end or '-'}"
