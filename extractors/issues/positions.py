"""Whose position a sentence gives on an issue that it names, and which stance.

Each stance word looks for its object (the issue: to its right in the clause, or, for passives,
predicates, relative clauses and fronted topics, to its left) and for its holder (the nearest
party or person to its left that is its subject, an adjective or genitive beside a noun, an agent,
or the speaker of the quote around it). "Resisted U.S. demands" is two positions.
"""

from collections.abc import Iterator
from dataclasses import replace

from extractors.issues.choosing import chosen
from extractors.issues.composing import UNSIDED
from extractors.issues.conditions import is_asked_for, of_condition_setter
from extractors.issues.cues import Cue
from extractors.issues.exchanges import of_exchange, phrase_before
from extractors.issues.holders import Holder
from extractors.issues.holding import Position, unread
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.issues.objects import speaks_of
from extractors.issues.owners import governed_by, holders_of
from extractors.issues.pronouns import has_object_pronoun
from extractors.issues.setting import Setting
from extractors.issues.somebody import of_somebody
from extractors.issues.stances import inner_cues, is_act_on, speaks_over, stance_of
from extractors.issues.wordless import without_cue
from extractors.types import Stance

# How much surer it must be that a matter is open, or settled, than that a side has a stance.
_OUTRIGHT = 0.1
# How sure a verb is that has a matter named before for its object.
_RESUMED = 0.87
# So many who agree are named apart from the others; more are all of them.
_TWO = 2
# What each of two has a stance of his own for.
_OF_EACH = (Stance.DEMANDS, Stance.OPPOSES, Stance.CONCERN)
# How sure a word is that only a fact is told.
_FACT = 0.6
# How sure a measure is of the only side that uses such ones, where nobody is named with it.
_KEEPER = 0.5


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
        if len(best) > 1 and None in best:
            nobody = best.pop(None)
            surest = max(position.confidence for position in best.values())
            if nobody.stance in UNSIDED and nobody.confidence > surest + _OUTRIGHT:
                best = {None: nobody}
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
    phrase = phrase_before(named.span, setting)
    exchanged = list(of_exchange(named, phrase, setting)) if phrase else []
    if exchanged:
        yield from exchanged
        return
    path = [cue for cue in setting.cues if speaks_of(cue, named, setting)]
    fact = False
    for number, cue in enumerate(path):
        if setting.words.whose.match(setting.folded, cue.span.start):
            continue  # "whose removal Canada wants": a part of what the verb behind says
        inner = inner_cues(cue, path[number + 1 :], named, setting)
        if cue.form is Form.SILENT:
            for holder in holders_of(cue, named.span, setting):
                yield Position(named, Stance.NEUTRAL, holder, 0.5, "says-nothing")
        stance = stance_of(cue, inner, named, setting)
        if stance is Stance.NEUTRAL:
            # "Chapter 11, which dates from 1994, will go" tells more than that fact.
            if not setting.words.relative.match(setting.folded, named.span.end):
                yield Position(named, stance, None, _FACT, "told-as-fact")
                fact = True
        elif is_act_on(cue, named, setting):
            continue  # the verdict on it tells more
        elif stance is not None and not governed_by(cue, path[:number], named.span, setting):
            nearness = (len(path) - number) / len(path)
            sure = _sureness(cue, stance, inner, named, nearness, setting)
            yield from _of_cue(cue, stance, named, sure, setting)
    yield from without_cue(named, setting, fact=fact)


def _sureness(
    cue: Cue, stance: Stance, inner: list[Cue], named: Named, nearness: float, setting: Setting
) -> float:
    """How sure a stance word is of a matter; *nearness* is 1 for the outermost of its words."""
    sure = 0.8 + 0.05 * nearness
    if setting.clause_of(cue.span.start) != setting.clause_of(named.span.start):
        again = cue.span.start >= named.span.end and has_object_pronoun(cue, setting)
        sure += 0.03 if again else -0.2  # "passed the tax, but dropped it"
    if cue.form is Form.FRAME:
        sure = 0.7
    elif _takes_up_again(cue, named, setting):
        sure = max(sure, _RESUMED)
    elif speaks_over(cue, inner, setting):
        sure -= 0.1
    # An outright verdict comes before worry.
    return sure - (0.02 if stance is Stance.CONCERN else 0)


def _takes_up_again(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether a main verb has the matter of a relative clause for its object again.

    "Carney, who had defended the tax, rescinded it".
    """
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    return (
        cue.span.start > named.span.end
        and cue.form in (Form.VERB, Form.REMOVING)
        and setting.words.object_after.match(setting.folded, cue.span.end) is not None
        and setting.words.relative.match(setting.folded, clause.start) is not None
        and "," in setting.folded[named.span.end : cue.span.start]
    )


def _of_cue(
    cue: Cue, stance: Stance, named: Named, sure: float, setting: Setting
) -> Iterator[Position]:
    """The positions that one stance word gives on a matter."""
    rule = f"stance.{cue.form}.{stance}"
    if is_asked_for(cue, setting):
        yield from of_condition_setter(cue, named, setting, sure, rule)
        return
    unsided = stance in UNSIDED
    holders = _holders(cue, stance, named, setting)
    if not unsided:
        holders = [_at_home(holder, setting) for holder in holders]
    stance = _settled(stance, holders)
    for holder in holders:
        here = setting.sentence.covers(holder.span)
        own = _of_holder(cue, stance, holder, named, setting)
        yield Position(named, own, holder, sure if here else sure - 0.15, rule)
    if not holders and unsided:
        yield Position(named, stance, None, sure - 0.1, rule)
    elif not holders and (wishing := list(_wishing(cue, stance, named, setting))):
        for holder in wishing:
            yield Position(named, Stance.CONCEDES, holder, sure + 0.1, f"{rule}.wish")
    elif not holders and _is_settled_away(cue, stance, named, setting):
        yield Position(named, Stance.AGREED, None, sure - 0.1, f"{rule}.settled")
    elif not holders:
        yield from _of_keeper(cue, stance, named, setting)
        yield from of_somebody(cue, stance, named, setting)


def _wishing(cue: Cue, stance: Stance, named: Named, setting: Setting) -> Iterator[Holder]:
    """Whose what nobody is told to give up was: "the clause sought by Washington was dropped"."""
    gone = stance is Stance.CONCEDES or (cue.form is Form.REMOVING and stance is Stance.OPPOSES)
    told = cue.form is Form.PREDICATE or setting.is_passive(cue)
    if not gone or cue.negated or not told or cue.span.start < named.span.end:
        return
    number = setting.clause_of(named.span.start)
    for wish in setting.cues:
        between = named.span.end <= wish.span.start < cue.span.start
        before = wish.span.end <= named.span.start and setting.clause_of(wish.span.start) == number
        if wish.stance is Stance.DEMANDS and (between or (before and wish.form is Form.NOUN)):
            yield from holders_of(wish, named.span, setting)
    yield from (user for user in setting.users if named.span.covers(user.span))


def _of_holder(cue: Cue, stance: Stance, holder: Holder, named: Named, setting: Setting) -> Stance:
    """The stance of one holder: who takes back what is his own yields, who is firm stays."""
    if _is_firm(cue, setting):
        return named.long_stance_of(holder.party) or stance
    gone = stance is Stance.OPPOSES and _takes_back(cue, named, setting)
    return Stance.CONCEDES if gone and holder.party in named.matter.kept_by else stance


def _takes_back(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether a word ends, or forgoes, what might be its subject's own: "won't impose tariffs"."""
    if cue.form is Form.REMOVING:
        return True
    span = named.span
    levy = setting.words.measure_word.search(setting.folded, span.start, span.end)
    return cue.negated and cue.stance is Stance.DEMANDS and levy is not None


def _is_firm(cue: Cue, setting: Setting) -> bool:
    """Whether somebody only stays where he has long stood: "did not budge on wages"."""
    return bool(setting.words.firm.fullmatch(setting.folded, cue.span.start, cue.span.end))


def _is_settled_away(cue: Cue, stance: Stance, named: Named, setting: Setting) -> bool:
    """Whether a rule is told to be gone, or yielded, by nobody: "was dropped from the text"."""
    if named.matter.is_measure or cue.span.start < named.span.end:
        return False
    if setting.words.trade_after.match(setting.folded, named.span.end):
        return False  # "dairy farmers have been sacrificed"
    if cue.form is Form.PREDICATE:
        return stance is Stance.CONCEDES
    gone = cue.form is Form.REMOVING and stance is Stance.OPPOSES
    return (gone or stance is Stance.CONCEDES) and setting.is_passive(cue)


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
    """Whose a stance is; what several fight over, or is only called settled, is no side's."""
    if stance in UNSIDED and cue.stance is Stance.DEMANDS:
        return []
    if stance is Stance.AGREED and cue.form is Form.PREDICATE:
        return []  # a fact, whoever tells it
    holders = list(holders_of(cue, named.span, setting))
    if stance in _OF_EACH:
        holders = [each for holder in holders for each in _each_of(holder)]
    parties = {holder.party for holder in holders}
    two = cue.form is Form.VERB and stance is Stance.AGREED and len(parties) == _TWO
    if stance in UNSIDED and len(parties) > 1 and not two:
        return []  # but "Mexico and the U.S. agreed on"
    return holders


def _at_home(holder: Holder, setting: Setting) -> Holder:
    """*holder*; somebody who speaks and whose side nothing tells is of where the text is set."""
    unknown = holder.party is None and holder.is_person and setting.scene is not None
    named, words = setting.folded[holder.span.start : holder.span.end], setting.words
    looks_back = words.pronoun.fullmatch(named) or words.possessive_before.search(f"{named} ")
    if not unknown or looks_back:
        return holder
    return replace(holder, party=setting.scene)


def _each_of(holder: Holder) -> list[Holder]:
    """The two for whom "both" stands, where they are known, else *holder* alone."""
    return [Holder(holder.span, party, None) for party in holder.both] or [holder]


def _settled(stance: Stance, holders: list[Holder]) -> Stance:
    """What all have yielded on is settled: "the three countries compromised on"."""
    together = holders and all(h.party is None and not h.is_person for h in holders)
    return Stance.AGREED if stance is Stance.CONCEDES and together else stance
