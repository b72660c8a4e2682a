"""From what day an expression counts, and on which side of publication it lies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from extractors.dates.calendar import Period
from extractors.dates.capture import Capture
from extractors.dates.lexicon import CAPITAL, LOWER
from extractors.dates.reader import Passage
from extractors.languages import language_data


class Side(StrEnum):
    """Where the words around an expression put it, seen from the day of publication."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


# How many words before and after an expression may hold the verb that governs it; how far before
# a participle its auxiliary may stand; how many words open a clause ("On Monday, …").
_BEFORE, _AFTER = 14, 10
_PATIENCE = 3
# "Gov." and "Sen." before a name: their stop ends nothing.
_TITLE = re.compile(r"[A-Z]\w{1,3}")
# Cues that stand back where an auxiliary near them says otherwise: "is expected", "held", "signed".
WEAK = frozenset({"soft_future", "soft_past", "participle"})
_OPENING = 1
# What a conjunction may join to a time without ending its clause.
_TIMES = frozenset({"weekday", "month", "day", "deictic"})
# What may stand before the first word of a sentence.
_OPENERS = frozenset({"", ".", '"', "-", "—", ":", "¿", "(", "\n"})


@dataclass(frozen=True, slots=True)
class TenseCues:
    """How a language's verbs show past and future, by their endings as written."""

    future: re.Pattern[str]
    past: re.Pattern[str]
    participle: re.Pattern[str]
    not_future: frozenset[str]
    not_past: frozenset[str]
    reporting: frozenset[str]
    auxiliaries: frozenset[str]
    infinitive: re.Pattern[str]
    # Verbs that put an infinitive behind them ahead of themselves, as written.
    planning: frozenset[str]
    articles: frozenset[str]
    # The listed words as their file has them.
    forms: frozenset[str]

    def by_ending(self, word: str) -> tuple[Side, str]:
        """The side that the ending of *word* shows, and the kind of cue that it is."""
        if self.future.search(word) and word not in self.not_future:
            return Side.FUTURE, "future"
        if word in self.not_past:
            return Side.UNKNOWN, ""
        if self.past.search(word):
            return Side.PAST, "past"
        return (Side.PAST, "participle") if self.participle.search(word) else (Side.UNKNOWN, "")


@cache
def tense_cues(lang: str) -> TenseCues:
    """The verb endings of a language."""
    data, words = language_data(lang, "dates")["tense"], language_data(lang, "dates")["words"]
    return TenseCues(
        re.compile(data["future_endings"] or "(?!)"),
        re.compile(data["past_endings"] or "(?!)"),
        re.compile(data["participle_endings"] or "(?!)"),
        frozenset(data["not_future"]),
        frozenset(data["not_past"]),
        frozenset(data["reporting"]),
        frozenset(data["auxiliaries"]),
        re.compile(data["infinitive_endings"] or "(?!)"),
        frozenset(data["planning"]),
        frozenset(language_data(lang, "dates")["joins"]["articles"]),
        frozenset(form for forms in words["tense"].values() for form in forms),
    )


@dataclass(slots=True)
class Discourse:
    """What has been read so far: publication, and the times last named.

    ``near`` is the day last named in the running paragraph, ``day`` in the document; ``period``
    is the last calendar period of any size, ``stretch`` the last that is longer than a week.
    """

    lang: str
    published: date | None
    settings: Mapping[str, Any]
    near: date | None = None
    day: date | None = None
    period: Period | None = None
    stretch: Period | None = None

    def side(
        self,
        capture: Capture,
        *,
        heed_limits: bool = True,
        ignoring: frozenset[str] = frozenset(),
        forwards: bool = False,
    ) -> Side:
        """Whether the clause around *capture* speaks of the past or of what is to come.

        A limit word before it decides ("by", "until", "since"), unless the caller would not have
        that; else the nearest verb before it in the clause; where there is none, the first after.
        *ignoring* names kinds of weak cues (see :data:`WEAK`) that are not to count; *forwards*
        looks for the verb after the expression first, as for a subject that it is a part of.
        """
        passage = capture.passage
        limit = self.limit(capture)
        look = _Look(passage, tense_cues(self.lang), ignoring)
        if forwards:
            start = capture.last + 1
            found, _ = look.along(range(start, start + _AFTER), commas_end=True)
            if found is not Side.UNKNOWN:
                return found
        found, words = look.along(range(capture.first - 1, capture.first - _BEFORE, -1))
        opens = words <= _OPENING
        if heed_limits and limit is Side.FUTURE and not opens:
            return limit
        if limit is Side.PAST and found is not Side.FUTURE:
            return limit
        if found is Side.UNKNOWN:
            after = capture.last + 1
            # A comma right behind an expression that opens its clause doesn't end the clause.
            if opens and passage.word(after) == ",":
                after += 1
            found, _ = look.along(range(after, after + _AFTER), commas_end=True)
        return limit if found is Side.UNKNOWN else found

    def limit(self, capture: Capture) -> Side:
        """The side that a limit word right before *capture* puts it on ("by", "since").

        Between two days ("Monday through Friday") it is no limit.
        """
        passage = capture.passage
        for back in (1, 2):
            place = capture.first - back
            limit = passage.meaning(place).get("limit")
            if limit is not None:
                joins = passage.meaning(place - 1).keys() & {"weekday", "day", "month"}
                return Side.UNKNOWN if joins else Side(limit)
        return Side.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Look:
    """A search for the verb that governs an expression."""

    passage: Passage
    cues: TenseCues
    ignoring: frozenset[str]

    def along(self, indices: range, *, commas_end: bool = False) -> tuple[Side, int]:
        """What the first verb along *indices* shows, and what stands before a comma.

        Stops at the clause's end. A weak cue ("announced", "released") counts only where no
        auxiliary stands just before it that says otherwise ("will be released").
        """
        weak, weak_at, words, counting, infinitive = Side.UNKNOWN, 0, 0, True, False
        for index in indices:
            word = self.passage.word(index)
            if not word or self._ends_clause(index) or (commas_end and word == ","):
                break
            if weak is not Side.UNKNOWN and abs(index - weak_at) > _PATIENCE:
                break
            counting = counting and word != ","
            if counting:  # a word of content is more than a preposition
                words += 2 if self.passage.signs[index] in LOWER + CAPITAL else 1
            infinitive = infinitive or self._is_infinitive(index)
            side, kind = self._tense_at(index, backwards=indices.step < 0)
            if infinitive and self.passage.written(index).lower() in self.cues.planning:
                return Side.FUTURE, words  # "agreed to meet"
            if kind == "present":  # "is taken", "está ocupada": no past
                return (weak if weak is Side.FUTURE else Side.UNKNOWN), words
            if side is Side.UNKNOWN or kind in self.ignoring:
                continue
            # "Said the vote scheduled for Sunday": what is said of the speaking is not of the vote.
            if weak is not Side.UNKNOWN and word in self.cues.reporting:
                break
            if kind not in WEAK or (weak is Side.UNKNOWN and indices.step > 0):
                return side, words
            if weak is Side.UNKNOWN:
                weak, weak_at = side, index
        return weak, words

    def _is_infinitive(self, index: int) -> bool:
        if self.passage.signs[index] != LOWER:
            return False
        return self.cues.infinitive.search(self.passage.written(index)) is not None

    def _ends_clause(self, index: int) -> bool:
        if "clause" not in self.passage.meaning(index):
            return False
        following = index + 1 + (self.passage.word(index + 1) in self.cues.articles)
        joins = index > 0 and self.passage.word(index).isalpha()
        if joins and self.passage.meaning(following).keys() & _TIMES:
            return False  # "on Tuesday and Wednesday it will rain"
        before = self.passage.written(index - 1)
        return not (self.passage.word(index) == "." and _TITLE.fullmatch(before))

    def _tense_at(self, index: int, *, backwards: bool) -> tuple[Side, str]:
        """The side that one word shows, and the kind of cue that it is."""
        passage = self.passage
        kind = passage.meaning(index).get("tense")
        if kind is not None and self._is_another(index):
            return self.cues.by_ending(passage.written(index))
        if kind == "infinitive":
            # What follows an expression is its noun's complement: "the vote in June to leave".
            verb = passage.signs[index + 1 : index + 2] == LOWER
            verb = verb and not self.cues.participle.search(passage.written(index + 1))
            return (Side.FUTURE if verb and backwards else Side.UNKNOWN), kind
        if kind == "present":
            return Side.UNKNOWN, kind
        if kind is not None:
            return Side(kind.removeprefix("soft_")), kind
        word = passage.written(index)
        if passage.signs[index] == CAPITAL and self._opens_sentence(index):
            word = word.lower()  # "Anunció el lunes"
        elif passage.signs[index] != LOWER:
            return Side.UNKNOWN, ""
        side, kind = self.cues.by_ending(word)
        if kind == "participle" and self.passage.written(index - 1) in self.cues.auxiliaries:
            return side, "past"  # "a baissé"
        return side, kind

    def _is_another(self, index: int) -> bool:
        """Whether the accents of a word make it another than the listed one: "débuté"."""
        written = self.passage.written(index).lower()
        return written not in self.cues.forms and not written.isascii()

    def _opens_sentence(self, index: int) -> bool:
        return self.passage.word(index - 1) in _OPENERS
