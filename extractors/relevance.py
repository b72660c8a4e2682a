"""How much an article is about the negotiation at all."""

from extractors.reading import Knowledge, Reading
from extractors.types import Relevance


def score_relevance(reading: Reading, knowledge: Knowledge) -> Relevance:
    return Relevance(0.0, "")
