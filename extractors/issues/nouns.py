"""Whose a stance noun is: "U.S. demands", "a demand made by Ottawa", "the goals Ottawa pursues"."""

import re

from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.setting import Setting
from extractors.issues.subjects import is_trade

# How many characters behind a word may hold those by whom it is done.
AGENT_REACH = 44
# "(demands) of the (U.S.)": how many characters may stand before the owner right behind a noun.
_OWNER_REACH = 14
# At most so many words before a noun may stand between its owner and it.
_BEFORE = 2
# At most so many words of a relative clause stand before who it tells of.
_RELATIVE = 3


def owner_of(cue: Cue, setting: Setting) -> Holder | None:
    """The party that a noun belongs to: "U.S. demands", "demande de Washington"."""
    if setting.words.first_person_before.search(setting.lead_in(cue.span.start)):
        return setting.speaker_at(cue.span)
    if setting.words.inverts_subject:  # "critican los canadienses la propuesta de Washington"
        return owner_behind(cue, setting) or _owner_ahead(cue, setting)
    return _owner_ahead(cue, setting) or owner_behind(cue, setting)


def _owner_ahead(cue: Cue, setting: Setting) -> Holder | None:
    """The last one named before a noun, if it is his: "U.S. demands"."""
    for holder in reversed(setting.holders):
        if holder.span.end <= cue.span.start:
            gap = setting.folded[holder.span.end : cue.span.start]
            near = len(gap.split()) <= _BEFORE and _is_one_phrase(gap, setting)
            return holder if near else None
    return None


def owner_behind(cue: Cue, setting: Setting) -> Holder | None:
    """The first one named behind a noun, if it is his: "demande de Washington"."""
    for holder in setting.holders:
        if holder.span.start >= cue.span.end:
            return holder if _owns_behind(holder, cue, setting) else None
    return None


def _is_one_phrase(gap: str, setting: Setting) -> bool:
    """Whether *gap* parts no phrase: not "handed Canada | a new | proposal"."""
    return (
        not re.search(r"[,;:()\"]", gap)
        and not setting.words.preposition_before.search(gap)
        and not any(
            setting.words.nominal_before.search(gap[: match.end()])
            for match in re.finditer(r"\s", gap)
        )
    )


def _owns_behind(holder: Holder, cue: Cue, setting: Setting) -> bool:
    """Whether the first one named behind a noun owns it, or made it."""
    folded, words, start, end = setting.folded, setting.words, cue.span.end, holder.span.start
    gap = folded[start:end]
    if gap.strip() == "":
        # but no "complaints against | Mexico"
        return not words.preposition_before.search(f"{folded[cue.span.start : cue.span.end]} ")
    if len(gap) < _OWNER_REACH and (
        words.genitive_before.search(gap)
        or words.agent_before.search(gap)
        or words.source_before.fullmatch(gap)
    ):
        return True
    if "," in gap or len(gap) > AGENT_REACH or _has_a_matter(start, end, setting):
        return False
    first = re.match(r"\s\S+(?=\s)", gap)
    if words.bearers_behind.fullmatch(gap) or (
        first and words.bearers_behind.fullmatch(gap, first.end())
    ):
        return True  # "the (old) wish of growers in"
    if words.genitive_before.search(folded[cue.span.start : start]):
        return words.people_behind.fullmatch(gap) is not None
    if any(start <= other.span.start < end for other in setting.cues):
        return False
    made = words.by_after.match(folded, start) and words.agents_before.search(gap)
    return bool(made) or _is_told_in_relative(holder, cue, gap, setting)


def _has_a_matter(start: int, end: int, setting: Setting) -> bool:
    """Whether a matter is named, and not those who live by it, in a part of the sentence."""
    return any(
        start <= named.span.start < end and not is_trade(named.span, setting)
        for named in setting.named
    )


def _is_told_in_relative(holder: Holder, cue: Cue, gap: str, setting: Setting) -> bool:
    """Whether a clause on the noun only tells of its owner: "one of the goals Ottawa pursues"."""
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    if any(holder.span.end <= other.span.start < clause.end for other in setting.cues):
        return False  # "the demand that Canada rejects"
    opening = setting.words.relative.match(gap)
    return opening is not None and len(gap[opening.end() :].split()) <= _RELATIVE
