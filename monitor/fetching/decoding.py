"""Bodies decoded by hand, a bounded piece at a time.

The client's own decoding hands out what one chunk unpacks to: a bomb of stacked gzip gives a
gigabyte before anybody can count. Here no more than the limit is ever unpacked.
"""

import zlib
from collections.abc import AsyncIterator

from monitor.fetching.errors import FetchError, FetchErrorKind

_GZIP, _ZLIB, _RAW = 31, 15, -15
_MAGIC = b"\x1f\x8b"


class _Plain:
    """No coding at all."""

    finished = True

    def decode(self, part: bytes, room: int) -> bytes:
        return part[: room + 1]


class _Inflate:
    """gzip (all its members) or deflate; raw deflate too, which some servers send as that."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP)
        self._form: int | None = None
        self._head = b""  # what came since the last member, until it shows its form

    @property
    def finished(self) -> bool:
        return self._inflate.eof or (self._form is None and not self._head)

    def decode(self, part: bytes, room: int) -> bytes:
        decoded = bytearray()
        while part and len(decoded) <= room:
            if self._form is None or self._inflate.eof:
                part = self._begin(self._head + part)
            if part:
                decoded += self._inflate.decompress(part, room + 1 - len(decoded))
                part = self._inflate.unused_data
        return bytes(decoded)

    def _begin(self, part: bytes) -> bytes:
        """Begin a member; nothing comes back where there is none (yet)."""
        self._head = part[:2] if len(part) < len(_MAGIC) else b""
        if self._head:
            return b""
        if self._form is None:
            self._form = _form_of(part)
        elif self._form != _GZIP or not part.startswith(_MAGIC):
            # What follows the last member (padding, mostly) is no part of the body.
            return b""
        self._inflate = zlib.decompressobj(self._form)
        return part


def _form_of(body: bytes) -> int:
    """What a body is by its first two bytes (RFC 1952 §2.3.1, RFC 1950 §2.2)."""
    if body.startswith(_MAGIC):
        return _GZIP
    is_zlib = body[0] & 15 == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0
    return _ZLIB if is_zlib else _RAW


def _decoder(coding: str, url: str) -> _Plain | _Inflate:
    name = coding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name in {"gzip", "x-gzip", "deflate"}:
        return _Inflate()
    raise FetchError(
        f"{url} answered in the coding {name[:40]!r}, which was not asked for.",
        FetchErrorKind.BROKEN,
    )


async def read_body(
    parts: AsyncIterator[bytes], coding: str, *, url: str, max_bytes: int, cut: bool = False
) -> tuple[bytes, bool]:
    """The decoded body and whether it is complete.

    Raises :class:`FetchError` where it is longer than *max_bytes* (with *cut*, the rest is left)
    or broken from the first byte; a body that breaks off later is what came of it.
    """
    decoder = _decoder(coding, url)
    body = bytearray()
    try:
        async for part in parts:
            body += decoder.decode(part, max_bytes - len(body))
            if len(body) > max_bytes:
                if cut:
                    return bytes(body[:max_bytes]), False
                raise FetchError(
                    f"{url} is longer than {max_bytes:,} bytes ([fetch] max_bytes).",
                    FetchErrorKind.TOO_BIG,
                )
    except zlib.error as error:
        if not body:
            raise FetchError(
                f"{url} answered with a broken {coding} body.", FetchErrorKind.BROKEN
            ) from error
        return bytes(body), False
    return bytes(body), decoder.finished
