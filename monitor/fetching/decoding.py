"""Bodies decoded by hand, a bounded piece at a time.

The client's own decoding hands out what one chunk unpacks to: a bomb of stacked gzip gives a
gigabyte before anybody can count. Here no more than the limit is ever unpacked.
"""

import zlib
from collections.abc import AsyncIterator

from monitor.fetching.errors import FetchError, FetchErrorKind

_GZIP_OR_ZLIB = 47


class _Plain:
    """No coding at all."""

    finished = True

    def decode(self, part: bytes, room: int) -> bytes:
        return part[: room + 1]


class _Inflate:
    """gzip or deflate; raw deflate too, which some servers send under that name."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._begun = False

    @property
    def finished(self) -> bool:
        return self._inflate.eof or not self._begun

    def decode(self, part: bytes, room: int) -> bytes:
        if not part or self._inflate.eof:
            return b""
        try:
            decoded = self._inflate.decompress(part, room + 1)
        except zlib.error:
            if self._begun:
                raise
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            decoded = self._inflate.decompress(part, room + 1)
        self._begun = True
        return decoded


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
