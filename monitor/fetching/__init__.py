"""HTTP for feeds and pages: polite, bounded, and never to an address that must stay private."""

from monitor.fetching.errors import FetchError, FetchErrorKind
from monitor.fetching.fetcher import Fetcher, FetchPolicy, Response

__all__ = ["FetchError", "FetchErrorKind", "FetchPolicy", "Fetcher", "Response"]
