"""The example receivers take what we send, once, and nothing else."""

import asyncio
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from monitor.delivery import Deliverer
from monitor.delivery.signing import signature_header
from storage.deliveries import replay
from tests.delivery.posting import OTHER_SECRET, SECRET, Desk

EXAMPLES = Path(__file__).parents[2] / "examples" / "receivers"
NODE = shutil.which("node")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], folder: Path, port: int, **environment: str) -> Iterator[str]:
    """A receiver's address while its process runs; its output goes to ``out`` in *folder*."""
    with (folder / "out").open("w") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "WEBHOOK_SECRET": SECRET, "PORT": str(port), **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}/hook"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert process.poll() is None, "the receiver ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the receiver does not listen")


@pytest.fixture
def python_receiver(tmp_path: Path) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "--app-dir", str(EXAMPLES), "receiver:app"]
    with _running([*command, "--port", str(port)], tmp_path, port) as url:
        yield url


@pytest.fixture
def node_receiver(tmp_path: Path) -> Iterator[str]:
    if NODE is None:
        pytest.skip("node is missing")
    port = _free_port()
    with _running([NODE, str(EXAMPLES / "receiver.mjs")], tmp_path, port) as url:
        yield url


@pytest.fixture(params=["python", "node"])
def receiver(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_receiver")
    return url


def _tell(desk: Desk) -> None:
    for text in ("« L’accord »", "« L’accord » — señal"):
        desk.tell("quote.updated", "q_1", id="q_1", text=text)
    desk.tell("deadline.new", "d_1", id="d_1", what="a reply")


def _deliver_all(desk: Desk) -> list[str]:
    said: list[str] = []
    while due := desk.due():
        said += desk.deliver(due)
    return said


def _seqs(folder: Path) -> list[int]:
    """The changes that a receiver kept, in order."""
    if (folder / "received.db").exists():
        store = sqlite3.connect(folder / "received.db")
        try:
            return [seq for (seq,) in store.execute("SELECT seq FROM message ORDER BY rowid")]
        finally:
            store.close()
    lines = (
        json.loads(line) for line in (folder / "out").read_text().splitlines() if "seq" in line
    )
    return [line["seq"] for line in lines]


def test_receiver_takes_what_is_sent_once(receiver: str, desk: Desk, tmp_path: Path) -> None:
    desk.subscribe(receiver)
    _tell(desk)
    assert _deliver_all(desk) == ["delivered"] * 3
    with desk.database.write() as connection:
        replay(connection, endpoint=None, now=desk.now, ids=[1, 2, 3])
    assert _deliver_all(desk) == ["delivered"] * 3
    assert sorted(_seqs(tmp_path)) == [1, 2, 3]


def test_receiver_takes_a_test_message(receiver: str, desk: Desk) -> None:
    endpoint = desk.subscribe(receiver)

    async def run() -> tuple[bool, str]:
        async with Deliverer(desk.database, desk.writer, desk.policy) as deliverer:
            return await deliverer.send_test(endpoint)

    taken, said = asyncio.run(run())
    assert taken, said


def test_receiver_refuses_what_another_signed(receiver: str, desk: Desk, tmp_path: Path) -> None:
    desk.subscribe(receiver, secret=OTHER_SECRET)
    desk.tell("quote.new", "q_1", id="q_1", text="no")
    assert desk.deliver() == ["later"]
    assert [row["status"] for row in desk.rows("SELECT status FROM attempt")] == [400]
    assert _seqs(tmp_path) == []


@pytest.mark.parametrize("fault", ["altered", "old", "unsigned", "garbled"])
def test_receiver_refuses_what_is_not_as_it_was_signed(receiver: str, fault: str) -> None:
    body = json.dumps({"type": "quote.new", "data": {"seq": 1, "id": "q_1"}}).encode()
    stamp = int(time.time()) - (400 if fault == "old" else 0)
    headers: dict[str, Any] = {
        "webhook-id": "evt_1",
        "webhook-timestamp": str(stamp),
        "webhook-signature": signature_header([SECRET], "evt_1", stamp, body),
    }
    if fault == "unsigned":
        del headers["webhook-signature"]
    if fault == "garbled":
        headers["webhook-timestamp"] = "soon"
    answer = httpx.post(
        receiver, content=body + (b" " if fault == "altered" else b""), headers=headers
    )
    assert answer.status_code == 400


def test_python_receiver_keeps_the_newest_state(python_receiver: str, tmp_path: Path) -> None:
    for seq, text in ((2, "« L’accord » — señal"), (1, "« L’accord »")):
        data = {"seq": seq, "id": "q_1", "text": text}
        body = json.dumps({"type": "quote.updated", "data": data}).encode()
        stamp = int(time.time())
        headers = {
            "webhook-id": f"evt_{seq}",
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature_header([SECRET], f"evt_{seq}", stamp, body),
        }
        assert httpx.post(python_receiver, content=body, headers=headers).status_code == 204
    store = sqlite3.connect(tmp_path / "received.db")
    try:
        rows = store.execute("SELECT id, text FROM event").fetchall()
    finally:
        store.close()
    assert rows == [("q_1", "« L’accord » — señal")]
