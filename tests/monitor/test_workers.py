"""Worker processes: what one task does to itself costs no other."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from monitor import workers
from monitor.workers import WorkerError, WorkerPool
from tests.monitor import misbehaving as tasks

T = TypeVar("T")
MEGABYTES = 512


def in_pool(
    work: Callable[[WorkerPool], Awaitable[T]], *, workers: int = 1, seconds: float = 30.0
) -> T:
    """What *work* gives with a pool."""

    async def run() -> T:
        async with WorkerPool(workers, time_limit=seconds, memory_limit_mb=MEGABYTES) as pool:
            return await work(pool)

    return asyncio.run(run())


def test_a_task_gives_its_value() -> None:
    async def work(pool: WorkerPool) -> int:
        return await pool.run(tasks.double, 4, plus=1)

    assert in_pool(work) == 9


def test_tasks_share_the_workers_that_there_are() -> None:
    async def work(pool: WorkerPool) -> list[int]:
        return await asyncio.gather(*(pool.run(tasks.process_id) for _ in range(20)))

    assert len(set(in_pool(work))) == 1


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (tasks.crash, "its worker was killed by signal SIGSEGV"),
        (tasks.die, "its worker was killed by signal SIGKILL"),
        (tasks.leave, "its worker stopped with status 3"),
        (tasks.fail_oddly, "OddError: one and other"),
        (tasks.answer_oddly, None),
    ],
    ids=["segfault", "killed", "exit", "odd error", "odd answer"],
)
def test_a_task_that_brings_its_worker_down_costs_only_itself(
    task: Callable[[], object], said: str | None
) -> None:
    async def work(pool: WorkerPool) -> tuple[str, int]:
        with pytest.raises(Exception) as caught:
            await pool.run(task)
        return str(caught.value), await pool.run(tasks.double, 2)

    message, after = in_pool(work)
    assert after == 4
    assert said is None or message == said


def test_a_task_over_its_time_is_stopped_and_the_limit_named() -> None:
    async def work(pool: WorkerPool) -> int:
        # The first task pays for the worker's start.
        pool._time_limit = 30.0
        before = await pool.run(tasks.process_id)
        pool._time_limit = 0.2
        with pytest.raises(WorkerError, match=r"longer than the limit of 0\.2 seconds"):
            await pool.run(tasks.sleep, 60.0)
        pool._time_limit = 30.0
        assert await pool.run(tasks.process_id) != before
        return await pool.run(tasks.double, 1)

    assert in_pool(work) == 2


def test_a_task_over_its_memory_is_stopped_and_the_limit_named() -> None:
    async def work(pool: WorkerPool) -> int:
        with pytest.raises(WorkerError, match="more than the limit of 512 MB"):
            await pool.run(tasks.allocate, 2 * MEGABYTES)
        return await pool.run(tasks.allocate, 1)

    assert in_pool(work) == 1024 * 1024


def test_an_ordinary_error_comes_back_as_it_is() -> None:
    async def work(pool: WorkerPool) -> int:
        before = await pool.run(tasks.process_id)
        with pytest.raises(ValueError, match="no such day"):
            await pool.run(tasks.fail, "no such day")
        with pytest.raises(RecursionError):
            await pool.run(tasks.recurse)
        assert await pool.run(tasks.process_id) == before
        return before

    in_pool(work)


def test_a_bad_task_does_not_disturb_its_neighbour() -> None:
    async def work(pool: WorkerPool) -> tuple[Any, ...]:
        return tuple(
            await asyncio.gather(
                pool.run(tasks.sleep, 0.3),
                pool.run(tasks.crash),
                pool.run(tasks.double, 3),
                pool.run(tasks.die),
                pool.run(tasks.double, 4),
                return_exceptions=True,
            )
        )

    _, crashed, three, died, four = in_pool(work, workers=2)
    assert (three, four) == (6, 8)
    assert isinstance(crashed, WorkerError)
    assert isinstance(died, WorkerError)


def test_a_caller_who_gives_up_does_not_free_a_worker_at_work() -> None:
    async def work(pool: WorkerPool) -> tuple[int, int]:
        first = await pool.run(tasks.process_id)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await pool.run(tasks.sleep, 0.4)
        return first, await pool.run(tasks.double, 5)

    assert in_pool(work)[1] == 10


def test_closing_the_pool_ends_a_task_that_is_under_way() -> None:
    async def work(pool: WorkerPool) -> int:
        await pool.run(tasks.double, 1)
        started = asyncio.create_task(pool.run(tasks.sleep, 60.0))
        await asyncio.sleep(0.05)
        started.cancel()
        await asyncio.wait([started])
        return 1

    assert in_pool(work) == 1


OWNER = """
import asyncio, sys
from monitor.workers import WorkerPool
from tests.monitor import misbehaving

async def run():
    async with WorkerPool(1, time_limit=30.0, memory_limit_mb=512) as pool:
        await pool.run(misbehaving.double, 1)
        pool._time_limit = 0.5
        await pool.run(misbehaving.sleep_and_say, sys.argv[1], 60.0)

if __name__ == "__main__":
    asyncio.run(run())
"""


def test_a_worker_does_not_outlive_a_killed_daemon_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, script = tmp_path / "pid", tmp_path / "owner.py"
    script.write_text(OWNER)
    monkeypatch.setenv("PYTHONPATH", str(Path(workers.__file__).parents[1]))
    with subprocess.Popen([sys.executable, str(script), str(said)]) as daemon:
        while not said.exists() or not said.read_text():
            assert daemon.poll() is None
            time.sleep(0.02)
        daemon.kill()
    worker = Path(f"/proc/{said.read_text()}")
    until = time.monotonic() + 20
    while is_alive(worker):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_alive(process: Path) -> bool:
    """Whether a process runs; one that ended and that nobody has buried does not."""
    try:
        return "\nState:\tZ" not in (process / "status").read_text()
    except OSError:
        return False


def test_a_big_task_and_a_big_answer_pass() -> None:
    async def work(pool: WorkerPool) -> bytes:
        return await pool.run(bytes, b"x" * 20_000_000)

    assert len(in_pool(work)) == 20_000_000
