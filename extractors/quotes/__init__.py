"""Who said what: quotations, their cues and their speakers."""

from extractors.reading import Knowledge, Reading
from extractors.types import Quote


def find_quotes(reading: Reading, knowledge: Knowledge) -> tuple[Quote, ...]:
    return ()
