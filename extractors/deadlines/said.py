"""The words of a sentence that say something of its dates, each list found once."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from extractors.deadlines.lexicon import Lexicon, Role, in_small_letters
from extractors.reading import Made, once
from extractors.types import DeadlineKind, Span

# From so many on, those in a part of the sentence are looked up and not gone through.
_MANY = 16
_KINDS = {kind.value: kind for kind in DeadlineKind}
_LIST, _ASPECT, _TOPIC, _SURE = Role.LIST, Role.ASPECT, Role.TOPIC, Role.KIND
# Where a word begins and ends; most are never asked for, so that a span is made only then.
Ends = tuple[int, int]


class Sense(NamedTuple):
    """A word that says a kind, surely or faintly."""

    kind: DeadlineKind
    is_sure: bool
    span: Span


# What is found with its place.
Named = tuple[str, Span]
# A word's beginning and end, the name of its list, and whether it says that surely.
_Word = tuple[int, int, str, bool]
Found = TypeVar("Found", Ends, _Word)


@dataclass(slots=True)
class _Found:
    """The words of a sentence that are in any list, in order."""

    named: dict[str, list[Ends]] = field(default_factory=dict)
    senses: list[_Word] = field(default_factory=list)
    aspects: list[_Word] = field(default_factory=list)
    topics: list[_Word] = field(default_factory=list)


class Said:
    """What a sentence says, for all of its dates, looked for at the first question.

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
        self._exact: dict[str, list[Ends]] = {}
        self._breaks: list[Ends] | None = None
        self._kept: dict[Hashable, Any] = {}
        self._found: _Found | None = None

    def _look(self) -> _Found:
        """Find the words of all lists, the longer of those that begin together first."""
        found = self._found = _Found()
        named, senses, aspects, topics = found.named, found.senses, found.aspects, found.topics
        kinds = self._words.kinds
        tags, places = kinds.tags, kinds.places(self._texts[1], self.whole)
        for start, before_end, number in sorted([(s, -e, number) for s, number, e in places]):
            role, name = tags[number]
            end = -before_end
            if role is _LIST:
                if name in named:
                    named[name].append((start, end))
                else:
                    named[name] = [(start, end)]
                continue
            words = aspects if role is _ASPECT else topics if role is _TOPIC else senses
            if _is_outermost(words, start, end):
                words.append((start, end, name, role is _SURE))
        return found

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
        inside = _inside((self._found or self._look()).senses, within)
        return [Sense(_KINDS[name], sure, Span(start, end)) for start, end, name, sure in inside]

    def aspects(self, within: Span) -> list[tuple[str, Span]]:
        """The words of *within* that say of something that it begins, ends or takes place."""
        inside = _inside((self._found or self._look()).aspects, within)
        return [(name, Span(start, end)) for start, end, name, _ in inside]

    def topics(self, within: Span) -> list[tuple[str, Span]]:
        """The words of *within* that name what begins, ends or takes place, in order."""
        inside = _inside((self._found or self._look()).topics, within)
        return [(name, Span(start, end)) for start, end, name, _ in inside]

    def has(self, name: str) -> bool:
        """Whether the sentence has a word of the list *name*, in the text as it is at most."""
        named = (self._found or self._look()).named
        return name in named or name in self._words.accented

    def those_of(self, names: Iterable[str]) -> list[str]:
        """Those of the lists *names* of which the sentence has a word, as :meth:`has` says it."""
        named, accented = (self._found or self._look()).named, self._words.accented
        return [name for name in names if name in named or name in accented]

    def words(self, name: str, within: Span) -> list[Span]:
        """The words of the list *name* in *within*, in order."""
        inside = self.ends(name, within)
        return [Span(*ends) for ends in inside] if inside else []

    def ends(self, name: str, within: Span) -> Sequence[Ends]:
        """Where each of these words begins and ends."""
        found = (self._found or self._look()).named.get(name)
        return _inside(found, within) if found else ()

    def exact_ends(self, name: str, within: Span) -> Sequence[Ends]:
        """The same with those that match the text as it is, where the list's words have accents."""
        if name not in self._words.accented:
            return self.ends(name, within)
        found = self._exact.get(name)
        if found is None:
            found = self._exact[name] = self._as_written(name)
        return _inside(found, within)

    def _as_written(self, name: str) -> list[Ends]:
        """The words of the list *name* in the folded text and in the text as it is."""
        found = (self._found or self._look()).named.get(name, ())
        begin = max(0, self.whole.start - 1)
        written = in_small_letters(self._texts[0][begin : self.whole.end])
        places = self._words.words[name].finditer(written, self.whole.start - begin)
        return sorted({*found, *[(begin + m.start(), begin + m.end()) for m in places]})

    def clause_of(self, span: Span, scope: Span) -> Span:
        """The clause of *scope* that holds *span*; a break inside *span* counts for nothing."""
        if self._breaks is None:
            self._breaks = self._find_breaks()
        start, end = scope.start, scope.end
        for first, after in _inside(self._breaks, scope):
            if after <= span.start:
                start = first
            elif first >= span.end:
                end = first
                break
        return Span(start, end)

    def _find_breaks(self) -> list[Ends]:
        found = self._words.clause_break.finditer(self._texts[1], self.whole.start, self.whole.end)
        return [match.span() for match in found]


def _is_outermost(words: Sequence[_Word], start: int, end: int) -> bool:
    """Whether a word is no part of the last, where the earlier and the longer come first."""
    if not words:
        return True
    last = words[-1]
    return end > last[1] or (end == last[1] and start == last[0])


def _inside(words: list[Found], within: Span) -> list[Found]:
    """Those of *words*, which are in order, that lie in *within*."""
    if not words:
        return words
    start, end = within.start, within.end
    if len(words) > _MANY:
        words = words[bisect_left(words, start, key=_start) : bisect_left(words, end, key=_start)]
    return [ends for ends in words if start <= ends[0] and ends[1] <= end]


_start = itemgetter(0)
