"""Answers that take long and change seldom, kept while nothing new is recorded."""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from storage.outbox import last_seq

_MOST = 100
_SECONDS = 60.0
T = TypeVar("T")


class Kept:
    """What was read of the store, by keys; forgotten as soon as there is a new change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seq = -1
        self._found: dict[Hashable, tuple[float, Any]] = {}

    def get(self, connection: Connection, key: Hashable, read: Callable[[], T]) -> T:
        """What *read* gave for *key*; it is asked again after a change, or after a minute.

        *connection* must see the state that *read* reads. The answer is shared: leave it as it is.
        """
        seq, now = last_seq(connection), time.monotonic()
        with self._lock:
            if seq > self._seq or len(self._found) >= _MOST:
                self._found.clear()
                self._seq = max(seq, self._seq)
            at, found = self._found.get(key, (now - _SECONDS, None))
            if seq == self._seq and now - at < _SECONDS:
                return found  # type: ignore[no-any-return]
        made = read()
        with self._lock:
            if seq == self._seq:
                self._found[key] = (now, made)
        return made
