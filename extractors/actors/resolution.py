"""Resolving what stands for a speaker — name, role, pronoun or nothing — to an entity.

The resolver is told of statements in the order of the text, and keeps how much each entity is in
view: subjects and speakers more than other mentions, near ones more than far ones.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from extractors.actors.entities import Entities, Entity, Known, NameMention, name_words
from extractors.actors.lexicon import NAME, PRONOUN, ROLE, ActorWords, Gender, Mention, actor_words
from extractors.text.folding import fold

SUBJECT, OTHER, SPEAKER = 3.0, 1.0, 4.0
_MEMORY = 12
_CLOSE = 0.7
_DOUBTED = 0.7  # of the weight of a name that nothing shows to be a person's
_SOON = 3  # units in which the one who spoke is still speaking
_SURE = 9  # evidence that outweighs all others
_MOST_ROLES = 400  # of a document; more are no news article


@dataclass(slots=True)
class Resolved:
    """The entity behind a mention, how sure that is, and who else it may be.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    entity: Entity | None
    confidence: float
    others: tuple[Entity, ...] = ()


NOBODY = Resolved(None, 0.0)


@dataclass(slots=True)
class _Event:
    position: int
    unit: int
    entity: Entity
    weight: float


@dataclass(slots=True)
class _Role:
    position: int
    head: str
    words: frozenset[str]
    entity: Entity


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a role says of its holder: its noun, a gender, what narrows it, all its words."""

    head: str
    gender: Gender | None
    wanted: frozenset[str]
    words: frozenset[str]


class Resolver:
    """Resolves the mentions of one document, in order."""

    def __init__(
        self,
        text: str,
        lang: str,
        names: Sequence[NameMention],
        look_up: Callable[[Entity], Known | None] = lambda _: None,
        offices: Sequence[tuple[Mention, int]] = (),
    ) -> None:
        self._text = text
        self._words: ActorWords = actor_words(lang)
        self._events: list[_Event] = []
        self._roles: list[_Role] = []
        self.entities = Entities(text, names, self._words)
        for entity in self.entities.all:
            known = look_up(entity)
            if known:
                entity.is_body = not known.is_person
                entity.evidence += _SURE if known.is_person else 0
                entity.gender = known.gender or entity.gender
                if entity.spans:
                    for words in known.offices:
                        self._note_role(entity, entity.spans[0].start, words)
        self._spoken: list[_Event] = []
        self._last_unknown = -1  # where somebody spoke whom the text does not name
        self._unknown: tuple[Mention, int] | None = None  # that somebody, and the unit
        self._unnamed: set[str] = set()
        for item in names:
            self._note(item)
        self._roles.sort(key=attrgetter("position"))
        for mention, unit in offices:
            self._note_office(mention, unit)
        self._events.sort(key=attrgetter("position"))
        self._places = [event.position for event in self._events]

    def _note(self, item: NameMention) -> None:
        named, role = item.mention.named, item.mention.role
        found = self.entities.find(named.of(self._text), named.start)
        if not found:
            return
        entity = found[0]
        if entity.is_person:
            weight = SUBJECT if item.subject else OTHER
            self._events.append(_Event(named.start, item.unit, entity, weight))
        if role and len(self._roles) < _MOST_ROLES:
            self._note_role(entity, role.start, frozenset(name_words(role.of(self._text))))

    def _note_role(self, entity: Entity, position: int, words: frozenset[str]) -> None:
        """Note that *entity* is called by the *words* of a role, or may be."""
        for word in words:
            head = self._words.folded_roles.get(word)
            if head:
                self._roles.append(_Role(position, head, words, entity))

    def _note_office(self, mention: Mention, unit: int) -> None:
        """Note the one person for whom a role stands as a subject ("the minister")."""
        sought = self._sought(mention)
        fitting = self._holders(sought) if sought else []
        if len(fitting) == 1 and fitting[0].is_person:
            self._events.append(_Event(mention.span.start, unit, fitting[0], SUBJECT))

    def resolve(self, mention: Mention | None, position: int, unit: int) -> Resolved:
        """Who *mention* is; without a mention, who is speaking at *position*."""
        if mention is None:
            if self._is_unknown(position):
                return NOBODY
            return self._in_view(position, unit, None)
        if mention.kind is NAME:
            return self._by_name(mention)
        if mention.kind is PRONOUN:
            gender = self._words.genders.get(mention.head)
            if gender is None or mention.head in self._words.plural_pronouns:
                return NOBODY
            return self._in_view(mention.span.start, unit, gender)
        if mention.kind is ROLE:
            return self._by_role(mention, unit)
        return NOBODY

    def spoke(self, entity: Entity, position: int, unit: int) -> None:
        """Note that *entity* made a statement at *position*."""
        self._spoken.append(_Event(position, unit, entity, SPEAKER))
        if len(self._spoken) > _MEMORY:
            del self._spoken[0]

    def unnamed(self, position: int, unit: int) -> Mention | None:
        """The role of who is speaking at *position* where the text does not name them."""
        if self._unknown is None or not self._is_unknown(position):
            return None
        mention, spoke = self._unknown
        return mention if unit - spoke <= _SOON else None

    def spoke_unnamed(self, mention: Mention, unit: int) -> None:
        """Note that somebody spoke whom the text does not name."""
        self._unknown = mention, unit
        self._last_unknown = mention.span.start
        if mention.head:
            self._unnamed.add(mention.head)

    def _is_unknown(self, position: int) -> bool:
        """Whether the one who spoke last before *position* is nobody whom the text names."""
        return self._last_unknown >= 0 and self._last_unknown > self._last_known(position)

    def _last_known(self, position: int) -> int:
        """Where, before *position*, somebody whom the text names was last a subject or spoke."""
        subjects = [event.position for event in self._near(position) if event.weight >= SUBJECT]
        return max([0, *subjects, *[event.position for event in self._spoken]])

    def _by_name(self, mention: Mention) -> Resolved:
        named, role = mention.named.of(self._text), mention.role
        found = self.entities.find(named, mention.named.start)
        if len(found) > 1 and role:
            gender = self.entities.gender_of_role(role)
            found = self.entities.find(named, mention.named.start, gender)
        if not found:
            return NOBODY
        return Resolved(found[0], 0.95 if len(found) == 1 else 0.75, tuple(found[1:3]))

    def _by_role(self, mention: Mention, unit: int) -> Resolved:
        """The person of whom the document says that role, or the one who is speaking."""
        sought = self._sought(mention)
        if sought is None:
            return NOBODY
        fitting = self._holders(sought)
        position = mention.span.start
        if not fitting:
            if mention.head in self._unnamed:
                return NOBODY
            return self._speaking(sought, position, unit)
        known = [entity for entity in fitting if entity.spans[0].start <= position]
        if not known and not sought.wanted:
            speaking = self._speaking(sought, position, unit)
            if speaking.entity:
                return speaking
        fitting = known or fitting
        ranked = self._rank(position, unit, sought.gender, [*self._near(position), *self._spoken])
        best = next((e for e, _ in ranked if e in fitting), None) or self._latest(fitting, position)
        others = tuple(entity for entity in fitting if entity is not best)
        return Resolved(best, 0.8 if not others else 0.65, others[:2])

    def _speaking(self, sought: _Sought, position: int, unit: int) -> Resolved:
        """Who is speaking, for whom a role may stand that the document gives nobody."""
        in_view = [event for event in self._near(position) if event.weight >= SUBJECT]
        speaking = self._in_view(position, unit, sought.gender, [*in_view, *self._spoken])
        narrow = sought.wanted or sought.head in self._words.relational
        if narrow and not (speaking.entity and self._just_spoke(speaking.entity, unit)):
            acting = self._acting(sought, position, unit)
            return Resolved(acting, 0.5) if acting else NOBODY
        if speaking.entity is None:
            return NOBODY
        return Resolved(speaking.entity, 0.5, speaking.others)

    def _sought(self, mention: Mention) -> _Sought | None:
        """What a role says of its holder; None where it can stand for nobody named before."""
        head = self._words.roles.get(mention.head)
        if head is None or self._words.is_plural_role(mention.head):
            return None
        if head in self._words.anonymous:
            return None
        written = mention.named.of(self._text)
        words = name_words(written)
        shown = written.lower().replace("’", "'")
        determiner = "l'" if shown.startswith("l'") else shown.split()[0]
        if determiner not in self._words.definite:
            return None
        gender = self._words.genders.get(mention.head) or self._words.genders.get(determiner)
        wanted = frozenset(
            word
            for word in words
            if len(word) > 3
            and word not in self._words.definite
            and word not in self._words.emphatics
        )
        return _Sought(head, gender, wanted - {fold(mention.head)}, frozenset(words))

    def _acting(self, sought: _Sought, position: int, unit: int) -> Entity | None:
        """The one whom the sentence before is about, if nothing else is known of them."""
        if sought.head in self._words.relational:
            return None
        acting = {
            id(event.entity): event.entity
            for event in self._near(position)
            if event.weight >= SUBJECT and unit - event.unit <= 1
        }
        known = {id(role.entity) for role in self._roles}
        fitting = [
            entity
            for key, entity in acting.items()
            if key not in known
            and entity.is_person
            and not (sought.gender and entity.gender not in {sought.gender, None})
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _just_spoke(self, entity: Entity, unit: int) -> bool:
        """Whether *entity* made the last statement, in this sentence or the one before."""
        last = self._spoken[-1] if self._spoken else None
        return last is not None and last.entity is entity and unit - last.unit <= 1

    def _holders(self, sought: _Sought) -> list[Entity]:
        fitting: list[Entity] = []
        gender = sought.gender
        for role in self._roles:
            if (
                role.head == sought.head
                and role.entity not in fitting
                and not (gender and role.entity.gender not in {gender, None})
                and not (role.words & self._words.other_offices) - sought.words
                and all(_covered(word, role.words) for word in sought.wanted)
            ):
                fitting.append(role.entity)
        return fitting

    def _latest(self, fitting: Sequence[Entity], position: int) -> Entity:
        def place(entity: Entity) -> tuple[bool, int]:
            start = entity.roles[0].start if entity.roles else entity.spans[0].start
            return start > position, abs(position - start)

        return min(fitting, key=place)

    def _near(self, position: int) -> list[_Event]:
        at = bisect_right(self._places, position)
        return self._events[max(0, at - _MEMORY) : at]

    def _in_view(
        self,
        position: int,
        unit: int,
        gender: Gender | None,
        events: Sequence[_Event] | None = None,
    ) -> Resolved:
        if events is None:
            events = [*self._near(position), *self._spoken]
        ranked = self._rank(position, unit, gender, events)
        if not ranked:
            return NOBODY
        best, score = ranked[0]
        close = tuple(entity for entity, other in ranked[1:3] if other > _CLOSE * score)
        return Resolved(best, 0.8 if not close else 0.6, close)

    def _rank(
        self, position: int, unit: int, gender: Gender | None, events: Sequence[_Event]
    ) -> list[tuple[Entity, float]]:
        scores: dict[int, tuple[Entity, float]] = {}
        for event in events:
            entity = event.entity
            if event.position >= position or not entity.is_person:
                continue
            if gender and entity.gender not in {gender, None}:
                continue
            score = event.weight / (1.0 + max(0, unit - event.unit))
            if gender and entity.gender is gender:
                score *= 1.5
            if entity.evidence <= 0:
                score *= _DOUBTED
            if score > scores.get(id(entity), (entity, 0.0))[1]:
                scores[id(entity)] = (entity, score)
        return sorted(scores.values(), key=lambda item: -item[1])


def _covered(word: str, have: frozenset[str]) -> bool:
    """Whether a word, or one of its stem ("Canada", "Canadian"), is among those of a role."""
    return word in have or any(len(other) > 3 and word[:5] == other[:5] for other in have)
