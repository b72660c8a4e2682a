"""Subjects that are pronouns, and agree with none of those named right before them.

"If the Canadians don't yield, he will impose …" and "Du Canada, ils exigent …" speak of somebody
named earlier than the Canadians, or Canada.
"""

from collections.abc import Sequence

from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.setting import Setting

# At most so many words stand between a pronoun and its verb.
_NEAR = 4


def stands_for_another(
    direct: Sequence[Holder], cue: Cue, setting: Setting
) -> tuple[bool, Holder | None]:
    """Whether the subject of *cue* is none of those named before it nearest, and who it is then."""
    last = direct[-1]
    folded, words = setting.folded, setting.words
    pronoun = None
    for match in words.subject_pronoun.finditer(folded, last.span.end, cue.span.start):
        pronoun = match
    if pronoun is None or len(folded[pronoun.end() : cue.span.start].split()) > _NEAR:
        return False, None
    said = pronoun.group()
    if _agrees(said, direct, setting):
        return False, None
    for number in range(len(direct) - 1, 0, -1):
        if _agrees(said, direct[:number], setting):
            return True, direct[number - 1]
    return True, setting.focus.meant_by(said)


def _agrees(pronoun: str, named: Sequence[Holder], setting: Setting) -> bool:
    """Whether a pronoun can stand for the last of those *named*, or for him and the one before."""
    if setting.focus.may_be(pronoun, named[-1], setting.sentence):
        return True
    if not setting.words.plural_pronoun.fullmatch(pronoun) or len(named) < 2:
        return False
    joined = setting.words.coordination
    between = named[-2].span.end, named[-1].span.start
    return joined.fullmatch(setting.folded, *between) is not None
