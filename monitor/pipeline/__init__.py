"""The stages between an entry and its events."""

from monitor.pipeline.extracting import extract_article
from monitor.pipeline.fetching import fetch_article

__all__ = ["extract_article", "fetch_article"]
