"""The words of a sentence that say something of its dates, each list found once."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from functools import cached_property
from typing import Any

from extractors.deadlines.lexicon import Cue, Lexicon, Role
from extractors.reading import Made, once
from extractors.types import DeadlineKind, Span


class Said:
    """What a sentence says, for all of its dates.

    A sentence may hold thousands of dates, so that nothing here is looked for once a date.
    """

    def __init__(self, text: str, folded: str, sentence: Span, words: Lexicon) -> None:
        self._texts = (folded, text)
        self._sentence = sentence
        self._words = words
        self._lists: dict[str, list[Span]] = {}
        self._kept: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What *make* gives, made at the first call with this *key* and kept for the sentence."""
        return once(self._kept, key, make)

    @cached_property
    def _cues(self) -> list[tuple[Cue, Span]]:
        found = self._words.kinds.find(self._texts[0], self._sentence)
        return sorted(found, key=lambda item: (item[1].start, -item[1].end))

    @cached_property
    def _senses(self) -> list[tuple[Cue, Span]]:
        return list(_outermost(self._cues, {Role.KIND, Role.WEAK}))

    @cached_property
    def _aspects(self) -> list[tuple[Cue, Span]]:
        return list(_outermost(self._cues, {Role.ASPECT}))

    @cached_property
    def _topics(self) -> list[tuple[Cue, Span]]:
        return list(_outermost(self._cues, {Role.TOPIC}))

    @cached_property
    def _breaks(self) -> list[Span]:
        pattern = self._words.clause_break
        places = pattern.finditer(self._texts[0], self._sentence.start, self._sentence.end)
        return [Span(*match.span()) for match in places]

    def senses(self, within: Span) -> list[tuple[Cue, Span]]:
        """The words of *within* that say a kind, surely or faintly, in order."""
        return _cues_inside(self._senses, within)

    def kinds(self, within: Span) -> list[tuple[DeadlineKind, Span]]:
        """The same by their kinds alone."""
        return [(DeadlineKind(cue.name), span) for cue, span in self.senses(within)]

    def aspects(self, within: Span) -> list[tuple[str, Span]]:
        """The words of *within* that say of something that it begins, ends or takes place."""
        return [(cue.name, span) for cue, span in _cues_inside(self._aspects, within)]

    def topics(self, within: Span) -> list[tuple[str, Span]]:
        """The words of *within* that name what begins, ends or takes place, in order."""
        return [(cue.name, span) for cue, span in _cues_inside(self._topics, within)]

    @property
    def whole(self) -> Span:
        """The sentence."""
        return self._sentence

    def words(self, name: str, within: Span, *, exact: bool = False) -> list[Span]:
        """The words of the list *name* in *within*, in order.

        *exact* adds those that match the text as it is, where the list's words have accents.
        """
        found = self._list(name, exact=exact and name in self._words.accented)
        return _inside(found, within) if found else _NONE

    def clause_of(self, span: Span, scope: Span) -> Span:
        """The clause of *scope* that holds *span*; a break inside *span* counts for nothing."""
        breaks = _inside(self._breaks, scope)
        start = max((b.start for b in breaks if b.end <= span.start), default=scope.start)
        end = min((b.start for b in breaks if b.start >= span.end), default=scope.end)
        return Span(start, end)

    @cached_property
    def _named(self) -> dict[str, list[Span]]:
        lists: dict[str, list[Span]] = {}
        for cue, span in self._cues:
            if cue.role is Role.LIST:
                lists.setdefault(cue.name, []).append(span)
        return lists

    def _list(self, name: str, *, exact: bool) -> list[Span]:
        if not exact:
            return self._named.get(name, _NONE)
        if name not in self._lists:
            pattern, sentence = self._words.words[name], self._sentence
            places = pattern.finditer(self._texts[1], sentence.start, sentence.end)
            found = {*self._named.get(name, _NONE), *(Span(*match.span()) for match in places)}
            self._lists[name] = sorted(found, key=lambda span: span.start)
        return self._lists[name]


# No word of a list.
_NONE: list[Span] = []


def _outermost(found: Iterable[tuple[Cue, Span]], roles: Set[Role]) -> Iterator[tuple[Cue, Span]]:
    """Those of the ordered words with one of *roles* that are no part of longer ones."""
    widest = Span(0, 0)
    for cue, span in found:
        if cue.role in roles and (span == widest or not widest.covers(span)):
            widest = span
            yield cue, span


def _cues_inside(cues: Sequence[tuple[Cue, Span]], within: Span) -> list[tuple[Cue, Span]]:
    first = bisect_left(cues, within.start, key=_start)
    last = bisect_left(cues, within.end, key=_start)
    return [(cue, span) for cue, span in cues[first:last] if span.end <= within.end]


def _start(item: tuple[Cue, Span]) -> int:
    return item[1].start


def _inside(spans: Sequence[Span], within: Span) -> list[Span]:
    first = bisect_left(spans, within.start, key=lambda span: span.start)
    last = bisect_left(spans, within.end, key=lambda span: span.start)
    return [span for span in spans[first:last] if span.end <= within.end]
