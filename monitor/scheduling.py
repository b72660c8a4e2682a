"""Which stage runs what now.

What is due is asked of the database at every turn; nothing here outlives the process or needs
to. A turn comes with each tick of the clock and whenever an item is finished.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import structlog

from storage.errors import StorageError

K = TypeVar("K", bound=Hashable)
log = structlog.get_logger()

_PAUSE_AFTER_ERROR = 5.0
_LONGEST_REST = 600.0


@dataclass(frozen=True, slots=True)
class Due(Generic[K]):
    """An item whose time has come: its key, and the host (or endpoint) that it will bother."""

    key: K
    host: str = ""


# (how many, keys in hand, hosts that have enough in hand) → what is due.
Ask = Callable[[int, Collection[K], Collection[str]], Sequence[Due[K]]]


@dataclass(frozen=True, slots=True)
class _Rest:
    """How often in a row an item raised, and until when it is left alone (monotonic time)."""

    times: int
    until: float


@dataclass(slots=True)
class Stage(Generic[K]):
    """One stage: how to ask what is due, what to do with an item, and how many at once."""

    name: str
    ask: Ask[K]
    run: Callable[[K], Awaitable[object]]
    capacity: int
    per_host: int | None = None
    wake: Callable[[], None] = lambda: None
    _tasks: dict[K, "asyncio.Task[None]"] = field(default_factory=dict)
    _hosts: Counter[str] = field(default_factory=Counter)
    _ready: deque[Due[K]] = field(default_factory=deque)
    _rests: dict[K, _Rest] = field(default_factory=dict)

    @property
    def in_hand(self) -> int:
        """How many items are being worked on."""
        return len(self._tasks)

    async def fill(self) -> int:
        """Start what is due, up to the capacity; returns how many items were started."""
        room = self.capacity - len(self._tasks)
        if room <= 0:
            return 0
        if not self._ready:
            busy = self._busy_hosts()
            keys = [*self._tasks, *(key for key in self._rests if self._rests_now(key))]
            due = await asyncio.to_thread(self.ask, 2 * self.capacity, keys, busy)
            self._ready.extend(due)
        started = 0
        while self._ready and started < room:
            item = self._ready.popleft()
            started += self._start(item)
        return started

    def forget_ready(self) -> None:
        """Drop what was asked for and not begun: the database is asked anew."""
        self._ready.clear()

    def _busy_hosts(self) -> list[str]:
        if self.per_host is None:
            return []
        return [host for host, count in self._hosts.items() if count >= self.per_host]

    def _start(self, item: Due[K]) -> bool:
        crowded = self.per_host is not None and self._hosts[item.host] >= self.per_host
        if item.key in self._tasks or self._rests_now(item.key) or crowded:
            return False
        self._hosts[item.host] += 1
        task = asyncio.create_task(self._guard(item.key), name=f"{self.name} {item.key}")
        self._tasks[item.key] = task
        task.add_done_callback(lambda _: self._finished(item))
        return True

    def _finished(self, item: Due[K]) -> None:
        del self._tasks[item.key]
        self._hosts[item.host] -= 1
        if not self._hosts[item.host]:
            del self._hosts[item.host]
        self.wake()

    def _rests_now(self, key: K) -> bool:
        return key in self._rests and self._rests[key].until > time.monotonic()

    def _rest(self, key: K) -> None:
        """Leave an item alone for a while, ever longer; it stays due and holds no place."""
        now = time.monotonic()
        self._rests = {k: r for k, r in self._rests.items() if r.until + _LONGEST_REST > now}
        times = self._rests[key].times + 1 if key in self._rests else 1
        wait = min(_PAUSE_AFTER_ERROR * 2 ** min(times - 1, 20), _LONGEST_REST)
        self._rests[key] = _Rest(times, now + wait)

    async def _guard(self, key: K) -> None:
        """Run one item; whatever it raises costs that item alone, which stays due."""
        try:
            await self.run(key)
            self._rests.pop(key, None)
        except StorageError as error:
            log.error("store failed", stage=self.name, item=key, error=str(error))
            await asyncio.sleep(_PAUSE_AFTER_ERROR)
        except Exception:
            log.exception("stage failed", stage=self.name, item=key)
            self._rest(key)

    async def drain(self, seconds: float) -> None:
        """Wait for the work in hand; what is not done in time is given back (it stays due)."""
        self._ready.clear()
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)


class Dispatcher:
    """Turns the stages until it is stopped, or until nothing is left to do."""

    def __init__(self, stages: Sequence[Stage[int]]) -> None:
        self._stages = stages
        self._wake = asyncio.Event()
        self._stopping = False
        for stage in stages:
            stage.wake = self.wake

    def wake(self) -> None:
        """Have another turn soon."""
        self._wake.set()

    def stop(self) -> None:
        """Take no new work."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Turn at every wake until :meth:`stop`."""
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            await self._turn()

    async def run_until_idle(self) -> None:
        """Turn until no stage has anything in hand, or due but for items that just raised."""
        while not self._stopping:
            self._wake.clear()
            started = await self._turn()
            # What was finished during the turn may have made something due after it was asked.
            if started or self._wake.is_set():
                continue
            if not any(stage.in_hand for stage in self._stages):
                return
            await self._wake.wait()

    async def _turn(self) -> int:
        started = 0
        for stage in self._stages:
            if self._stopping:
                return started
            try:
                started += await stage.fill()
            except StorageError as error:
                log.error("store failed", stage=stage.name, error=str(error))
                await asyncio.sleep(_PAUSE_AFTER_ERROR)
            except Exception:
                # A daemon that dies of it would stop the other stages too.
                log.exception("stage cannot ask what is due", stage=stage.name)
                await asyncio.sleep(_PAUSE_AFTER_ERROR)
        return started

    async def drain(self, seconds: float) -> None:
        """Finish or give back the work in hand within about *seconds*."""
        self.stop()
        await asyncio.gather(*(stage.drain(seconds) for stage in self._stages))
