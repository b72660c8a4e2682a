"""What a sentence says of a matter without a stance word for it.

By a measure and who uses it, by the sentence or state before, by who speaks of it, and by what
the only side that acts has long wanted.
"""

from collections.abc import Iterator

from extractors.issues.composing import UNSIDED, composed
from extractors.issues.conditions import of_wait
from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.holding import Position
from extractors.issues.lexicon import Form
from extractors.issues.measures import of_action, of_threat, of_user
from extractors.issues.mentions import Named
from extractors.issues.nouns import owner_of
from extractors.issues.owners import holders_of
from extractors.issues.setting import Setting, is_of_people
from extractors.issues.stances import is_in_force, removal_of
from extractors.issues.subjects import is_oblique, subject_of
from extractors.types import Span, Stance

# How sure what a sentence says is of the matters that the next one lists.
_LISTED = 0.65
# How sure a state is of the further matters of which it is told.
_STATE = 0.5
# How sure the worry of its people is of a matter.
_PEOPLE = 0.7
# How many characters may part who acts from a matter.
_ACTING_REACH = 80


def without_cue(named: Named, setting: Setting, *, fact: bool) -> Iterator[Position]:
    """What a sentence says of a matter without a stance word for it; of a *fact* only by measures.

    *fact* says that words of the sentence tell a mere fact of the matter.
    """
    yield from of_action(named, setting)
    if setting.listed is not None:
        yield from _of_list(named, removal_of(named, setting), setting.listed)
    if named.matter.is_measure:
        yield from of_user(named, setting)
        yield from of_threat(named, setting)
        yield from of_wait(named, setting)
    if fact:
        return
    yield from _of_its_people(named, setting)
    state = _state_before(named, setting)
    speaker = setting.speaker_at(named.span) or _told_by(named, setting)
    if state is not None:
        yield Position(named, state, None, _STATE, "state-of-several")
    elif speaker is not None:
        yield _spoken_of(named, speaker, setting)
    else:
        yield from _of_only_side(named, setting)


def _of_its_people(named: Named, setting: Setting) -> Iterator[Position]:
    """The worry of those who live by a matter: "dairy farmers fear that they will pay"."""
    place = named.span
    if setting.scene is None or not is_of_people(place, setting.folded, setting.words):
        return
    clause = setting.clauses[setting.clause_of(place.start)]
    told = [cue for cue in setting.cues if clause.start <= cue.span.start < clause.end]
    if not told or told[0].span.start < place.end or told[0].stance is not Stance.CONCERN:
        return
    if told[0].form in (Form.VERB, Form.STATE) and not setting.is_passive(told[0]):
        before = [h for h in setting.holders if clause.start <= h.span.start < told[0].span.start]
        if any(h.span.end <= place.start and not is_oblique(h, setting) for h in before):
            return  # "the government will pay dairy farmers who suffer"
        own = (h for h in before if h.span.start >= place.end)  # "dairy farmers in Ohio"
        people = next(own, None) or Holder(place, setting.scene, None)
        yield Position(named, Stance.CONCERN, people, _PEOPLE, "its-people-worry")


def _of_list(named: Named, away: list[Cue], before: Setting) -> Iterator[Position]:
    """What the sentence that began a list says of the matters that this one lists.

    *away* is a removal among the words of the list: "… and an end to the ban".
    """
    cues = [cue for cue in before.cues if cue.stance is not None and cue.form is not Form.DUTY]
    nouns = [cue for cue in cues if cue.form is Form.NOUN]  # "has complaints", "its demands"
    if not cues:
        inside = before.sentence.start, before.sentence.end
        lists = before.words.lists.finditer(before.folded, *inside)
        wanted = (Cue(Span(*each.span()), Form.NOUN, Stance.DEMANDS, False) for each in lists)
        cues = [cue for cue in wanted if owner_of(cue, before) is not None]  # "Ottawa's list"
    if cues:
        cue, end = (nouns or cues)[-1], before.sentence.end
        stance = composed(cue, away, named)
        holder = next(iter(holders_of(cue, Span(end, end), before)), None)
        if stance is not None and (holder is None) == (stance in UNSIDED):
            yield Position(named, stance, holder, _LISTED, "list-goes-on")


def _state_before(named: Named, setting: Setting) -> Stance | None:
    """The state in which several matters are said to be: "still unsettled are dairy, …"."""
    for cue in reversed(setting.cues):
        if cue.span.end <= named.span.start and cue.stance in UNSIDED:
            if named.matter.is_measure and is_in_force(cue, setting):
                return None  # "after the duties took effect" tells no agreement
            stance = composed(cue, [], named) if cue.form is Form.PREDICATE else None
            return stance if stance in UNSIDED else None
    return None


def _of_only_side(named: Named, setting: Setting) -> Iterator[Position]:
    """The long stance of the only side that acts in the clause of a matter, whatever it does."""
    if named.weak or not (named.matter.kept_by or named.matter.resisted_by):
        return
    clause = setting.clauses[setting.clause_of(named.span.start)]
    acting = [
        h
        for h in setting.holders
        if clause.start <= h.span.start < clause.end
        and named.span.start - h.span.end <= _ACTING_REACH
        and (h.actor is not None or h.span.end <= named.span.start)
        and not is_oblique(h, setting)
    ]
    if len({h.party for h in acting}) == 1:
        long = named.long_stance_of(acting[0].party)
        if long is not None:
            yield Position(named, long, acting[0], 0.42, "only-side.long-stance")


def _spoken_of(named: Named, speaker: Holder, setting: Setting) -> Position:
    """What somebody's speaking of a matter tells where no word says how he stands on it.

    His own words are quoted for what his side has long wanted; that a report of them names a
    measure tells nothing.
    """
    if setting.is_evil(named):
        return Position(named, Stance.CONCERN, speaker, 0.45, "spoken-of")
    quoted = setting.quoted_at(named.span) is not None
    long = named.long_stance_of(speaker.party)
    if long is not None and (quoted or not named.matter.is_measure):
        return Position(named, long, speaker, 0.45, "spoken-of.long-stance")
    told = None if not quoted and setting.is_told_as_fact(named.span) else speaker
    return Position(named, Stance.NEUTRAL, told, 0.45, "spoken-of")


def _told_by(named: Named, setting: Setting) -> Holder | None:
    """Who speaks of a matter beside his words: "On dairy, she was firm", "and that dairy …"."""
    clause = setting.clauses[setting.clause_of(named.span.start)]
    if setting.words.complement.match(setting.folded, clause.start):
        sides = [side for side in setting.sides if side is not None]
        return sides[0] if len({side.party for side in sides}) == 1 else None
    if not setting.words.topic.fullmatch(setting.folded, clause.start, named.span.start):
        return None
    place = Span(clause.end, clause.end)
    return subject_of(Cue(place, Form.VERB, None, False), setting)
