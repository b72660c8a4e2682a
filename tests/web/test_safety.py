"""Who may ask, under what name, and that nothing an article contains ever runs."""

import base64
import http.client
import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from storage.engine import Database
from tests.web.conftest import Site
from tests.web.filling import HOSTILE, fill

TOKEN = "correct horse"
PATHS = ("/", "/quotes", "/deadlines", "/issues", "/articles", "/positions")


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """A request with exactly these headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


# --- the Host header ---


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8787", "127.0.0.1", "[::1]:1", "LocalHost"]
)
def test_loopback_names_are_answered(site: Site, host: str) -> None:
    assert ask(site.port, "/healthz", Host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.test", "evil.test:8787", "", "127.0.0.1@evil.test", "localhost.evil.test", "10.0.0.1",
     "localhost/x", "[::1", "127.0.0.1:99999"],
)  # fmt: skip
def test_other_names_are_misdirected(site: Site, host: str) -> None:
    status, body = ask(site.port, "/api/v1/quotes", Host=host)
    assert status == 421
    assert '"status":421' in body


def test_allowed_hosts_are_answered_with_any_port(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    with serving(sqlite_database, allowed_hosts=("News.Example", "other.example:81")) as client:
        port = client.base_url.port
        assert ask(port, "/healthz", Host="news.example:8787")[0] == 200
        assert ask(port, "/healthz", Host="other.example:81")[0] == 200
        assert ask(port, "/healthz", Host="other.example:82")[0] == 421


def test_a_wildcard_address_answers_to_figures_not_to_names(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    with serving(sqlite_database, host="0.0.0.0", token=TOKEN) as client:
        assert ask(client.base_url.port, "/healthz", Host="192.0.2.7:8787")[0] == 200
        assert ask(client.base_url.port, "/healthz", Host="evil.test")[0] == 421


# --- the token ---


@pytest.mark.parametrize("path", ["/", "/api/v1/quotes", "/openapi.json", "/metrics", "/none"])
def test_beyond_loopback_reads_need_the_token(
    serving: Callable[..., Any], sqlite_database: Database, path: str
) -> None:
    basic = base64.b64encode(f"anybody:{TOKEN}".encode()).decode()
    with serving(sqlite_database, host="192.0.2.7", token=TOKEN) as client:
        refused = client.get(path)
        assert refused.status_code == 401
        challenges = refused.headers.get_list("www-authenticate")
        assert [challenge.split()[0] for challenge in challenges] == ["Basic", "Bearer"]
        assert refused.headers["content-type"] == "application/problem+json"
        for wrong in ("Bearer wrong", "Bearer", f"Bearer {TOKEN}x", "Basic ???", "Basic Og=="):
            assert client.get(path, headers={"Authorization": wrong}).status_code == 401
        assert client.get(path, params={"token": TOKEN}).status_code == 401
        for right in (f"Bearer {TOKEN}", f"bearer {TOKEN}", f"Basic {basic}"):
            answer = client.get(path, headers={"Authorization": right})
            assert answer.status_code == (404 if path == "/none" else 200)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_needs_no_token(
    serving: Callable[..., Any], sqlite_database: Database, path: str
) -> None:
    with serving(sqlite_database, host="192.0.2.7", token=TOKEN) as client:
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/v1/webhooks/none", "/api/v1/quotes", "/"])
def test_writes_need_the_token_even_on_loopback(
    serving: Callable[..., Any], sqlite_database: Database, method: str, path: str
) -> None:
    with serving(sqlite_database, token=TOKEN) as client:
        assert client.request(method, path).status_code == 401
        right = {"Authorization": f"Bearer {TOKEN}"}
        assert client.request(method, path, headers=right).status_code in {404, 405, 422}
        foreign = right | {"Sec-Fetch-Site": "cross-site"}
        assert client.request(method, path, headers=foreign).status_code == 403


def test_without_a_token_in_the_settings_no_write_is_authorized(site: Site) -> None:
    for given in ("", "Bearer", "Bearer None"):
        headers = {"Authorization": given}
        assert site.client.post("/api/v1/webhooks", headers=headers).status_code == 401


# --- what articles contain ---


@pytest.mark.parametrize("path", PATHS)
def test_hostile_text_stays_text_on_every_page(site: Site, path: str) -> None:
    page = site.get(path).text
    _assert_harmless(page)
    assert "{{ 7*7 }}" in page


def test_hostile_text_stays_text_in_evidence_and_articles(site: Site) -> None:
    _assert_harmless(site.get(f"/events/{site.ids['hostile']}").text)
    _assert_harmless(site.get(f"/articles/{site.ids['hostile_article']}").text)


def test_hostile_text_stays_text_where_it_is_asked_for(site: Site) -> None:
    for path in ("/", "/quotes"):
        _assert_harmless(site.get(path, params={"search": HOSTILE[:60]}).text)
    answer = site.get(f"/{HOSTILE}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    _assert_harmless(answer.text)


def _assert_harmless(page: str) -> None:
    found = BeautifulSoup(page, "lxml")
    assert not found.select("style, iframe, object, form[action^='javascript:']")
    assert [(tag["src"], tag.get_text()) for tag in found.select("script")] == [
        ("/static/page.js", "")
    ]
    assert [image["src"] for image in found.select("img")] == ["/static/icon.svg"]
    for tag in found.find_all(True):
        for name, value in tag.attrs.items():
            assert not name.startswith("on"), tag
            assert name != "style", tag
            if name in {"href", "src", "action"}:
                assert not re.match(r"\s*(javascript|data|vbscript):", str(value), re.IGNORECASE)


def test_nothing_inline_is_needed_or_allowed(site: Site) -> None:
    answer = site.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/", "/api/v1/quotes", "/none", "/static/style.css", "/calendar.ics", "/api/v1/quotes?x=1"],
)
def test_every_answer_has_the_security_headers(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/static/..%2f..%2fetc/passwd", "/static/%00", "//", "/static/../app.py", "/static/",
     "/events/..%2f..", "/articles/%00", "/events/%ff", "/api/v1/events/%ed%a0%80"],
)  # fmt: skip
def test_paths_lead_nowhere_else(site: Site, path: str) -> None:
    assert ask(site.port, path)[0] == 404


def test_head_answers_as_get_without_a_body(site: Site) -> None:
    answer = site.client.head("/api/v1/quotes")
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) > 0
    assert answer.content == b""


def test_a_store_that_is_not_set_up_is_not_ready_but_alive(
    serving: Callable[..., Any], sqlite_url: str
) -> None:
    from storage.engine import open_database

    database = open_database(sqlite_url)
    with serving(database) as client:
        assert client.get("/healthz").status_code == 200
        for path in ("/readyz", "/api/v1/quotes"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/problem+json"
            assert "db upgrade" in answer.json()["detail"]
    database.close()


def test_the_empty_store_shows_a_first_step(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    with serving(sqlite_database, demo_url=lambda: "http://127.0.0.1:1/demo") as client:
        assert 'href="http://127.0.0.1:1/demo"' in client.get("/").text
    with serving(sqlite_database, demo_url=lambda: "javascript:x", banner="A <b> banner") as client:
        page = client.get("/").text
        assert "javascript" not in page
        assert "A &lt;b&gt; banner" in page
    fill(sqlite_database)
    with serving(sqlite_database, demo_url=lambda: "http://127.0.0.1:1/demo") as client:
        assert "/demo" not in client.get("/").text
