"""What an address holds in confidence is not shown."""

from collections.abc import Callable
from typing import Any

import pytest

from monitor.web.masking import masked, origin_only
from storage.engine import Database
from tests.web.filling import Filling


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://news.example/feed?id=3", "https://news.example/feed?id=3"),
        ("https://user:pass@news.example/feed", "https://***@news.example/feed"),
        ("https://n.example/?api_key=abc&x=1", "https://n.example/?api_key=***&x=1"),
        (
            "https://n.example/?x=1&Access-Token=abc#top",
            "https://n.example/?x=1&Access-Token=***#top",
        ),
        (
            "HTTP 503 from https://u:p@n.example/?sig=a now",
            "HTTP 503 from https://***@n.example/?sig=*** now",
        ),
        ("no address, a@b.example", "no address, a@b.example"),
    ],
)
def test_passwords_and_tokens_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://u:p@hooks.example:8443/services/T0/secret?x=1", "https://hooks.example:8443/…"),
        ("https://[broken", ""),
    ],
)
def test_of_a_webhook_only_the_host_is_shown(url: str, expected: str) -> None:
    assert origin_only(url) == expected


def test_a_feed_that_is_read_with_a_password_shows_none(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    with sqlite_database.write() as connection:
        Filling(connection).feed(
            url="https://reader:hunter2@news.example/feed?token=abc123",
            title=None,
            last_error="https://reader:hunter2@news.example answered 401",
        )
    with serving(sqlite_database) as client:
        for path in ("/", "/api/v1/feeds"):
            text = client.get(path).text
            assert "hunter2" not in text
            assert "abc123" not in text
            assert "news.example/feed" in text
