"""What somebody is reproached with: "accuses Canada of closing its market and of taxing it"."""

from extractors.issues.cues import Cue
from extractors.issues.lexicon import Form
from extractors.issues.setting import Setting
from extractors.types import Stance


def is_reproached(outer: Cue, cue: Cue, setting: Setting) -> bool:
    """Whether *cue* is a part of a reproach, so that it tells nothing else of its subject."""
    if outer.stance is not Stance.CONCERN or outer.form is not Form.VERB:
        return False
    words, folded = setting.words, setting.folded
    return (
        cue.form is not Form.NOUN
        and cue.stance is not Stance.CONCEDES
        and words.finite.match(folded, cue.span.start) is None
        and words.infinitive_before.search(setting.lead_in(cue.span.start)) is not None
        and words.complementizer_inside.search(folded, outer.span.end, cue.span.start) is None
    )
