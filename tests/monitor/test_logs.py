"""Log lines: one event, one line, nothing that a terminal obeys."""

import errno
import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from monitor.logs import configure_logs

HOSTILE = "title\n2018-01-01 [info] forged\x1b[2J\x07\u202egnihton\x9b31m\r\x00\u2066"
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_event_is_one_line_and_harmless(
    form: Literal["text", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(form, "info")
    structlog.get_logger().info("feed read", feed=HOSTILE, titles=[HOSTILE], more={HOSTILE: 1})
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert not UNSAFE.search(written)
    assert "feed read" in written


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_error_of_a_library_is_one_line_and_harmless(
    form: Literal["text", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(form, "info")
    logging.getLogger("some.library").warning("odd %s", HOSTILE)
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert not UNSAFE.search(written)


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_text_of_an_exception_is_harmless(
    form: Literal["text", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(form, "info")
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        structlog.get_logger().exception("stage failed", item=1)
        logging.getLogger("some.library").exception("failed")
    written = capsys.readouterr().err
    assert not UNSAFE.search(written)
    assert "ValueError" in written
    # Nothing that an exception says looks like a line of its own.
    assert not re.search(r"^2018-01-01", written, re.MULTILINE)


def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stderr", Full())
    configure_logs("text", "info")
    structlog.get_logger().info("feed read")


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_password_of_an_address_is_written(
    form: Literal["text", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(form, "info")
    url = "https://user:hidden1@a.example/feed?token=hidden2&id=7"
    structlog.get_logger().warning("feed failed", feed=url, error=f"{url} answered with 500.")
    logging.getLogger("some.library").warning("odd %s", url)
    try:
        raise ValueError(url)
    except ValueError:
        structlog.get_logger().exception("stage failed", item=1)
    written = capsys.readouterr().err
    assert "hidden" not in written
    assert "a.example/feed" in written


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    structlog.get_logger().warning("webhook fails", endpoint="https://a.example/…", failures=3)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["failures"]) == ("webhook fails", "warning", 3)
    assert line["timestamp"].endswith("Z")


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("text", "warning")
    structlog.get_logger().info("feed read")
    logging.getLogger("httpx").info("HTTP Request")
    assert capsys.readouterr().err == ""


def test_a_library_that_chatters_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("text", "info")
    logging.getLogger("httpx").info("HTTP Request")
    logging.getLogger("apscheduler.scheduler").info("Running job")
    assert capsys.readouterr().err == ""
