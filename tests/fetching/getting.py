"""One GET for a test, with a fetcher of its own."""

import asyncio
from typing import Any

import pytest

from monitor.fetching import Fetcher, FetchError, FetchErrorKind, FetchPolicy, Response

LOOPBACK = ("127.0.0.0/8",)


def policy(**values: Any) -> FetchPolicy:
    """A policy that may ask loopback and is in a hurry; *values* override it."""
    hurried: dict[str, Any] = {"timeout": 20.0, "host_delay": 0.0, "allow_private": LOOPBACK}
    return FetchPolicy(**{"user_agent": "nafta-monitor/1.0 (test)"} | hurried | values)


def get(url: str, policies: FetchPolicy | None = None, **values: Any) -> Response:
    """What *url* answers."""

    async def run() -> Response:
        async with Fetcher(policies or policy()) as fetcher:
            return await fetcher.get(url, **values)

    return asyncio.run(run())


def refusal(url: str, policies: FetchPolicy | None = None, **values: Any) -> FetchError:
    """The error that stands in the way of *url*; there must be one, in one line."""
    with pytest.raises(FetchError) as caught:
        get(url, policies, **values)
    said = str(caught.value)
    assert said.isprintable()
    assert len(said) < 400
    return caught.value


def kind_of_refusal(url: str, **values: Any) -> FetchErrorKind:
    """What kind of error stands in the way of *url*."""
    return refusal(url, policy(**values)).kind
