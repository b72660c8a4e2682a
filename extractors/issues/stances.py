"""Which stance a stance word gives on a matter, by the words between and around them."""

from extractors.issues.composing import composed
from extractors.issues.conditions import is_asked
from extractors.issues.cues import Cue
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.issues.nouns import owner_of
from extractors.issues.objects import follows_at_once, listed_last
from extractors.issues.setting import Setting
from extractors.issues.subjects import subject_of
from extractors.types import Span, Stance

# What is not yet told where it is asked whether.
_DECIDED = (Stance.DEMANDS, Stance.OPPOSES, Stance.CONCEDES, Stance.AGREED)
# The forms of verbs that may be done to a matter.
_ACTING = (Form.VERB, Form.PRESSURE, Form.ACCEPTING, Form.REMOVING)
# The stances of a verdict, which is more than a fact.
_VERDICTS = (Stance.DEMANDS, Stance.OPPOSES, Stance.CONCEDES, Stance.CONCERN)
# "of the", "de la": the words between a removal and what is removed.
_OF_THE = 2


def inner_cues(cue: Cue, behind: list[Cue], named: Named, setting: Setting) -> list[Cue]:
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
        # "to avoid the duty that Trump announced"
        return [*clause, *_removal_whose(cue, named, setting)]
    acts = removal_of(named, setting) or _act_on(cue, named, setting)
    return [*clause, *acts, *_removal_whose(cue, named, setting)]


def _removal_whose(cue: Cue, named: Named, setting: Setting) -> list[Cue]:
    """What takes the matter away ahead of a verb: "duties, whose removal Mexico demands"."""
    return [
        c
        for c in setting.cues
        if named.span.end <= c.span.start < cue.span.start
        and setting.words.whose.match(setting.folded, c.span.start)
    ]


def _act_on(verdict: Cue, named: Named, setting: Setting) -> list[Cue]:
    """What a verdict is about that is done to the matter: "losing the pact is unthinkable"."""
    if verdict.form is not Form.PREDICATE:
        return []
    acts = [cue for cue in setting.cues if is_act_on(cue, named, setting)]
    return acts[:1] or _loss_of(named, setting)


def is_act_on(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether a verb with the matter for its object opens the clause, as a verdict's subject."""
    if cue.form not in _ACTING or cue.span.end > named.span.start:
        return False
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    verb = setting.words.act.match(setting.folded, cue.span.start)
    opens = verb is not None and _opens(clause, cue.span.start, setting)
    return (opens or _is_removal_of(cue, named, setting)) and any(
        other.form is Form.PREDICATE
        and other.stance in _VERDICTS
        and named.span.end <= other.span.start < clause.end
        and "," not in setting.folded[cue.span.end : other.span.start]
        for other in setting.cues
    )


def _is_removal_of(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether *cue* is a noun for the end of the matter: "la suppression des [droits]"."""
    if cue.form is not Form.REMOVING:
        return False
    start, end = cue.span.start, cue.span.end
    first = f"{setting.folded[start:end].split()[0]} "
    return len(setting.folded[end : named.span.start].split()) <= _OF_THE and bool(
        setting.words.determiner_before.search(first)
        or setting.words.determiner_before.search(setting.lead_in(start))
    )


def _opens(clause: Span, place: int, setting: Setting) -> bool:
    """Whether a clause, or what somebody says in it, begins at *place*."""
    return setting.words.act_before.search(setting.folded[clause.start : place]) is not None


def _loss_of(named: Named, setting: Setting) -> list[Cue]:
    """The loss of a matter that opens its clause: "losing the pact", "perdre l'accord"."""
    clause = setting.clauses[setting.clause_of(named.span.start)]
    lost = setting.words.losses.search(setting.folded, clause.start, named.span.start)
    if lost is None or not _opens(clause, lost.start(), setting):
        return []
    return [Cue(Span(*lost.span()), Form.REMOVING, None, False)]


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


def removal_of(named: Named, setting: Setting) -> list[Cue]:
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
        and follows_at_once(c, listed_last(named, setting), setting)
    ]


def stance_of(cue: Cue, inner: list[Cue], named: Named, setting: Setting) -> Stance | None:
    """The stance that *cue* gives on a matter, over the words *inner* between the two; or None."""
    lead = setting.lead_in(named.span.start, 14)
    negation = setting.words.negation_before.search(lead) if named.matter.is_measure else None
    denied = negation is not None and (
        cue.span.end <= named.span.start - len(lead) + negation.start() + 1
    )
    stance = _of_promise(cue, inner, named, setting) or composed(cue, inner, named, denied=denied)
    if cue.stance is Stance.DEMANDS and _is_to_give_way(cue, inner, named, setting):
        stance = Stance.DEMANDS
    if cue.stance is Stance.CONCERN and not cue.negated and _is_feared(cue, inner, setting):
        stance = Stance.CONCERN  # "fears that Ottawa will give up"
    if stance in (Stance.OPPOSES, Stance.CONCEDES) and setting.is_evil(named):
        return Stance.CONCERN  # whoever lets in an evil, or fights it, is told with worry
    if _is_undecided(cue, stance, named, setting):
        return Stance.OPEN
    if stance is Stance.AGREED and named.matter.is_measure and is_in_force(cue, setting):
        return None  # of a measure that says nothing of how anybody stands
    if stance is Stance.CONCERN and _is_threatened_with(cue, inner, named, setting):
        return Stance.DEMANDS
    return stance


def _is_feared(cue: Cue, inner: list[Cue], setting: Setting) -> bool:
    """Whether a worry is all that is told: over what others do, or what may come to pass."""
    fears = setting.words.fears.search(setting.folded, cue.span.start, cue.span.end)
    return fears is not None or speaks_over(cue, inner, setting)


def _of_promise(cue: Cue, inner: list[Cue], named: Named, setting: Setting) -> Stance | None:
    """What somebody promises to do, or promises others that it will be: "vowed to keep"."""
    if cue.negated or cue.form is not Form.VERB or not inner:
        return None
    if not setting.words.promise.match(setting.folded, cue.span.start, cue.span.end):
        return None
    if setting.clause_of(inner[0].span.start) != setting.clause_of(cue.span.start):
        return None  # "promised a fight if it was weakened"
    return composed(inner[0], inner[1:], named)


def _is_undecided(cue: Cue, stance: Stance | None, named: Named, setting: Setting) -> bool:
    """Whether something is only asked, wished or said to be possible: "if they agree on"."""
    words, folded = setting.words, setting.folded
    if cue.stance is Stance.OPEN:  # "has not decided whether to"
        return words.asks.search(folded, cue.span.start, cue.span.end) is not None
    if stance in _DECIDED and is_asked(max(cue.span, named.span), setting):
        return True
    if stance not in (Stance.CONCEDES, Stance.AGREED):
        return False
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    if words.condition.match(folded, clause.start):
        return True
    if stance is Stance.CONCEDES:
        return False
    possible = words.modal_before.search(setting.lead_in(cue.span.start)) is not None
    noun = cue.form is Form.NOUN and words.modal_behind.match(folded, named.span.end) is not None
    return possible or noun  # still to be settled


def _is_threatened_with(cue: Cue, inner: list[Cue], named: Named, setting: Setting) -> bool:
    """Whether a warning is of a measure that the one who warns would use."""
    if not named.matter.is_measure or cue.form is not Form.VERB:
        return False
    if not setting.words.warns.search(setting.folded, cue.span.start, cue.span.end):
        return False
    to_come = setting.words.modal_before.search(setting.lead_in(named.span.start))
    used = to_come is not None or _is_used(inner)
    return used and _is_of_nobody_else(cue, named, setting)


def _is_to_give_way(cue: Cue, inner: list[Cue], named: Named, setting: Setting) -> bool:
    """Whether somebody who resists a matter is to yield: "wants Canada to grant more access"."""
    if cue.negated or not inner or inner[0].stance is not Stance.CONCEDES or inner[0].negated:
        return False
    owner = owner_of(cue, setting) if cue.form is Form.NOUN else None
    others = {h.party for h in setting.between(cue.span, inner[0].span) if h is not owner}
    return len(others) == 1 and others <= set(named.matter.resisted_by)


def is_in_force(cue: Cue, setting: Setting) -> bool:
    """Whether a word only says that something holds since then: "took effect"."""
    return bool(setting.words.in_force.fullmatch(setting.folded, cue.span.start, cue.span.end))


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


def speaks_over(cue: Cue, inner: list[Cue], setting: Setting) -> bool:
    """Whether an inner verb has a subject of its own, so that *cue* only reports it."""
    return any(
        word.form in (Form.VERB, Form.STATE, Form.ACCEPTING)
        and setting.between(cue.span, word.span)
        for word in inner
    )
