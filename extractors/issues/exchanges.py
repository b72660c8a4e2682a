"""Positions on what somebody asks, or gives, in return for something else.

"Will talk only if the duties go" asks for their end; "wants an extension in exchange for stricter
rules" gives the rules.
"""

import re
from collections.abc import Iterator

from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.holding import Position
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.issues.stances import inner_cues, stance_of
from extractors.issues.subjects import subject_of
from extractors.types import Span, Stance

# How sure what is asked in return is, and what is given.
_ASKED, _GIVEN = 0.8, 0.7
# Who wants something gives another thing for it.
_WANTING = (Stance.DEMANDS, Stance.OPPOSES)


def phrase_before(matter: Span, setting: Setting) -> re.Match[str] | None:
    """The words that make *matter* what something is done for: "provided that", or None."""
    start = setting.clauses[setting.clause_of(matter.start)].start
    found = None
    for match in setting.words.in_return.finditer(
        setting.folded, setting.sentence.start, matter.start
    ):
        found = match if match.end() > start else None
    if found is None or setting.folded[setting.sentence.start : found.start()].strip():
        return found
    return None  # "In return for that, Mexico lifted the duties"


def of_exchange(named: Named, phrase: re.Match[str], setting: Setting) -> Iterator[Position]:
    """The position on a matter behind *phrase*: who acts in the main clause asks or gives it."""
    place = setting.clause_of(phrase.start())
    start = setting.clauses[place].start
    main = [c for c in setting.cues if start <= c.span.start and c.span.end <= phrase.start()]
    setter = _setter(main, Span(start, phrase.start()), setting)
    if setter is None:
        return
    gives = setting.words.act.match(setting.folded, phrase.end() + 1)  # "in exchange for opening"
    if phrase["exchange"] and (gives or _wants(main, phrase.start(), setting)):
        yield Position(named, Stance.CONCEDES, setter, _GIVEN, "given-in-return")
    else:
        stance = _asked(named, phrase.end(), setting)
        yield Position(named, stance, setter, _ASKED, "asked-in-return")


def _setter(main: list[Cue], clause: Span, setting: Setting) -> Holder | None:
    """Who acts in the main clause: the subject of its first verb, or who says it."""
    verbs = [c.span for c in main if c.form is not Form.NOUN]
    matters = [n.span for n in setting.named if clause.covers(n.span)]
    first = min((*verbs, *matters), key=lambda span: span.start, default=None)
    for place in (first, Span(clause.end, clause.end)):
        if place is not None:
            subject = subject_of(Cue(place, Form.VERB, None, False), setting)
            if subject is not None:
                return subject
    return setting.speaker_at(clause)


def _wants(main: list[Cue], end: int, setting: Setting) -> bool:
    """Whether the main clause says what somebody wants, rather than what he would do."""
    for named in setting.named:
        before = [c for c in main if c.span.end <= named.span.start]
        if before and named.span.end <= end:
            inner = inner_cues(before[0], before[1:], named, setting)
            return stance_of(before[0], inner, named, setting) in _WANTING
    return bool(main) and main[0].form is Form.VERB and main[0].stance is Stance.DEMANDS


def _asked(named: Named, start: int, setting: Setting) -> Stance:
    """What somebody asks of a matter in return for what he does."""
    clause = setting.clauses[setting.clause_of(named.span.start)]
    words = [c for c in setting.cues if start <= c.span.start < clause.end and not c.negated]
    if any(cue.form is Form.REMOVING for cue in words):
        return Stance.OPPOSES
    wanted = next((c.stance for c in words if c.form is Form.VERB and c.stance in _WANTING), None)
    if wanted is not None:
        return wanted
    return Stance.OPPOSES if named.matter.is_measure else Stance.DEMANDS
