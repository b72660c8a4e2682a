"""Killed or suspended at any moment, the monitor loses nothing and doubles nothing."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.commands import ENVIRONMENT, Program, program_for
from tests.crashing import article_text, everything, query, settle
from tests.press import SECRET, Press, open_press

KILLS = 20
ARTICLES = 30
START = datetime(2018, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def press() -> Iterator[Press]:
    with open_press() as press:
        for feed in range(3):
            entries = []
            for number in range(feed, ARTICLES, 3):
                at = START + timedelta(hours=7 * number)
                page, title = f"/news/{number}", f"NAFTA talks, day {number}"
                press.publish(page, title, article_text(number), at)
                entries.append((page, title, at))
            press.list_in_feed(f"/feed{feed}", f"Feed {feed}", entries)
        yield press


@pytest.mark.slow
def test_twenty_kills_lose_and_double_nothing(
    tmp_path: Path, sqlite_url: str, press: Press
) -> None:
    (tmp_path / "clean").mkdir()
    clean = program_for(tmp_path / "clean", f"sqlite:///{tmp_path}/clean/store.db", press)
    killed = program_for(tmp_path, sqlite_url, press)
    for program in (clean, killed):
        for feed in range(3):
            program.run("feeds", "add", "--no-check", press.url(f"/feed{feed}"))
    clean.run("run", "--once")
    killed.run(
        "webhooks", "add", press.url("/hook"), "--secret", SECRET, "--topics", "*,sighting.*,feed.*"
    )

    chance = random.Random(20)
    for _ in range(KILLS):
        kill_after(killed, chance.uniform(0.3, 2.5))
    settle(killed)

    assert everything(killed.database) == everything(clean.database)
    assert_all_told_once(killed, press)


@pytest.mark.slow
def test_a_suspended_monitor_goes_on_where_it_stood(tmp_path: Path, press: Press) -> None:
    (tmp_path / "clean").mkdir()
    clean = program_for(tmp_path / "clean", f"sqlite:///{tmp_path}/clean/store.db", press)
    suspended = program_for(tmp_path, f"sqlite:///{tmp_path}/store.db", press)
    for program in (clean, suspended):
        for feed in range(3):
            program.run("feeds", "add", "--no-check", press.url(f"/feed{feed}"))
    clean.run("run", "--once")
    suspended.run(
        "webhooks", "add", press.url("/hook"), "--secret", SECRET, "--topics", "*,sighting.*,feed.*"
    )

    suspend(suspended, times=4)
    settle(suspended)

    assert everything(suspended.database) == everything(clean.database)
    assert_all_told_once(suspended, press)


def assert_all_told_once(program: Program, press: Press) -> None:
    """Every change reached the receiver, each under one id."""
    seqs = [row["seq"] for row in query(program.database, "SELECT seq FROM changes")]
    told = [message for message in press.messages if message["type"] != "endpoint.test"]
    assert {message["data"]["seq"] for message in told} == set(seqs)
    ids = {message["data"]["seq"]: message["id"] for message in told}
    assert all(ids[message["data"]["seq"]] == message["id"] for message in told)
    assert press.refused == 0


def suspend(program: Program, times: int) -> None:
    """Run the daemon, stopped (as a laptop asleep) for some seconds so many *times*."""
    chance = random.Random(32)
    process = subprocess.Popen(
        program.arguments("run", "--no-web"),
        cwd=program.folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        lock = program.folder / "store.db.lock"
        for _ in range(200):
            if lock.exists() and lock.read_text().strip() == str(process.pid):
                break
            time.sleep(0.1)
        for _ in range(times):
            time.sleep(chance.uniform(0.5, 2))
            os.killpg(process.pid, signal.SIGSTOP)
            time.sleep(chance.uniform(1, 3))
            os.killpg(process.pid, signal.SIGCONT)
        time.sleep(1)
        assert process.poll() is None
        process.terminate()
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()


def kill_after(program: Program, seconds: float) -> None:
    process = subprocess.Popen(
        program.arguments("run", "--no-web"),
        cwd=program.folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.kill()
    process.wait()
