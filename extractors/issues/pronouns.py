"""Verbs with a pronoun for the matter that was named before: "Ottawa la rechaza", "to keep it"."""

from extractors.issues.cues import Cue
from extractors.issues.lexicon import Form
from extractors.issues.setting import Setting

# "(insistió) en (eliminarlos)": the words between a verb and the one that it governs.
_BETWEEN = 2
# The forms of verbs, whose letters no noun has, that may have a pronoun for their object.
_WITH_OBJECT = (Form.VERB, Form.ACCEPTING, Form.HANDLING)


def has_object_pronoun(cue: Cue, setting: Setting) -> bool:
    """Whether a pronoun for the matter is the object of a verb, or of who judges so."""
    words, folded = setting.words, setting.folded
    if cue.form is Form.PREDICATE:  # "Ottawa lo considera irrenunciable"
        start = setting.clauses[setting.clause_of(cue.span.start)].start
        judged = words.judgement.finditer(folded, start, cue.span.start)
        return any(words.object_before.search(setting.lead_in(j.start())) for j in judged)
    if words.object_after.match(folded, cue.span.end):
        return True
    if words.object_in.search(folded, cue.span.start, cue.span.end) or _is_passed_on(cue, setting):
        return True
    before = words.object_before.search(setting.lead_in(cue.span.start))
    return cue.form in _WITH_OBJECT and before is not None


def _is_passed_on(cue: Cue, setting: Setting) -> bool:
    """Whether the pronoun hangs on the verb that *cue* governs: "insistió en eliminarlos"."""
    for other in setting.cues:
        if cue.form is Form.VERB and other.span.start > cue.span.end:
            gap = setting.folded[cue.span.end : other.span.start]
            end = setting.words.object_in.search(setting.folded, other.span.start, other.span.end)
            return end is not None and len(gap.split()) <= _BETWEEN
    return False
