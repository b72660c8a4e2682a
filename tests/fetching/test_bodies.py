"""Bodies: whatever a server sends, so much is read and no more."""

import asyncio
import gzip
import resource
import time
import zlib
from collections.abc import AsyncIterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching import FetchError, FetchErrorKind
from monitor.fetching.decoding import read_body
from tests.fetching.getting import get, policy, refusal
from tests.serving import Reply, Server, drip, endless

TEXT = b"<rss><channel><title>News of the talks</title></channel></rss>" * 20


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def decode(parts: Sequence[bytes], coding: str, limit: int = 10_000_000) -> tuple[bytes, bool]:
    async def given_parts() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    return asyncio.run(read_body(given_parts(), coding, url="http://a.example/", max_bytes=limit))


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("identity", bytes),
    ],
    ids=["gzip", "x-gzip", "capitals", "zlib", "raw deflate", "identity"],
)
def test_a_coded_body_is_decoded(server: Server, coding: str, pack: type[bytes]) -> None:
    url = server.on("/", Reply(200, pack(TEXT), {"content-encoding": coding}))
    answer = get(url)
    assert answer.body == TEXT
    assert answer.complete


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, raw_deflate])
@given(data=st.binary(max_size=500), size=st.integers(1, 50))
def test_a_coded_body_is_the_same_in_whatever_pieces(
    pack: type[bytes], data: bytes, size: int
) -> None:
    packed = pack(data)
    parts = [packed[at : at + size] for at in range(0, len(packed), size)]
    coding = "gzip" if pack is gzip.compress else "deflate"
    assert decode(parts, coding) == (data, True)


def test_all_members_of_a_gzip_body_are_read() -> None:
    packed = gzip.compress(b"one, ") + gzip.compress(b"two")
    assert decode([packed], "gzip") == (b"one, two", True)
    assert decode([packed[:30], packed[30:]], "gzip") == (b"one, two", True)


def test_zeros_after_a_gzip_body_are_no_matter() -> None:
    assert decode([gzip.compress(TEXT) + bytes(64)], "gzip") == (TEXT, True)


@given(
    parts=st.lists(st.binary(max_size=200), max_size=10),
    coding=st.sampled_from(["gzip", "deflate", "identity", ""]),
    limit=st.integers(1, 1000),
)
def test_a_body_of_noise_is_refused_or_bounded(parts: list[bytes], coding: str, limit: int) -> None:
    try:
        body, _ = decode(parts, coding, limit)
    except FetchError:
        return
    assert len(body) <= limit


def test_a_truncated_gzip_body_is_what_came_and_incomplete(server: Server) -> None:
    packed = gzip.compress(TEXT * 500)
    url = server.on("/", Reply(200, packed[: len(packed) // 2], {"content-encoding": "gzip"}))
    answer = get(url)
    assert answer.body
    assert (TEXT * 500).startswith(answer.body)
    assert not answer.complete


def test_a_gzip_bomb_is_stopped_with_bounded_memory(server: Server) -> None:
    url = server.on("/", Reply(200, bomb(80_000_000), {"content-encoding": "gzip"}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(url, policy(max_bytes=1_000_000)).kind is FetchErrorKind.TOO_BIG
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize("form", [15, -15], ids=["zlib", "raw"])
def test_a_deflate_bomb_is_stopped_too(server: Server, form: int) -> None:
    url = server.on("/", Reply(200, bomb(20_000_000, form), {"content-encoding": "deflate"}))
    assert refusal(url, policy(max_bytes=1_000_000)).kind is FetchErrorKind.TOO_BIG


def test_a_body_that_was_packed_twice_is_unpacked_once(server: Server) -> None:
    packed = bomb(20_000_000)
    url = server.on("/", Reply(200, gzip.compress(packed), {"content-encoding": "gzip"}))
    assert get(url, policy(max_bytes=1_000_000)).body == packed


def bomb(size: int, form: int = 31) -> bytes:
    packer = zlib.compressobj(9, wbits=form)
    piece = bytes(1_000_000)
    return b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "gzip, identity"])
def test_a_coding_that_was_not_asked_for_is_refused(server: Server, coding: str) -> None:
    url = server.on("/", Reply(200, TEXT, {"content-encoding": coding}))
    assert refusal(url).kind is FetchErrorKind.BROKEN
    (request,) = server.requests
    assert request.headers["accept-encoding"] == "gzip, deflate"


def test_a_body_that_is_not_in_its_coding_is_refused(server: Server) -> None:
    url = server.on("/", Reply(200, TEXT, {"content-encoding": "gzip"}))
    assert refusal(url).kind is FetchErrorKind.BROKEN


def test_a_body_shorter_than_its_length_is_incomplete(server: Server) -> None:
    url = server.on("/", Reply(200, TEXT, {"content-length": "9999"}))
    answer = get(url)
    assert (answer.body, answer.complete) == (TEXT, False)


def test_a_body_longer_than_its_length_ends_there(server: Server) -> None:
    url = server.on("/", Reply(200, TEXT, {"content-length": "10"}))
    assert get(url).body == TEXT[:10]


def test_a_body_over_the_limit_is_refused_before_it_ends(server: Server) -> None:
    url = server.on("/", endless(b"x" * 1000))
    error = refusal(url, policy(max_bytes=50_000))
    assert error.kind is FetchErrorKind.TOO_BIG
    assert "50,000" in str(error)


def test_a_body_over_the_limit_is_cut_where_that_will_do(server: Server) -> None:
    url = server.on("/", endless(b"x" * 1000))
    answer = get(url, max_bytes=5000, cut=True)
    assert (len(answer.body), answer.complete) == (5000, False)


def test_a_body_as_long_as_the_limit_is_whole(server: Server) -> None:
    url = server.on("/", Reply(200, b"x" * 5000))
    answer = get(url, max_bytes=5000)
    assert (len(answer.body), answer.complete) == (5000, True)


@pytest.mark.parametrize("status", [404, 410, 503])
def test_a_failure_is_told_by_its_status_whatever_its_body(server: Server, status: int) -> None:
    url = server.on("/", Reply(status, b"x" * 5000, {"content-encoding": "br"}))
    assert get(url, max_bytes=100).status == status


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nx: "], ids=["body", "headers"]
)
def test_a_dripping_answer_meets_the_deadline_of_the_whole_request(
    server: Server, head: bytes
) -> None:
    url = server.on("/", drip(0.02, head))
    started = time.monotonic()
    error = refusal(url, policy(timeout=0.3))
    assert error.kind is FetchErrorKind.TIMEOUT
    assert "0.3 seconds" in str(error)
    assert time.monotonic() - started < 3
