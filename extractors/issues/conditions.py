"""Positions that conditions give: on what the other side must do, and on what has to end."""

from collections.abc import Iterator

from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.holding import Position
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.issues.subjects import subject_of, with_coordinated
from extractors.types import Span, Stance

# How many characters of an "until" clause may stand before the measure.
_WAIT_REACH = 36
# So few characters behind a measure tell that it begins.
_BEGINS = 24


def is_asked(span: Span, setting: Setting) -> bool:
    """Whether a clause only asks if something is so: "will decide whether to keep the duties"."""
    asked = [end for end in setting.asked if end <= span.start]
    return bool(asked) and asked[-1] > setting.clauses[setting.clause_of(span.start)].start


def is_asked_for(cue: Cue, setting: Setting) -> bool:
    """Whether a clause says what the other side has to do: "unless Mexico opens its market"."""
    if cue.stance is not Stance.CONCEDES and cue.form not in (Form.ACCEPTING, Form.REMOVING):
        return False
    start = setting.clauses[setting.clause_of(cue.span.start)].start
    if setting.words.unless.match(setting.folded, start):
        return not cue.negated
    return cue.negated and setting.words.condition.match(setting.folded, start) is not None


def of_condition_setter(
    cue: Cue, named: Named, setting: Setting, sure: float, rule: str
) -> Iterator[Position]:
    """The position of whoever sets a condition: the subject of the main clause, or who says it."""
    number = setting.clause_of(cue.span.start)
    main = setting.clauses[number - 1 if number else min(1, len(setting.clauses) - 1)]
    own = _direct_subject(cue, setting)
    setter = setting.speaker_at(cue.span)
    if setter is None:
        setter = next((h for h in setting.holders if main.start <= h.span.start < main.end), None)
    if setter is not None and (own is None or setter.party != own.party):
        gone = cue.form is Form.REMOVING or (
            named.matter.is_measure and cue.stance is Stance.CONCEDES
        )
        stance = Stance.OPPOSES if gone else Stance.DEMANDS
        if gone and not named.matter.is_measure:  # "until Mexico changes its labour laws"
            stance = named.long_stance_of(setter.party) or stance
        yield Position(named, stance, setter, sure - 0.1, f"{rule}.condition")


def _direct_subject(cue: Cue, setting: Setting) -> Holder | None:
    """Who is named in the clause before a verb."""
    start = setting.clauses[setting.clause_of(cue.span.start)].start
    named = [h for h in setting.holders if start <= h.span.start and h.span.end <= cue.span.start]
    return named[-1] if named else None


def of_wait(named: Named, setting: Setting) -> Iterator[Position]:
    """A measure that somebody waits to see gone: "won't ratify until the tariffs are lifted"."""
    lead = setting.lead_in(named.span.start, 60)
    waits = list(setting.words.until.finditer(lead))
    if not waits or len(lead) - waits[-1].end() > _WAIT_REACH:
        return
    if setting.words.in_force.search(setting.folded, named.span.end, named.span.end + _BEGINS):
        return  # "before the tariffs take effect"
    place = named.span.start - len(lead) + waits[-1].start()
    waiting = [h for h in setting.holders if h.span.end <= place]
    verb = Cue(Span(place, place), Form.VERB, Stance.OPPOSES, False)
    for holder in with_coordinated(waiting[0], setting) if waiting else _only(verb, setting):
        yield Position(named, Stance.OPPOSES, holder, 0.7, "waits-for-its-end")


def _only(verb: Cue, setting: Setting) -> Iterator[Holder]:
    subject = subject_of(verb, setting)
    if subject is not None:
        yield subject
