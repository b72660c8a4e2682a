"""Name look-ups in threads of their own, and what many that fail at once mean.

A dead name server holds a look-up for half a minute. In the event loop's pool a few of them would
hold up everything else there, and the end of the process.
"""

import asyncio
import queue
import socket
import threading
import time
from contextlib import suppress
from typing import Any

import structlog

log = structlog.get_logger()

# So many different hosts that cannot be looked up, and none that can, within so many seconds:
# it is the network, or its name server, and not they.
_OFFLINE_HOSTS = 4
_OFFLINE_SECONDS = 120.0


class _Threads:
    """Threads that look up names, as many as are wanted at once; idle ones are used again."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._idle = 0

    def submit(self, job: "_Job") -> None:
        with self._lock:
            spare = self._idle > 0
            self._idle -= spare
        self._jobs.put(job)
        if not spare:
            threading.Thread(target=self._work, name="look-up", daemon=True).start()

    def _work(self) -> None:
        while True:
            self._jobs.get().run()
            with self._lock:
                self._idle += 1


class _Job:
    """One look-up and the loop that waits for it."""

    def __init__(self, host: str, port: int) -> None:
        self._place = (host, port)
        self._loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[list[Any]] = self._loop.create_future()

    def run(self) -> None:
        found, error = None, None
        try:
            found = socket.getaddrinfo(*self._place, type=socket.SOCK_STREAM)
        except Exception as reason:  # noqa: BLE001 — it is raised where the answer is awaited
            error = reason
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self._settle, found, error)

    def _settle(self, found: list[Any] | None, error: Exception | None) -> None:
        if self.answer.done():
            return
        if error is None:
            self.answer.set_result(found or [])
        else:
            self.answer.set_exception(error)


_threads = _Threads()


async def look_up(host: str, port: int) -> list[Any]:
    """``getaddrinfo`` without holding up the event loop; raises what that raises."""
    job = _Job(host, port)
    _threads.submit(job)
    return await job.answer


class LookUps:
    """What became of look-ups lately. That we went offline, or came back, is logged once."""

    def __init__(self) -> None:
        self._failed: dict[str, float] = {}
        self._offline = False

    def worked(self) -> None:
        """A name was looked up: there is a network."""
        self._failed.clear()
        if self._offline:
            self._offline = False
            log.info("online again")

    def failed(self, host: str, *, unanswered: bool) -> bool:
        """Note that *host* was not found; whether that is rather because we are offline.

        With *unanswered*, no name server said so: that is enough.
        """
        now = time.monotonic()
        self._failed[host] = now
        self._failed = {
            name: at for name, at in self._failed.items() if now - at < _OFFLINE_SECONDS
        }
        offline = unanswered or len(self._failed) >= _OFFLINE_HOSTS
        if offline and not self._offline:
            self._offline = True
            log.warning("offline", reason="host names cannot be looked up; no feed is blamed")
        return offline
