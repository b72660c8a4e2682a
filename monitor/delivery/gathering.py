"""Asking for many at once: what is wanted while an answer is awaited shares the next question."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Gathering(Generic[A, B]):
    """Turns single questions into lists of them; at most one list is on its way.

    *ask* gives the answers in the order of the questions; an exception among them is raised for
    the one who asked. What it raises itself, all who asked get.
    """

    def __init__(
        self, ask: Callable[[Sequence[A]], Awaitable[Sequence[B | BaseException]]]
    ) -> None:
        self._ask = ask
        self._waiting: list[tuple[A, asyncio.Future[B]]] = []
        self._task: asyncio.Task[None] | None = None

    async def get(self, question: A) -> B:
        """The answer to *question*; a cancelled asker takes nothing back."""
        answer: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._work(), name="gathering")
        return await answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, []
                await self._answer(asked)
        finally:
            self._task = None

    async def _answer(self, asked: list[tuple[A, "asyncio.Future[B]"]]) -> None:
        try:
            answers = await self._ask([question for question, _ in asked])
        except Exception as error:  # noqa: BLE001 — it is raised where the answer is awaited
            for _, future in asked:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), answer in zip(asked, answers, strict=True):
            if future.done():
                continue
            if isinstance(answer, BaseException):
                future.set_exception(answer)
            else:
                future.set_result(answer)

    async def finish(self) -> None:
        """Wait until nothing is on its way."""
        if self._task is not None:
            await asyncio.wait([self._task])
