"""Which kind of archive a path is, and what it holds."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from monitor.archives.folders import is_page, read_folder, read_page
from monitor.archives.lines import read_lines
from monitor.archives.types import Archived, ArchiveError
from monitor.archives.warc import read_warc

_READERS = {".warc": read_warc, ".jsonl": read_lines, ".ndjson": read_lines}


def read_archive(path: Path, base: str | None = None) -> Iterator[Archived]:
    """What the archive at *path* holds, in its order.

    *base* is the address that the paths of pages in a folder continue. Raises
    :class:`ArchiveError` where it cannot be read, or not further.
    """
    try:
        if path.is_dir():
            yield from read_folder(path, base)
        elif is_page(path):
            yield read_page(path, path.parent, base, path.stat().st_size)
        else:
            yield from _read_file(path)
    except (OSError, EOFError) as error:
        said = getattr(error, "strerror", None) or error
        raise ArchiveError(f"{path} cannot be read to its end ({said}).") from error


def _read_file(path: Path) -> Iterator[Archived]:
    packed = path.suffix == ".gz"
    kind = Path(path.stem).suffix if packed else path.suffix
    reader = _READERS.get(kind.lower())
    if reader is None:
        raise ArchiveError(
            f"{path} is no archive that is known here; give a .warc, .jsonl or .html file "
            "(.warc.gz and .jsonl.gz too) or a folder of pages."
        )
    with path.open("rb") as raw:
        stream: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
        # Of a packed file the packed bytes are counted: their number is known beforehand.
        yield from reader(stream, str(path), raw.tell)


def size_of(path: Path) -> int:
    """How many bytes reading the archive at *path* takes, for showing progress."""
    if path.is_dir():
        return sum(page.stat().st_size for page in path.rglob("*") if is_page(page))
    return path.stat().st_size
