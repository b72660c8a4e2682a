"""What is wrong is told in one clear sentence, with the exit status of the contract."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import commands
from tests.commands import Program, program_for
from tests.press import Press, open_press


@pytest.fixture
def press() -> Iterator[Press]:
    with open_press() as press:
        yield press


@pytest.fixture
def program(tmp_path: Path, sqlite_url: str, press: Press) -> Program:
    return program_for(tmp_path, sqlite_url, press)


def complaint(program: Program, *arguments: str, status: int, input: str = "") -> str:
    """What the program says on standard error, which must be one line."""
    said = program.call(*arguments, status=status, input=input).stderr.strip()
    assert said.count("\n") == 0, said
    return said


def test_wrong_settings_are_told_all_at_once_with_their_places(program: Program) -> None:
    file = program.folder / "wrong.toml"
    file.write_text('[web]\nprot = 1\nport = "x"\n[fech]\n', encoding="utf-8")
    said = program.call("--config", str(file), "config", "check", status=2).stderr
    assert "wrong.toml:2" in said
    assert "did you mean 'port'" in said
    assert "wrong.toml:3" in said
    assert "wrong.toml:4" in said
    assert "did you mean 'fetch'" in said


def test_an_unknown_environment_setting_is_an_error(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(commands.ENVIRONMENT, "NAFTA_MONITOR_TYPO", "1")
    assert "NAFTA_MONITOR_TYPO" in program.call("config", "check", status=2).stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "--frobnicate"], "No such option"),
        (["frobnicate"], "No such command"),
        (["show"], "Missing argument"),
        (["deadlines", "--since", "soon"], "soon"),
        (["quotes", "--kind", "shouted"], "shouted"),
        (["webhooks", "add", "ftp://x/"], "ftp://x/"),
        (["webhooks", "add", "https://x.example/", "--topics", "deadline.mvoed"], "deadline.moved"),
        (["poll", "nowhere"], "feeds list"),
        (["extract", "missing.txt"], "missing.txt"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_gives_status_2(program: Program, arguments: list[str], words: str) -> None:
    assert words in program.call(*arguments, status=2).stderr


def test_an_unreachable_database_is_named(program: Program) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    url = f"postgresql://nafta:secret@127.0.0.1:{port}/nafta"
    said = program.call("--database", url, "events", status=1).stderr
    assert "127.0.0.1" in said
    assert "secret" not in said


def test_a_database_url_that_is_none_gives_status_2(program: Program) -> None:
    assert "sqlite:///" in complaint(program, "--database", "nonsense", "events", status=2)


def test_a_damaged_database_is_not_replaced(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "damaged.db"
    file.write_bytes(b"this is no database at all, and stays as it is" * 100)
    before = file.read_bytes()
    said = complaint(program, "--database", f"sqlite:///{file}", "events", status=1)
    assert "restore" in said
    assert file.read_bytes() == before


def test_a_feed_that_is_a_web_page_is_told(program: Program, press: Press) -> None:
    press.serve("/page", "<html><head><title>News</title></head><body><p>Hi</p></body></html>")
    said = complaint(program, "feeds", "add", press.url("/page"), status=1)
    assert "web page, not a feed" in said
    program.run("feeds", "add", "--no-check", press.url("/page"))
    polled = program.call("poll", status=1)
    assert "web page, not a feed" in polled.stderr
    (feed,) = program.rows("feeds", "list")
    assert "web page, not a feed" in feed["last_error"]


def test_a_page_that_is_a_pdf_costs_only_its_article(program: Program, press: Press) -> None:
    from datetime import UTC, datetime

    at = datetime(2018, 3, 1, tzinfo=UTC)
    press.serve("/paper.pdf", b"%PDF-1.4 " + b"\x00" * 100, "application/pdf")
    press.list_in_feed("/rss", "Papers", [("/paper.pdf", "A paper", at)])
    program.run("feeds", "add", press.url("/rss"))
    program.run("run", "--once")
    article = program.run("article", press.url("/paper.pdf"), "--format", "json")
    assert '"kind": "pdf"' in article
    assert program.rows("events") == []


@pytest.mark.parametrize("command", [["extract", "-"], ["feeds", "parse", "-"]], ids=" ".join)
def test_an_empty_file_is_told(program: Program, command: list[str]) -> None:
    done = program.call(*command, status=2 if command[0] == "extract" else 1, input="")
    assert (done.stderr + done.stdout).strip()


def test_a_second_daemon_names_the_first(program: Program) -> None:
    import subprocess
    import time

    from tests.commands import ENVIRONMENT

    program.run("feeds", "add", "--no-check", "https://news.example/rss")
    first = subprocess.Popen(
        program.arguments("run", "--no-web"),
        cwd=program.folder,
        env=ENVIRONMENT,
        stderr=subprocess.DEVNULL,
    )
    try:
        lock = program.folder / "store.db.lock"
        for _ in range(200):
            if lock.exists() and lock.read_text().strip() == str(first.pid):
                break
            time.sleep(0.1)
        assert str(first.pid) in complaint(program, "run", "--no-web", status=1)
    finally:
        first.terminate()
        assert first.wait(timeout=30) == 0


def test_a_taken_port_is_told(program: Program) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert "--port" in complaint(program, "run", "--port", port, status=1)


def test_an_open_page_without_a_token_is_refused(program: Program) -> None:
    assert "token" in complaint(program, "run", "--host", "0.0.0.0", "--port", "0", status=2)
