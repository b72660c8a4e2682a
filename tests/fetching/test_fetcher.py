"""One GET: validators, redirects, manners and what goes wrong."""

import asyncio
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.fetching import Fetcher, FetchErrorKind
from tests.fetching.getting import get, kind_of_refusal, policy, refusal
from tests.serving import Answer, Connection, Reply, Request, Server, garbage, hang, reset, serve


def moved(status: int, target: str) -> Reply:
    return Reply(status, b"moved", {"location": target})


def test_validators_are_sent_as_they_were_received(server: Server) -> None:
    url = server.on("/", Reply(304, headers={"etag": 'W/"a b"'}))
    answer = get(url, etag='W/"a b"', last_modified="yesterday")
    assert (answer.status, answer.body) == (304, b"")
    assert server.requests[0].headers["if-none-match"] == 'W/"a b"'
    assert server.requests[0].headers["if-modified-since"] == "yesterday"


def test_without_a_copy_nothing_is_conditional(server: Server) -> None:
    assert get(server.on("/", Reply(200, b"all"))).body == b"all"
    assert not {"if-none-match", "if-modified-since"} & set(server.requests[0].headers)


@pytest.mark.parametrize("etag", ['"é"', '"日本"', 'W/"ÿ"'])
def test_a_validator_of_odd_characters_comes_back_as_it_came(server: Server, etag: str) -> None:
    url = server.on("/", Reply(200, b"a", {"etag": etag}))
    received = get(url).headers["etag"]
    assert get(url, etag=received).status == 200
    assert server.requests[1].headers["if-none-match"].encode("latin-1") == etag.encode()


@pytest.mark.parametrize("etag", ["a\r\nx: y", "a\x00b", "a\nb", "a\x7f", "\ud800"])
def test_a_validator_that_no_header_can_hold_is_left_out(server: Server, etag: str) -> None:
    assert get(server.on("/", Reply(200)), etag=etag, last_modified=etag).status == 200
    assert not {"if-none-match", "if-modified-since", "x"} & set(server.requests[0].headers)


def test_who_we_are_is_said(server: Server) -> None:
    server.on("/", Reply(200))
    get(server.url(), policy(contact="desk@news.example"))
    get(server.url(), policy(contact="https://news.example/us"))
    first, second = server.requests
    assert first.headers["user-agent"] == "nafta-monitor/1.0 (test)"
    assert first.headers["from"] == "desk@news.example"
    assert "from" not in second.headers


def test_five_redirects_are_followed(server: Server) -> None:
    for hop in range(5):
        server.on(f"/{hop}", moved(302, f"/{hop + 1}"))
    server.on("/5", Reply(200, b"here"))
    answer = get(server.url("/0"))
    assert (answer.url, answer.body) == (server.url("/5"), b"here")
    assert answer.permanent_url is None


def test_a_sixth_redirect_is_one_too_many(server: Server) -> None:
    for hop in range(6):
        server.on(f"/{hop}", moved(302, f"/{hop + 1}"))
    assert "more than 5 times" in str(refusal(server.url("/0")))
    assert len(server.requests) == 6


def test_a_redirect_to_itself_ends(server: Server) -> None:
    url = server.on("/", moved(301, "/"))
    assert refusal(url).kind is FetchErrorKind.BROKEN


@pytest.mark.parametrize(
    "target",
    [
        *("file:///etc/passwd", "ftp://a.example/", "data:text/plain,a", "http://10.0.0.1/"),
        *("http://169.254.169.254/latest/", "//user@a.example/", "http://93.184.216.34:22/"),
        *("http://[::1", "http://a.example:99999999/", "http:///", "http://[::ffff:10.0.0.1]/"),
    ],
)
def test_a_redirect_leads_nowhere_that_is_not_permitted(server: Server, target: str) -> None:
    url = server.on("/", moved(302, target))
    assert refusal(url).kind in {FetchErrorKind.REFUSED, FetchErrorKind.BROKEN}


@pytest.mark.parametrize("scheme", ["https", "HTTPS"])
def test_a_redirect_from_https_to_http_is_not_followed(
    server: Server, certificate: ssl.SSLContext, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust_everything(monkeypatch)
    with serve(certificate) as secure:
        secure.on("/", moved(301, server.url()))
        error = refusal(f"{scheme}://{secure.place}/")
    assert "from https" in str(error)
    assert server.requests == []


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [((301, 308), True), ((301,), True), ((301, 302), False), ((302, 301), False), ((307,), False)],
    ids=str,
)
def test_only_a_chain_of_permanent_redirects_moves(
    server: Server, statuses: tuple[int, ...], permanent: bool
) -> None:
    for hop, status in enumerate(statuses):
        server.on(f"/{hop}", moved(status, f"/{hop + 1}"))
    last = server.on(f"/{len(statuses)}", Reply(200))
    assert get(server.url("/0")).permanent_url == (last if permanent else None)


def test_a_redirect_without_a_target_is_an_answer(server: Server) -> None:
    assert get(server.on("/", Reply(301))).status == 301


def test_a_redirect_loses_its_fragment(server: Server) -> None:
    server.on("/", moved(301, "/new#part"))
    server.on("/new", Reply(200))
    assert get(server.url()).permanent_url == server.url("/new")


def test_no_cookie_is_sent_back(server: Server) -> None:
    server.on("/", Reply(302, b"", {"location": "/b", "set-cookie": "a=b; Path=/"}))
    server.on("/b", Reply(200, b"", {"set-cookie": "c=d"}))

    async def twice() -> None:
        async with Fetcher(policy()) as fetcher:
            await fetcher.get(server.url())
            await fetcher.get(server.url())

    asyncio.run(twice())
    assert len(server.requests) == 4
    assert not any("cookie" in request.headers for request in server.requests)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reset, FetchErrorKind.BROKEN),
        (garbage, FetchErrorKind.BROKEN),
        (hang, FetchErrorKind.TIMEOUT),
        (lambda _, connection: connection.send(b""), FetchErrorKind.BROKEN),
        (Reply(200, headers={"transfer-encoding": "banana"}), FetchErrorKind.BROKEN),
        (Reply(200, headers={"content-length": "banana"}), FetchErrorKind.BROKEN),
        (Reply(200, headers={"x": "y" * 200_000}), FetchErrorKind.BROKEN),
    ],
    ids=["reset", "garbage", "hang", "close", "transfer coding", "length", "huge header"],
)
def test_an_answer_that_is_no_http_is_told_in_a_sentence(
    server: Server, answer: Answer, kind: FetchErrorKind
) -> None:
    error = refusal(server.on("/", answer), policy(timeout=0.5 if answer is hang else 20.0))
    assert error.kind is kind
    assert server.url() in str(error)


def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert kind_of_refusal(f"http://127.0.0.1:{port}/") is FetchErrorKind.UNREACHABLE


def test_a_connection_that_the_server_closed_is_not_used_again(server: Server) -> None:
    def close_after(_: Request, connection: Connection) -> None:
        connection.send(Reply(200, b"a").rendered())

    url = server.on("/", close_after)

    async def twice() -> None:
        async with Fetcher(policy()) as fetcher:
            await fetcher.get(url)
            await asyncio.sleep(0.2)
            await fetcher.get(url)

    asyncio.run(twice())
    assert server.connections == 2


def test_a_connection_is_used_again(server: Server) -> None:
    url = server.on("/", Reply(200, b"a"))

    async def thrice() -> None:
        async with Fetcher(policy()) as fetcher:
            for _ in range(3):
                await fetcher.get(url)

    asyncio.run(thrice())
    assert (len(server.requests), server.connections) == (3, 1)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's context with a certificate that it signed itself."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    (folder / "pem").write_bytes(
        signed.public_bytes(form)
        + key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem")
    return context


def trust_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    monkeypatch.setattr("httpx.create_ssl_context", trusting)


def test_a_certificate_of_ones_own_is_told_as_such(certificate: ssl.SSLContext) -> None:
    with serve(certificate) as secure:
        error = refusal(secure.url())
        assert secure.requests == []
    assert error.kind is FetchErrorKind.TLS
    assert str(error) == f"{secure.url()} has no valid certificate: self-signed certificate."


def test_a_host_is_asked_by_no_more_connections_than_allowed(server: Server) -> None:
    url = server.on("/", Reply(200, b"a"))

    async def many() -> None:
        async with Fetcher(policy(host_connections=2, connections=8)) as fetcher:
            await asyncio.gather(*(fetcher.get(url) for _ in range(12)))

    asyncio.run(many())
    assert len(server.requests) == 12
    assert server.most_in_flight <= 2


@pytest.mark.parametrize(
    ("status", "retry_after", "parked"),
    [(429, "120", 120.0), (503, "120", 120.0), (429, None, 0.0), (500, "120", None)],
)
def test_a_host_that_has_enough_is_parked(
    server: Server, status: int, retry_after: str | None, parked: float | None
) -> None:
    headers = {"retry-after": retry_after} if retry_after else {}
    url = server.on("/", Reply(status, headers=headers))
    told: list[tuple[str, float]] = []

    async def run() -> None:
        async with Fetcher(policy()) as fetcher:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(fetcher._hosts, "park", lambda *values: told.append(values))
                await fetcher.get(url)

    asyncio.run(run())
    assert told == ([] if parked is None else [(server.place, parked)])
