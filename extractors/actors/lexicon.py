"""A language's words for people and bodies, compiled from its ``actors.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from extractors.languages import SUPPORTED, language_data
from extractors.text.folding import fold
from extractors.types import Span


class Gender(StrEnum):
    """Grammatical gender, as far as it tells people apart."""

    FEMININE = "f"
    MASCULINE = "m"


class MentionKind(StrEnum):
    """What a mention is made of."""

    NAME = "name"
    PRONOUN = "pronoun"
    ROLE = "role"
    OTHER = "other"


# Python 3.11 takes over ten times as long to look up a member in its class as a name of a module.
NAME, PRONOUN, ROLE, OTHER = MentionKind


@dataclass(slots=True)
class Mention:
    """The words that a cue is tied to, and the words of a role that stand beside a name.

    ``named`` is the name itself, which is all but where the mention holds a role as well ("the
    minister, Ann Roy"). ``head`` is the pronoun, or the noun at the head of a role, in lower case.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    span: Span
    named: Span
    kind: MentionKind
    head: str = ""
    role: Span | None = None
    words: int = 1


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The word classes of ``actors.toml``; all in lower case."""

    titles: frozenset[str]  # without the full stop as well
    roles: Mapping[str, str]
    folded_roles: Mapping[str, str]  # the same by their forms without accents
    bodies: frozenset[str]
    fields: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    demonyms: frozenset[str]  # of those, what may begin the name of a body
    genders: Mapping[str, Gender]
    first_names: Mapping[str, Gender]
    plural_pronouns: frozenset[str]
    first_person: frozenset[str]
    definite: frozenset[str]
    anonymous: frozenset[str]
    articles: tuple[str, ...]
    name_links: frozenset[str]
    quantities: frozenset[str]
    coordinators: frozenset[str]
    associations: frozenset[str]
    other_offices: frozenset[str]
    emphatics: frozenset[str]
    relational: frozenset[str]

    def is_plural_role(self, word: str) -> bool:
        """Whether *word* is a role noun in the plural."""
        return self.roles.get(word, word) != word


@cache
def actor_words(lang: str) -> ActorWords:
    """The words of a supported language."""
    data = language_data(lang, "actors")
    roles = {role: role for role in data["roles"]}
    for role in data["roles"]:
        for ending in data["plural_endings"]:
            roles.setdefault(role + ending, role)
        if role.endswith("man"):
            roles.setdefault(role[:-2] + "en", role)
    genders: dict[str, Gender] = {}
    first_names: dict[str, Gender] = {}
    for gender, word in ((Gender.FEMININE, "feminine"), (Gender.MASCULINE, "masculine")):
        for key in (f"{word}_roles", f"{word}_titles"):
            genders.update(dict.fromkeys(data[key], gender))
        genders.update(dict.fromkeys(data["pronouns"][word], gender))
        genders.update(dict.fromkeys(data[f"{word}_determiners"], gender))
        for name in data[f"{word}_first_names"]:
            first_names.setdefault(name, gender)
    for other in SUPPORTED:  # people of one country are in the news of another
        for gender, word in ((Gender.FEMININE, "feminine"), (Gender.MASCULINE, "masculine")):
            for name in language_data(other, "actors")[f"{word}_first_names"]:
                first_names.setdefault(name, gender)
    return ActorWords(
        titles=frozenset(data["titles"]),
        roles=roles,
        folded_roles={fold(form): role for form, role in roles.items()},
        bodies=frozenset(data["bodies"]),
        fields=frozenset(data["fields"]),
        particles=frozenset(data["particles"]),
        not_names=frozenset(data["not_names"]),
        demonyms=frozenset(data["demonyms"]),
        genders=genders,
        first_names=first_names,
        plural_pronouns=frozenset(data["pronouns"]["plural"]),
        articles=tuple(
            article if article.endswith("'") else f"{article} " for article in data["articles"]
        ),
        anonymous=frozenset(data["anonymous"]),
        definite=frozenset(data["definite"]),
        first_person=frozenset(data["pronouns"]["first"]),
        name_links=frozenset(data["name_links"]),
        quantities=frozenset(data["quantities"]),
        coordinators=frozenset(data["coordinators"]),
        associations=frozenset(data["associations"]),
        other_offices=frozenset(data["other_offices"]),
        emphatics=frozenset(data["emphatics"]),
        relational=frozenset(data["relational"]),
    )
