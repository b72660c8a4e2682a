"""The reporting cues of a language, compiled from its ``quotes.toml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any

from extractors.languages import language_data
from extractors.quotes.classes import WordClasses

_REFLEXIVE = ("s'", "se ")  # before a verb that is used with a reflexive pronoun


class Frame(StrEnum):
    """What a cue may govern (see the comments in ``en/quotes.toml``)."""

    REPORT = "report"
    THAT = "that"
    TELL = "tell"
    ASK = "ask"
    THINK = "think"
    NOUN = "noun"
    VOICE = "voice"
    OBJECT = "object"
    SOURCE = "source"


# The rules ask by these names: looking up a member in its class takes ten times as long.
REPORT, THAT, TELL, ASK, THINK, NOUN, VOICE, OBJECT, SOURCE = Frame
CLAUSAL = frozenset({REPORT, THAT, TELL, ASK, THINK})


class Form(StrEnum):
    """The form in which a cue's verb stands."""

    SINGULAR = "singular"
    PLURAL = "plural"
    PAST = "past"
    FIRST = "first"
    FUTURE = "future"
    GERUND = "gerund"
    PARTICIPLE = "participle"
    INFINITIVE = "infinitive"


SINGULAR, PLURAL, PAST, FIRST, FUTURE, GERUND, PARTICIPLE, INFINITIVE = Form


@dataclass(frozen=True, slots=True)
class CueWord:
    """One form of a cue: the words that must follow its first, its frames and forms."""

    rest: tuple[str, ...]
    frames: frozenset[Frame]
    forms: frozenset[Form]
    quoted_only: bool = False
    own: bool = False  # needs no noun: "en su opinión"
    reflexive: bool = False  # always with a reflexive pronoun: "se congratuló de"


@dataclass(frozen=True, slots=True)
class Lexicon(WordClasses):
    """A language's cues by first word, its word classes, and how it orders words.

    ``followers`` has the second words of the cues of each first word that is none by itself.
    ``fixed_order`` means that the subject stands before its verb but in a few places and that a
    reported clause needs no "that", as in English.
    """

    lang: str
    fixed_order: bool
    cues: Mapping[str, tuple[CueWord, ...]]
    followers: Mapping[str, frozenset[str]]
    incise_inside: bool
    elided_subject: bool
    relative_mentions: bool
    headline_names: bool
    addressed_with: bool  # whether a preposition stands before the one who is told

    def is_infinitive(self, word: str) -> bool:
        """Whether *word* looks like an infinitive, by list or by ending."""
        return word in self.infinitives or (
            len(word) > 4 and word.endswith(self.infinitive_endings)
        )

    def is_participle(self, word: str) -> bool:
        """Whether *word* has the ending of a participle that may open a sentence ("Asked")."""
        return len(word) > 4 and word.endswith(self.participle_endings)

    def is_gerund(self, word: str) -> bool:
        """Whether *word* has the ending of a gerund, where the language has a sure one."""
        return len(word) > 5 and word.endswith(self.gerund_endings)

    def is_adverb(self, word: str) -> bool:
        """Whether *word* is an adverb, by list or by ending."""
        return word in self.adverbs or (len(word) > 4 and word.endswith(self.adverb_endings))


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of a supported language."""
    data = language_data(lang, "quotes")
    by_first: dict[str, dict[tuple[str, ...], _Entry]] = {}
    for words, entry in _entries(data):
        known = by_first.setdefault(words[0], {}).setdefault(words[1:], entry)
        known.frames.update(entry.frames)
        known.forms.update(entry.forms)
        known.reflexive &= entry.reflexive
    cues = {
        first: tuple(
            CueWord(
                rest, frozenset(e.frames), frozenset(e.forms), e.quoted_only, e.own, e.reflexive
            )
            for rest, e in sorted(by_rest.items(), key=lambda item: -len(item[0]))
        )
        for first, by_rest in by_first.items()
    }
    return Lexicon(
        **_word_classes(data),
        lang=lang,
        fixed_order=bool(data["fixed_order"]),
        cues=cues,
        followers={
            first: frozenset(word.rest[0] for word in words)
            for first, words in cues.items()
            if all(word.rest for word in words)
        },
        incise_inside=bool(data["incise_inside"]),
        headline_names=bool(data["headline_names"]),
        relative_mentions=bool(data["relative_mentions"]),
        elided_subject=bool(data["elided_subject"]),
        addressed_with=bool(data["addressed_with"]),
    )


def _word_classes(data: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of words as sets; the lists of endings as what ``endswith`` takes."""
    return {
        item.name: (tuple if item.name.endswith("_endings") else frozenset)(data[item.name])
        for item in fields(WordClasses)
    }


@dataclass(slots=True)
class _Entry:
    """A cue while its frames and forms are being collected."""

    frames: set[Frame]
    forms: set[Form]
    quoted_only: bool = False
    own: bool = False
    reflexive: bool = False


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], _Entry]]:
    for group in data["cues"]:
        for verb in group["verbs"]:
            reflexive = verb.startswith(_REFLEXIVE)
            for form, words in _conjugated(verb, data):
                yield words, _Entry({Frame(group["frame"])}, {form}, reflexive=reflexive)
    for verb in data["other_senses"]:
        for form, words in _conjugated(verb, data):
            yield words, _Entry(set(), {form})
    for source in data["sources"]:
        words = tuple(source["phrase"].replace("'", "' ").split())
        quoted_only, own = bool(source.get("quoted_only")), bool(source.get("own"))
        yield words, _Entry({SOURCE}, {SINGULAR}, quoted_only, own)


def _conjugated(verb: str, data: Mapping[str, Any]) -> Iterator[tuple[Form, tuple[str, ...]]]:
    """Every form of *verb* with the words that follow it ("point out": "points", "out")."""
    for prefix in _REFLEXIVE:
        verb = verb.removeprefix(prefix)
    head, *rest = verb.replace("'", "' ").split()
    tail = tuple(rest)
    irregular = data["irregular"].get(head)
    if irregular:
        for name, forms in irregular.items():
            for form in forms:
                yield Form(name), (form, *tail)
        return
    for paradigm in data["paradigms"]:
        ending = paradigm["ending"]
        if head.endswith(ending):
            stem = head[: len(head) - len(ending)]
            for name, endings in paradigm.items():
                if name != "ending":
                    for form in endings:
                        yield Form(name), (stem + form, *tail)
            return
