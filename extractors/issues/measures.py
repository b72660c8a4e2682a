"""Measures with the one who uses them, or may: "Trump's tariffs", "could pull out"."""

import re
from collections.abc import Iterator

from extractors.issues.conditions import is_asked
from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.holding import Position
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.issues.owners import owner_before
from extractors.issues.setting import Setting
from extractors.issues.subjects import subject_of
from extractors.types import Stance

# At most so many words between a measure and the subject of the clause about it.
_RELATIVE_GAP = 6
# At most so many words between the end of a measure and its name ("the lifting of U.S. | duties").
_OWNER = 2
# How many characters before what somebody will do may hold its negation.
_VERB_GROUP = 20
# How many characters before a user may hold the word for his measure.
_MEASURE_REACH = 24
# How many characters before a measure may hold "its list of possible".
_OWNED_REACH = 40


def of_user(named: Named, setting: Setting) -> Iterator[Position]:
    """A measure beside the one who uses it: "Trump's tariffs"."""
    folded, words = setting.folded, setting.words
    used = words.used.search(folded, named.span.start, named.span.end)
    if not used and not words.laid_on.search(setting.lead_in(named.span.start)):
        return
    gone = _is_taken_back(named, setting)
    owner = (
        setting.focus.before
        if words.possessive_before.search(setting.lead_in(named.span.start))
        else None
    )
    if owner is not None and (gone or _is_first_named(named, setting)):
        yield _of(named, owner, gone)
    if not gone and words.owned_before.search(setting.lead_in(named.span.start, _OWNED_REACH)):
        verb = Cue(named.span, Form.NOUN, Stance.DEMANDS, False)
        user = owner_before(verb, setting)
        if user is not None:
            yield _of(named, user, gone)
    for holder in setting.users:
        inside = setting.folded[named.span.start : holder.span.start]
        if named.span.covers(holder.span) and not _has_preposition(inside, setting):
            yield _of(named, holder, gone)
    for holder in setting.holders:
        if holder.span.end <= named.span.start:
            gap = folded[holder.span.end : named.span.start]
            near = len(gap.split()) <= 1 and not words.preposition_before.search(gap)
            near = near and "," not in gap and not words.complementizer.match(gap)
            near = near and not words.modal_before.search(gap)
            near = near or _is_layer(holder, gap, setting)
        else:
            gap = folded[named.span.end : holder.span.start]
            one_word = " " not in folded[named.span.start : named.span.end]
            near = (gap.strip() == "" and one_word) or bool(
                len(gap) < 10 and words.genitive_before.search(gap)
            )
            near = near or _is_used_in_relative(gap, named, holder, setting)
        if near:
            yield _of(named, holder, gone)


def _is_first_named(named: Named, setting: Setting) -> bool:
    """Whether nobody stands before a measure whose owner is told: "Its countermeasures …"."""
    return not any(h.span.start < named.span.start for h in setting.holders)


def of_threat(named: Named, setting: Setting) -> Iterator[Position]:
    """A measure that somebody may use, or asks himself whether: "could pull out"."""
    if is_asked(named.span, setting):
        user = subject_of(Cue(named.span, Form.PRESSURE, None, False), setting)
        if user is not None:
            yield Position(named, Stance.OPEN, user, 0.55, "measure-asked")
        return
    if setting.words.modal_before.search(setting.lead_in(named.span.start)):
        yield from _to_come(named, setting, "measure-to-come")


def _of(named: Named, user: Holder, gone: bool) -> Position:
    if gone:
        return Position(named, Stance.CONCEDES, user, 0.7, "measure-of-user.ends")
    return Position(named, Stance.DEMANDS, user, 0.6, "measure-of-user")


def _is_taken_back(named: Named, setting: Setting) -> bool:
    """Whether a measure ends without a word by whom: "U.S. duties will be lifted"."""
    if not any(c.form is Form.REMOVING for c in setting.cues):
        return False
    if _is_lifted(named, setting):
        return True
    number = setting.clause_of(named.span.start)
    clause = setting.clauses[number]
    if setting.words.condition.match(setting.folded, clause.start):
        return False
    behind = [
        c
        for c in setting.cues
        if c.span.start >= named.span.end and setting.clause_of(c.span.start) == number
    ]
    first = behind[0] if behind else None
    ends = first is not None and first.form is Form.REMOVING and not first.negated
    return first is not None and ends and setting.is_passive(first)


def _is_lifted(named: Named, setting: Setting) -> bool:
    """Whether its end is told in passing: "after the lifting of U.S. duties"."""
    place = named.span.start
    start = setting.clauses[setting.clause_of(place)].start
    before = [c for c in setting.cues if start <= c.span.start and c.span.end <= place]
    if len(before) != 1 or before[0].form is not Form.REMOVING or before[0].negated:
        return False
    words = setting.folded[before[0].span.start : place]
    of = setting.words.genitive.search(words)
    return of is not None and len(words[of.end() :].split()) <= _OWNER


def _is_layer(holder: Holder, gap: str, setting: Setting) -> bool:
    """Whether a measure's words stand beside its user: "droits américains sur [l'acier]"."""
    if not setting.words.laid_on.search(gap) or len(gap.split()) > _RELATIVE_GAP:
        return False
    lead = setting.lead_in(holder.span.start, _MEASURE_REACH)
    before = list(setting.words.used.finditer(lead))
    behind = setting.words.used.match(gap.lstrip())
    return behind is not None or bool(before and not lead[before[-1].end() :].strip())


def _is_used_in_relative(gap: str, named: Named, holder: Holder, setting: Setting) -> bool:
    """Whether a relative clause has the user for subject: "the duties that Trump announced"."""
    if named.long_stance_of(holder.party) is Stance.OPPOSES or len(gap.split()) > _RELATIVE_GAP:
        return False
    last = list(setting.words.relative_inside.finditer(gap))
    return bool(last) and len(gap[last[-1].end() :].split()) <= 1


def of_action(named: Named, setting: Setting) -> Iterator[Position]:
    """What somebody says that he will do, or won't: "would renegotiate NAFTA"."""
    if setting.words.will_before.search(setting.lead_in(named.span.start)):
        yield from _to_come(named, setting, "action-to-come")


def _to_come(named: Named, setting: Setting, rule: str) -> Iterator[Position]:
    """The stance of whoever will do what words name; whether or if he will tells none."""
    clause = setting.clauses[setting.clause_of(named.span.start)]
    if setting.words.condition.match(setting.folded, clause.start):
        return
    negated = setting.words.negation.search(setting.lead_in(named.span.start, _VERB_GROUP))
    verb = Cue(named.span, Form.PRESSURE, None, negated is not None)
    user = subject_of(verb, setting)
    if user is not None:
        stance = Stance.OPPOSES if negated else Stance.DEMANDS
        yield Position(named, stance, user, 0.55, rule)


def _has_preposition(text: str, setting: Setting) -> bool:
    """Whether a preposition stands in *text*: who follows it is hit by a measure, not its user."""
    ends = (match.end() for match in re.finditer(r"\s", text))
    return any(setting.words.preposition_before.search(text[:end]) for end in ends)
