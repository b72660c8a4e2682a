"""What the stages work with. Made in one place (``monitor.daemon``) and passed along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from monitor.fetching import Fetcher
from monitor.metrics import Metrics
from monitor.workers import WorkerPool
from monitor.writing import AsyncWriter
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The open parts of a running monitor.

    ``issue_names`` gives the packs' issues by id, ``now`` the time (aware UTC), ``version`` the
    extractors' version that is noted beside each extraction.
    """

    settings: Settings
    database: Database
    writer: AsyncWriter
    fetcher: Fetcher
    workers: WorkerPool
    metrics: Metrics
    issue_names: Mapping[str, str]
    version: str
    now: Callable[[], datetime]
