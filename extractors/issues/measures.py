"""Measures beside the name of the one who uses them: "Trump's tariffs"."""

import re
from collections.abc import Iterator

from extractors.issues.cues import Cue, Form
from extractors.issues.holding import Position
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.issues.subjects import subject_of
from extractors.types import Stance


def of_user(named: Named, setting: Setting) -> Iterator[Position]:
    """A measure with the one who uses it: "Trump's tariffs", "Canada would retaliate"."""
    folded, words = setting.folded, setting.words
    if not words.used.search(folded, named.span.start, named.span.end):
        return
    for holder in setting.users:
        inside = setting.folded[named.span.start : holder.span.start]
        if named.span.covers(holder.span) and not _has_preposition(inside, setting):
            yield Position(named, Stance.DEMANDS, holder, 0.6, "measure-of-user")
    for holder in setting.holders:
        if holder.span.end <= named.span.start:
            gap = folded[holder.span.end : named.span.start]
            near = len(gap.split()) <= 1 and not words.preposition_before.search(gap)
            near = near and "," not in gap and not words.complementizer.match(gap)
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


def of_action(named: Named, setting: Setting) -> Iterator[Position]:
    """What somebody says that he will do: "would renegotiate NAFTA"."""
    verb = Cue(named.span, Form.VERB, Stance.DEMANDS, negated=False)
    subject = subject_of(verb, setting)
    if subject is not None:
        yield Position(named, Stance.DEMANDS, subject, 0.55, "action-to-come")


def _has_preposition(text: str, setting: Setting) -> bool:
    """Whether a preposition stands in *text*: who follows it is hit by a measure, not its user."""
    ends = (match.end() for match in re.finditer(r"\s", text))
    return any(setting.words.preposition_before.search(text[:end]) for end in ends)
