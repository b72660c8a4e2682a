"""Certificates that prove nothing: the host is not asked, and the reason is told."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.fetching import FetchErrorKind
from tests.fetching.getting import get, refusal
from tests.serving import Reply, serve

PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Authority:
    """Somebody whom the fetcher trusts, and who signs what is asked for."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def server(self, host: str, *, since: timedelta, until: timedelta) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        signed = (
            _builder("server", self.certificate.subject, key.public_key(), since, until)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        path = self.folder / f"{host}.pem"
        path.write_bytes(signed.public_bytes(PEM) + _private(key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _builder(
    name: str, issuer: x509.Name, key: ec.EllipticCurvePublicKey, since: timedelta, until: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + since)
        .not_valid_after(now + until)
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(PEM, form, serialization.NoEncryption())


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder: Path = tmp_path_factory.mktemp("authority")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
    day = timedelta(days=1)
    signed = (
        _builder("test authority", name, key.public_key(), -9 * day, 9 * day)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "authority.pem").write_bytes(signed.public_bytes(PEM))
    return Authority(folder, key, signed)


@pytest.fixture(autouse=True)
def trust(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(authority.folder / "authority.pem"))

    monkeypatch.setattr("httpx.create_ssl_context", trusting)


DAY = timedelta(days=1)
Make = Callable[[Authority], ssl.SSLContext]


def test_a_certificate_for_the_host_is_taken(authority: Authority) -> None:
    with serve(authority.server("localhost", since=-DAY, until=DAY)) as secure:
        secure.on("/", Reply(200, b"a"))
        assert get(f"https://localhost:{secure.port}/").body == b"a"


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda one: one.server("localhost", since=-5 * DAY, until=-DAY), "expired"),
        (lambda one: one.server("localhost", since=DAY, until=5 * DAY), "not yet valid"),
        (lambda one: one.server("other.example", since=-DAY, until=DAY), "ostname mismatch"),
    ],
    ids=["expired", "not yet", "another host's"],
)
def test_a_certificate_that_does_not_hold_is_refused_with_the_reason(
    authority: Authority, make: Make, word: str
) -> None:
    with serve(make(authority)) as secure:
        error = refusal(f"https://localhost:{secure.port}/")
        assert secure.requests == []
    assert error.kind is FetchErrorKind.TLS
    assert word in str(error)
