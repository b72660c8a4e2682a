"""Whose position a sentence gives on an issue that it names, and which stance.

Each stance word looks for its object (the issue: to its right in the clause, or, for passives,
predicates, relative clauses and fronted topics, to its left) and for its holder (the nearest
party or person to its left that is its subject, an adjective or genitive beside a noun, an agent,
or the speaker of the quote around it). "Resisted U.S. demands" is two positions.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.issues.choosing import chosen
from extractors.issues.composing import UNSIDED, composed
from extractors.issues.conditions import is_asked_for, of_condition_setter
from extractors.issues.cues import Cue, Form
from extractors.issues.holders import Holder
from extractors.issues.holding import Position, unread
from extractors.issues.mentions import Named
from extractors.issues.objects import follows_at_once, speaks_of
from extractors.issues.owners import governed_by, holders_of, is_joined_verb
from extractors.issues.setting import Setting
from extractors.issues.subjects import subject_of
from extractors.issues.wordless import without_cue
from extractors.types import Span, Stance

# How sure a stance of somebody is whose side is unknown.
_UNKNOWN = 0.5
# How sure a measure is of the only side that uses such ones, where nobody is named with it.
_KEEPER = 0.5
# How many characters before a matter may hold those who live by it.
_TRADE_REACH = 28
_SUBJECT = re.compile(r"[a-z]{4,}")
# "of the", "de la": the words between a removal and what is removed.
_OF_THE = 2


def positions(setting: Setting) -> Iterator[Position]:
    """The positions that a sentence gives on the issues that it names, the surest of a holder.

    All of an issue stand on its first wording. A weak term needs a stance of somebody.
    """
    for issue in dict.fromkeys(named.issue for named in setting.named):
        wordings = [named for named in setting.named if named.issue == issue]
        first = wordings[0] if len(wordings) == 1 else max(wordings, key=_plainness)
        best: dict[str | None, Position] = {}
        for named in wordings:
            for position in _positions_on(named, setting):
                key = position.holder.party if position.holder else None
                if key not in best or position.confidence > best[key].confidence:
                    best[key] = position if named is first else replace(position, named=first)
        if any(position.stance is not Stance.NEUTRAL for position in best.values()):
            best = {key: p for key, p in best.items() if p.stance is not Stance.NEUTRAL}
        if len(best) > 1:
            best.pop(None, None)
        if first.weak and not _is_borne_out(wordings, setting):
            given = [p for p in best.values() if p.stance is not Stance.NEUTRAL]
        else:
            given = list(best.values()) or [unread(first)]
        if given:
            yield from chosen(first, given, setting)


def _is_borne_out(wordings: list[Named], setting: Setting) -> bool:
    """Whether weak words name their matter: there are two of them, or a list of matters has one."""
    spans = {named.span for named in wordings}
    if len(spans) > 1:
        return True
    own = wordings[0].span
    for other in setting.named:
        first, second = sorted((own, other.span))
        apart = other.outright and first.end <= second.start
        if apart and setting.words.coordination.fullmatch(setting.folded, first.end, second.start):
            return True
    return False


def _plainness(named: Named) -> tuple[bool, bool, int]:
    """How plainly words name their matter; of equal ones the first."""
    return named.outright, not named.weak, -named.span.start


def _positions_on(named: Named, setting: Setting) -> Iterator[Position]:
    path = [cue for cue in setting.cues if speaks_of(cue, named, setting)]
    for number, cue in enumerate(path):
        inner = _inner(cue, path[number + 1 :], named, setting)
        if cue.form is Form.SILENT:
            for holder in holders_of(cue, named.span, setting):
                yield Position(named, Stance.NEUTRAL, holder, 0.5, "says-nothing")
        stance = _stance(cue, inner, named, setting)
        if stance is None or governed_by(cue, path[:number], named.span, setting):
            continue
        sure = 0.8 + 0.05 * (len(path) - number) / len(path)
        if setting.clause_of(cue.span.start) != setting.clause_of(named.span.start):
            sure -= 0.2
        if cue.form is Form.FRAME:
            sure = 0.7
        elif _speaks_over(cue, inner, setting):
            sure -= 0.1
        sure -= 0.02 if stance is Stance.CONCERN else 0  # an outright verdict comes before it
        rule = f"stance.{cue.form}.{stance}"
        if is_asked_for(cue, setting):
            yield from of_condition_setter(cue, named, setting, sure, rule)
            continue
        unsided = stance in UNSIDED
        holders = _holders(cue, stance, named, setting)
        stance = _settled(stance, holders)
        gone = stance is Stance.OPPOSES and cue.form is Form.REMOVING
        for holder in holders:
            here = setting.sentence.covers(holder.span)
            # Who takes back what is his own yields.
            of_own = Stance.CONCEDES if gone and holder.party in named.matter.kept_by else stance
            yield Position(named, of_own, holder, sure if here else sure - 0.15, rule)
        if not holders and unsided:
            yield Position(named, stance, None, sure - 0.1, rule)
        elif not holders:
            yield from _of_keeper(cue, stance, named, setting)
            yield from _of_somebody(cue, stance, named, setting)
    yield from without_cue(named, setting)


def _of_keeper(cue: Cue, stance: Stance, named: Named, setting: Setting) -> Iterator[Position]:
    """The stance of the only side whose measure it is: "a tariff of 10 % hits lumber"."""
    keepers, span = named.matter.kept_by, named.span
    if stance is not Stance.DEMANDS or not named.matter.is_measure or len(keepers) != 1:
        return
    stays = cue.form is Form.PREDICATE and setting.words.used.search(
        setting.folded, span.start, span.end
    )
    if stays or cue.form is Form.PRESSURE:
        holder = Holder(cue.span, keepers[0], None)
        yield Position(named, stance, holder, _KEEPER, "measure-of-keeper")


def _holders(cue: Cue, stance: Stance, named: Named, setting: Setting) -> list[Holder]:
    """Whose a stance is; what several settle together, or fight over, is no side's."""
    if stance in UNSIDED and cue.stance is Stance.DEMANDS:
        return []
    if stance is Stance.AGREED and cue.form is Form.PREDICATE:
        return []  # a fact, whoever tells it
    holders = list(holders_of(cue, named.span, setting))
    if stance in UNSIDED and len({holder.party for holder in holders}) > 1:
        return []
    return holders


def _settled(stance: Stance, holders: list[Holder]) -> Stance:
    """What all have yielded on is settled: "the three countries compromised on"."""
    together = holders and all(h.party is None and not h.is_person for h in holders)
    return Stance.AGREED if stance is Stance.CONCEDES and together else stance


def _is_thing(named: Named, clause: Span, cue: Cue, setting: Setting) -> bool:
    """Whether a matter, and not those who live by it, stands before a verb."""
    if not (clause.start <= named.span.start and named.span.end <= cue.span.start):
        return False
    people = setting.words.trade.search(setting.folded, named.span.start, named.span.end)
    return (
        people is None
        and not setting.words.trade_after.match(setting.folded, named.span.end)
        and not _is_of_trade(named, setting)
    )


def _is_of_trade(named: Named, setting: Setting) -> bool:
    """Whether those who live by a matter stand before it: "les producteurs de [lait]"."""
    lead = setting.lead_in(named.span.start, _TRADE_REACH)
    genitive = setting.words.genitive_before.search(lead)
    if genitive is None:
        return False
    people = list(setting.words.trade.finditer(lead[: genitive.start()]))
    return bool(people) and people[-1].end() == genitive.start()


def _of_somebody(cue: Cue, stance: Stance, named: Named, setting: Setting) -> Iterator[Position]:
    """The stance of a verb's subject whose side nothing tells: "Steelmakers want"."""
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    judged = cue.form is Form.PREDICATE and setting.words.judgement.search(
        setting.folded, clause.start, cue.span.start
    )
    verb = cue.form is Form.VERB and not setting.is_passive(cue)
    if cue.form is Form.NOUN and cue.span.end <= named.span.start and not named.weak:
        yield Position(named, stance, None, 0.45, f"stance.{cue.form}.{stance}.somebody")
    if not (verb or judged) or cue.span.start > named.span.start:
        return
    of_people = setting.words.who.match(setting.folded, clause.start)
    if not of_people and setting.words.relative.match(setting.folded, clause.start):
        return  # of a thing: "the clause that bars"
    joined = is_joined_verb(cue, setting)
    if not joined and any(_is_thing(n, clause, cue, setting) for n in setting.named):
        return  # "a withdrawal requires"
    named_one = (
        of_people
        or _SUBJECT.search(setting.folded, clause.start, cue.span.start)
        or setting.words.plural_pronoun.search(setting.folded, clause.start, cue.span.start)
    )
    if named_one and not named.weak:
        side = _origin(clause, cue, setting) or setting.scene
        holder = Holder(cue.span, side, None) if side else None
        yield Position(named, stance, holder, _UNKNOWN, f"stance.{cue.form}.{stance}.somebody")


def _origin(clause: Span, cue: Cue, setting: Setting) -> str | None:
    """The side of the place that those before a verb are from: "growers in Sinaloa want"."""
    for holder in setting.holders:
        before = clause.start <= holder.span.start and holder.span.end <= cue.span.start
        if before and setting.words.origin_before.search(setting.lead_in(holder.span.start)):
            return holder.party
    return None


def _speaks_over(cue: Cue, inner: list[Cue], setting: Setting) -> bool:
    """Whether an inner verb has a subject of its own, so that *cue* only reports it."""
    return any(
        word.form in (Form.VERB, Form.STATE, Form.ACCEPTING)
        and setting.between(cue.span, word.span)
        for word in inner
    )


def _inner(cue: Cue, behind: list[Cue], named: Named, setting: Setting) -> list[Cue]:
    """The stance words between *cue* and the matter; behind the matter, those of its clause."""
    if cue.span.start < named.span.start:
        before = [c for c in behind if c.span.start < named.span.start and not _goes_on(cue, c)]
        return [*_one_of_joined(cue, before, setting), *_taken_away(named, behind, setting)]
    number = setting.clause_of(cue.span.start)
    clause = [
        c
        for c in behind
        if setting.clause_of(c.span.start) == number
        and c.form is not Form.PREDICATE
        and not setting.between(cue.span, c.span)
    ]
    if setting.words.relative.match(setting.folded, named.span.end):
        return clause  # "to avoid the duty that Trump announced"
    return [*clause, *_removal_of(named, setting)]


def _goes_on(cue: Cue, other: Cue) -> bool:
    """Whether *other* is a part of the same expression: "s'insurge | contre la"."""
    both = cue.stance is other.stance is Stance.OPPOSES
    return both and other.span.start - cue.span.end <= 1


def _one_of_joined(outer: Cue, cues: list[Cue], setting: Setting) -> list[Cue]:
    """*cues* behind *outer* with one of joined removals: "eliminate or reduce the duties"."""
    return [
        cue
        for cue, before in zip(cues, [outer, *cues], strict=False)
        if cue.form is not Form.REMOVING
        or before.form is not Form.REMOVING
        or not setting.words.coordination.fullmatch(setting.folded, before.span.end, cue.span.start)
    ]


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


def _stance(cue: Cue, inner: list[Cue], named: Named, setting: Setting) -> Stance | None:
    """The composed stance; a warning that one could use a measure is a threat of it."""
    lead = setting.lead_in(named.span.start, 14)
    negation = setting.words.negation_before.search(lead) if named.matter.is_measure else None
    denied = negation is not None and (
        cue.span.end <= named.span.start - len(lead) + negation.start() + 1
    )
    stance = composed(cue, inner, named, denied=denied)
    if cue.stance is Stance.CONCERN and not cue.negated and _speaks_over(cue, inner, setting):
        stance = Stance.CONCERN  # "fears that Ottawa will give up"
    if stance in (Stance.OPPOSES, Stance.CONCEDES) and setting.is_evil(named):
        return Stance.CONCERN  # whoever lets in an evil, or fights it, is told with worry
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    if stance in (Stance.CONCEDES, Stance.AGREED) and setting.words.condition.match(
        setting.folded, clause.start
    ):
        return Stance.OPEN
    if stance is Stance.CONCERN and named.matter.is_measure:
        lead = setting.lead_in(named.span.start)
        to_come = setting.words.modal_before.search(lead) or _is_used(inner)
        if to_come and cue.form is Form.VERB and _is_of_nobody_else(cue, named, setting):
            return Stance.DEMANDS
    if stance is Stance.AGREED and (
        setting.words.modal_before.search(setting.lead_in(cue.span.start))
        or (
            cue.form is Form.NOUN
            and setting.words.modal_behind.match(setting.folded, named.span.end)
        )
    ):
        return Stance.OPEN  # still to be settled
    return stance


def _is_used(inner: list[Cue]) -> bool:
    """Whether somebody is said to use a measure: "warned that Ottawa would impose"."""
    return any(cue.form is Form.PRESSURE and not cue.negated for cue in inner)


def _is_of_nobody_else(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether no other side stands between a word and the matter: "fears that Trump will"."""
    between = {holder.party for holder in setting.between(cue.span, named.span)}
    if not between:
        return True
    subject = subject_of(cue, setting)
    return subject is not None and between == {subject.party}
