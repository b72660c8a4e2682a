"""Whose stance a stance word gives: its subject's, its owner's, or who judges so."""

from collections.abc import Iterator, Sequence

from extractors.issues.composing import UNSIDED
from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.lexicon import Form
from extractors.issues.nouns import AGENT_REACH, owner_behind, owner_of
from extractors.issues.pronouns import has_object_pronoun
from extractors.issues.reproaches import is_reproached
from extractors.issues.setting import Setting
from extractors.issues.subjects import (
    fronted,
    is_oblique,
    opens_with_pronoun,
    subject_of,
    with_coordinated,
)
from extractors.types import Span, Stance

_COLONS = (":",)
# At most so many words of a relative clause stand before its verb: "that Trump has now sought".
_RELATIVE = 4
# The forms that speak for themselves, whatever stands before them.
_UNGOVERNED = (Form.PREDICATE, Form.FRAME)


def holders_of(cue: Cue, matter: Span, setting: Setting) -> Iterator[Holder]:
    """Whose stance on *matter* the cue gives; several for "Canada and Mexico"."""
    if cue.form is Form.FRAME:
        return
    if cue.form is Form.NOUN:
        owner = _source(matter, setting) or owner_of(cue, setting)
        if owner is not None:
            yield owner
        if owner is not None or _is_compound(cue, matter, setting):
            return
    holder = (None if cue.form is Form.NOUN else _agent(cue, setting)) or _one_holder(
        cue, matter, setting
    )
    if holder is not None:
        yield from with_coordinated(holder, setting)
        yield from _alike(cue, setting)


def _alike(cue: Cue, setting: Setting) -> Iterator[Holder]:
    """Who is said to do the same: "…, as does Mexico"."""
    likewise = setting.words.likewise.search(setting.folded, cue.span.end, setting.sentence.end)
    if likewise is None:
        return
    for holder in setting.holders:
        if holder.span.start >= likewise.end():
            gap = setting.folded[likewise.start() : holder.span.start]
            if setting.words.likewise_before.search(gap):
                yield holder


def _one_holder(cue: Cue, matter: Span, setting: Setting) -> Holder | None:
    """The subject of a cue, or who says what it says of the matter."""
    if cue.form is Form.NOUN:
        return _of_noun(cue, matter, setting)
    if cue.form is Form.DUTY:
        number = setting.clause_of(cue.span.start)
        return (
            _viewpoint(setting.clauses[number].start, matter, setting)
            or setting.speaker_at(cue.span)
            or setting.speaker_at(matter)
            or _announcer(number, setting)
        )
    if cue.form is Form.PREDICATE:
        return _judge(cue, matter, setting)
    if setting.is_passive(cue):
        return _not_done_to(cue, setting) or fronted(cue, setting)
    return subject_of(cue, setting)


def _of_noun(cue: Cue, matter: Span, setting: Setting) -> Holder | None:
    """Who has the stance of a noun that nobody beside it owns."""
    words, lead = setting.words, setting.lead_in(cue.span.start)
    if cue.stance in UNSIDED:
        subject = subject_of(cue, setting) if cue.stance is Stance.AGREED else None
        return subject or _judge(cue, matter, setting)
    if words.possessive_before.search(lead):
        return subject_of(cue, setting) or owner_before(cue, setting)
    if words.bearer_before.search(lead):
        return subject_of(cue, setting)
    if words.passive_before.search(lead):
        return _judge(cue, matter, setting)  # "are irritants"
    among = None
    if cue.stance is Stance.CONCERN:  # "Among Canadian growers worry over … spreads"
        floor = setting.clauses[setting.clause_of(cue.span.start)].start
        among = _viewpoint(floor, cue.span, setting)
    speaker = setting.speaker_at(cue.span) if cue.negated and setting.quoted_at(cue.span) else None
    return among or subject_of(cue, setting) or speaker


def _not_done_to(cue: Cue, setting: Setting) -> Holder | None:
    """Who says what is done to others: "Canada will not be exempted, Washington said"."""
    if cue.form not in (Form.REMOVING, Form.PRESSURE):
        return None
    speaker, others = setting.speaker_at(cue.span), subject_of(cue, setting)
    apart = speaker is not None and others is not None and speaker.party != others.party
    return speaker if apart else None


def _source(matter: Span, setting: Setting) -> Holder | None:
    """From whom a matter comes: "threats of retaliation from Canada"."""
    for holder in setting.holders:
        if holder.span.start >= matter.end:
            comes = setting.words.source_before.fullmatch(
                setting.folded, matter.end, holder.span.start
            )
            return holder if comes else None
    return None


def owner_before(cue: Cue, setting: Setting) -> Holder | None:
    """Whose a noun is that a possessive gives to somebody named before: "Her plea"."""
    if setting.focus.before is not None and opens_with_pronoun(cue.span.start, setting):
        return setting.focus.before
    earlier = [
        h for h in setting.holders if h.span.end <= cue.span.start and not is_oblique(h, setting)
    ]
    return earlier[-1] if earlier else setting.focus.before


def _is_compound(cue: Cue, matter: Span, setting: Setting) -> bool:
    """Whether the noun stands right behind its matter: "the tariff threat"."""
    between = setting.folded[matter.end : cue.span.start]
    return matter.end <= cue.span.start and not between.strip()


def _agent(cue: Cue, setting: Setting) -> Holder | None:
    """The one by whom it is done or for whom it is so: "by Canada", "inacceptable à Ottawa"."""
    experiencer = setting.experiencer_of(cue)
    if experiencer is not None or (cue.form is not Form.PREDICATE and not setting.is_passive(cue)):
        return experiencer
    number = setting.clause_of(cue.span.start)
    for holder in setting.holders:
        if cue.form is Form.PREDICATE and cue.span.covers(holder.span):
            return holder  # "is | what Democrats want"
        if holder.span.start >= cue.span.end and setting.clause_of(holder.span.start) == number:
            gap = setting.folded[cue.span.end : holder.span.start]
            near = len(gap) <= AGENT_REACH and setting.words.agents_before.search(gap)
            borne = cue.form is Form.PREDICATE and owner_behind(cue, setting) is holder
            return holder if near or borne else None
    return None


def _judge(cue: Cue, matter: Span, setting: Setting) -> Holder | None:
    """Who calls the matter so: the subject of "calls" or "considers", or who says it."""
    number = setting.clause_of(cue.span.start)
    floor = setting.clauses[number].start
    verdicts = list(setting.words.judgement.finditer(setting.folded, floor, cue.span.start))
    if verdicts and cue.stance not in UNSIDED:
        place = Cue(Span(*verdicts[-1].span()), Form.VERB, cue.stance, False)
        # "was described by the American side as"
        return _agent(place, setting) or subject_of(place, setting)
    return (
        _viewpoint(floor, matter, setting)
        or fronted(cue, setting)
        or setting.speaker_at(cue.span)
        or setting.speaker_at(matter)
        or _announcer(number, setting)
        or (None if cue.stance in UNSIDED else _told_before(floor, matter, setting))
    )


def _told_before(floor: int, matter: Span, setting: Setting) -> Holder | None:
    """Who is said to hold what a clause tells of the matter: "let Washington know that X is"."""
    told = list(setting.words.complementizer_inside.finditer(setting.folded, floor, matter.start))
    if not told:
        return None
    named = [h for h in setting.holders if floor <= h.span.start and h.span.end <= matter.start]
    direct = [h for h in named if h.span.end <= told[-1].start() and not is_oblique(h, setting)]
    between = any(h.span.start >= told[-1].end() for h in named)
    return direct[-1] if direct and not between else None


def _announcer(number: int, setting: Setting) -> Holder | None:
    """Whose words stand behind a colon: "Ottawa was blunt: the tariffs are illegal"."""
    clause = setting.clauses[number]
    if number == 0 or setting.folded[clause.start : clause.start + 1] != ":":
        return None
    before = setting.clauses[number - 1]
    named = [h for h in setting.holders if before.start <= h.span.start < before.end]
    return next((h for h in named if not is_oblique(h, setting)), None)


def _viewpoint(floor: int, matter: Span, setting: Setting) -> Holder | None:
    """In whose eyes the clause that begins at *floor* speaks: "For Ottawa, …", "for whom"."""
    if setting.words.for_whom.match(setting.folded, floor):
        saying = [side for side in setting.sides if side is not None]
        named = [holder for holder in setting.holders if holder.span.end <= floor]
        return next(reversed([*named, *saying]), None)
    own = setting.words.own_view.match(setting.folded, floor, matter.start)
    if own is not None:  # "Pour elle, …", "In his view, …"
        return setting.focus.meant_by(own["who"] or "")
    for holder in setting.holders:
        if floor <= holder.span.start and holder.span.end <= matter.start:
            opens = setting.words.viewpoint_before.fullmatch(
                setting.folded, floor, holder.span.start
            )
            return holder if opens else None
    return None


def is_joined_verb(cue: Cue, setting: Setting) -> bool:
    """Whether *cue* is a verb beside the one before: "wants the rule and likes the tariffs"."""
    if cue.form is not Form.VERB or not setting.words.finite.match(setting.folded, cue.span.start):
        return False
    return setting.words.conjunction_before.search(setting.lead_in(cue.span.start)) is not None


def _is_told_beside(cue: Cue, matter: Span, setting: Setting) -> bool:
    """Whether words right behind a matter say whose it is: "rejects the clause sought by X"."""
    between = setting.folded[matter.end : cue.span.start]
    if setting.has_relative(matter):
        return len(between.split()) <= _RELATIVE
    told = owner_of(cue, setting) if cue.form is Form.NOUN else _agent(cue, setting)
    return not between.strip() and told is not None


def _is_in_closed_relative(outer: Cue, cue: Cue, setting: Setting) -> bool:
    """Whether a comma closes a relative clause between two words: "Mexico, which X, rejects"."""
    start = setting.clauses[setting.clause_of(cue.span.start)].start
    return "," in setting.folded[outer.span.end : cue.span.start] and bool(
        setting.words.relative.match(setting.folded, start)
    )


def _is_in_fronted_phrase(outer: Cue, cue: Cue, setting: Setting) -> bool:
    """Whether a comma parts a phrase from the main clause: "Pressed by X, Ottawa dropped"."""
    start = setting.clauses[setting.clause_of(outer.span.start)].start
    if setting.folded[start : outer.span.start].strip(' ,"“”«') or cue.form is Form.NOUN:
        return False
    comma = setting.folded.find(",", outer.span.end, cue.span.start)
    passive = setting.words.by_after.match(setting.folded, outer.span.end)
    agent = passive or setting.words.agent_before.search(
        setting.folded[outer.span.start : outer.span.end] + " "
    )
    subject = subject_of(cue, setting) if comma > 0 and agent else None
    return subject is not None and comma < subject.span.start < cue.span.start


def governed_by(cue: Cue, outer: Sequence[Cue], matter: Span, setting: Setting) -> bool:
    """Whether *cue* is only a part of what an outer stance word says ("wants Canada to drop")."""
    if cue.span.start >= matter.end and _is_told_beside(cue, matter, setting):
        return False
    number = setting.clause_of(cue.span.start)
    colon = setting.folded[setting.clauses[number].start] in _COLONS
    # "Washington wants the rule and Canada rejects it": what comes again is told anew.
    again = cue.span.start >= matter.end and has_object_pronoun(cue, setting)
    governing = [
        c
        for c in outer
        if number - colon <= setting.clause_of(c.span.start) <= number
        and c.form not in _UNGOVERNED
        and not (c.form is Form.HANDLING and not c.negated)
        and not _is_in_closed_relative(c, cue, setting)
        and not _is_in_fronted_phrase(c, cue, setting)
        and not setting.words.whose.match(setting.folded, c.span.start)
        # "the clause sought by Washington | was dropped"
        and not (c.span.start >= matter.end and _is_told_beside(c, matter, setting))
        and not (again and c.span.start < matter.start)
    ]
    if not governing or cue.form is Form.FRAME:
        return False
    if cue.form is Form.NOUN:
        return owner_of(cue, setting) is None
    return _is_part_of(governing[-1], cue, setting)


def _is_part_of(nearest: Cue, cue: Cue, setting: Setting) -> bool:
    """Whether *cue* is only a part of what the *nearest* stance word before it says."""
    if cue.form is Form.PREDICATE:  # "wants the rule kept as it is": no more than a wish
        wish = nearest.form is Form.VERB and nearest.stance is Stance.DEMANDS
        return wish and cue.stance is Stance.AGREED
    if nearest.form is Form.VERB and is_joined_verb(cue, setting):
        return False
    if is_reproached(nearest, cue, setting):
        return True
    between = {holder.party for holder in setting.between(nearest.span, cue.span)}
    # "welcomed that Washington dropped": what one is glad of has come to pass.
    glad = setting.words.glad.search(setting.folded, nearest.span.start, nearest.span.end)
    if nearest.stance is Stance.DEMANDS and not (glad and between):
        return True
    if len(between) == 1 and None not in between:
        own = subject_of(nearest, setting)
        return own is not None and own.party in between  # "rejects that Mexico will accept"
    return not between
