"""Lists that go on over several sentences: "It has two demands. The first is …. The second is"."""

from collections.abc import Callable

from extractors.issues.lexicon import Lexicon
from extractors.issues.setting import Setting

# After so many sentences that are no item a list is over.
_PAUSE = 3


class Lists:
    """Which sentence of a text began the list that a sentence goes on with."""

    def __init__(self, folded: str, words: Lexicon) -> None:
        self._folded, self._words = folded, words
        self._head: Callable[[], Setting] | None = None
        self._before: Callable[[], Setting] | None = None
        self._pause = 0

    def head_of(self, start: int) -> Callable[[], Setting] | None:
        """How the sentence was told whose list the one from *start* on goes on with, or None."""
        if self._words.goes_on.match(self._folded, start):
            self._head = self._before
        elif self._words.items.match(self._folded, start):
            self._head = self._head or self._before
        else:
            self._pause += 1
            if self._pause > _PAUSE:
                self._head = None
            return None
        self._pause = 0
        return self._head

    def note(self, told: Callable[[], Setting]) -> None:
        """Remember how the sentence last asked for was *told*."""
        self._before = told
