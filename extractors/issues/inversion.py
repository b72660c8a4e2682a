"""Subjects behind their verb: "que réclame Washington", "exige el gobierno de México"."""

import re

from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.lexicon import Form
from extractors.issues.setting import Setting
from extractors.types import Span

# So many words may part a verb from the subject behind it.
_PARTED = 6
# Nothing that could be a subject stands in so few words.
_FEW = 2
_PAUSE = re.compile(r"[,;:.()\"«»“”]")
_WORD = re.compile(r"\w{3,}")
_FIRST_WORD = re.compile(r"\s\S+\s")


def inverted(cue: Cue, clause: Span, lead: str, setting: Setting) -> Holder | None:
    """A subject right behind its verb: "que réclame Washington", "exige el gobierno de México"."""
    if not setting.words.inverts_subject or cue.form is Form.NOUN:
        return None
    relative = bool(
        setting.words.relative.match(lead)
        or setting.words.relative.match(setting.folded, clause.start)
    )
    inner = [m.end() for m in setting.words.relative_inside.finditer(lead)]
    relative = relative or (bool(inner) and inner[-1] == len(lead))
    bare = is_bare(lead, setting)
    # "La cláusula la rechaza Canadá": a fronted object leaves the subject behind.
    fronted_object = setting.words.object_before.search(lead) is not None
    first = setting.words.drops_subject and (bare or fronted_object)
    of_object = bare and bool(setting.words.object_relative.match(setting.folded, clause.start))
    if not (relative or first):
        return None
    for holder in setting.holders:
        if holder.span.start >= cue.span.end:
            gap = setting.folded[cue.span.end : holder.span.start]
            near = len(gap) < 8 and not setting.words.preposition_before.search(gap)
            near = near or (
                first
                and not _opens_with_preposition(gap, setting)
                and setting.words.people_behind.fullmatch(gap) is not None
                and not _holds_noun(cue.span.end, holder.span.start, setting)
            )
            near = near or (of_object and _is_last_subject(gap, setting))
            return holder if near and not setting.words.complementizer.match(gap) else None
    return None


def _is_last_subject(gap: str, setting: Setting) -> bool:
    """Whether words may part a verb from its subject: "que réclament depuis juin [les élus]"."""
    return (
        len(gap.split()) <= _PARTED
        and _PAUSE.search(gap) is None
        and setting.words.preposition_before.search(gap) is None
    )


def _opens_with_preposition(gap: str, setting: Setting) -> bool:
    """Whether the words behind a verb tell to whom it is done: "pidieron a los lecheros de"."""
    opening = _FIRST_WORD.match(gap)
    return opening is not None and (
        setting.words.preposition_before.search(f"{opening.group()} ") is not None
    )


def _holds_noun(start: int, end: int, setting: Setting) -> bool:
    """Whether a noun with a stance is between two places, so that whoever follows owns it."""
    return any(
        cue.form is Form.NOUN and start <= cue.span.start and cue.span.end <= end
        for cue in setting.cues
    )


def is_bare(lead: str, setting: Setting) -> bool:
    """Whether nothing that could be a subject stands in *lead*, the words before a verb."""
    place, comma, rest = lead.rpartition(",")
    if comma and setting.words.adverbial.match(place):
        lead = rest  # "En cuanto a los lácteos, …"
    return are_few(setting.words.relative.sub("", lead, count=1))


def are_few(words: str) -> bool:
    """Whether nothing that could be a subject stands in some *words*: there are too few."""
    return len(_WORD.findall(words)) <= _FEW
