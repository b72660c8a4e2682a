"""The people and bodies of a document: their names, roles and where each is mentioned."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from extractors.actors.lexicon import ActorWords, Gender, Mention
from extractors.text.folding import fold
from extractors.types import Span

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_POSSESSIVE = re.compile(r"(?:'s|')$")
_SHOWN_POSSESSIVES = ("'s", "’s", "'", "’")

_start_of = attrgetter("start")
_FEWEST_INITIALS, _MOST_INITIALS = 3, 6
_MOST_ALIKE = 40  # people of one last name in a document; more are no news article


@dataclass(slots=True)
class NameMention:
    """A name in the text, with the words of the role beside it.

    ``subject`` says that it opens its sentence or governs a cue, ``speaks`` only the latter;
    ``unit`` numbers the sentence; ``articled`` that an article stands before it, as before
    bodies; ``placed`` that a preposition of place does; ``opens`` that it is the first word.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    mention: Mention
    unit: int
    subject: bool = False
    articled: bool = False
    speaks: bool = False
    placed: bool = False
    opens: bool = False


@dataclass(slots=True)
class Entity:
    """Somebody or something that a document names.

    ``evidence`` weighs what speaks for a person against what speaks for a place or body.
    """

    name: str
    words: tuple[str, ...]
    evidence: int = 0
    is_body: bool = False
    gender: Gender | None = None
    spans: list[Span] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        """Whether a pronoun or role may stand for it."""
        if self.is_body:
            return False
        return self.evidence > 0 if len(self.words) == 1 else self.evidence >= 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entity from elsewhere: a person or not, gender, words of its offices."""

    is_person: bool
    gender: Gender | None = None
    offices: tuple[frozenset[str], ...] = ()


@lru_cache(maxsize=1 << 14)
def name_words(text: str) -> tuple[str, ...]:
    """The words of a name, folded, without possessive endings."""
    return tuple(_POSSESSIVE.sub("", word) for word in _WORD.findall(fold(text)))


class Entities:
    """All entities of a document, found by name."""

    def __init__(self, text: str, mentions: Sequence[NameMention], words: ActorWords) -> None:
        self._text = text
        self._words = words
        self.all: list[Entity] = []
        self._by_last: dict[str, list[Entity]] = defaultdict(list)
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._alike: dict[tuple[str, ...], list[Entity]] = {}
        self._called: dict[str, list[Entity]] = {}  # by a name as written, once all are known
        worded = [(name_words(item.mention.named.of(text)), item) for item in mentions]
        worded.sort(key=lambda pair: -len(pair[0]))
        for name, item in worded:
            self._add(self._without_titles(name), item)
        self._join_initials()
        self._alike.clear()
        for entity in self.all:
            entity.spans.sort(key=_start_of)  # no two begin at one place
            first = self._first_name(entity)
            entity.gender = entity.gender or first
            entity.evidence += 2 if first else 0
            if len(entity.words) > 1 and entity.name.isupper():
                entity.evidence -= 3  # a heading in capitals
            if not (first or words.particles.isdisjoint(entity.words[1:-1])):
                entity.evidence -= 1

    def _add(self, words: tuple[str, ...], item: NameMention) -> None:
        if not words:
            return
        named = item.mention.named
        found = self.candidates(words)
        if len(found) == 1:
            entity = found[0]
        elif found and len(words) == 1:
            entity = min(found, key=lambda other: _distance(other, named.start))
        else:
            entity = self._new(words, named)
        entity.spans.append(named)
        self._weigh(entity, item)

    def _join_initials(self) -> None:
        """Make one of a name and its initials ("World Health Organisation", "WHO")."""
        by_initials: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.all:
            if len(entity.words) >= _FEWEST_INITIALS:
                big = [word for word in entity.words if word not in self._words.name_links]
                by_initials["".join(word[0] for word in big)].append(entity)
        kept: list[Entity] = []
        for short in self.all:
            full = by_initials.get(short.words[0], []) if _is_initials(short) else []
            if len(full) != 1:
                kept.append(short)
                continue
            full[0].spans.extend(short.spans)
            full[0].roles.extend(short.roles)
            full[0].evidence += max(0, short.evidence)
            full[0].gender = full[0].gender or short.gender
            self._by_last[short.words[0]] = self._by_word[short.words[0]] = [full[0]]
        self.all = kept

    def _weigh(self, entity: Entity, item: NameMention) -> None:
        role = item.mention.role
        if role:
            entity.roles.append(role)
            entity.gender = entity.gender or self.gender_of_role(role)
            entity.evidence += 3
        elif item.articled:
            entity.evidence -= 2
        elif item.placed:
            entity.evidence -= 1
        elif item.speaks:
            entity.evidence += 1

    def _shown(self, span: Span) -> str:
        words = span.of(self._text).split()
        while len(words) > 1 and words[0].lower() in self._words.titles:
            words.pop(0)
        shown = " ".join(words)
        for ending in _SHOWN_POSSESSIVES:
            if shown.endswith(ending):
                return shown.removesuffix(ending)
        return shown

    def _without_titles(self, words: tuple[str, ...]) -> tuple[str, ...]:
        first, titles = 0, self._words.titles
        while first < len(words) - 1 and words[first] in titles:
            first += 1
        return words[first:] if first else words

    def _new(self, words: tuple[str, ...], named: Span) -> Entity:
        entity = Entity(self._shown(named), words)
        entity.is_body = not self._words.bodies.isdisjoint(words)
        self.all.append(entity)
        self._by_last[words[-1]].append(entity)
        for word in set(words):
            self._by_word[word].append(entity)
        self._alike.clear()
        return entity

    def candidates(self, words: tuple[str, ...]) -> list[Entity]:
        """The entities that a name may stand for: same last name and no other first name."""
        found = self._alike.get(words)
        if found is None:
            found = self._alike[words] = self._named(words)
        return found

    def _named(self, words: tuple[str, ...]) -> list[Entity]:
        last = words[-1]
        alike = self._by_last.get(last, [])[:_MOST_ALIKE]
        fitting = [e for e in alike if _compatible(words, e.words)]
        if fitting or len(words) > 1:
            return fitting
        alike = self._by_word.get(last, [])[:_MOST_ALIKE]
        return [e for e in alike if not e.is_body and len(e.words) > 1]

    def find(self, text: str, position: int, gender: Gender | None = None) -> list[Entity]:
        """The entities that the name *text* at *position* may stand for, likeliest first."""
        found = self._called.get(text)
        if found is None:
            words = self._without_titles(name_words(text))
            found = self._called[text] = self.candidates(words) if words else []
        if len(found) < 2:
            return found
        if gender:
            found = [e for e in found if e.gender in {gender, None}] or found
        return sorted(found, key=lambda entity: _distance(entity, position))

    def gender_of_role(self, role: Span) -> Gender | None:
        """The gender that the words of a role show ("la ministre", "Mr.")."""
        for word in role.of(self._text).lower().replace("’", "'").split():
            gender = self._words.genders.get(word) or self._words.genders.get(word.strip(",."))
            if gender:
                return gender
        return None

    def _first_name(self, entity: Entity) -> Gender | None:
        if len(entity.words) < 2:
            return None
        return self._words.first_names.get(entity.words[0])


def _is_initials(entity: Entity) -> bool:
    """Whether a name is a word of a few capitals."""
    return len(entity.words) == 1 and entity.name.isupper() and len(entity.name) <= _MOST_INITIALS


def _compatible(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two names with the same last word may be one person's."""
    if len(words) == 1 or len(others) == 1:
        return True
    short, long = sorted((words, others), key=len)
    if set(short) <= set(long):
        return True
    return short[0][0] == long[0][0] and (len(short[0]) == 1 or len(long[0]) == 1)


def _distance(entity: Entity, position: int) -> tuple[int, int]:
    """How near the last mention before *position* is; mentions only after it come last."""
    at = bisect_left(entity.spans, position, key=_start_of)
    if at:
        return 0, position - entity.spans[at - 1].start
    return 1, entity.spans[0].start if entity.spans else 0
