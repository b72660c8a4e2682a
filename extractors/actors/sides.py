"""The side of people whom no pack knows: as a text introduces them, else the side that it is from.

A press names the country of foreigners and leaves out that of its own people. So somebody with a
name whom nothing introduces as another's is of the side whose press wrote the text, where its
language, its spelling and the places that it names tell that; a first name of other languages
than the text's rules it out.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick

from extractors.actors.entities import Entity
from extractors.languages import SUPPORTED, language_data
from extractors.reading import Knowledge, Reading
from extractors.terms import TermKind
from extractors.text.folding import fold
from extractors.types import Span

PartyOf = Callable[[Span], str | None]

# What ends the words that introduce somebody.
_END = re.compile(r"[.;:!?\"“”«»()\n]|\s[-–—]\s|(?<=\w)--")
_COMMA = re.compile(r",\s+")
_REACH = 140
# "…, in Windsor," behind what introduces somebody; "In Windsor, …" before his name.
_PLACE_WORDS, _OPENING_WORDS = 4, 9
# A word tells as much as so many places.
_SPELLING_WEIGHT = 2
# A press of so few feeds in a language writes in another.
_FEWEST_FEEDS = 2
_MOST_SPANS = 3


def side_of_stranger(
    entity: Entity, reading: Reading, knowledge: Knowledge, party_of: PartyOf
) -> str | None:
    """The side of a named person whom no pack knows, or None."""
    for span in entity.spans[:_MOST_SPANS]:
        if len(span.of(reading.text).split()) > 1:
            party = _introduced(span, reading, party_of)
            if party is not None:
                return party
    if entity.is_body or len(entity.words) < 2 or not entity.is_person:
        return None
    if _is_foreign(entity.words, reading.lang):
        return None
    return home_of(reading, knowledge)


def _introduced(name: Span, reading: Reading, party_of: PartyOf) -> str | None:
    """The side in the words around a name: "…, who runs a mill in Ohio", "In Windsor, …"."""
    sentence = reading.sentence_at(name.start)
    if sentence is None:
        return None
    for part in [*_behind(name, sentence, reading), *_opening(name, sentence, reading)]:
        party = party_of(part)
        if party is not None:
            return party
    return None


def _behind(name: Span, sentence: Span, reading: Reading) -> Iterator[Span]:
    """What stands behind a name about its bearer: an apposition or relative clause, a place."""
    text, words = reading.text, _words(reading.lang)
    limit = min(sentence.end, name.end + _REACH)
    end = _END.search(text, name.end, limit)
    parts = list(_parts(text, Span(name.end, end.start() if end else limit)))
    if text[name.end : name.end + 1] != ",":
        if parts and words.of_place.match(reading.folded, name.end):
            yield _until_other(parts[0], reading)
        return
    for number, part in enumerate(parts[1:3]):
        if number == 0 or (
            len(part.of(text).split()) <= _PLACE_WORDS
            and words.of_place.match(" " + part.of(reading.folded))
        ):
            yield _until_other(part, reading)


def _until_other(part: Span, reading: Reading) -> Span:
    """*part* up to words such as "against", behind which others stand."""
    other = _words(reading.lang).others.search(reading.folded, part.start, part.end)
    return Span(part.start, other.start()) if other else part


def _opening(name: Span, sentence: Span, reading: Reading) -> Iterator[Span]:
    """The words of place that open the sentence before a name: "In Windsor, …"."""
    for comma in _COMMA.finditer(reading.text, sentence.start, name.start):
        part = Span(sentence.start, comma.start())
        few = len(part.of(reading.text).split()) <= _OPENING_WORDS
        if few and _words(reading.lang).of_place.match(" " + part.of(reading.folded)):
            yield part
        return


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The parts of *span* between its commas."""
    start = span.start
    for comma in _COMMA.finditer(text, span.start, span.end):
        yield Span(start, comma.start())
        start = comma.end()
    yield Span(start, span.end)


class _SideWords:
    """What of a language's ``actors.toml`` tells sides, compiled."""

    def __init__(self, lang: str) -> None:
        data = language_data(lang, "actors")
        places = "|".join(data["of_place"])
        self.of_place = re.compile(rf"\s(?:{places})(?:\s|(?<='))")
        self.others = re.compile(rf"\s(?:{'|'.join(data['against_others'])})\s")


@cache
def _words(lang: str) -> _SideWords:
    return _SideWords(lang)


def _is_foreign(words: Sequence[str], lang: str) -> bool:
    """Whether a first name is one of other languages than *lang* alone."""
    own = _first_names(lang)
    first = words[0]
    return first not in own and any(
        first in _first_names(other) for other in SUPPORTED if other != lang
    )


@cache
def _first_names(lang: str) -> frozenset[str]:
    data = language_data(lang, "actors")
    return frozenset(
        fold(name) for key in ("feminine", "masculine") for name in data[f"{key}_first_names"]
    )


def home_of(reading: Reading, knowledge: Knowledge) -> str | None:
    """The side whose press wrote a text, where that can be told."""
    return reading.once(home_of, lambda: _home(reading, knowledge))


def _home(reading: Reading, knowledge: Knowledge) -> str | None:
    presses, elsewhere = knowledge.once(
        (_presses, reading.lang), lambda: _presses(knowledge, reading.lang)
    )
    told = Counter[str]()
    for kind in (TermKind.SIGN, TermKind.OUTSIDER):
        for hit in reading.hits_by_kind[kind]:
            for party in hit.ids(kind):
                told[party] += 1
    for party in _spelt(reading, knowledge):
        told[party] += _SPELLING_WEIGHT
    told = Counter({party: times for party, times in told.items() if party not in elsewhere})
    (home, most), *rest = told.most_common() or [("", 0)]
    even = [party for party, times in rest if times == most and party in presses]
    return home if home in presses and not even else None


def _presses(knowledge: Knowledge, lang: str) -> tuple[frozenset[str], frozenset[str]]:
    """The sides with a press in a language, as the packs' feeds tell, and those without."""
    feeds = (feed for pack in knowledge.packs for feed in pack.feeds)
    times = Counter(feed.party for feed in feeds if feed.lang == lang and feed.party)
    presses = frozenset(party for party, number in times.items() if number >= _FEWEST_FEEDS)
    sides = (party for pack in knowledge.packs for party in pack.parties)
    return presses, frozenset(party.id for party in sides if not party.outside) - presses


def _spelt(reading: Reading, knowledge: Knowledge) -> Iterator[str]:
    """The party of each word of a text that only its press spells so."""
    parties, automaton = _spellings(knowledge, reading.lang)
    if automaton is None:
        return
    folded = reading.folded
    for number, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
            yield parties[number]


def _spellings(knowledge: Knowledge, lang: str) -> tuple[list[str], AhoCorasick | None]:
    """The party of each spelling, and what finds them in a text."""

    def make() -> tuple[list[str], AhoCorasick | None]:
        parties = [party for pack in knowledge.packs for party in pack.parties]
        forms = [
            (fold(form), party.id)
            for party in parties
            for form in (party.spellings or {}).get(lang, ())
        ]
        automaton = AhoCorasick([form for form, _ in forms]) if forms else None
        return [party for _, party in forms], automaton

    return knowledge.once((_spellings, lang), make)
