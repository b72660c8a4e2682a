"""Speakers: a resolved mention with what the packs know of the person or body."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence

from config.packs.types import Person
from extractors.actors.entities import Entity, Known, name_words
from extractors.actors.lexicon import NAME, OTHER, PRONOUN, ROLE, Gender, Mention, actor_words
from extractors.actors.resolution import Resolved
from extractors.actors.sides import side_of_stranger
from extractors.reading import Knowledge, Reading
from extractors.terms import TermHit, TermKind
from extractors.types import Candidate, Span, Speaker

# The members that are asked for often; looking them up in their class takes ten times as long.
_IGNORED, _NOUN, _ORGANISATION = TermKind.IGNORED, TermKind.NOUN, TermKind.ORGANISATION
_OUTSIDER, _PARTY, _PERSON = TermKind.OUTSIDER, TermKind.PARTY, TermKind.PERSON
_SIGN = TermKind.SIGN
_GENDERS = {gender.value: gender for gender in Gender}


class Directory:
    """The packs' people and bodies as one document names them."""

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self._reading = reading
        self._knowledge = knowledge
        self._hits, self._starts = reading.hits, reading.hit_starts
        if reading.hits_by_kind[_IGNORED]:
            self._hits = tuple(hit for hit in reading.hits if not hit.ids(_IGNORED))
            self._starts = [hit.span.start for hit in self._hits]
        self._actors: dict[int, str | None] = {}
        self._strangers: dict[int, str | None] = {}
        self._held: dict[str, tuple[str | None, str | None]] = {}
        self._last_names: dict[str, set[str]] | None = None
        self._parties = _party_words(knowledge, reading.lang)
        self._links = actor_words(reading.lang).coordinators

    def hits_in(self, span: Span) -> Sequence[TermHit]:
        """The packs' terms that share a character with *span*."""
        start, last = span.start, bisect_left(self._starts, span.end)
        first = bisect_right(self._starts, start, 0, last)
        if first and self._hits[first - 1].span.end > start:
            first -= 1
        return self._hits[first:last]

    def person_of(self, entity: Entity) -> Person | None:
        """The packs' person whom *entity* is, if its names agree."""
        key = id(entity)
        if key not in self._actors:
            self._actors[key] = self._find_person(entity)
        actor = self._actors[key]
        return self._knowledge.people.get(actor) if actor else None

    def about(self, entity: Entity) -> Known | None:
        """What the packs know of *entity*."""
        person = self.person_of(entity)
        if person:
            return self._known_of(person)
        if entity.spans and len(entity.words) < 3 and self.party_of(entity.spans[0]):
            return Known(False) if self.is_whole(entity.spans[0]) else None
        return None

    def _known_of(self, person: Person) -> Known:
        """What is known of *person* on the document's day, titles in its language."""
        lang, day = self._reading.lang, self._reading.published_on

        def make() -> Known:
            gender = _GENDERS.get(person.gender) if person.gender else None
            held = [office for office in person.offices if office.holds_on(day)]
            titles = [name_words(office.title.get(lang, "")) for office in held]
            return Known(True, gender, tuple(map(frozenset, titles)))

        return self._knowledge.once(("known", person.id, lang, day), make)

    def office_of(self, person: Person) -> tuple[str | None, str | None]:
        """The title that *person* has on the document's day, and the name of the body."""
        if person.id not in self._held:
            office = person.office_on(self._reading.published_on)
            title = office.title.get(self._reading.lang) if office else None
            body = self.name_of_body(office.organisation) if office else None
            self._held[person.id] = title, body
        return self._held[person.id]

    def _find_person(self, entity: Entity) -> str | None:
        found: set[str] = set()
        for span in entity.spans[:20]:
            for hit in self.hits_in(span):
                found.update(hit.ids(_PERSON))
        if not found and len(entity.words) == 1:
            # A last name that is no term by itself, of somebody whom the text names in full.
            found = self._people_named(entity.words[0])
        fitting = [actor for actor in found if self._agrees(actor, entity)]
        return fitting[0] if len(fitting) == 1 else None

    def _people_named(self, last_name: str) -> set[str]:
        """The packs' people whom the document names by words that end with *last_name*."""
        if self._last_names is None:
            self._last_names = defaultdict(set)
            for hit in self._reading.hits_by_kind[_PERSON]:
                for word in name_words(hit.span.of(self._reading.text))[-1:]:
                    self._last_names[word].update(hit.ids(_PERSON))
        return self._last_names.get(last_name, set())

    def _agrees(self, actor: str, entity: Entity) -> bool:
        person = self._knowledge.people.get(actor)
        if person is None:
            return False
        return (
            len(entity.words) == 1
            or entity.words[0] in self._words_for(person)
            or set(entity.words) >= set(name_words(person.name))
        )

    def _words_for(self, person: Person) -> frozenset[str]:
        """All words of the names that the packs have for *person*."""
        forms = (person.name, *person.variants)
        return self._knowledge.once(
            ("names", person.id),
            lambda: frozenset(word for form in forms for word in name_words(form)),
        )

    def holder_of(self, span: Span) -> Person | None:
        """The one person of the packs for whose office the words of *span* stand on the day.

        Where several have held it and the day is not known, the one whom the document names.
        """
        lang, day = self._reading.lang, self._reading.published_on
        found = {
            term.id
            for hit in self.hits_in(span)
            if not self._is_owner(hit.span, span)
            for term in hit.terms
            if term.kind is _NOUN
            and _is_spelt(hit.span.of(self._reading.text), term.form)
            and (person := self._knowledge.people.get(term.id))
            and person.answers_to(term.form, lang, day)
        }
        if len(found) > 1:
            found &= {id for hit in self._reading.hits for id in hit.ids(_PERSON)}
        holder = self._knowledge.people.get(found.pop()) if len(found) == 1 else None
        return holder if holder and self._is_about(holder) else None

    def _is_owner(self, inner: Span, whole: Span) -> bool:
        """Whether words only say whose somebody or something is ("the minister's office")."""
        following = self._reading.text[inner.end : whole.end].replace("’", "'")
        return "'s " in following

    def _is_about(self, person: Person) -> bool:
        """Whether the document names *person*, or the party or a body of that party."""
        text = self._reading.text
        return any(
            person.id in hit.ids(_PERSON)
            or person.party in hit.ids(_PARTY)
            or any(self.party_of_body(body) == person.party for body in hit.ids(_ORGANISATION))
            or person.party in map(self._parties.get, name_words(hit.span.of(text)))
            for hit in self._reading.hits
        )

    def party_of(self, span: Span) -> str | None:
        """The party that the words of *span* name, by itself, an office, a body or a sign of it.

        Of several the first ("Mexico's ambassador to Canada"), unless they are joined
        ("Canadian and U.S. officials"). Signs and outsiders count where nothing else is named.
        """
        hits = self.hits_in(span)
        if not hits:
            return None
        return self._first_party(hits, self._sides_of) or self._first_party(hits, _outer_sides)

    def _first_party(
        self, hits: Sequence[TermHit], sides_of: Callable[[TermHit], set[str]]
    ) -> str | None:
        first: tuple[TermHit, str] | None = None
        for hit in hits:
            sides = sides_of(hit)
            if not sides:
                continue
            if len(sides) > 1:
                return None
            side = sides.pop()
            if first is None:
                first = hit, side
            elif side != first[1] and self._are_joined(first[0], hit):
                return None
        return first[1] if first else None

    def _sides_of(self, hit: TermHit) -> set[str]:
        bodies = hit.ids(_ORGANISATION)
        found: set[str | None] = {*hit.ids(_PARTY), *map(self.party_of_body, bodies)}
        if not found and (bodies or hit.ids(_NOUN)):
            words = name_words(hit.span.of(self._reading.text))
            found.add(next(filter(None, map(self._parties.get, words)), None))
        return {side for side in found if side is not None}

    def _are_joined(self, first: TermHit, second: TermHit) -> bool:
        between = self._reading.folded[first.span.end : second.span.start].split()
        return len(between) <= 1 or not self._links.isdisjoint(between)

    def side_of_stranger(self, entity: Entity) -> str | None:
        """The side of somebody whom no pack knows, as the text introduces him or is from."""
        key = id(entity)
        if key not in self._strangers:
            self._strangers[key] = side_of_stranger(
                entity, self._reading, self._knowledge, self.party_of
            )
        return self._strangers[key]

    def is_whole(self, span: Span) -> bool:
        """Whether one term of the packs covers all of *span* ("Ottawa")."""
        return any(hit.span.covers(span) for hit in self.hits_in(span))

    def party_of_body(self, body: str | None) -> str | None:
        """The party of an organisation of the packs."""
        known = self._knowledge.organisations.get(body) if body else None
        return known.party if known else None

    def name_of_body(self, body: str | None) -> str | None:
        """What an organisation of the packs is called in the document's language."""
        known = self._knowledge.organisations.get(body) if body else None
        if known is None:
            return None
        return known.names.get(self._reading.lang) or known.names.get("en")

    def body_of(self, span: Span) -> str | None:
        """The one organisation that the words of *span* name."""
        found = {body for hit in self.hits_in(span) for body in hit.ids(_ORGANISATION)}
        return found.pop() if len(found) == 1 else None


def _outer_sides(hit: TermHit) -> set[str]:
    return {*hit.ids(_SIGN), *hit.ids(_OUTSIDER)}


def _party_words(knowledge: Knowledge, lang: str) -> dict[str, str]:
    """The words that name a party by themselves ("Mexico", "Canadian")."""

    def make() -> dict[str, str]:
        words: dict[str, str] = {}
        for pack in knowledge.packs:
            for party in pack.parties:
                for form in party.terms.get(lang, ()):
                    named = name_words(form)
                    if len(named) == 1:
                        words.setdefault(named[0], party.id)
        return words

    return knowledge.once((_party_words, lang), make)


def _is_spelt(found: str, form: str) -> bool:
    """Whether the words of a text have the accents of a pack's form; capitals may lack them."""
    alike = zip(found.replace("’", "'"), form.replace("’", "'"), strict=False)
    return len(found) != len(form) or all(a.isupper() or a == b or a == b.lower() for a, b in alike)


def make_speaker(
    reading: Reading, directory: Directory, mention: Mention | None, resolved: Resolved
) -> Speaker | None:
    """The speaker that *mention* and its resolution give, or None where there is neither."""
    place = mention.span if mention else None
    entity = resolved.entity
    if entity is None:
        return _unresolved(reading, directory, mention)
    person = directory.person_of(entity)
    others = tuple([_candidate(other, directory) for other in resolved.others])
    if person:
        return _known(directory, person, place, entity.name, resolved.confidence, others)
    body = directory.body_of(entity.spans[0]) if entity.is_body and entity.spans else None
    employer = next(filter(None, map(directory.body_of, entity.roles)), None)
    role = _role_words(reading, entity, mention)
    party = (
        directory.party_of_body(body)
        or _party_of(directory, entity, mention)
        or directory.side_of_stranger(entity)
    )
    return Speaker(
        mention=place,
        name=entity.name,
        actor=body,
        role=role,
        organisation=directory.name_of_body(body or employer),
        party=party,
        confidence=resolved.confidence,
        alternatives=others,
    )


def _candidate(entity: Entity, directory: Directory) -> Candidate:
    """Somebody else who may be meant."""
    person = directory.person_of(entity)
    return Candidate(entity.name, person.id if person else None, 0.3)


def _known(
    directory: Directory,
    person: Person,
    place: Span | None,
    name: str,
    confidence: float,
    others: tuple[Candidate, ...],
) -> Speaker:
    title, organisation = directory.office_of(person)
    return Speaker(
        mention=place,
        name=name,
        actor=person.id,
        role=title,
        organisation=organisation,
        party=person.party,
        confidence=confidence,
        alternatives=others,
    )


def _unresolved(reading: Reading, directory: Directory, mention: Mention | None) -> Speaker | None:
    if mention is None:
        return None
    text = mention.span.of(reading.text)
    if mention.kind is PRONOUN:
        return Speaker(mention.span, confidence=0.4)
    holder = directory.holder_of(mention.span)
    if holder:
        return _known(directory, holder, mention.span, holder.name, 0.8, ())
    body = directory.body_of(mention.span)
    name = text if _is_named(text, mention, reading.lang) else None
    role = _without_article(text, reading.lang) if mention.kind is ROLE else None
    return Speaker(
        mention.span,
        name=name,
        actor=body if name else None,
        role=role,
        organisation=directory.name_of_body(body),
        party=directory.party_of_body(body) or directory.party_of(mention.span),
        confidence=0.7,
    )


def _is_named(text: str, mention: Mention, lang: str) -> bool:
    """Whether a mention is what the text calls somebody: a name, or a body by its kind.

    The words of a body's name have capitals but for what links them ("the Council of Europe");
    a body may be called by its kind alone ("the campaign"), people by a phrase have no name.
    """
    if mention.kind is not OTHER:
        return mention.kind is NAME
    people = actor_words(lang)
    words = text.replace("’", "'").replace("'", "' ").split()
    while words and words[0].lower() in people.definite:
        words.pop(0)
    if not words or any(word.lower() in people.quantities for word in words[:1]):
        return False
    if len(words) == 1 and words[0].lower() in people.bodies:
        return True
    first, *rest = words
    return (first[:1].isupper() or first.lower() in people.bodies) and all(
        not word[:1].islower() or word.lower() in people.name_links for word in rest
    )


def _role_words(reading: Reading, entity: Entity, mention: Mention | None) -> str | None:
    span = mention.role if mention and mention.role else (entity.roles[0] if entity.roles else None)
    return _without_article(span.of(reading.text).strip(" ,"), reading.lang) if span else None


def _without_article(text: str, lang: str) -> str:
    """The words of a role without the article before them."""
    articles = actor_words(lang).articles
    words = " ".join(text.split())
    for article in articles:
        if words.lower().replace("’", "'").startswith(article):
            return words[len(article) :]
    return words


def _party_of(directory: Directory, entity: Entity, mention: Mention | None) -> str | None:
    for span in (*([mention.role] if mention and mention.role else []), *entity.roles):
        party = directory.party_of(span)
        if party:
            return party
    if not entity.spans:
        return None
    if entity.is_body or directory.is_whole(entity.spans[0]):
        return directory.party_of(entity.spans[0])
    return None
