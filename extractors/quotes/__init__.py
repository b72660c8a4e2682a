"""Who said what: quotations, their cues and their speakers."""

from extractors.quotes.find import find_quotes

__all__ = ["find_quotes"]
