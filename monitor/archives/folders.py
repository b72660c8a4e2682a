"""Pages in a folder, as a browser or a mirroring program saved them."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from monitor.archives.types import Archived

_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?", re.IGNORECASE)
_TOO_BIG = 20_000_000


def is_page(path: Path) -> bool:
    """Whether the file at *path* is a page, by its name."""
    return path.suffix.lower() in _ENDINGS and path.is_file()


def read_folder(folder: Path, base: str | None) -> Iterator[Archived]:
    """All pages under *folder*, in the order of their paths."""
    position = 0
    for path in sorted(folder.rglob("*")):
        if is_page(path):
            position += path.stat().st_size
            yield read_page(path, folder, base, position)


def read_page(path: Path, folder: Path, base: str | None, position: int) -> Archived:
    """The page at *path*; its address is what *base* and its path under *folder* say.

    Without *base* a path that goes through a host's name (as mirrors have it) is the address;
    without that the page itself must say it.
    """
    url = _address(path.relative_to(folder), base) or _mirrored(path)
    try:
        if path.stat().st_size > _TOO_BIG:
            return Archived(str(path), position, url, reason="too big")
        return Archived(str(path), position, url, body=path.read_bytes())
    except OSError as error:
        return Archived(str(path), position, url, reason=f"not readable ({error.strerror})")


def _address(path: Path, base: str | None) -> str | None:
    return f"{base.rstrip('/')}/{quote(path.as_posix())}" if base else None


def _mirrored(path: Path) -> str | None:
    """The address of a mirrored page: what follows the last folder that is a host's name."""
    parts = path.parts
    for number in range(len(parts) - 2, -1, -1):
        if _HOST.fullmatch(parts[number]):
            return f"https://{parts[number]}/{quote('/'.join(parts[number + 1 :]))}"
    return None
