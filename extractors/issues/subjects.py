"""Whose stance a stance word gives."""

import re
from collections.abc import Iterator, Sequence

from extractors.issues.composing import UNSIDED
from extractors.issues.cues import Cue, Form
from extractors.issues.holders import Holder
from extractors.issues.setting import Setting
from extractors.types import Span, Stance

_WORD = re.compile(r"\w{3,}")
# At most so many words before a verb without a subject, or before a pronoun that looks back.
_FEW = 2
# The forms that speak for themselves, whatever stands before them.
_UNGOVERNED = (Form.PREDICATE, Form.FRAME)
_POSSESSED = re.compile(r"'s?\s(?:\w+\s)?")


def holders_of(cue: Cue, matter: Span, setting: Setting) -> Iterator[Holder]:
    """Whose stance on *matter* the cue gives; several for "Canada and Mexico"."""
    if cue.form is Form.FRAME:
        return
    if cue.form is Form.NOUN:
        owner = owner_of(cue, setting)
        if owner is not None:
            yield owner
        if owner is not None or _is_compound(cue, matter, setting):
            return
    holder = (None if cue.form is Form.NOUN else _agent(cue, setting)) or _one_holder(
        cue, matter, setting
    )
    if holder is not None:
        yield from with_coordinated(holder, setting)


def _one_holder(cue: Cue, matter: Span, setting: Setting) -> Holder | None:
    """The subject of a cue, or who says what it says of the matter."""
    if cue.form is Form.NOUN and cue.stance in UNSIDED:
        subject = subject_of(cue, setting) if cue.stance is Stance.AGREED else None
        return subject or _judge(cue, matter, setting)
    if cue.form is Form.NOUN and setting.words.possessive_before.search(
        setting.lead_in(cue.span.start)
    ):
        return subject_of(cue, setting) or _owner_before(cue, setting)
    if cue.form is Form.NOUN and cue.negated and setting.quoted_at(cue.span):
        return subject_of(cue, setting) or setting.speaker_at(cue.span)
    if cue.form is Form.DUTY:
        return setting.speaker_at(cue.span) or setting.speaker_at(matter)
    if cue.form is Form.PREDICATE:
        return _judge(cue, matter, setting)
    return None if setting.is_passive(cue) else subject_of(cue, setting)


def _owner_before(cue: Cue, setting: Setting) -> Holder | None:
    """Whose a noun is that a possessive gives to somebody named before: "Her plea"."""
    earlier = [h for h in setting.holders if h.span.end <= cue.span.start]
    return earlier[-1] if earlier else setting.before


def _is_compound(cue: Cue, matter: Span, setting: Setting) -> bool:
    """Whether the noun stands right behind its matter: "the tariff threat"."""
    between = setting.folded[matter.end : cue.span.start]
    return matter.end <= cue.span.start and not between.strip()


def owner_of(cue: Cue, setting: Setting) -> Holder | None:
    """The party that a noun belongs to: "U.S. demands", "demande de Washington"."""
    folded, words = setting.folded, setting.words
    if words.first_person_before.search(setting.lead_in(cue.span.start)):
        return setting.speaker_at(cue.span)
    for holder in reversed(setting.holders):
        if holder.span.end <= cue.span.start:
            gap = folded[holder.span.end : cue.span.start]
            if len(gap.split()) <= 2 and _is_one_phrase(gap, setting):
                return holder
            break
    for holder in setting.holders:
        if holder.span.start >= cue.span.end:
            gap = folded[cue.span.end : holder.span.start]
            if gap.strip() == "" or (len(gap) < 14 and words.genitive_before.search(gap)):
                return holder
            break
    return None


def _is_one_phrase(gap: str, setting: Setting) -> bool:
    return not re.search(r"[,;:()\"]", gap) and not setting.words.preposition_before.search(gap)


def _agent(cue: Cue, setting: Setting) -> Holder | None:
    """The one by whom it is done or for whom it is so: "by Canada", "inacceptable à Ottawa"."""
    experiencer = setting.experiencer_of(cue)
    if experiencer is not None or (cue.form is not Form.PREDICATE and not setting.is_passive(cue)):
        return experiencer
    number = setting.clause_of(cue.span.start)
    for holder in setting.holders:
        if holder.span.start >= cue.span.end and setting.clause_of(holder.span.start) == number:
            gap = setting.folded[cue.span.end : holder.span.start]
            near = len(gap) <= 24 and setting.words.agent_before.search(gap)
            return holder if near else None
    return None


def _judge(cue: Cue, matter: Span, setting: Setting) -> Holder | None:
    """Who calls the matter so: the subject of "calls" or "considers", or who says it."""
    number = setting.clause_of(cue.span.start)
    floor = setting.clauses[number].start
    verdicts = list(setting.words.judgement.finditer(setting.folded, floor, cue.span.start))
    if verdicts and cue.stance not in UNSIDED:
        place = Cue(Span(*verdicts[-1].span()), Form.VERB, cue.stance, False)
        return subject_of(place, setting)
    return _viewpoint(floor, matter, setting) or (
        setting.speaker_at(cue.span) or setting.speaker_at(matter)
    )


def _viewpoint(floor: int, matter: Span, setting: Setting) -> Holder | None:
    """In whose eyes the clause that begins at *floor* speaks: "For Ottawa, …"."""
    for holder in setting.holders:
        if floor <= holder.span.start and holder.span.end <= matter.start:
            opens = setting.words.viewpoint_before.fullmatch(
                setting.folded, floor, holder.span.start
            )
            return holder if opens else None
    return None


def subject_of(cue: Cue, setting: Setting) -> Holder | None:
    """The nearest party or person left of *cue* that can be its subject, or who speaks."""
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    quoted = setting.quoted_at(cue.span)
    floor = max(clause.start, quoted.start) if quoted else clause.start
    left = [h for h in setting.holders if floor <= h.span.start and h.span.end <= cue.span.start]
    direct = [h for h in left if not _is_oblique(h, setting)]
    lead = setting.folded[floor : cue.span.start]
    speaker = setting.speaker_at(cue.span)
    if _last(setting.words.first_person, lead) > (direct[-1].span.end - floor if direct else -1):
        return speaker
    if direct:
        return direct[-1]
    inverted = _inverted(cue, clause, lead, setting)
    if inverted is not None:
        return inverted
    if quoted is not None and setting.words.pronoun.search(lead):
        return None
    return _of_context(cue, clause, lead, setting)


def _of_context(cue: Cue, clause: Span, lead: str, setting: Setting) -> Holder | None:
    """Whom a pronoun or a left-out subject stands for: in the sentence, else the one before."""
    if setting.words.complement.match(setting.folded, clause.start):
        return setting.speaker_at(cue.span)
    pronoun = setting.words.pronoun.search(lead)
    joined = clause.start > setting.sentence.start and (
        setting.words.coordination.match(lead) or setting.words.relative.match(lead)
    )
    dropped = _is_bare(lead, setting) and (setting.words.drops_subject or bool(joined))
    if pronoun is None and not dropped:
        return None
    start = clause.start + (pronoun.start() if pronoun else 0)
    if joined or not _opens_with_pronoun(start, setting):
        earlier = [
            h for h in setting.holders if h.span.end <= start and not _is_oblique(h, setting)
        ]
        if earlier:
            return earlier[-1]
    known, reporter = setting.reporter_at(cue.span)
    if known:
        return reporter
    opens = len(_WORD.findall(setting.folded[setting.sentence.start : start])) <= _FEW
    return setting.before if opens or _opens_with_pronoun(start, setting) else None


def _opens_with_pronoun(place: int, setting: Setting) -> bool:
    """Whether a pronoun before *place*, ahead of all names, points out of the sentence."""
    first = setting.words.pronoun.search(setting.folded, setting.sentence.start, place)
    names = [h.span.start for h in setting.holders]
    return first is not None and first.start() < min(names, default=place)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-2)


def _inverted(cue: Cue, clause: Span, lead: str, setting: Setting) -> Holder | None:
    """A subject right behind its verb: "que réclame Washington", "exige el gobierno de México"."""
    relative = setting.words.relative.match(setting.folded, clause.start)
    first = setting.words.drops_subject and _is_bare(lead, setting)
    if not setting.words.inverts_subject or cue.form is Form.NOUN or not (relative or first):
        return None
    for holder in setting.holders:
        if holder.span.start >= cue.span.end:
            gap = setting.folded[cue.span.end : holder.span.start]
            near = len(gap) < 8 and not setting.words.preposition_before.search(gap)
            return holder if near else None
    return None


def _is_bare(lead: str, setting: Setting) -> bool:
    """Whether nothing that could be a subject stands in *lead*, the words before a verb."""
    return len(_WORD.findall(setting.words.relative.sub("", lead, count=1))) <= _FEW


def _is_oblique(holder: Holder, setting: Setting) -> bool:
    """Whether *holder* is no subject: after a preposition ("talks with Canada"), or an owner."""
    lead = setting.lead_in(holder.span.start)
    return bool(setting.words.preposition_before.search(lead)) or _owns_matter(holder, setting)


def _owns_matter(holder: Holder, setting: Setting) -> bool:
    """Whether a named matter is the holder's ("Canada's dairy quotas")."""
    return any(
        named.span.start >= holder.span.end
        and not _is_trade(named.span, setting)
        and _POSSESSED.fullmatch(setting.folded, holder.span.end, named.span.start)
        for named in setting.named
    )


def _is_trade(matter: Span, setting: Setting) -> bool:
    """Whether the words are of those who live by a matter ("Canada's dairy farmers")."""
    place = setting.words.trade_after.search(setting.folded, matter.start, setting.sentence.end)
    return place is not None and place.start() <= matter.end


def with_coordinated(holder: Holder, setting: Setting) -> Iterator[Holder]:
    """*holder* and those joined to it: "Canada and Mexico", "Mexico, like Canada,"."""
    yield holder
    joined = setting.words.coordination
    yield from _joined(holder, reversed(setting.holders), joined, setting.folded)


def _joined(
    holder: Holder, others: Iterator[Holder], joined: re.Pattern[str], folded: str
) -> Iterator[Holder]:
    end = holder.span.start
    for other in others:
        if other.span.end <= end:
            if not joined.fullmatch(folded, other.span.end, end):
                return
            yield other
            end = other.span.start


def governed_by(cue: Cue, outer: Sequence[Cue], setting: Setting) -> bool:
    """Whether *cue* is only a part of what an outer stance word says ("wants Canada to drop")."""
    number = setting.clause_of(cue.span.start)
    governing = [
        c for c in outer if setting.clause_of(c.span.start) == number and c.form not in _UNGOVERNED
    ]
    if not governing or cue.form in _UNGOVERNED:
        return False
    if cue.form is Form.NOUN:
        return owner_of(cue, setting) is None
    nearest = governing[-1]
    if nearest.stance is Stance.DEMANDS:
        return True
    return not any(
        nearest.span.end <= h.span.start and h.span.end <= cue.span.start for h in setting.holders
    )
