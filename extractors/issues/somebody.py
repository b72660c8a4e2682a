"""Stances of people whose side nothing tells: "Steelmakers want", "the quota alarms ranchers"."""

import re
from collections.abc import Iterator

from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.holding import Position
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.issues.owners import is_joined_verb
from extractors.issues.setting import Setting, is_of_people
from extractors.types import Span, Stance

# How sure a stance of somebody is whose side is unknown.
_UNKNOWN = 0.5
# How sure a verdict is that nobody is said to give.
_CALLED = 0.45
# How many characters before a matter may hold those who live by it.
_TRADE_REACH = 28
# At most so many characters stand before the first word of a clause.
_MARK = 2
# A relative clause begins right behind its head.
_APART = 3
# How many characters behind a word of worry may hold the people whom it is about.
_WORRIED_REACH = 36
_SUBJECT = re.compile(r"[a-z]{4,}")


def _is_thing(named: Named, clause: Span, cue: Cue, setting: Setting) -> bool:
    """Whether a matter, and not those who live by it, stands before a verb."""
    if not (clause.start <= named.span.start and named.span.end <= cue.span.start):
        return False
    people = is_of_people(named.span, setting.folded, setting.words)
    return not people and not _is_of_trade(named, setting)


def _is_of_trade(named: Named, setting: Setting) -> bool:
    """Whether those who live by a matter stand before it: "les producteurs de [lait]"."""
    lead = setting.lead_in(named.span.start, _TRADE_REACH)
    genitive = setting.words.genitive_before.search(lead)
    if genitive is None:
        return False
    people = list(setting.words.trade.finditer(lead[: genitive.start()]))
    return bool(people) and people[-1].end() == genitive.start()


def of_somebody(cue: Cue, stance: Stance, named: Named, setting: Setting) -> Iterator[Position]:
    """The stance of a verb's subject whose side nothing tells: "Steelmakers want"."""
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    judged = cue.form is Form.PREDICATE and setting.words.judgement.search(
        setting.folded, clause.start, cue.span.start
    )
    verb = cue.form in (Form.VERB, Form.STATE) and not setting.is_passive(cue)
    if cue.form is Form.NOUN and cue.span.end <= named.span.start and not named.weak:
        yield Position(named, stance, None, 0.45, f"stance.{cue.form}.{stance}.somebody")
    called = cue.form is Form.PREDICATE and stance in (Stance.OPPOSES, Stance.CONCERN)
    if called and not judged and not cue.negated and setting.scene and not named.weak:
        somebody = Holder(cue.span, setting.scene, None)
        yield Position(named, stance, somebody, _CALLED, "called-by-somebody")
    if verb and stance is Stance.CONCERN and named.span.end <= cue.span.start:
        yield from _of_worried(cue, named, setting)
    if not (verb or judged) or cue.span.start > named.span.start:
        return
    of_people = setting.words.who.match(setting.folded, clause.start)
    relative = setting.words.relative.match(setting.folded, clause.start)
    if relative and not of_people and not _is_resumed(cue, clause, setting):
        return  # of a thing: "the clause that bars"
    joined = is_joined_verb(cue, setting)
    if not joined and any(_is_thing(n, clause, cue, setting) for n in setting.named):
        return  # "a withdrawal requires"
    named_one = (
        of_people
        or setting.words.where.match(setting.folded, clause.start)
        or _SUBJECT.search(setting.folded, clause.start, cue.span.start)
        or setting.words.plural_pronoun.search(setting.folded, clause.start, cue.span.start)
        or _is_followed_by_people(cue, clause, setting)
    )
    if named_one and not named.weak:
        side = _origin(clause, cue, setting) or setting.scene
        holder = Holder(cue.span, side, None) if side else None
        yield Position(named, stance, holder, _UNKNOWN, f"stance.{cue.form}.{stance}.somebody")


def _is_resumed(cue: Cue, clause: Span, setting: Setting) -> bool:
    """Whether a comma has closed the relative clause before a verb: "The guild, which …, fears"."""
    matters = (n.span.end for n in setting.named if n.span.end <= clause.start)
    of_matter = clause.start - max(matters, default=clause.start - _APART) < _APART
    closed = "," in setting.folded[clause.start + 1 : cue.span.start]
    return closed and not of_matter and cue.form is Form.VERB


def _of_worried(cue: Cue, named: Named, setting: Setting) -> Iterator[Position]:
    """The worry of people whose side nothing tells: "the quota alarms ranchers"."""
    start = setting.clauses[setting.clause_of(cue.span.start)].start
    people = setting.words.trade.search(
        setting.folded, cue.span.end, min(cue.span.end + _WORRIED_REACH, setting.sentence.end)
    )
    if setting.scene is None or people is None or named.span.start < start:
        return
    if "," not in setting.folded[cue.span.end : people.start()]:
        holder = Holder(Span(*people.span()), setting.scene, None)
        yield Position(named, Stance.CONCERN, holder, _UNKNOWN, "worries-somebody")


def _is_followed_by_people(cue: Cue, clause: Span, setting: Setting) -> bool:
    """Whether a headline has its unnamed subject behind the verb: "Rechazan industriales la …"."""
    if not setting.words.inverts_subject or cue.span.start - clause.start > _MARK:
        return False
    people = _SUBJECT.match(setting.folded, cue.span.end + 1)
    if people is None or setting.words.determiner_before.search(f"{people.group()} "):
        return False
    place = Span(*people.span())
    others = (*(c.span for c in setting.cues), *(n.span for n in setting.named))
    return not any(place.overlaps(other) for other in others)


def _origin(clause: Span, cue: Cue, setting: Setting) -> str | None:
    """The side of the place that those before a verb are from: "growers in Sinaloa want"."""
    if setting.words.where.match(setting.folded, clause.start):
        heads = [h for h in setting.holders if 0 <= clause.start - h.span.end < _APART]
        return heads[-1].party if heads else None  # "in Berlin, where people fear"
    for holder in setting.holders:
        before = clause.start <= holder.span.start and holder.span.end <= cue.span.start
        if before and setting.words.origin_before.search(setting.lead_in(holder.span.start)):
            return holder.party
    return None
