"""What a deadline's sentence says of it: what is due, who set it, what follows if it is missed."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from extractors.deadlines.context import Context
from extractors.deadlines.phrases import around, cleaned, phrase
from extractors.deadlines.place import Place
from extractors.reading import Reading
from extractors.types import DeadlineKind, Precision, SetBy, Span, TimexType

# At least so many words make a phrase that says something.
_PHRASE = 2
# A length alone needs more words beside it: "un préavis" does not say of what.
_MORE = 3
# "Canada has until Friday to accept": before the date stand so few words that what follows counts.
_FEW = 3
# No run of small words before a date is longer, in characters.
_TRAILING = 50
# How many words from the date a limit's noun may stand, and a subject from its verb.
_NEAR_NOUN = 2
_GAP = 3
_CONSEQUENCE_CHARACTERS = 240
_ARTICLES = ("le ", "el ")
# The kinds whose words are nouns that a date can stand before.
_EVENTS = (
    DeadlineKind.VOTE,
    DeadlineKind.MEETING,
    DeadlineKind.ELECTION,
    DeadlineKind.EXPIRY,
)
_STOP = re.compile(r"[,;:—(]")
_NOUN_BEHIND = re.compile(r"\s(?P<noun>(?:[^\W\d][\w'’-]*\s?){1,4})")


def span_of(place: Place) -> Span:
    """The time expression alone: no preposition, no limit word, a day without its article."""
    start, end = place.time.span.start, place.time.span.end
    words, day = place.words, place.time.precision is Precision.DAY
    for pattern in (words.inner_limit, words.span_lead):
        match = pattern.match(place.folded, start, end)
        if match is not None and (day or match.group() not in _ARTICLES):
            start = match.end()
    offset = words.offset_end.search(place.folded[start:end]) if place.limit else None
    if offset is not None:
        end = start + offset.start()
    if place.time.type is TimexType.DURATION and place.tail[:1] == "'" and place.tail[1:2] == " ":
        end += 1
    return Span(start, end)


def what_is_due(place: Place, kind: DeadlineKind) -> str:
    """What is due, in a few words of the clause, without the expression and what leads to it.

    That is the purpose behind a limit's noun ("the drop-dead date for starting the clock") or a
    length ("195 days for consultations"), the noun that the date describes ("the July 1 review"),
    or what stands before the date; at most 14 words.
    """
    for words, telling in _phrases(place, kind):
        said = phrase(words.of(place.text), place.words, telling) if words is not None else None
        if said is not None:
            return said
    return around(place.text, place.scope, place.time.span) or place.time.span.of(place.text)


def _phrases(place: Place, kind: DeadlineKind) -> Iterator[tuple[Span | None, int]]:
    """What may say what is due, the best first, and how many telling words it must have."""
    if kind in (DeadlineKind.DEADLINE, DeadlineKind.TARGET, DeadlineKind.CLOCK):
        yield _purpose(place), _PHRASE
    yield _described(place), 1
    least = _MORE if kind is DeadlineKind.CLOCK else _PHRASE
    yield _said_before(place, place.clause.start, least), _PHRASE
    yield _said_behind(place), _PHRASE
    yield _said_before(place, place.scope.start), _PHRASE


def _purpose(place: Place) -> Span | None:
    """The phrase behind a limit's noun or a length, or before both, that says what it is for."""
    time = place.time.span
    nouns = [
        noun
        for noun in place.said.words("limit_nouns", Span(place.scope.start, place.clause.end))
        if place.distance(noun.start, noun.end) <= _NEAR_NOUN or place.is_equated
    ]
    ends = [noun.end for noun in nouns]
    before = place.folded[place.clause.start : place.limit_start].split()
    if place.time.type is TimexType.DURATION or len(before) <= _FEW:
        ends.append(time.end)
    for end in ends:
        match = place.words.purpose.match(place.folded, end, place.scope.end)
        phrase = _up_to_stop(match.end(), place) if match else None
        if phrase and not phrase.overlaps(time) and _says_enough(phrase, place):
            return phrase
    effort = place.words.effort.search(place.folded, place.scope.start, time.start)
    if nouns and effort:
        phrase = _up_to_stop(effort.end(), place)
        return phrase if _says_enough(phrase, place) else None
    return None


def _says_enough(phrase: Span, place: Place) -> bool:
    return len(phrase.of(place.folded).split()) >= _PHRASE


def _up_to_stop(start: int, place: Place) -> Span:
    """From *start* to the next comma or colon, or to the expression."""
    limit = place.scope.end
    if place.time.span.start >= start:
        limit = min(limit, place.time.span.start)
    stop = _STOP.search(place.folded, start, limit)
    return Span(start, stop.start() if stop else limit)


def _described(place: Place) -> Span | None:
    """The noun that a date in front of it describes: "the Oct. 21 federal election"."""
    match = _NOUN_BEHIND.match(place.folded, place.time.span.end, place.clause.end)
    length = place.time.type is TimexType.DURATION
    if match is None or length or not place.words.describes_noun:
        return None
    behind = Span(match.start("noun"), match.end("noun"))
    for kind, _, noun in place.said.senses(behind):
        between = place.folded[behind.start : noun.start]
        if kind in _EVENTS and len(between.split()) <= _PHRASE:
            joined = place.words.words["joins"].search(between)
            return None if joined else Span(behind.start, noun.end)
    return None


def _said_before(place: Place, start: int, least: int = _PHRASE) -> Span | None:
    """What is said from *start* to the expression, from its last comma on if that is enough.

    None where that is fewer than *least* words.
    """
    end = min(place.limit_start, place.time.span.start)
    cuts = [comma.end() for comma in _STOP.finditer(place.folded, start, end)]
    joins = place.words.words["joins"]
    cuts += [
        other.end
        for other in place.others
        if start <= other.start and other.end <= end and joins.match(place.folded, other.end + 1)
    ]
    for cut in [*sorted(cuts, reverse=True), start]:
        opening = place.words.connector.match(place.folded, cut, end)
        begin = opening.end() if opening else cut
        closing = max(begin, _without_trailing(place, begin, end))
        count = len(place.folded[begin:closing].split())
        if count >= _PHRASE or cut == start:
            return Span(begin, closing) if count >= least else None
    return None


def _without_trailing(place: Place, start: int, end: int) -> int:
    """Where a phrase ends without the small words before the date."""
    first = max(start, end - _TRAILING)
    before = place.folded[first:end].replace(",", " ")
    words, small = before.split(), place.words.trailing_words
    kept = len(words)
    while kept and words[kept - 1] in small:
        kept -= 1
    # Before the last word that is none of these there is nothing to be found.
    first += len(before.rsplit(None, len(words) - kept + 1)[0]) if kept > 1 else 0
    closing = place.words.trailing.search(place.folded, first, end)
    return closing.start() if closing else end


def _said_behind(place: Place) -> Span | None:
    """What the clause says of the date behind it."""
    phrase = Span(place.time.span.end, max(place.time.span.end, place.clause.end))
    return phrase if _says_enough(phrase, place) else None


def who_set(place: Place, context: Context) -> SetBy | None:
    """Who stands as subject of a word such as "set" or "requires": a side, or a law."""
    clause = place.clause
    for verb in place.words.set_verb.finditer(place.folded, clause.start, clause.end):
        left = [
            h
            for h in context.holders.within(Span(clause.start, verb.start()))
            if h.span.end <= verb.start()
        ]
        law = place.words.lawgiver.search(place.folded, clause.start, verb.start())
        if law is not None and len(place.folded[law.end() : verb.start()].split()) <= _GAP:
            party = next((h.party for h in left if h.span.start >= law.start()), None)
            return SetBy(None, party, place.text[law.start() : law.end()].strip())
        if left and len(place.folded[left[-1].span.end : verb.start()].split()) <= _GAP:
            return SetBy(left[-1].actor, left[-1].party, left[-1].span.of(place.text))
    return None


def consequence_of(place: Place, reading: Reading) -> str | None:
    """What is said to follow if the date is missed, as written: in the sentence or the next."""
    own = place.consequence_start
    if own >= 0:
        return cleaned(reading.text[own : place.scope.end])
    following = _next_sentence(place.sentence, reading)
    if following is None:
        return None
    if not place.words.consequence_next.match(place.folded, following.start, following.end):
        return None
    return cleaned(following.of(reading.text))[:_CONSEQUENCE_CHARACTERS]


def _next_sentence(sentence: Span, reading: Reading) -> Span | None:
    number = bisect_left(reading.sentence_starts, sentence.end)
    return reading.sentences[number] if number < len(reading.sentences) else None
