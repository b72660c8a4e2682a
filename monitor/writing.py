"""The store's writer, awaited."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from storage.writer import Writer

T = TypeVar("T")


class AsyncWriter(Writer):
    """A writer whose operations the event loop can wait for."""

    async def run(self, operation: Callable[[Connection], T]) -> T:
        """Have *operation* run in a transaction and wait until that is committed.

        A cancelled waiter does not undo the operation.
        """
        return await asyncio.shield(asyncio.wrap_future(self.submit(operation)))
