"""Archives of articles: WARC files, JSON lines and folders of HTML, read piece by piece."""

from monitor.archives.reading import read_archive, size_of
from monitor.archives.types import Archived, ArchiveError

__all__ = ["ArchiveError", "Archived", "read_archive", "size_of"]
