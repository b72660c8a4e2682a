"""robots.txt as RFC 9309 wants it kept."""

import asyncio

import pytest

from monitor.fetching import Fetcher, FetchError
from tests.fetching.getting import policy
from tests.serving import Answer, Reply, Server, endless, hang

RULES = b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\nUser-agent: Nafta-Monitor\nDisallow: /private"


def allowed(server: Server, *paths: str, timeout: float = 20.0) -> list[bool]:
    async def ask() -> list[bool]:
        async with Fetcher(policy(timeout=timeout)) as fetcher:
            return [await fetcher.allowed_by_robots(server.url(path)) for path in paths]

    return asyncio.run(ask())


def test_the_rules_for_our_name_are_kept(server: Server) -> None:
    server.on("/robots.txt", Reply(200, RULES))
    assert allowed(server, "/news", "/private/a", "/") == [True, False, True]


def test_the_rules_are_asked_for_once(server: Server) -> None:
    server.on("/robots.txt", Reply(200, RULES))
    allowed(server, "/a", "/b", "/c")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "open_"),
    [
        (Reply(404), True),
        (Reply(403), True),
        (Reply(410), True),
        (Reply(500), False),
        (Reply(503), False),
        (Reply(429), False),
        (Reply(200), True),
        (Reply(200, b"<html><body>No such page"), True),
        (Reply(200, b"\x00\xff\xfe" * 100), True),
    ],
    ids=["404", "403", "410", "500", "503", "429", "empty", "a page", "noise"],
)
def test_what_is_no_rules_allows_all_or_nothing(
    server: Server, answer: Answer, open_: bool
) -> None:
    server.on("/robots.txt", answer)
    assert allowed(server, "/news") == [open_]


def test_rules_elsewhere_are_followed(server: Server) -> None:
    server.on("/robots.txt", Reply(301, b"", {"location": "/elsewhere.txt"}))
    server.on("/elsewhere.txt", Reply(200, b"User-agent: *\nDisallow: /private"))
    assert allowed(server, "/news", "/private") == [True, False]


def test_rules_without_end_are_read_to_the_limit(server: Server) -> None:
    server.on("/robots.txt", endless(b"User-agent: *\nDisallow: /private\n" * 100))
    assert allowed(server, "/news", "/private") == [True, False]


def test_a_host_that_does_not_answer_is_an_error(server: Server) -> None:
    server.on("/robots.txt", hang)
    with pytest.raises(FetchError, match="did not answer"):
        allowed(server, "/news", timeout=0.3)


@pytest.mark.parametrize("url", ["http://[::1", "file:///a", "http://a.example:x/", "a"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    async def ask() -> bool:
        async with Fetcher(policy()) as fetcher:
            return await fetcher.allowed_by_robots(url)

    with pytest.raises(FetchError):
        asyncio.run(ask())


def test_a_hosts_own_delay_outlives_a_forgotten_host(server: Server) -> None:
    server.on("/robots.txt", Reply(200, b"User-agent: *\nCrawl-delay: 7\n"))

    async def ask() -> list[float]:
        async with Fetcher(policy()) as fetcher:
            await fetcher.allowed_by_robots(server.url("/news"))
            fetcher._hosts._hosts.clear()
            await fetcher.allowed_by_robots(server.url("/news"))
            return [state.delay for state in fetcher._hosts._hosts.values()]

    assert asyncio.run(ask()) == [7.0]


@pytest.mark.parametrize(
    ("wish", "delay"),
    [("7", 7.0), ("0.5", 0.5), ("99999", 30.0), ("-3", 0.0), ("banana", 0.0), ("nan", 0.0)],
)
def test_a_hosts_own_delay_is_kept_within_reason(server: Server, wish: str, delay: float) -> None:
    server.on("/robots.txt", Reply(200, f"User-agent: *\nCrawl-delay: {wish}\n".encode()))

    async def ask() -> list[float]:
        async with Fetcher(policy()) as fetcher:
            await fetcher.allowed_by_robots(server.url("/news"))
            return [state.delay for state in fetcher._hosts._hosts.values()]

    assert asyncio.run(ask()) == [delay]
