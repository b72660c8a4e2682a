"""Without a network of our own nobody is to blame, and nothing is used up."""

import asyncio
import socket
from typing import Any

import pytest

from monitor.delivery import Deliverer
from monitor.delivery.destination import check_destination
from monitor.errors import UsageError
from tests.delivery.posting import Desk
from tests.serving import Reply, Server


def fail(*_: Any, **__: Any) -> None:
    """No name server answers."""
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


@pytest.fixture
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name can be looked up."""
    monkeypatch.setattr(socket, "getaddrinfo", fail)


@pytest.mark.usefixtures("no_names")
def test_offline_costs_a_delivery_no_attempt_and_an_endpoint_no_failure(any_desk: Desk) -> None:
    endpoint = any_desk.subscribe("https://desk.example/hook")
    any_desk.tell()
    for _ in range(20):
        assert any_desk.deliver() == ["later"]
        any_desk.wait(60)
    now = any_desk.endpoint(endpoint)
    assert (now.state, now.failures, now.failing_since) == ("active", 0, None)
    assert "no name server answers" in (now.last_error or "")
    assert any_desk.rows("SELECT state, attempts FROM delivery") == [
        {"state": "pending", "attempts": 0}
    ]
    assert any_desk.rows("SELECT * FROM attempt") == []


def test_what_waited_goes_out_when_the_network_is_back(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe(server.on("/hook", Reply(204)).replace("127.0.0.1", "localhost"))
    desk.tell()
    look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert desk.deliver() == ["later"]
    assert desk.due() == []
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    desk.wait(60)
    assert desk.deliver() == ["delivered"]


@pytest.mark.usefixtures("no_names")
def test_a_test_message_says_that_there_is_no_network(desk: Desk) -> None:
    endpoint = desk.subscribe("https://desk.example/hook")

    async def run() -> tuple[bool, str]:
        async with Deliverer(desk.database, desk.writer, desk.policy) as deliverer:
            return await deliverer.send_test(endpoint)

    taken, said = asyncio.run(run())
    assert not taken
    assert "no name server answers" in said


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/hook",
        "http://127.1/hook",
        "http://2130706433/hook",
        "http://0x7f.1:8080/hook",
        "http://[::1]/hook",
        "http://[::ffff:127.0.0.1]/hook",
        "http://[64:ff9b::a9fe:a9fe]/hook",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "http://localhost./",
        "http://desk.localhost/",
        "https://93.184.216.34:25/",
    ],
)
def test_private_address_is_refused_before_it_is_kept(url: str) -> None:
    with pytest.raises(UsageError, match="is not a public web address; to send there, add"):
        check_destination(url, False)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://desk.example/",
        "https://",
        "https://user@desk.example/",
        "http://0177.0.0.1/hook",
        "http://good.example\\@127.0.0.1/",
        "https://desk.example/a b",
        "https://desk.example/\n",
        "desk.example/hook",
        "https://desk.example:99999/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="is no address to send to"):
        check_destination(url, False)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://93.184.216.34/hook", False),
        ("http://127.0.0.1:9000/hook", ("127.0.0.1:9000",)),
        ("http://[::1]:9000/hook", ("[::1]:9000",)),
        ("http://10.1.2.3/hook", ("10.1.0.0/16",)),
        ("http://127.0.0.1:9000/hook", True),
    ],
)
def test_what_the_settings_allow_is_kept(url: str, allowed: bool | tuple[str, ...]) -> None:
    check_destination(url, allowed)
