"""WARC files (ISO 28500): the pages that a crawler was answered with."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import IO

from monitor.archives.types import Archived, ArchiveError

_TOO_BIG = 20_000_000
_PIECE = 1 << 20
_LONGEST_LINE = 64_000
_PAGES = ("text/html", "application/xhtml", "text/plain")
_VERSION = re.compile(rb"WARC/[01]\.\d+\s*$")


def read_warc(stream: IO[bytes], name: str, tell: Callable[[], int]) -> Iterator[Archived]:
    """The pages of *stream*; other records are passed over.

    Raises :class:`ArchiveError` where a record does not begin as one.
    """
    number = 0
    while (line := _first_line(stream)) is not None:
        number += 1
        if not _VERSION.match(line):
            raise ArchiveError(f"{name}: record {number} is no WARC record; the rest is not read.")
        headers = _headers(stream)
        length = headers.get("content-length", "")
        if not length.isdecimal():
            raise ArchiveError(f"{name}: record {number} has no length; the rest is not read.")
        size, place = int(length), f"{name}, record {number}"
        if not _is_page(headers):
            _skip(stream, size)
        elif size > _TOO_BIG:
            _skip(stream, size)
            yield Archived(place, tell(), headers.get("warc-target-uri"), reason="too big")
        else:
            content = stream.read(size)
            if len(content) < size:
                raise ArchiveError(f"{name} ends within record {number}.")
            yield _page(headers, content, place, tell())


def _first_line(stream: IO[bytes]) -> bytes | None:
    """The line that begins a record, after the blank ones that end the one before; None: end."""
    while line := stream.readline(_LONGEST_LINE):
        if line.strip():
            return line
    return None


def _headers(stream: IO[bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    while (line := stream.readline(_LONGEST_LINE)).strip():
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    return found


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0 and (piece := stream.read(min(size, _PIECE))):
        size -= len(piece)


def _is_page(headers: Mapping[str, str]) -> bool:
    kind, media = headers.get("warc-type"), headers.get("content-type", "").lower()
    if kind == "response":
        return media.startswith("application/http")
    return kind == "resource" and media.startswith(_PAGES)


def _page(headers: Mapping[str, str], content: bytes, place: str, position: int) -> Archived:
    url = headers.get("warc-target-uri", "").strip("<>") or None
    at = _time(headers.get("warc-date", ""))
    if headers.get("warc-type") == "resource":
        answer = {"content-type": headers.get("content-type", "")}
        return Archived(place, position, url, body=content, headers=answer, at=at)
    status, answer, body = _answer(content)
    if not 200 <= status < 300:
        return Archived(place, position, url, at=at, reason=f"an answer with status {status}")
    if not answer.get("content-type", "text/html").lower().startswith(_PAGES):
        return Archived(place, position, url, at=at, reason="not a page")
    if "chunked" in answer.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    return Archived(place, position, url, body=body, headers=answer, at=at)


def _answer(content: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a stored HTTP answer."""
    head, _, body = content.partition(b"\r\n\r\n")
    if not body and b"\n\n" in content:
        head, _, body = content.partition(b"\n\n")
    first, *lines = head.decode("latin-1").splitlines() or [""]
    answer: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        answer.setdefault(name.strip().lower(), value.strip())
    status = first.split(" ")[1] if first.count(" ") else ""
    return int(status) if status.isdecimal() else 0, answer, body


def _unchunked(body: bytes) -> bytes:
    """The body without its chunks' sizes; as it is where there are none (archives vary)."""
    found, place = bytearray(), 0
    while True:
        end = body.find(b"\r\n", place)
        size = body[place:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return bytes(found) or body
        if length <= 0:
            return bytes(found)
        found += body[end + 2 : end + 2 + length]
        place = end + 2 + length + 2


def _time(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
