"""The kind of a date by what begins, ends or takes place on it: tariffs start, a truce ends."""

from collections.abc import Iterator

from extractors.deadlines.place import Place
from extractors.deadlines.said import Said
from extractors.types import DeadlineKind, Span

# How many characters before a verb its subject may stand.
_REACH = 160
_BODIES = frozenset({DeadlineKind.HORIZON})


def by_topic(place: Place, around: Span) -> Iterator[tuple[DeadlineKind, str, Span]]:
    """The kinds that verbs of beginning and ending in *around* have by their subjects.

    With each the aspect and the verb's place. A subject is looked for before the verb in its
    clause, behind it ("begins a new round"), before it in the sentence, and for a verb of
    beginning or ending in the sentence before ("It starts").
    """
    for aspect, verb in place.said.aspects(around):
        topic = topic_of(place, verb, aspect)
        if topic is not None:
            yield place.words.topics[topic][aspect], aspect, verb


def topic_of(place: Place, verb: Span, aspect: str) -> str | None:
    """What begins, ends or takes place by *verb*, or None where no word names it."""
    clause = place.said.clause_of(verb, place.scope)
    before = Span(max(clause.start, verb.start - _REACH), verb.start)
    behind = place.said.topics(Span(verb.end, max(verb.end, clause.end)))
    if behind and place.folded[verb.end : behind[0][1].start].isspace():
        return behind[0][0]  # "begin campaigning"
    found = _head(place, place.said.topics(before))
    if found is None and behind:
        found = behind[0][0]
    if found is None and clause.start > place.scope.start:
        found = _head(place, place.said.topics(Span(place.scope.start, clause.start)))
    if found is None and aspect != "happen" and _points_back(place, Span(clause.start, verb.start)):
        found = _last(place.said.before)
    return found


def _points_back(place: Place, subject: Span) -> bool:
    """Whether what stands before a verb is a pronoun, or nothing."""
    words = subject.of(place.folded).strip(" .,;:—-").split()
    pronouns = place.words.pronouns
    return not words or words[0] in pronouns or " ".join(words[:2]) in pronouns


def _head(place: Place, topics: list[tuple[str, Span]]) -> str | None:
    """The noun that the others complement: "talks" in "talks on tariffs"."""
    if not topics:
        return None
    number = len(topics) - 1
    while number > 0:
        between = place.folded[topics[number - 1][1].end : topics[number][1].start]
        if not place.words.link.fullmatch(between):
            break
        number -= 1
    return topics[number][0]


def _last(said: Said | None) -> str | None:
    topics = said.topics(said.whole) if said is not None else []
    return topics[-1][0] if topics else None


def names_body(place: Place) -> bool:
    """Whether the clause names a parliament or government before the date, and no other topic."""
    before = place.said.topics(place.before)
    kinds = {place.words.topics[topic]["happen"] for topic, _ in before}
    return bool(kinds) and kinds <= _BODIES


def happening(place: Place) -> DeadlineKind | None:
    """The kind of a date whose clause names something that may take place, but no verb.

    A body alone ("the Senate") says nothing of what it does.
    """
    kinds = place.words.topics
    named = [t for t in place.said.topics(place.clause) if kinds[t[0]]["happen"] not in _BODIES]
    if len(named) > 1:
        named.sort(key=lambda topic: place.distance(topic[1].start, topic[1].end))
    return kinds[named[0][0]]["happen"] if named else None
