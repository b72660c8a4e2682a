"""Whose position a sentence gives on an issue that it names, and which stance.

Each stance word looks for its object (the issue: to its right in the clause, or, for passives,
predicates, relative clauses and fronted topics, to its left) and for its holder (the nearest
party or person to its left that is its subject, an adjective or genitive beside a noun, an agent,
or the speaker of the quote around it). "Resisted U.S. demands" is two positions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.issues.composing import MEASURES, UNSIDED, composed
from extractors.issues.cues import Cue, Form
from extractors.issues.holders import Holder
from extractors.issues.mentions import Named
from extractors.issues.objects import follows_at_once, speaks_of
from extractors.issues.setting import Setting
from extractors.issues.subjects import governed_by, holders_of, subject_of, with_coordinated
from extractors.types import Span, Stance

# How many characters of an "until" clause may stand before the measure.
_WAIT_REACH = 36
# How sure a stance of somebody is whose side is unknown.
_UNKNOWN = 0.5
_SUBJECT = re.compile(r"[a-z]{4,}")
# "of the", "de la": the words between a removal and what is removed.
_OF_THE = 2


@dataclass(frozen=True, slots=True)
class Position:
    """A stance of one holder on a named issue; ``holder`` is None where nobody is known."""

    named: Named
    stance: Stance
    holder: Holder | None
    confidence: float
    rule: str


def positions(setting: Setting) -> Iterator[Position]:
    """The positions that a sentence gives on the issues that it names, the surest of a holder.

    All of an issue stand on its first wording. A weak term needs a stance of somebody.
    """
    for issue in dict.fromkeys(named.issue for named in setting.named):
        wordings = [named for named in setting.named if named.issue == issue]
        first = next((named for named in wordings if not named.weak), wordings[0])
        best: dict[str | None, Position] = {}
        for named in wordings:
            for position in _positions_on(named, setting):
                key = position.holder.party if position.holder else None
                if key not in best or position.confidence > best[key].confidence:
                    best[key] = replace(position, named=first)
        if any(position.stance is not Stance.NEUTRAL for position in best.values()):
            best = {key: p for key, p in best.items() if p.stance is not Stance.NEUTRAL}
        if len(best) > 1:
            best.pop(None, None)
        if first.weak:
            yield from (p for p in best.values() if p.stance is not Stance.NEUTRAL)
        else:
            yield from best.values() or (unread(first),)


def unread(named: Named) -> Position:
    """A matter that is named and no more."""
    return Position(named, Stance.NEUTRAL, None, 0.4, "named-only")


def _positions_on(named: Named, setting: Setting) -> Iterator[Position]:
    path = [cue for cue in setting.cues if speaks_of(cue, named, setting)]
    for number, cue in enumerate(path):
        inner = _inner(cue, path[number + 1 :], named, setting)
        if cue.form is Form.SILENT:
            for holder in holders_of(cue, named.span, setting):
                yield Position(named, Stance.NEUTRAL, holder, 0.5, "says-nothing")
        stance = _stance(cue, inner, named, setting)
        if stance is None or governed_by(cue, path[:number], setting):
            continue
        sure = 0.8 + 0.05 * (len(path) - number) / len(path)
        if setting.clause_of(cue.span.start) != setting.clause_of(named.span.start):
            sure -= 0.2
        if cue.form is Form.FRAME:
            sure = 0.7
        elif _speaks_over(cue, inner, setting):
            sure -= 0.1
        rule = f"stance.{cue.form}.{stance}"
        unsided = stance in UNSIDED
        sided = not unsided or cue.stance is not Stance.DEMANDS
        holders = list(holders_of(cue, named.span, setting)) if sided else []
        for holder in holders:
            here = setting.sentence.covers(holder.span)
            yield Position(named, stance, holder, sure if here else sure - 0.15, rule)
        if not holders and unsided:
            yield Position(named, stance, None, sure - 0.1, rule)
        elif not holders:
            yield from _of_somebody(cue, stance, named, setting)
    yield from _without_cue(named, setting)


def _without_cue(named: Named, setting: Setting) -> Iterator[Position]:
    """What a sentence says of a matter without a stance word for it."""
    if named.group == MEASURES:
        yield from _of_user(named, setting)
        yield from _of_condition(named, setting)
    speaker = setting.speaker_at(named.span)
    if speaker is not None:
        yield Position(named, Stance.NEUTRAL, speaker, 0.45, "spoken-of")


def _of_somebody(cue: Cue, stance: Stance, named: Named, setting: Setting) -> Iterator[Position]:
    """The stance of a verb's subject whose side nothing tells: "Steelmakers want"."""
    if cue.form is not Form.VERB or cue.span.start > named.span.start or setting.is_passive(cue):
        return
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    if _SUBJECT.search(setting.folded, clause.start, cue.span.start) and not named.weak:
        yield Position(named, stance, None, _UNKNOWN, f"stance.{cue.form}.{stance}.somebody")


def _speaks_over(cue: Cue, inner: list[Cue], setting: Setting) -> bool:
    """Whether an inner verb has a subject of its own, so that *cue* only reports it."""
    return any(
        word.form in (Form.VERB, Form.STATE, Form.ACCEPTING)
        and _has_holder_between(cue, word, setting)
        for word in inner
    )


def _inner(cue: Cue, behind: list[Cue], named: Named, setting: Setting) -> list[Cue]:
    """The stance words between *cue* and the matter; behind the matter, those of its clause."""
    if cue.span.start < named.span.start:
        before = [c for c in behind if c.span.start < named.span.start]
        return [*before, *_taken_away(named, behind, setting)]
    number = setting.clause_of(cue.span.start)
    clause = [
        c
        for c in behind
        if setting.clause_of(c.span.start) == number
        and c.form is not Form.PREDICATE
        and not _has_holder_between(cue, c, setting)
    ]
    return [*clause, *_removal_of(named, setting)]


def _has_holder_between(cue: Cue, other: Cue, setting: Setting) -> bool:
    return any(
        cue.span.end <= holder.span.start and holder.span.end <= other.span.start
        for holder in setting.holders
    )


def _removal_of(named: Named, setting: Setting) -> list[Cue]:
    """A word right before the matter that takes it away: "the elimination of Chapter 19"."""
    return [
        c
        for c in setting.cues
        if c.form is Form.REMOVING
        and c.span.end <= named.span.start
        and len(setting.folded[c.span.end : named.span.start].split()) <= _OF_THE
    ]


def _taken_away(named: Named, behind: list[Cue], setting: Setting) -> list[Cue]:
    """A word right behind the matter that takes it away: "wants Chapter 19 scrapped"."""
    return [
        c
        for c in behind
        if (c.form is Form.REMOVING or (c.form is Form.PREDICATE and c.stance is Stance.OPPOSES))
        and c.span.start >= named.span.end
        and follows_at_once(c, named, setting)
    ]


def _of_condition(named: Named, setting: Setting) -> Iterator[Position]:
    """A measure that somebody waits to see gone: "won't ratify until the tariffs are lifted"."""
    lead = setting.lead_in(named.span.start, 60)
    waits = list(setting.words.until.finditer(lead))
    if not waits or len(lead) - waits[-1].end() > _WAIT_REACH:
        return
    place = named.span.start - len(lead) + waits[-1].start()
    waiting = [h for h in setting.holders if h.span.end <= place]
    verb = Cue(Span(place, place), Form.VERB, Stance.OPPOSES, False)
    for holder in with_coordinated(waiting[0], setting) if waiting else _only(verb, setting):
        yield Position(named, Stance.OPPOSES, holder, 0.7, "waits-for-its-end")


def _only(verb: Cue, setting: Setting) -> Iterator[Holder]:
    subject = subject_of(verb, setting)
    if subject is not None:
        yield subject


def _stance(cue: Cue, inner: list[Cue], named: Named, setting: Setting) -> Stance | None:
    """The composed stance; a warning that one could use a measure is a threat of it."""
    lead = setting.lead_in(named.span.start, 14)
    denied = named.group == MEASURES and setting.words.negation_before.search(lead) is not None
    stance = composed(cue, inner, named, denied=denied and cue.span.end <= named.span.start)
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    if stance in (Stance.CONCEDES, Stance.AGREED) and setting.words.condition.match(
        setting.folded, clause.start
    ):
        return Stance.OPEN
    if stance is Stance.CONCERN and named.group == MEASURES:
        lead = setting.lead_in(named.span.start)
        if cue.form is Form.VERB and setting.words.modal_before.search(lead):
            return Stance.DEMANDS
    if stance is Stance.AGREED and setting.words.modal_before.search(
        setting.lead_in(cue.span.start)
    ):
        return Stance.OPEN  # still to be settled
    return stance


def _has_preposition(text: str, setting: Setting) -> bool:
    """Whether a preposition stands in *text*: who follows it is hit by a measure, not its user."""
    ends = (match.end() for match in re.finditer(r"\s", text))
    return any(setting.words.preposition_before.search(text[:end]) for end in ends)


def _of_user(named: Named, setting: Setting) -> Iterator[Position]:
    """A measure with the one who uses it: "Trump's tariffs", "Canada would retaliate"."""
    folded, words = setting.folded, setting.words
    for holder in setting.users:
        inside = setting.folded[named.span.start : holder.span.start]
        if named.span.covers(holder.span) and not _has_preposition(inside, setting):
            yield Position(named, Stance.DEMANDS, holder, 0.6, "measure-of-user")
    for holder in setting.holders:
        if holder.span.end <= named.span.start:
            gap = folded[holder.span.end : named.span.start]
            near = len(gap.split()) <= 1 and not words.preposition_before.search(gap)
            near = near and "," not in gap
        else:
            gap = folded[named.span.end : holder.span.start]
            one_word = " " not in folded[named.span.start : named.span.end]
            near = (gap.strip() == "" and one_word) or bool(
                len(gap) < 10 and words.genitive_before.search(gap)
            )
        if near:
            yield Position(named, Stance.DEMANDS, holder, 0.6, "measure-of-user")
    lead = setting.lead_in(named.span.start)
    if words.modal_before.search(lead):
        verb = Cue(named.span, Form.PRESSURE, None, bool(words.negation.search(lead[-20:])))
        user = subject_of(verb, setting)
        if user is not None:
            stance = Stance.OPPOSES if verb.negated else Stance.DEMANDS
            yield Position(named, stance, user, 0.55, "measure-to-come")
