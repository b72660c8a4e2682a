"""Speakers: a resolved mention with what the packs know of the person or body."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from config.packs.types import Person
from extractors.actors.entities import Entity, Known, name_words
from extractors.actors.lexicon import Gender, Mention, MentionKind, actor_words
from extractors.actors.resolution import Resolved
from extractors.actors.sides import side_of_stranger
from extractors.reading import Knowledge, Reading
from extractors.terms import TermHit, TermKind
from extractors.types import Candidate, Span, Speaker


class Directory:
    """The packs' people and bodies as one document names them."""

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self._reading = reading
        self._knowledge = knowledge
        self._hits = [hit for hit in reading.hits if not hit.ids(TermKind.IGNORED)]
        self._starts = [hit.span.start for hit in self._hits]
        self._actors: dict[int, str | None] = {}
        self._strangers: dict[int, str | None] = {}
        self._parties = _party_words(knowledge, reading.lang)
        self._links = actor_words(reading.lang).coordinators

    def hits_in(self, span: Span) -> list[TermHit]:
        """The packs' terms that share a character with *span*."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return [hit for hit in self._hits[first:last] if hit.span.end > span.start]

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
            gender = Gender(person.gender) if person.gender in set(Gender) else None
            return Known(True, gender, self._offices_of(person))
        if entity.spans and len(entity.words) < 3 and self.party_of(entity.spans[0]):
            return Known(False) if self.is_whole(entity.spans[0]) else None
        return None

    def _offices_of(self, person: Person) -> tuple[frozenset[str], ...]:
        """The words of the titles that *person* has on the document's day, in its language."""
        lang, day = self._reading.lang, self._reading.published_on

        def words() -> tuple[frozenset[str], ...]:
            held = [office for office in person.offices if office.holds_on(day)]
            return tuple(frozenset(name_words(office.title.get(lang, ""))) for office in held)

        return self._knowledge.once(("offices", person.id, lang, day), words)

    def _find_person(self, entity: Entity) -> str | None:
        found: set[str] = set()
        for span in entity.spans[:20]:
            for hit in self.hits_in(span):
                found.update(hit.ids(TermKind.PERSON))
        if not found and len(entity.words) == 1:
            # A last name that is no term by itself, of somebody whom the text names in full.
            found = {
                id
                for hit in self._reading.hits_by_kind[TermKind.PERSON]
                for id in hit.ids(TermKind.PERSON)
                if name_words(hit.span.of(self._reading.text))[-1:] == entity.words
            }
        fitting = [actor for actor in found if self._agrees(actor, entity)]
        return fitting[0] if len(fitting) == 1 else None

    def _agrees(self, actor: str, entity: Entity) -> bool:
        person = self._knowledge.people.get(actor)
        if person is None:
            return False
        known = {word for form in (person.name, *person.variants) for word in name_words(form)}
        return (
            len(entity.words) == 1
            or entity.words[0] in known
            or set(entity.words) >= set(name_words(person.name))
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
            if term.kind is TermKind.NOUN
            and _is_spelt(hit.span.of(self._reading.text), term.form)
            and (person := self._knowledge.people.get(term.id))
            and person.answers_to(term.form, lang, day)
        }
        if len(found) > 1:
            found &= {id for hit in self._reading.hits for id in hit.ids(TermKind.PERSON)}
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
            person.id in hit.ids(TermKind.PERSON)
            or person.party in hit.ids(TermKind.PARTY)
            or any(
                self.party_of_body(body) == person.party for body in hit.ids(TermKind.ORGANISATION)
            )
            or person.party in map(self._parties.get, name_words(hit.span.of(text)))
            for hit in self._reading.hits
        )

    def party_of(self, span: Span) -> str | None:
        """The party that the words of *span* name, by itself, an office, a body or a sign of it.

        Of several the first ("Mexico's ambassador to Canada"), unless they are joined
        ("Canadian and U.S. officials"). Signs and outsiders count where nothing else is named.
        """
        hits = self.hits_in(span)
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
        found: set[str | None] = set(hit.ids(TermKind.PARTY))
        found.update(self.party_of_body(body) for body in hit.ids(TermKind.ORGANISATION))
        if not found and (hit.ids(TermKind.NOUN) or hit.ids(TermKind.ORGANISATION)):
            words = name_words(hit.span.of(self._reading.text))
            found.update(filter(None, [next(filter(None, map(self._parties.get, words)), None)]))
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
        found = {body for hit in self.hits_in(span) for body in hit.ids(TermKind.ORGANISATION)}
        return found.pop() if len(found) == 1 else None


def _outer_sides(hit: TermHit) -> set[str]:
    return {*hit.ids(TermKind.SIGN), *hit.ids(TermKind.OUTSIDER)}


def _party_words(knowledge: Knowledge, lang: str) -> dict[str, str]:
    """The words that name a party by themselves ("Mexico", "Canadian")."""
    words: dict[str, str] = {}
    for pack in knowledge.packs:
        for party in pack.parties:
            for form in party.terms.get(lang, ()):
                named = name_words(form)
                if len(named) == 1:
                    words.setdefault(named[0], party.id)
    return words


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
    others = tuple(
        Candidate(other.name, found.id if (found := directory.person_of(other)) else None, 0.3)
        for other in resolved.others
    )
    if person:
        return _known(directory, reading, person, place, entity.name, resolved.confidence, others)
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


def _known(
    directory: Directory,
    reading: Reading,
    person: Person,
    place: Span | None,
    name: str,
    confidence: float,
    others: tuple[Candidate, ...],
) -> Speaker:
    office = person.office_on(reading.published_on)
    title = office.title.get(reading.lang) if office else None
    return Speaker(
        mention=place,
        name=name,
        actor=person.id,
        role=title,
        organisation=directory.name_of_body(office.organisation) if office else None,
        party=person.party,
        confidence=confidence,
        alternatives=others,
    )


def _unresolved(reading: Reading, directory: Directory, mention: Mention | None) -> Speaker | None:
    if mention is None:
        return None
    text = mention.span.of(reading.text)
    if mention.kind is MentionKind.PRONOUN:
        return Speaker(mention.span, confidence=0.4)
    holder = directory.holder_of(mention.span)
    if holder:
        return _known(directory, reading, holder, mention.span, holder.name, 0.8, ())
    body = directory.body_of(mention.span)
    name = text if _is_named(text, mention, reading.lang) else None
    role = _without_article(text, reading.lang) if mention.kind is MentionKind.ROLE else None
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
    if mention.kind is not MentionKind.OTHER:
        return mention.kind is MentionKind.NAME
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
