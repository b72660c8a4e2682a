"""One thread writes; operations that wait for it commit together.

A commit costs as much as an extraction (an fsync), the rows in it next to nothing. Stages hand
their work here; what arrives while a commit is under way shares the next one. Each operation has
a savepoint, so one that fails takes no other with it.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from storage.engine import Database
from storage.errors import StorageError

T = TypeVar("T")

_GROUP = 64


@dataclass(frozen=True, slots=True)
class _Operation:
    run: Callable[[Connection], Any]
    future: "Future[Any]"


class Writer:
    """Runs write operations in the order in which they come, in grouped transactions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: queue.SimpleQueue[_Operation | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, operation: Callable[[Connection], T]) -> "Future[T]":
        """Have *operation* run in a transaction; the future is done once that is committed."""
        future: Future[T] = Future()
        self._queue.put(_Operation(operation, future))
        return future

    def close(self) -> None:
        """Finish what was submitted, then stop."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        open_for_work = True
        while open_for_work:
            group = [self._queue.get()]
            while len(group) < _GROUP and not self._queue.empty():
                group.append(self._queue.get())
            open_for_work = None not in group
            self._commit([operation for operation in group if operation is not None])

    def _commit(self, group: list[_Operation]) -> None:
        if not group:
            return
        results: list[tuple[_Operation, Any]] = []
        try:
            with self._database.write() as connection:
                for operation in group:
                    self._run_one(connection, operation, results)
        except StorageError as error:
            for operation in group:
                if not operation.future.done():
                    operation.future.set_exception(error)
            return
        for operation, result in results:
            operation.future.set_result(result)

    def _run_one(
        self, connection: Connection, operation: _Operation, results: list[tuple[_Operation, Any]]
    ) -> None:
        savepoint = connection.begin_nested()
        try:
            result = operation.run(connection)
        except Exception as error:
            if connection.invalidated or not savepoint.is_active:
                raise
            savepoint.rollback()
            operation.future.set_exception(error)
        else:
            savepoint.commit()
            results.append((operation, result))
