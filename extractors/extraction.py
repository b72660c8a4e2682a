"""The one pure function behind the daemon and ``nafta-monitor extract``."""

from dataclasses import replace
from typing import TypeVar

from extractors.dates import find_dates
from extractors.deadlines import find_deadlines
from extractors.issues import find_issues
from extractors.languages import SUPPORTED
from extractors.quotes import find_quotes
from extractors.reading import Knowledge, read
from extractors.relevance import score_relevance
from extractors.types import Deadline, Document, Extraction, IssueMention, Quote, Span

Found = TypeVar("Found", Quote, Deadline)


def extract(document: Document, knowledge: Knowledge) -> Extraction:
    """All quotes, dates, deadlines and issue mentions of *document*.

    Pure: the same document and packs give the same extraction, on any machine and day. Raises
    nothing, whatever the text. A language that is not supported gives an empty extraction.
    """
    reading = read(document, knowledge)
    if reading.lang not in SUPPORTED:
        return Extraction(lang=reading.lang)
    quotes = find_quotes(reading, knowledge)
    dates = find_dates(reading)
    issues = find_issues(reading, quotes, knowledge)
    deadlines = find_deadlines(reading, dates, quotes, knowledge)
    return Extraction(
        lang=reading.lang,
        quotes=tuple(_with_issues(quote, quote.context, issues) for quote in quotes),
        dates=dates,
        deadlines=tuple(
            _with_issues(deadline, deadline.sentence or deadline.span, issues)
            for deadline in deadlines
        ),
        issues=issues,
        relevance=score_relevance(reading, knowledge),
    )


def _with_issues(found: Found, span: Span, issues: tuple[IssueMention, ...]) -> Found:
    """*found* with the ids of the issues named in *span*, in order, each once."""
    inside = tuple(dict.fromkeys([m.issue for m in issues if span.covers(m.span)]))
    return replace(found, issues=inside) if inside != found.issues else found
