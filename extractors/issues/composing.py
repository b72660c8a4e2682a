"""How stance words on one path to a matter make one stance.

"Dropped its demand" concedes, "wants it scrapped" opposes, "refuses to lift" a measure demands.
The words are taken from the one next to the matter outwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.issues.cues import Cue
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.types import Stance

# The stances that describe a matter rather than a side.
UNSIDED = (Stance.OPEN, Stance.AGREED)
_NOT_OPPOSED = [(Stance.OPPOSES, True)]
# What a wish becomes over a matter that its inner words take away, yield or refuse.
_REVERSED = {Stance.DEMANDS: Stance.OPPOSES, Stance.OPPOSES: Stance.DEMANDS}
_NEGATED = {
    Stance.DEMANDS: Stance.OPPOSES,
    Stance.OPPOSES: Stance.OPEN,
    Stance.CONCEDES: Stance.DEMANDS,
    Stance.AGREED: Stance.OPEN,
}


@dataclass(frozen=True, slots=True)
class _Matter:
    """The matter as the inner words leave it: itself, taken away, or under a stance."""

    away: bool = False
    under: Stance | None = None
    # Whether the stance is a verb's, so that it is what a warning says.
    said: bool = False
    # Whether it is what one yields, or does not ("no compromise on").
    yielded: bool = False


def composed(
    cue: Cue, inner: Sequence[Cue], named: Named, *, denied: bool = False
) -> Stance | None:
    """The stance of *cue*'s holder on *named*, over the stance words *inner* between the two.

    *denied* says that the matter itself is: "pleaded with Trump not to withdraw".
    """
    matter = _Matter(away=denied)
    for word in reversed(inner):
        matter = _over(word, matter)
    if cue.form is Form.DUTY and [(c.stance, c.negated) for c in inner] == _NOT_OPPOSED:
        return Stance.DEMANDS  # "should not rule out"
    return _outermost(cue, matter, measure=named.matter.is_measure)


def _over(cue: Cue, matter: _Matter) -> _Matter:
    """The matter below an inner stance word."""
    if cue.form is Form.REMOVING:
        if matter.under is Stance.DEMANDS:
            return _Matter(under=Stance.CONCEDES)
        return _Matter(away=matter.away == cue.negated)
    if cue.form is Form.PREDICATE and cue.stance is Stance.AGREED and not cue.negated:
        return matter  # "wants it kept in the text"
    if cue.form in (Form.ACCEPTING, Form.HANDLING, Form.PRESSURE, Form.FRAME):
        return _Matter(under=Stance.OPPOSES, said=True) if cue.negated else matter
    return _Matter(
        under=_of_word(cue, matter),
        said=cue.form in (Form.VERB, Form.STATE),
        yielded=cue.form is Form.NOUN and cue.stance is Stance.CONCEDES,
    )


def _outermost(cue: Cue, matter: _Matter, *, measure: bool) -> Stance | None:
    """The stance that the last word, the one with a holder, leaves."""
    match cue.form:
        case Form.SILENT:
            return None
        case Form.REMOVING:
            return _of_removal(cue, matter, measure=measure)
        case Form.PRESSURE:
            gone = cue.negated or matter.away
            return (Stance.CONCEDES if gone else Stance.DEMANDS) if measure else None
        case Form.ACCEPTING if cue.negated and (matter.away or matter.yielded):
            return Stance.DEMANDS  # "would not agree to drop", "accepts no compromise on"
        case Form.ACCEPTING | Form.HANDLING:
            accepts = Stance.CONCEDES if cue.form is Form.ACCEPTING else None
            return Stance.OPPOSES if cue.negated else accepts
        case _:
            return _of_word(cue, matter)


def _of_removal(cue: Cue, matter: _Matter, *, measure: bool) -> Stance:
    """Who lifts a measure yields, who scraps a rule is against it; "won't lift" keeps it."""
    if matter.under is Stance.OPPOSES and matter.said:
        return Stance.OPPOSES  # "cancels a visit in reply to the duties"
    if matter.under is Stance.DEMANDS or (measure and not matter.away and not cue.negated):
        return Stance.CONCEDES
    return Stance.OPPOSES if matter.away == cue.negated else Stance.DEMANDS


def _of_word(cue: Cue, matter: _Matter) -> Stance | None:
    stance = cue.stance
    if stance is None:
        return None
    if stance is Stance.CONCERN and matter.said and matter.under is not None:
        return matter.under  # "warned that it will not accept"
    if cue.negated and stance is matter.under is Stance.CONCEDES:
        return Stance.DEMANDS  # "not ready to give up"
    if stance is Stance.OPPOSES and matter.under is Stance.OPPOSES:
        # "declined to rule out", but "is against the plan to scrap it"
        stance = Stance.OPEN if matter.said else Stance.DEMANDS
    elif matter.away or matter.under in (Stance.CONCEDES, Stance.OPPOSES):
        stance = _REVERSED.get(stance, stance)
    elif matter.under in UNSIDED and stance is Stance.DEMANDS:
        stance = Stance.OPEN  # "hope to settle", "aim to narrow the gap"
    if not cue.negated:
        return stance
    if cue.form in (Form.NOUN, Form.STATE) and stance is Stance.CONCEDES:
        return Stance.OPPOSES  # "no concession", "not willing to"
    return _NEGATED.get(stance)
