"""Worker processes for parsing and extraction, each with a time and a memory limit.

What comes from outside may make a parser hang, crash or eat memory. It runs in a process that can
be killed for it: that costs the one page, not its neighbours and never the event loop.
"""

import asyncio
import multiprocessing
import pickle
import resource
import signal
import struct
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from monitor.errors import MonitorError

P = ParamSpec("P")
T = TypeVar("T")

# A worker is replaced after so many tasks: parsers keep caches that grow.
_TASKS_A_WORKER = 5000
# So much after a task's time limit a worker ends itself, if nobody is left to stop it.
_LATE_SECONDS = 2.0
_LIMIT = struct.Struct("d")
_CONTEXT = multiprocessing.get_context("spawn")


class WorkerError(MonitorError):
    """A task could not be done by a worker: it took too long, too much memory, or crashed."""


class _Slot:
    """A place for one worker process; starts it when needed and replaces it when it is spent."""

    def __init__(self, memory_limit: int) -> None:
        self._memory_limit = memory_limit
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._tasks = 0

    def run(self, task: bytes, seconds: float) -> Any:
        """Send *task* and wait for its answer (blocking; call it in a thread)."""
        pipe = self._ready()
        self._tasks += 1
        try:
            pipe.send_bytes(_LIMIT.pack(seconds) + task)
            if not pipe.poll(seconds):
                self.stop()
                raise WorkerError(f"it took longer than the limit of {seconds:g} seconds")
            answer = pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise WorkerError(self._obituary()) from error
        worked, value = pickle.loads(answer)  # noqa: S301 — from our own process
        if worked:
            return value
        raise value

    def _ready(self) -> Connection:
        if self._tasks >= _TASKS_A_WORKER or not (self._process and self._process.is_alive()):
            self.stop()
        if self._pipe is None:
            ours, theirs = _CONTEXT.Pipe()
            self._process = _CONTEXT.Process(
                target=_serve, args=(theirs, self._memory_limit), daemon=True
            )
            self._process.start()
            theirs.close()
            self._pipe, self._tasks = ours, 0
        return self._pipe

    def _obituary(self) -> str:
        process = self._process
        self.stop(grace=1.0)
        code = process.exitcode if process else None
        if code is not None and code < 0:
            return f"its worker was killed by signal {signal.Signals(-code).name}"
        return f"its worker stopped with status {code}"

    def stop(self, grace: float = 0.0) -> None:
        """End the process; after *grace* seconds it is killed."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.join(grace)
            self._process.kill()
            self._process.join()
        self._pipe = None


class WorkerPool:
    """A fixed number of worker processes; tasks wait for one that is free.

    Used as an async context manager. Processes start with the first task that needs them.
    """

    def __init__(self, workers: int, *, time_limit: float, memory_limit_mb: int) -> None:
        self._time_limit = time_limit
        self._slots = [_Slot(memory_limit_mb * 1024 * 1024) for _ in range(workers)]
        self._free: asyncio.LifoQueue[_Slot] = asyncio.LifoQueue()

    async def __aenter__(self) -> Self:
        for slot in self._slots:
            self._free.put_nowait(slot)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await asyncio.gather(*(asyncio.to_thread(slot.stop) for slot in self._slots))

    async def run(self, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``task(*args)`` in a worker; *task* must be a module's function.

        Raises what the task raises, or :class:`WorkerError` (half a sentence, for the caller to
        finish) where its limits were passed or its worker died.
        """
        message = pickle.dumps((task, args, kwargs))
        slot = await self._free.get()
        work = asyncio.ensure_future(asyncio.to_thread(slot.run, message, self._time_limit))
        # A cancelled caller must not free a slot that is still at work.
        work.add_done_callback(lambda _: self._free.put_nowait(slot))
        result: T = await asyncio.shield(work)
        return result


def _serve(pipe: Connection, memory_limit: int) -> None:
    """A worker's life: a task in, an answer out, until the pipe closes."""
    # The daemon decides when to stop; a Ctrl-C at the terminal is for it alone.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    while True:
        try:
            message = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        (seconds,) = _LIMIT.unpack_from(message)
        signal.setitimer(signal.ITIMER_REAL, seconds + _LATE_SECONDS)
        try:
            pipe.send_bytes(_answer(memoryview(message)[_LIMIT.size :], memory_limit))
        except (BrokenPipeError, OSError):
            return
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(message: memoryview, memory_limit: int) -> bytes:
    try:
        task, args, kwargs = pickle.loads(message)  # noqa: S301 — from our own process
        return pickle.dumps((True, task(*args, **kwargs)))
    except MemoryError:
        limit = memory_limit // (1024 * 1024)
        return pickle.dumps((False, WorkerError(f"it took more than the limit of {limit} MB")))
    except Exception as error:  # noqa: BLE001 — the caller gets it, whatever it is
        try:
            answer = pickle.dumps((False, error))
            pickle.loads(answer)  # noqa: S301 — some exceptions pickle but do not come back
        except Exception:  # noqa: BLE001
            answer = pickle.dumps((False, WorkerError(f"{type(error).__name__}: {error}")))
        return answer
