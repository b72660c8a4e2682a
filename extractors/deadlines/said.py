"""The words of a sentence that say something of its dates, each list found once."""

from bisect import bisect_left
from collections.abc import Callable, Hashable
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from extractors.deadlines.lexicon import Lexicon, Role
from extractors.reading import Made, once
from extractors.types import DeadlineKind, Span

# From so many on, those in a part of the sentence are looked up and not gone through.
_MANY = 16
_KINDS = {kind.value: kind for kind in DeadlineKind}


class Sense(NamedTuple):
    """A word that says a kind, surely or faintly."""

    kind: DeadlineKind
    is_sure: bool
    span: Span


# What is found with its place, and that.
Named = tuple[str, Span]
Found = TypeVar("Found", Sense, Named)


class Said:
    """What a sentence says, for all of its dates.

    A sentence may hold thousands of dates, so that nothing here is looked for once a date.
    *earlier* is the sentence before.
    """

    def __init__(
        self, text: str, folded: str, sentence: Span, words: Lexicon, earlier: Span | None = None
    ) -> None:
        self.whole = sentence
        self._texts = (text, folded)
        self._words = words
        self._earlier = earlier
        self._before: Said | None = None
        self._named: dict[str, list[Span]] = {}
        self._exact: dict[str, list[Span]] = {}
        self._senses: list[Sense] = []
        self._aspects: list[Named] = []
        self._topics: list[Named] = []
        self._breaks: list[Span] | None = None
        self._kept: dict[Hashable, Any] = {}
        self._look()

    def _look(self) -> None:
        """Find the words of all lists, the longer of those that begin together first."""
        kinds = self._words.kinds
        found = kinds.places(self._texts[1], self.whole)
        for start, before_end, number in sorted([(s, -e, number) for s, number, e in found]):
            role, name = kinds.tags[number]
            span = Span(start, -before_end)
            if role is Role.LIST:
                self._named.setdefault(name, []).append(span)
            elif role is Role.ASPECT:
                _add_outermost(self._aspects, (name, span))
            elif role is Role.TOPIC:
                _add_outermost(self._topics, (name, span))
            else:
                _add_outermost(self._senses, Sense(_KINDS[name], role is Role.KIND, span))

    @property
    def before(self) -> "Said | None":
        """What the sentence before says, looked for at the first question."""
        if self._before is None and self._earlier is not None:
            self._before = Said(*self._texts, self._earlier, self._words)
        return self._before

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What *make* gives, made at the first call with this *key* and kept for the sentence."""
        return once(self._kept, key, make)

    def senses(self, within: Span) -> list[Sense]:
        """The words of *within* that say a kind, surely or faintly, in order."""
        return _found_inside(self._senses, within)

    def aspects(self, within: Span) -> list[tuple[str, Span]]:
        """The words of *within* that say of something that it begins, ends or takes place."""
        return _found_inside(self._aspects, within)

    def topics(self, within: Span) -> list[tuple[str, Span]]:
        """The words of *within* that name what begins, ends or takes place, in order."""
        return _found_inside(self._topics, within)

    def has(self, name: str) -> bool:
        """Whether the sentence has a word of the list *name*, in the text as it is at most."""
        return name in self._named or name in self._words.accented

    def words(self, name: str, within: Span) -> list[Span]:
        """The words of the list *name* in *within*, in order."""
        found = self._named.get(name)
        return _inside(found, within) if found else []

    def exact_words(self, name: str, within: Span) -> list[Span]:
        """The same with those that match the text as it is, where the list's words have accents."""
        if name not in self._words.accented:
            return self.words(name, within)
        found = self._exact.get(name)
        if found is None:
            found = self._exact[name] = self._as_written(name)
        return _inside(found, within)

    def _as_written(self, name: str) -> list[Span]:
        """The words of the list *name* in the folded text and in the text as it is."""
        spans = set(self._named.get(name, ()))
        places = self._words.words[name].finditer(self._texts[0], self.whole.start, self.whole.end)
        return sorted(spans.union([Span(*match.span()) for match in places]))

    def clause_of(self, span: Span, scope: Span) -> Span:
        """The clause of *scope* that holds *span*; a break inside *span* counts for nothing."""
        if self._breaks is None:
            self._breaks = self._find_breaks()
        start, end = scope.start, scope.end
        for found in _inside(self._breaks, scope):
            if found.end <= span.start:
                start = found.start
            elif found.start >= span.end:
                end = found.start
                break
        return Span(start, end)

    def _find_breaks(self) -> list[Span]:
        found = self._words.clause_break.finditer(self._texts[1], self.whole.start, self.whole.end)
        return [Span(*match.span()) for match in found]


def _add_outermost(found: list[Found], item: Found) -> None:
    """Add what is no part of the last, where what begins earlier and the longer comes first."""
    span = item[-1]
    if not found or span.end > found[-1][-1].end or span == found[-1][-1]:
        found.append(item)


def _found_inside(found: list[Found], within: Span) -> list[Found]:
    """Those of what was found, in order, that lie in *within*."""
    if len(found) > _MANY:
        first = bisect_left(found, within.start, key=lambda item: item[-1].start)
        found = found[first : bisect_left(found, within.end, key=lambda item: item[-1].start)]
    start, end = within.start, within.end
    return [item for item in found if start <= item[-1].start and item[-1].end <= end]


def _inside(spans: list[Span], within: Span) -> list[Span]:
    """Those of *spans*, which are in order, that lie in *within*."""
    if len(spans) > _MANY:
        first = bisect_left(spans, within.start, key=_start)
        spans = spans[first : bisect_left(spans, within.end, key=_start)]
    start, end = within.start, within.end
    return [span for span in spans if start <= span.start and span.end <= end]


_start = attrgetter("start")
