"""Lists that go on over several sentences: "It has two demands. The first is …. The second is"."""

from collections.abc import Callable

from extractors.issues.lexicon import Lexicon
from extractors.issues.setting import Setting
from extractors.types import Span

# An item stands at most so many sentences behind the one before.
_PAUSE = 4


class Lists:
    """Which sentence of a text began the list that a sentence goes on with."""

    def __init__(self, folded: str, words: Lexicon) -> None:
        self._folded, self._words = folded, words
        self._head: Callable[[], Setting] | None = None
        self._before: Callable[[], Setting] | None = None
        self._last = 0

    def head_of(self, sentence: Span, number: int) -> Callable[[], Setting] | None:
        """How the sentence was told whose list *sentence*, the *number*-th, goes on with."""
        if number - self._last > _PAUSE:
            self._head = None
        if self._words.goes_on.match(self._folded, sentence.start):
            self._head = self._before
        elif self._words.items.match(self._folded, sentence.start):
            self._head = self._head or self._before
        else:
            return None
        self._last = number
        return self._head

    def note(self, told: Callable[[], Setting]) -> None:
        """Remember how the sentence last asked for was *told*."""
        self._before = told
