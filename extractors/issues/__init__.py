"""Which negotiating issue a sentence is about, whose position it gives and which stance."""

from extractors.reading import Knowledge, Reading
from extractors.types import IssueMention, Quote


def find_issues(
    reading: Reading, quotes: tuple[Quote, ...], knowledge: Knowledge
) -> tuple[IssueMention, ...]:
    return ()
