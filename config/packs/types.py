"""What a pack holds: the facts of one negotiation, as plain values.

A pack is a folder of TOML files (see ``docs/packs.md``). Code never names a person or an issue
of a negotiation; it reads them from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# A text in several languages: ISO 639-1 code → value.
Texts = Mapping[str, str]
TermLists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Party:
    """A side of the negotiation, with the names and metonyms that stand for it."""

    id: str
    names: Texts
    terms: TermLists
    zone: str | None = None
    # What tells the side of those introduced with it: places ("Ohio"), titles ("deputy minister").
    signs: TermLists | None = None
    # Words as its press alone spells them ("labour"): they tell whose a text is.
    spellings: TermLists | None = None
    # Whether these are all those who do not sit at the table ("the European Union").
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A post that a person holds from a day until a day (both inclusive; None is open)."""

    title: Texts
    start: date | None = None
    end: date | None = None
    organisation: str | None = None
    # Role nouns that may stand in for the holder ("the top U.S. trade official").
    nouns: TermLists | None = None

    def holds_on(self, day: date | None) -> bool:
        """Whether the office is held on *day*; an unknown day cannot be ruled out."""
        if day is None:
            return True
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose words and positions count."""

    id: str
    name: str
    party: str | None
    offices: tuple[Office, ...] = ()
    variants: tuple[str, ...] = ()
    gender: str | None = None

    def office_on(self, day: date | None) -> Office | None:
        """The office held on *day*: the newest that fits, or None. Without a day: the newest."""
        held = [office for office in self.offices if office.holds_on(day)]
        return max(held, key=lambda office: office.start or date.min) if held else None

    def answers_to(self, noun: str, lang: str, day: date | None) -> bool:
        """Whether the role noun *noun*, as the pack spells it, means this person on *day*."""
        return any(
            noun in (office.nouns or {}).get(lang, ()) and office.holds_on(day)
            for office in self.offices
        )


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that speaks or acts, with its names and abbreviations."""

    id: str
    names: Texts
    party: str | None = None
    terms: TermLists | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A negotiating issue: its names, the terms that name it, and what looks like it but is not."""

    id: str
    group: str
    names: Texts
    terms: TermLists
    # Terms that count only where the negotiation itself is in view (weak by themselves).
    weak: TermLists | None = None
    # Patterns (regular expressions) that, around a term, say it is something else.
    unless: TermLists | None = None
    # Whether it is a measure that one side uses on another; without it, all of "pressure" are.
    measure: bool | None = None
    # The issue that is meant instead in a text that names that one more than once.
    narrows_to: str | None = None
    # Whether it is as often in the news for other reasons ("fentanyl"): no proof of the talks.
    general: bool = False
    # The parties whose rule, measure or wish it has long been, and those who are long against it.
    kept_by: tuple[str, ...] = ()
    resisted_by: tuple[str, ...] = ()

    @property
    def is_measure(self) -> bool:
        """Whether the one who uses it counts as demanding it."""
        return self.group == "pressure" if self.measure is None else self.measure


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated fact of the negotiation that texts refer to by a phrase."""

    id: str
    kind: str
    start: date
    end: date
    what: Texts
    terms: TermLists | None = None


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A period laid down by law: its length, unit and direction from an anchor, with the source."""

    id: str
    names: Texts
    length: int
    unit: str
    anchor: Texts
    # "after" the anchor or "before" it.
    direction: str
    source: str
    terms: TermLists | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed that a pack proposes."""

    url: str
    outlet: str
    lang: str | None = None
    party: str | None = None
    zone: str | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """All that the extractors know of one negotiation."""

    name: str
    version: int
    title: Texts
    # The names of the agreement or the talks themselves; an article without one needs more proof.
    agreements: TermLists
    parties: tuple[Party, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    issues: tuple[Issue, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    clocks: tuple[ClockRule, ...] = ()
    feeds: tuple[FeedSource, ...] = ()
    # Forms of words that hold a party's name and do not stand for it ("North American").
    ignored: TermLists | None = None
