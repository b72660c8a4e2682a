"""Which addresses may be contacted, however they are written."""

import asyncio
import errno
import ipaddress
import socket
import threading
import time
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching import Fetcher, FetchError, FetchErrorKind
from monitor.fetching.addresses import allowed_from, is_public
from tests.fetching.getting import get, kind_of_refusal, policy, refusal
from tests.serving import Reply, Server

PRIVATE_V4 = [
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
PRIVATE_V6 = [
    ipaddress.IPv6Network(network)
    for network in (
        *("::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
        *("2001:db8::/32", "100::/64", "64:ff9b:1::/48"),
    )
]
EMBEDDINGS = {
    "mapped": lambda v4: (0xFFFF << 32) | v4,
    "compatible": lambda v4: v4,
    "translated": lambda v4: (0xFFFF << 48) | v4,
    "NAT64": lambda v4: (0x64FF9B << 96) | v4,
    "local NAT64": lambda v4: (0x64FF9B0001 << 80) | v4,
    "6to4": lambda v4: (0x2002 << 112) | (v4 << 80),
    "6to4 with a host": lambda v4: (0x2002 << 112) | (v4 << 80) | 1,
    "Teredo": lambda v4: (0x20010000 << 96) | (v4 ^ 0xFFFFFFFF),
}

private_v4 = st.sampled_from(PRIVATE_V4).flatmap(
    lambda network: st.integers(0, network.num_addresses - 1).map(
        lambda offset: network.network_address + offset
    )
)
private_v6 = st.sampled_from(PRIVATE_V6).flatmap(
    lambda network: st.integers(0, network.num_addresses - 1).map(
        lambda offset: network.network_address + offset
    )
)


@given(private_v4)
def test_no_private_ipv4_address_is_public(address: ipaddress.IPv4Address) -> None:
    assert not is_public(address)


@given(private_v6)
def test_no_private_ipv6_address_is_public(address: ipaddress.IPv6Address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("embedding", EMBEDDINGS.values(), ids=EMBEDDINGS)
@given(address=private_v4)
def test_no_private_address_is_public_in_any_embedding(
    embedding: Any, address: ipaddress.IPv4Address
) -> None:
    assert not is_public(ipaddress.IPv6Address(embedding(int(address))))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::5", "64:ff9b::101:101"],
)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f.1", "0177.0.0.1"),
        *("localhost", "localhost.", "LOCALHOST", "ⓛocalhost", "127。0。0。1", "１２７.0.0.1"),
        *("[::1]", "[::]", "[fe80::1%25lo]", "[fe80::1]", "[fd00:ec2::254]", "[fec0::1]"),
        *("169.254.169.254", "2852039166", "100.100.100.200", "10.0.0.1", "172.16.0.1"),
        *("192.168.1.1", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::a9fe:a9fe]"),
        *("[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[::ffff:a9fe:a9fe]", "[ff02::1]"),
        *("[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[::ffff:0:127.0.0.1]"),
    ],
)
def test_a_private_address_is_refused_however_it_is_written(host: str) -> None:
    assert kind_of_refusal(f"http://{host}/", allow_private=False) in {
        FetchErrorKind.REFUSED,
        FetchErrorKind.UNKNOWN_HOST,
    }


def test_a_refused_address_is_not_even_connected_to(server: Server) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433"):
        assert kind_of_refusal(server.url(host=host), allow_private=False) is FetchErrorKind.REFUSED
    assert server.connections == 0


@pytest.mark.parametrize("port", [22, 25, 6379, 8081, 65535])
def test_odd_ports_are_refused(port: int) -> None:
    assert kind_of_refusal(f"http://93.184.216.34:{port}/") is FetchErrorKind.REFUSED


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "data:text/plain,a"),
        *("http:///", "http://", "", "a.example", "//a.example/", "javascript:alert(1)"),
        *("http://user@a.example/", "http://user:pass@a.example/", "http://@a.example/"),
        *("http://good.example@127.0.0.1/", "http://127.0.0.1\\@good.example/"),
        *("http://a.example:99999/", "http://a.example:-1/", "http://[::1/", "http://[zz]/"),
        *("http://a.exa\nmple/", "http://a.exa\tmple/", "http://a.example/\r\nx: y", "\x00"),
        *("http://a.example/\ud800", "http://\ud800.example/", f"http://{'a' * 300}.example/"),
        "http://a.example/" + "a" * 70_000,
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    assert kind_of_refusal(url) is FetchErrorKind.REFUSED


def test_a_user_name_behind_the_fragment_is_no_user_name(server: Server) -> None:
    assert get(f"{server.url('')}#@good.example/").status == 404
    assert server.requests[0].path == "/"


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Have names resolve to *answers* in turn, the last one for ever; the names asked for."""
    left, asked = list(answers), []

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_that_resolves_anew_to_loopback_does_not_lead_there(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = resolving(monkeypatch, ["203.0.113.7"], ["127.0.0.1"])
    allowed = policy(allow_private=("203.0.113.0/24",), timeout=0.5)
    refusal(server.url(host="rebinding.example"), allowed)
    assert asked == ["rebinding.example"]
    assert refusal(server.url(host="rebinding.example"), allowed).kind is FetchErrorKind.REFUSED
    assert server.connections == 0


def test_a_name_with_one_private_address_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolving(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    error = refusal("http://mixed.example/", policy(allow_private=False))
    assert error.kind is FetchErrorKind.REFUSED
    assert "10.0.0.1" in str(error)
    assert "allow_private" in str(error)


def test_the_next_address_of_a_name_is_tried(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolving(monkeypatch, ["127.0.0.2", "127.0.0.1"])
    server.on("/", Reply(200, b"here"))
    assert get(server.url(host="two.example")).body == b"here"
    assert server.requests[0].headers["host"] == f"two.example:{server.port}"


def test_an_allowed_network_may_be_asked_on_any_port(server: Server) -> None:
    server.on("/", Reply(200))
    assert get(server.url(), policy(allow_private=("127.0.0.1/32",))).status == 200
    assert get(server.url(), policy(allow_private=True)).status == 200
    assert kind_of_refusal(server.url(), allow_private=("10.0.0.0/8",)) is FetchErrorKind.REFUSED


def test_an_allowed_place_is_that_host_and_that_port(server: Server) -> None:
    server.on("/", Reply(200))
    assert get(server.url(host="localhost"), policy(allow_private=(f"localhost:{server.port}",)))
    for place in (f"localhost:{server.port + 1}", f"127.0.0.2:{server.port}"):
        assert kind_of_refusal(server.url(), allow_private=(place,)) is FetchErrorKind.REFUSED


def test_a_place_may_be_an_ipv6_address() -> None:
    allowed = allowed_from(["[::1]:9000", "fd00::/8"])
    assert allowed.permits("::1", 9000, ipaddress.ip_address("::1"))
    assert not allowed.permits("::1", 80, ipaddress.ip_address("::1"))
    assert allowed.permits("a.example", 9, ipaddress.ip_address("fd00::1"))


def test_an_allowed_network_is_the_same_through_a_mapped_address() -> None:
    allowed = allowed_from(["10.1.0.0/16"])
    assert allowed.permits("a.example", 80, ipaddress.ip_address("::ffff:10.1.2.3"))
    assert not allowed.permits("a.example", 80, ipaddress.ip_address("::ffff:10.2.2.3"))


@pytest.mark.parametrize("item", ["banana", "10.0.0.0/99", "host:", ":80", "host:http"])
def test_a_setting_that_is_neither_network_nor_place_is_refused(item: str) -> None:
    with pytest.raises(ValueError, match="neither a network"):
        allowed_from([item])


def test_a_name_that_nobody_knows_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolving_fails(monkeypatch, socket.EAI_NONAME) is FetchErrorKind.UNKNOWN_HOST


def test_a_dead_resolver_means_that_we_are_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolving_fails(monkeypatch, socket.EAI_AGAIN) is FetchErrorKind.OFFLINE


def resolving_fails(monkeypatch: pytest.MonkeyPatch, code: int) -> FetchErrorKind:
    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(code, "no")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return kind_of_refusal("http://a.example/")


def test_look_ups_that_hang_hold_up_neither_other_work_nor_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over = threading.Event()

    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        over.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "no")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    async def run() -> list[object]:
        async with Fetcher(policy(timeout=0.5, connections=40)) as fetcher:
            asked = [asyncio.create_task(fetcher.get(f"http://h{n}.example/")) for n in range(40)]
            await asyncio.sleep(0.1)
            await asyncio.to_thread(finished.append, time.monotonic())
            return await asyncio.gather(*asked, return_exceptions=True)

    finished: list[float] = []
    started = time.monotonic()
    errors = asyncio.run(run())
    assert time.monotonic() - started < 15
    assert finished[0] - started < 15
    over.set()
    assert {error.kind for error in errors if isinstance(error, FetchError)} == {
        FetchErrorKind.TIMEOUT
    }


def connecting_fails(
    monkeypatch: pytest.MonkeyPatch, url: str, code: int, **values: Any
) -> FetchErrorKind:
    async def create_connection(*_: Any, **__: Any) -> Any:
        raise OSError(code, "no")

    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", create_connection)
    return kind_of_refusal(url, **values)


@pytest.mark.parametrize("code", [errno.ENETUNREACH, errno.ENETDOWN])
def test_no_route_means_that_we_are_offline(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    kind = connecting_fails(monkeypatch, "http://93.184.216.34/", code)
    assert kind is FetchErrorKind.OFFLINE


def test_no_route_to_a_host_of_ipv6_alone_is_its_own_affair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = connecting_fails(monkeypatch, "http://[2606:4700::1111]/", errno.ENETUNREACH)
    assert kind is FetchErrorKind.UNREACHABLE


def test_a_refused_connection_is_the_hosts_affair(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = connecting_fails(monkeypatch, "http://93.184.216.34/", errno.ECONNREFUSED)
    assert kind is FetchErrorKind.UNREACHABLE


def test_an_address_that_hangs_does_not_hide_the_next(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolving(monkeypatch, ["127.0.0.2", "127.0.0.1"])
    server.on("/", Reply(200))
    connect = httpcore.AnyIOBackend.connect_tcp

    async def connect_tcp(backend: Any, host: str, *rest: Any) -> Any:
        if host == "127.0.0.2":
            raise httpcore.ConnectTimeout
        return await connect(backend, host, *rest)

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect_tcp)
    assert get(server.url(host="two.example")).status == 200


def test_a_proxy_in_the_environment_does_not_void_the_check(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, server.url())
    assert kind_of_refusal("http://10.0.0.1/", allow_private=False) is FetchErrorKind.REFUSED
    assert server.connections == 0
