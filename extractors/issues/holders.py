"""Who in a text may hold a position: parties, people, bodies, and speakers of its quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from config.packs.types import Person
from extractors.issues.mentions import is_same_word
from extractors.reading import Knowledge, Reading
from extractors.terms import TermHit, TermKind
from extractors.types import Quote, Span, Speaker

# "Mexico's undersecretary for trade rules, Ana Ruiz": the words between the side and the name.
_TITLE_WORDS = 6
_BREAK = re.compile(r"[.;:!?\"“”«»()]|\s[-–—]\s")
# The kinds of terms that neither are nor hold the name of anybody.
_NOBODY = (TermKind.AGREEMENT, TermKind.MILESTONE, TermKind.CLOCK, TermKind.IGNORED)
# "Ana Ruiz, a senior official with the Office of …": no verb can stand in so short a phrase.
_APPOSITION = re.compile(r",?\s(?:[\w'’-]+\s){0,8}[\w'’-]*$")
_DATELINE = re.compile(r"(?:,[^.\n]{2,24})?\s?(?:\.-|[-–—(]|\.\s?[-–—])")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]+")


@dataclass(slots=True)
class Holder:
    """Words that name somebody with a side; ``party`` is None for a joint or unknown side.

    No value changes; it is not frozen because that doubles the cost of making one.

    ``both`` are the two sides that joint words such as "both" stand for, where they are known.
    ``name`` is the last name of a quote's speaker, ``is_sign`` that only a place or title tells it,
    ``is_person`` that a pronoun such as "she" may stand for it, ``is_adjective`` that it is one
    behind its noun ("las autoridades mexicanas").
    """

    span: Span
    party: str | None
    actor: str | None
    name: str | None = None
    is_sign: bool = False
    is_person: bool = False
    is_adjective: bool = False
    both: tuple[str, ...] = ()


def find_holders(
    reading: Reading, quotes: tuple[Quote, ...], knowledge: Knowledge
) -> tuple[Holder, ...]:
    """Everybody in *reading* whose side is known, in order, none overlapping.

    Looked for once a document: what is found for the same *quotes* is kept with the reading.
    """
    kept, holders = reading.once(
        find_holders, lambda: (quotes, _find_holders(reading, quotes, knowledge))
    )
    return holders if kept is quotes else _find_holders(reading, quotes, knowledge)


def _find_holders(
    reading: Reading, quotes: tuple[Quote, ...], knowledge: Knowledge
) -> tuple[Holder, ...]:
    known = [h for h in _from_pack(reading, knowledge) if not _is_dateline(h.span, reading.text)]
    taken = bytearray(len(reading.text))
    for holder in known:
        _take(holder.span, taken)
    kept = list(known)
    for holder in _from_quotes(reading, quotes, known):
        if taken.find(1, holder.span.start, holder.span.end) < 0:
            _take(holder.span, taken)
            kept.append(holder)
    return tuple(sorted(kept, key=lambda holder: holder.span.start))


def _take(span: Span, taken: bytearray) -> None:
    taken[span.start : span.end] = b"\1" * (span.end - span.start)


def side_of(speaker: Speaker, holders: Sequence[Holder]) -> Holder:
    """*speaker* as a holder, with a side where the quote or the text elsewhere gives one."""
    place = speaker.mention
    if speaker.party is not None:
        return Holder(place or Span(0, 0), speaker.party, speaker.actor, is_person=True)
    last = (speaker.name or "").split()[-1:]
    for holder in holders:
        if (place and holder.span.overlaps(place)) or (last and holder.name == last[0]):
            return holder
    return Holder(place or Span(0, 0), None, speaker.actor, is_person=True)


def _from_pack(reading: Reading, knowledge: Knowledge) -> Iterator[Holder]:
    lang, day, sides = reading.lang, reading.published_on, dict[str, _Side | None]()
    for hit in reading.hits:
        words = hit.span.of(reading.text)
        if words not in sides:
            make = partial(_side_of_words, hit, reading, knowledge)
            sides[words] = knowledge.once((_Side, words, lang, day), make)
        side = sides[words]
        if side is not None:
            place = hit.span
            if side.inside is not None:
                start, end = side.inside
                place = Span(place.start + start, place.start + end)
            yield Holder(
                place,
                side.party,
                side.actor,
                is_sign=side.is_sign,
                is_person=side.is_person,
                is_adjective=words.islower() and words.isalpha(),
            )


@dataclass(frozen=True, slots=True)
class _Side:
    """Whose side words of the pack are on; ``inside`` says which part of them names it."""

    party: str | None
    actor: str | None
    inside: tuple[int, int] | None = None
    is_sign: bool = False
    is_person: bool = False


def _side_of_words(hit: TermHit, reading: Reading, knowledge: Knowledge) -> _Side | None:
    if all(term.kind in _NOBODY for term in hit.terms):
        return None
    whole = _holder(hit, reading, knowledge)
    part = None
    if whole is None and not hit.ids(TermKind.IGNORED):
        part = next(_inside(hit, reading, knowledge), None)
    holder = _holder(part, reading, knowledge) if part else whole
    # A body of no party keeps others from taking its words.
    if holder is None or (holder.party is None and not hit.ids(TermKind.ORGANISATION)):
        return None
    if part is None:
        return _Side(holder.party, holder.actor, is_sign=holder.is_sign, is_person=holder.is_person)
    if not hit.ids(TermKind.ISSUE):
        # "Mexican undersecretary": nobody known, but of a known side
        return _Side(holder.party, None)
    place = holder.span.start - hit.span.start, holder.span.end - hit.span.start
    return _Side(holder.party, holder.actor, place)


def _inside(hit: TermHit, reading: Reading, knowledge: Knowledge) -> Iterator[TermHit]:
    """The party or person named inside the words of an issue: "Trump's steel tariffs"."""
    matcher = knowledge.matchers[reading.lang]
    words = list(_NAME_WORD.finditer(reading.text, hit.span.start, hit.span.end))
    for number, word in enumerate(words):
        last = words[-1] if number else words[-2:][0]
        start, end = word.start(), last.end()
        part = reading.text[start:end]
        found = next(iter(matcher.find(part, reading.folded[start:end])), None)
        if found is None or found.span.start > 0 or found.ids(TermKind.ISSUE):
            continue
        if found.span.end + start in {w.end() for w in words} and len(words) > 1:
            yield TermHit(Span(start, start + found.span.end), found.meaning)
            return


def _holder(hit: TermHit, reading: Reading, knowledge: Knowledge) -> Holder | None:
    if hit.ids(TermKind.IGNORED):
        return None
    parties = set(hit.ids(TermKind.PARTY))
    if parties:
        return Holder(hit.span, parties.pop() if len(parties) == 1 else None, None)
    in_office = list(_people(hit, reading, knowledge))
    sides = {person.party for person in in_office}
    if len(sides) == 1:
        alone = in_office[0].id if len(in_office) == 1 else None
        return Holder(hit.span, sides.pop(), alone, is_person=True)
    bodies = [
        knowledge.organisations[id]
        for id in dict.fromkeys(hit.ids(TermKind.ORGANISATION))
        if id in knowledge.organisations
    ]
    if bodies and len({body.party for body in bodies}) == 1:
        return Holder(hit.span, bodies[0].party, bodies[0].id if len(bodies) == 1 else None)
    for kind in (TermKind.OUTSIDER, TermKind.SIGN):
        sides = set(hit.ids(kind))
        if len(sides) == 1 and not bodies and not _is_common(hit, kind, reading):
            return Holder(hit.span, sides.pop(), None, is_sign=kind is TermKind.SIGN)
    return None


def _is_common(hit: TermHit, kind: TermKind, reading: Reading) -> bool:
    """Whether the words of a name stand without its capitals: "cerrar el paso", not El Paso."""
    words = hit.span.of(reading.text)
    return words.islower() and not any(t.form.islower() for t in hit.terms if t.kind is kind)


def _people(hit: TermHit, reading: Reading, knowledge: Knowledge) -> Iterator[Person]:
    """The people whom a name means, or who hold the office of a role noun on the day."""
    day, seen = reading.published_on, set[str]()
    named = [term for term in hit.terms if term.kind is TermKind.PERSON]
    roles = [term for term in hit.terms if term.kind is TermKind.NOUN]
    words = hit.span.of(reading.text)
    for term in [*named, *roles]:
        person = knowledge.people.get(term.id)
        if person is None or term.id in seen:
            continue
        if term.kind is TermKind.PERSON and named and len({t.id for t in named}) > 1:
            meant = person.office_on(day) is not None
        elif term.kind is TermKind.NOUN:
            meant = is_same_word(words, term.form) and person.answers_to(
                term.form, reading.lang, day
            )
        else:
            meant = True
        if meant:
            seen.add(term.id)
            yield person


def _from_quotes(
    reading: Reading, quotes: tuple[Quote, ...], known: Sequence[Holder]
) -> Iterator[Holder]:
    """The speakers of quotes wherever their mention or last name stands."""
    sides: dict[str, tuple[str | None, str | None]] = {}
    for quote in quotes:
        speaker = quote.speaker
        if speaker is None:
            continue
        party = speaker.party or _introduced(quote, reading, known)
        if party is None:
            continue
        if speaker.mention is not None:
            yield Holder(speaker.mention, party, speaker.actor, is_person=True)
        words = _NAME_WORD.findall(speaker.name or "")
        if len(words) >= 2 and words[-1][:1].isupper():
            sides.setdefault(words[-1], (party, speaker.actor))
    for name, (party, actor) in sides.items():
        for span in _places_of(name, reading.text):
            yield Holder(span, party, actor, name, is_person=True)


def _places_of(name: str, text: str) -> Iterator[Span]:
    """Where *name* stands as a whole word."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (_is_letter(text[start - 1 : start]) or _is_letter(text[end : end + 1])):
            yield Span(start, end)
        start = text.find(name, end)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_dateline(span: Span, text: str) -> bool:
    """Whether the words are the place where an article was written: "OTTAWA - "."""
    opens = span.start == 0 or text[span.start - 1] == "\n"
    return opens and span.of(text).isupper() and _DATELINE.match(text, span.end) is not None


def _introduced(quote: Quote, reading: Reading, known: Sequence[Holder]) -> str | None:
    """The side in the words that introduce a person: a title before, an apposition behind."""
    name, cue = quote.speaker.name if quote.speaker else None, quote.cue
    if not name or " " not in name:
        return None
    place = reading.text.find(name)
    if place < 0:
        return None
    end = place + len(name)
    for holder in reversed(known):
        if holder.span.end <= place:
            title = reading.text[holder.span.end : place]
            if len(title.split()) <= _TITLE_WORDS and not _BREAK.search(title.strip(" ,")):
                return holder.party
            break
    for holder in known:
        if holder.span.start >= end:
            apposition = _APPOSITION.match(reading.text, end, holder.span.start)
            told = cue is not None and end <= cue.start < holder.span.start  # "Ruiz, said that"
            return holder.party if apposition and not told else None
    return None
