"""robots.txt as RFC 9309 wants it kept."""

import asyncio
import gzip

import pytest

from monitor.fetching import Fetcher, FetchError, FetchErrorKind
from tests.fetching.getting import get, policy, refusal
from tests.serving import Answer, Reply, Server, endless, hang

RULES = b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\nUser-agent: Nafta-Monitor\nDisallow: /private"


def barred(server: Server, *paths: str, timeout: float = 20.0) -> list[FetchErrorKind | None]:
    """What keeps us from each of *paths*."""

    async def asked(fetcher: Fetcher, path: str) -> FetchErrorKind | None:
        try:
            await fetcher.obey_robots(server.url(path))
        except FetchError as error:
            return error.kind
        return None

    async def ask() -> list[FetchErrorKind | None]:
        async with Fetcher(policy(timeout=timeout)) as fetcher:
            return [await asked(fetcher, path) for path in paths]

    return asyncio.run(ask())


def allowed(server: Server, *paths: str) -> list[bool]:
    return [bar is None for bar in barred(server, *paths)]


def test_the_rules_for_our_name_are_kept(server: Server) -> None:
    server.on("/robots.txt", Reply(200, RULES))
    assert allowed(server, "/news", "/private/a", "/") == [True, False, True]


def test_the_rules_are_asked_for_once(server: Server) -> None:
    server.on("/robots.txt", Reply(200, RULES))
    allowed(server, "/a", "/b", "/c")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "bar"),
    [
        (Reply(404), None),
        (Reply(403), None),
        (Reply(410), None),
        (Reply(500), FetchErrorKind.UNREACHABLE),
        (Reply(503), FetchErrorKind.UNREACHABLE),
        (Reply(429), FetchErrorKind.UNREACHABLE),
        (Reply(200), None),
        (Reply(200, b"<html><body>No such page"), None),
        (Reply(200, b"\x00\xff\xfe" * 100), None),
    ],
    ids=["404", "403", "410", "500", "503", "429", "empty", "a page", "noise"],
)
def test_what_is_no_rules_allows_all_or_nothing(
    server: Server, answer: Answer, bar: FetchErrorKind | None
) -> None:
    server.on("/robots.txt", answer)
    assert barred(server, "/news") == [bar]


def test_rules_elsewhere_are_followed(server: Server) -> None:
    server.on("/robots.txt", Reply(301, b"", {"location": "/elsewhere.txt"}))
    server.on("/elsewhere.txt", Reply(200, b"User-agent: *\nDisallow: /private"))
    assert allowed(server, "/news", "/private") == [True, False]


def test_the_host_of_a_redirect_is_asked_too(server: Server) -> None:
    private = server.on("/private/a", Reply(200, b"not for us"))
    asked = server.on("/news", Reply(302, b"", {"location": private}))
    server.on("/robots.txt", Reply(200, RULES))
    assert refusal(asked, robots=True).kind is FetchErrorKind.FORBIDDEN
    assert server.asked("/private/a") == []
    assert get(asked).status == 200


@pytest.mark.parametrize("target", ["http://10.0.0.1/robots.txt", "file:///etc/passwd"])
def test_rules_are_not_followed_to_where_nothing_is_fetched(server: Server, target: str) -> None:
    server.on("/robots.txt", Reply(302, b"", {"location": target}))
    assert barred(server, "/news") == [FetchErrorKind.REFUSED]


def test_rules_that_unpack_to_no_end_are_cut(server: Server) -> None:
    rules = gzip.compress(b"User-agent: *\nDisallow: /private\n" + b"#" * 50_000_000)
    server.on("/robots.txt", Reply(200, rules, {"content-encoding": "gzip"}))
    assert allowed(server, "/news", "/private") == [True, False]


def test_rules_without_end_are_read_to_the_limit(server: Server) -> None:
    server.on("/robots.txt", endless(b"User-agent: *\nDisallow: /private\n" * 100))
    assert allowed(server, "/news", "/private") == [True, False]


def test_a_host_that_does_not_answer_is_an_error(server: Server) -> None:
    server.on("/robots.txt", hang)
    assert barred(server, "/news", timeout=0.3) == [FetchErrorKind.TIMEOUT]


@pytest.mark.parametrize("url", ["http://[::1", "file:///a", "http://a.example:x/", "a"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    async def ask() -> None:
        async with Fetcher(policy()) as fetcher:
            await fetcher.obey_robots(url)

    with pytest.raises(FetchError):
        asyncio.run(ask())


def test_a_hosts_own_delay_outlives_a_forgotten_host(server: Server) -> None:
    server.on("/robots.txt", Reply(200, b"User-agent: *\nCrawl-delay: 7\n"))

    async def ask() -> list[float]:
        async with Fetcher(policy()) as fetcher:
            await fetcher.obey_robots(server.url("/news"))
            fetcher._hosts._hosts.clear()
            await fetcher.obey_robots(server.url("/news"))
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
            await fetcher.obey_robots(server.url("/news"))
            return [state.delay for state in fetcher._hosts._hosts.values()]

    assert asyncio.run(ask()) == [delay]
