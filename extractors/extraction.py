"""The one pure function behind the daemon and ``nafta-monitor extract``."""

from dataclasses import replace

from extractors.dates import find_dates
from extractors.deadlines import find_deadlines
from extractors.issues import find_issues
from extractors.languages import SUPPORTED
from extractors.quotes import find_quotes
from extractors.reading import Knowledge, read
from extractors.relevance import score_relevance
from extractors.types import Document, Extraction, IssueMention, Span


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
        quotes=tuple(replace(q, issues=_issues_in(q.context, issues)) for q in quotes),
        dates=dates,
        deadlines=tuple(
            replace(d, issues=_issues_in(d.sentence or d.span, issues)) for d in deadlines
        ),
        issues=issues,
        relevance=score_relevance(reading, knowledge),
    )


def _issues_in(span: Span, issues: tuple[IssueMention, ...]) -> tuple[str, ...]:
    """The ids of the issues named in *span*, in order, each once."""
    return tuple(dict.fromkeys(m.issue for m in issues if span.covers(m.span)))
