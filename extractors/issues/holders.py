"""Who in a text may hold a position: parties, people, bodies, and speakers of its quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Holder:
    """Words that name somebody with a side; ``party`` is None for a joint or unknown side.

    ``name`` is the last name of a quote's speaker.
    """

    span: Span
    party: str | None
    actor: str | None
    name: str | None = None


def find_holders(
    reading: Reading, quotes: tuple[Quote, ...], knowledge: Knowledge
) -> tuple[Holder, ...]:
    """Everybody in *reading* whose side is known, in order, none overlapping."""
    known = [h for h in _from_pack(reading, knowledge) if not _is_dateline(h.span, reading.text)]
    taken = {place for holder in known for place in range(holder.span.start, holder.span.end)}
    kept = list(known)
    for holder in _from_quotes(reading, quotes, known):
        places = range(holder.span.start, holder.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(holder)
    return tuple(sorted(kept, key=lambda holder: holder.span.start))


def side_of(speaker: Speaker, holders: Sequence[Holder]) -> Holder | None:
    """*speaker* as a holder, where the quote or the text elsewhere gives a side."""
    place = speaker.mention
    if speaker.party is not None:
        return Holder(place or Span(0, 0), speaker.party, speaker.actor)
    last = (speaker.name or "").split()[-1:]
    for holder in holders:
        if (place and holder.span.overlaps(place)) or (last and holder.name == last[0]):
            return holder
    return None


def _from_pack(reading: Reading, knowledge: Knowledge) -> Iterator[Holder]:
    for hit in reading.hits:
        if all(term.kind in _NOBODY for term in hit.terms):
            continue
        holder = _holder(hit, reading, knowledge)
        if holder is None and not hit.ids(TermKind.IGNORED):
            inside = next(_inside(hit, reading, knowledge), None)
            holder = _holder(inside, reading, knowledge) if inside else None
            if holder is not None and not hit.ids(TermKind.ISSUE):
                # "Mexican undersecretary": nobody known, but of a known side
                holder = Holder(hit.span, holder.party, None)
        outside = bool(hit.ids(TermKind.ORGANISATION))
        if holder is not None and (holder.party is not None or outside):
            yield holder  # a body of no party keeps others from taking its words


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
            yield TermHit(Span(start, start + found.span.end), found.terms)
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
        return Holder(hit.span, sides.pop(), alone)
    bodies = [
        knowledge.organisations[id]
        for id in dict.fromkeys(hit.ids(TermKind.ORGANISATION))
        if id in knowledge.organisations
    ]
    if bodies and len({body.party for body in bodies}) == 1:
        return Holder(hit.span, bodies[0].party, bodies[0].id if len(bodies) == 1 else None)
    return None


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
    for speaker in (quote.speaker for quote in quotes if quote.speaker is not None):
        party = speaker.party or _introduced(speaker.name, reading, known)
        if party is None:
            continue
        if speaker.mention is not None:
            yield Holder(speaker.mention, party, speaker.actor)
        words = _NAME_WORD.findall(speaker.name or "")
        if len(words) >= 2 and words[-1][:1].isupper():
            sides.setdefault(words[-1], (party, speaker.actor))
    for name, (party, actor) in sides.items():
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", reading.text):
            yield Holder(Span(*match.span()), party, actor, name)


def _is_dateline(span: Span, text: str) -> bool:
    """Whether the words are the place where an article was written: "OTTAWA - "."""
    opens = span.start == 0 or text[span.start - 1] == "\n"
    return opens and span.of(text).isupper() and _DATELINE.match(text, span.end) is not None


def _introduced(name: str | None, reading: Reading, known: Sequence[Holder]) -> str | None:
    """The side in the words that introduce a person: a title before, an apposition behind."""
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
            return holder.party if apposition else None
    return None
