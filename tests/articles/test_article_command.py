"""``nafta-monitor article``."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.cli.root import cli
from monitor.errors import UsageError

DATA = Path(__file__).parents[1] / "data" / "pages"
KEYS = ["id", "url", "canonical", "title", "byline", "outlet", "lang"]
KEYS += ["published", "published_source", "kind", "text"]


def run(*args: str, input: str | None = None) -> tuple[Any, str]:
    result = CliRunner().invoke(cli, ["article", *args], input=input, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout


def test_a_file_is_shown_as_text_for_people() -> None:
    status, output = run(str(DATA / "en-wire.html"))
    assert status == 0
    assert "Title: Ottawa sets out terms for dairy talks\nByline: Ann Olsen, Raj Patel\n" in output
    assert "\n\n“We cannot wait for ever, and our producers cannot either.”\n\n" in output


def test_json_has_every_key_of_the_contract() -> None:
    status, output = run(
        "--format", "json", "--url", "https://a.example/x", str(DATA / "live.html")
    )
    shown = json.loads(output)
    assert status == 0
    assert set(KEYS) <= set(shown)
    assert (shown["url"], shown["kind"]) == ("https://a.example/x", "live")


def test_a_bare_day_is_printed_as_one() -> None:
    _, output = run("--format", "json", str(DATA / "es-raya.html"))
    assert json.loads(output)["published"] == "2018-05-17"


def test_a_page_comes_from_standard_input() -> None:
    _, output = run("-", "--format", "json", input="<html><body><p>Short.</p></body></html>")
    assert json.loads(output)["text"] == "Short."


def test_lines_are_answered_in_order_and_a_bad_one_stops_nothing() -> None:
    lines = [
        json.dumps({"id": 1, "path": str(DATA / "paywalled.html"), "url": "https://a.example/1"}),
        json.dumps({"id": 2, "path": "/nowhere/at/all"}),
        "nonsense",
        json.dumps({"id": 3, "url": "https://a.example/3"}),
        json.dumps({"id": 4, "path": str(DATA / "front.html"), "url": 4}),
        json.dumps({"id": 5, "path": str(DATA / "fr-guillemets.html"), "url": None}),
    ]
    status, output = run("-", "--format", "jsonl", input="\n".join(lines))
    answers = [json.loads(line) for line in output.splitlines()]
    assert status == 1
    assert [answer["id"] for answer in answers] == [1, 2, None, 3, 4, 5]
    assert [answer.get("kind") for answer in answers] == ["paywalled", *[None] * 4, "article"]
    assert all(answer["error"] for answer in answers[1:5])


def test_a_file_that_is_not_there_is_a_mistake_of_the_user() -> None:
    with pytest.raises(UsageError, match="nowhere"):
        run("/nowhere.html")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.removeprefix("/")
        found = (DATA / name).is_file()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write((DATA / name).read_bytes() if found else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("NAFTA_MONITOR_FETCH__ALLOW_PRIVATE", "true")
    monkeypatch.setenv("NAFTA_MONITOR_FETCH__ROBOTS", "false")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_is_fetched(server: str) -> None:
    status, output = run("--format", "json", f"{server}/fr-guillemets.html")
    shown = json.loads(output)
    assert status == 0
    assert shown["url"] == f"{server}/fr-guillemets.html"
    assert "« des gestes concrets »" in shown["text"].replace("\u00a0", " ")


def test_an_address_that_answers_with_an_error_fails(server: str) -> None:
    status, output = run("--format", "json", f"{server}/missing", f"{server}/live.html")
    assert status == 1
    assert "404" in output


def test_a_private_address_is_refused_unless_allowed() -> None:
    status, output = run("--format", "json", "http://127.0.0.1:9/x")
    assert status == 1
    assert "error" in json.loads(output)
