"""May two speakers be one person? Rules over names as articles write them."""

from dataclasses import dataclass
from functools import lru_cache

from storage.identity_words import PRONOUNS, TITLES, Data, Words, folded_words


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name: the pack's id, if known, and the name's folded words."""

    actor: str | None
    name: Words


def person_of(speaker: Data | None) -> Person | None:
    """Who a speaker is, or None where only a pronoun or a description stands for somebody."""
    if speaker is None:
        return None
    return _person(speaker.get("actor"), speaker.get("name"), speaker.get("mention"))


@lru_cache(maxsize=8192)
def _person(actor: str | None, name: str | None, mention: str | None) -> Person | None:
    written = name or mention or ""
    # "the minister" is nobody by name; a name has a capital letter (or a script without any).
    described = not name and written == written.lower() != written.upper()
    words = _name(written)
    if actor is None and (not words or described or set(words) <= PRONOUNS):
        return None
    return Person(actor, words)


def _name(written: str) -> Words:
    words = folded_words(written)
    return tuple(word for word in words if word not in TITLES) or words


@lru_cache(maxsize=8192)
def may_be_one(one: Person, other: Person) -> bool:
    """Whether two names may stand for one person: "Mr. X" and "First X", never two people."""
    if one.actor and other.actor:
        return one.actor == other.actor
    shorter, longer = sorted((one.name, other.name), key=len)
    if not shorter:
        return False
    return all(_stands_for(word, longer) for word in shorter)


def _stands_for(word: str, name: Words) -> bool:
    """Whether a word of a name, or its initial, is in another name."""
    return word in name or any(part[0] == word[0] and 1 in (len(part), len(word)) for part in name)


def agree(persons: set[Person], others: set[Person]) -> bool:
    """Whether nobody among *persons* is certainly another than one among *others*."""
    return all(may_be_one(one, other) for one in persons for other in others)
