"""Who is in focus behind a sentence, so that a pronoun in the next may stand for him.

A pronoun agrees with its noun: "they" stands for several, "elle" in French for a woman, but also
for "la Maison-Blanche". Nothing is looked for before a pronoun asks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.actors.lexicon import Gender, actor_words
from extractors.issues.holders import Holder
from extractors.issues.lexicon import Lexicon
from extractors.reading import Knowledge, Reading
from extractors.types import Span

# The characters before a name that may hold a preposition and an article.
_LEAD = 24
# The characters before a name that may hold the article of several people ("les élus du").
_PEOPLE_LEAD = 48
# So many sentences are looked through for whom a pronoun stands.
_BACK = 6
# So many are near enough for "both".
_RECENT, _TWO = 3, 2
_WORD = re.compile(r"[\w.-]+'?")


@dataclass(slots=True)
class _Told:
    """A sentence with those whom it names, who speaks, whose ground it is, and the one before.

    No value changes; like those in focus, it is not frozen because that doubles the cost of one.
    """

    sentence: Span
    here: Sequence[Holder]
    speaking: Holder | None
    ground: str | None
    earlier: "_Told | None"


@dataclass(slots=True)
class InFocus:
    """Whom the words of a sentence that look back may stand for.

    ``before`` is who was in focus of all, ``person`` the last person who was, ``titled`` the same
    where a title can mean nobody else.
    """

    before: Holder | None
    person: Holder | None
    titled: Holder | None
    latest: _Told | None
    grammar: "_Grammar"

    def meant_by(self, pronoun: str) -> Holder | None:
        """Whom a folded *pronoun* or title stands for; "" is a left-out subject."""
        words = self.grammar.words
        if words.plural_pronoun.fullmatch(pronoun):
            return next(self._several(), None)
        if not words.personal.fullmatch(pronoun):
            return self.before
        if " " in pronoun:
            return self.titled
        woman = words.feminine.fullmatch(pronoun)
        return next(self._of(Gender.FEMININE if woman else Gender.MASCULINE), self.person)

    def may_be(self, pronoun: str, holder: Holder, sentence: Span) -> bool:
        """Whether a folded *pronoun* agrees with *holder*, whom *sentence* names."""
        words = self.grammar.words
        plural = self.grammar.is_plural(holder, sentence)
        if words.plural_pronoun.fullmatch(pronoun):
            return plural or not words.gendered_things  # articles tell the number as well
        if plural or not (holder.is_person or words.gendered_things):
            return False
        woman = words.feminine.fullmatch(pronoun)
        fitting = Gender.FEMININE if woman else Gender.MASCULINE
        return self.grammar.gender_of(holder) in (fitting, None)

    def two(self) -> tuple[str, ...]:
        """The two sides that were named last, for whom "both" may stand; else nobody."""
        sides: set[str] = set()
        for told, _ in zip(self._back(), range(_RECENT), strict=False):
            sides |= {
                holder.party for holder in self.grammar.ranked(told) if holder.party is not None
            }
            if len(sides) > 1:
                break
        return tuple(sorted(sides)) if len(sides) == _TWO else ()

    def _back(self) -> Iterator[_Told]:
        told, left = self.latest, _BACK
        while told is not None and left:
            yield told
            told, left = told.earlier, left - 1

    def _several(self) -> Iterator[Holder]:
        """Who were several, the last first: named ones, else people of no side."""
        for told in self._back():
            plural = (
                h for h in self.grammar.ranked(told) if self.grammar.is_plural(h, told.sentence)
            )
            # those whose side nothing tells are of the ground where the text is set
            yield from (replace(h, party=h.party or told.ground) for h in plural)
            opening = self.grammar.opens_with_several(told.sentence)
            if opening is not None and told.ground is not None:
                yield Holder(opening, told.ground, None)
            people = self.grammar.several_in(told.sentence)
            if people is not None:
                if told.ground is not None:
                    yield Holder(people, told.ground, None)
                return

    def _of(self, gender: Gender) -> Iterator[Holder]:
        """Those for whom a pronoun of a gender may stand, the last first."""
        for told in self._back():
            for holder in self.grammar.ranked(told):
                fits = holder.is_person or self.grammar.words.gendered_things
                one = fits and not self.grammar.is_plural(holder, told.sentence)
                if one and self.grammar.gender_of(holder) in (gender, None):
                    yield holder


class Focus:
    """Who is in focus in a text, told of its sentences in order."""

    def __init__(self, reading: Reading, knowledge: Knowledge, words: Lexicon) -> None:
        self._grammar = _Grammar(reading, knowledge, words)
        self._alone = True
        self.now = InFocus(None, None, None, None, self._grammar)

    def note(
        self, sentence: Span, here: Sequence[Holder], speaking: Holder | None, ground: str | None
    ) -> None:
        """Take in a *sentence* that names those *here*; *ground* is the side where it is set."""
        now = self.now
        told = _Told(sentence, here, speaking, ground, now.latest)
        people = [holder for holder in here if holder.is_person]
        person = speaking or next(iter(people), None) or now.person
        if people:
            self._alone = len({holder.party for holder in people}) <= 1
        self.now = InFocus(
            speaking or next(self._grammar.ranked(told), now.before),
            person,
            person if self._alone else None,
            told,
            self._grammar,
        )


class _Grammar:
    """The number and gender of those whom a text names, by the words around."""

    def __init__(self, reading: Reading, knowledge: Knowledge, words: Lexicon) -> None:
        self.words = words
        self._text, self._folded = reading.text, reading.folded
        self._knowledge = knowledge
        self._people = actor_words(reading.lang)

    def ranked(self, told: _Told) -> Iterator[Holder]:
        """Those of a sentence who come into focus, first the speaker, then its subjects."""
        if told.speaking is not None:
            yield told.speaking
        named = [holder for holder in told.here if not holder.is_sign]
        yield from (holder for holder in named if not self._is_governed(holder))
        yield from named
        yield from told.here  # "Growers in Sinaloa …"

    def _is_governed(self, holder: Holder) -> bool:
        """Whether *holder* stands behind a preposition."""
        lead = self._folded[max(0, holder.span.start - _LEAD) : holder.span.start]
        return self.words.preposition_before.search(lead) is not None

    def opens_with_several(self, sentence: Span) -> Span | None:
        """The words for several with which a sentence opens: "Plusieurs élus"."""
        opening = self.words.several_opens.match(self._folded, sentence.start)
        return Span(*opening.span()) if opening else None

    def several_in(self, sentence: Span) -> Span | None:
        """The first words for several people in a sentence: "More than 100 dairy farmers"."""
        people = self.words.several_inside.search(self._folded, sentence.start, sentence.end)
        return Span(*people.span()) if people else None

    def is_plural(self, holder: Holder, sentence: Span) -> bool:
        """Whether *holder* is several: "les négociateurs américains", "les élus du Texas"."""
        start = holder.span.start
        lead = self._folded[max(sentence.start, start - _PEOPLE_LEAD) : start]
        return (
            self.words.several_before.search(lead) is not None
            or self.words.several_opens.match(self._folded, start) is not None
            or self.words.several_behind.match(self._folded, holder.span.end) is not None
            or self.words.several_people.fullmatch(self._folded, start, holder.span.end) is not None
        )

    def gender_of(self, holder: Holder) -> Gender | None:
        """The gender of words for somebody, where the article, a role or a name shows it."""
        known = self._knowledge.people.get(holder.actor or "")
        if known is not None and known.gender:
            return Gender(known.gender)
        start, people = holder.span.start, self._people
        lead = self._text[max(0, start - _LEAD) : start].lower().split()[-1:]
        shown = _WORD.findall(holder.span.of(self._text).lower().replace("’", "'"))
        for word in [*lead, *shown]:
            found = people.genders.get(word) or people.first_names.get(word)
            if found is not None:
                return found
        bare = not holder.is_person and self._text[start : start + 1].isupper()
        return Gender.MASCULINE if bare and not shown[0].startswith("l'") else None  # "Ottawa"
