"""Manners towards one host: how many requests at once, and how long between two."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_LONGEST_DELAY = 30.0
_LONGEST_PARKING = 300.0
_FORGET_OVER = 4096


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    next_start: float = 0.0
    delay: float = 0.0
    users: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hosts:
    """Hands out turns at hosts. Kept in memory: a restart begins politely anyway."""

    def __init__(self, *, connections: int, delay: float) -> None:
        self._connections = connections
        self._delay = delay
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until *host* may be asked again, and be counted while it is."""
        state = self._state(host)
        state.users += 1
        try:
            async with state.slots:
                async with state.turn:
                    await asyncio.sleep(max(0.0, state.next_start - time.monotonic()))
                    delay = max(self._delay, state.delay)
                    state.next_start = max(state.next_start, time.monotonic() + delay)
                yield
        finally:
            state.users -= 1

    def crawl_delay(self, host: str, seconds: float) -> None:
        """Keep to the host's own wish (robots.txt), within reason."""
        self._state(host).delay = min(max(seconds, 0.0), _LONGEST_DELAY)

    def park(self, host: str, seconds: float) -> None:
        """Leave a host alone that said that it has enough (429, 503)."""
        state = self._state(host)
        wait = min(max(seconds, _LONGEST_DELAY), _LONGEST_PARKING)
        state.next_start = max(state.next_start, time.monotonic() + wait)

    def _state(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) > _FORGET_OVER:
                self._forget_idle()
            self._hosts[host] = _Host(asyncio.Semaphore(self._connections))
        return self._hosts[host]

    def _forget_idle(self) -> None:
        now = time.monotonic()
        idle = [h for h, state in self._hosts.items() if not state.users and state.next_start < now]
        for host in idle:
            del self._hosts[host]
