"""What a sentence shows of whose position on a matter it gives, and of which stance.

The rules look for one reason; here all that may be one is listed by name, for the weights of
:mod:`extractors.issues.choosing`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.issues.holders import Holder
from extractors.issues.holding import Position
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.issues.subjects import is_oblique

Given = Mapping[str | None, Position]
# A rule that is surer than this saw a word for it.
SEEN = 0.5
# So many words apart, or fewer, is "at" a matter, "near" it, or "off" it; more is "far" from it.
_DISTANCES = (("at", 2), ("near", 6), ("off", 14))


@dataclass(slots=True)
class View:
    """What holds for all who may stand on a matter in its sentence; no value changes.

    ``sides`` are the parties that the sentence names, ``cues`` its stance words as evidence.
    """

    named: Named
    setting: Setting
    given: Given
    sides: frozenset[str]
    speaker: Holder | None
    quoted: bool
    told: bool
    clause: int
    cues: Sequence[str]


def view_of(named: Named, given: Given, setting: Setting) -> View:
    """Look at the sentence of *named*, for which the rules have *given* positions."""
    clause = setting.clause_of(named.span.start)
    cues = []
    for cue in setting.cues:
        word = f"{cue.form} {cue.stance}{' not' if cue.negated else ''}"
        here = setting.clause_of(cue.span.start) == clause
        cues.append(f"{word} {'here' if here else 'elsewhere'}")
    return View(
        named=named,
        setting=setting,
        given=given,
        sides=frozenset(h.party for h in (*setting.holders, *setting.users) if h.party),
        speaker=setting.speaker_at(named.span),
        quoted=setting.quoted_at(named.span) is not None,
        told=any(span.covers(named.span) for quote in setting.quotes for span in quote.spans),
        clause=clause,
        cues=cues,
    )


def candidates(view: View) -> dict[str | None, Holder | None]:
    """Everybody who may stand on the matter, by side, with who stands for it; None is nobody."""
    setting, place = view.setting, view.named.span
    found: dict[str | None, Holder | None] = {None: None}
    for side, position in view.given.items():
        found[side] = position.holder
    near = sorted((*setting.holders, *setting.users), key=lambda h: abs(h.span.start - place.start))
    around = (view.speaker, *near, *setting.sides, setting.before, setting.person, setting.titled)
    for holder in around:
        if holder is not None and holder.party is not None:
            found.setdefault(holder.party, holder)
    if setting.scene is not None:
        found.setdefault(setting.scene, Holder(place, setting.scene, None))
    return found


def of_side(side: str | None, view: View) -> Iterator[str]:
    """What speaks for, or against, *side* having a position on the matter."""
    yield from _of_nobody(view) if side is None else _of_somebody(side, view)
    whose = "nobody" if side is None else "side"
    if side in view.given:
        position = view.given[side]
        yield f"{whose} given"
        yield f"{whose} given {position.stance} {int(10 * position.confidence)}"
        if side is None and position.holder is not None:
            yield f"nobody given {'one' if position.holder.is_person else 'joint'}"
    else:
        for other, position in view.given.items():
            yield f"{whose} beside {position.stance} of {'nobody' if other is None else 'side'}"


def _of_nobody(view: View) -> Iterator[str]:
    setting = view.setting
    yield "nobody"
    yield f"nobody sides={min(3, len(view.sides))}"
    yield f"nobody speaker={view.speaker is not None}"
    yield f"nobody told={view.told}"
    yield f"nobody quoted={view.quoted}"
    yield f"nobody measure={view.named.matter.is_measure}"
    yield f"nobody speakers={any(side is not None and side.party for side in setting.sides)}"
    yield f"nobody joint={any(holder.party is None for holder in setting.holders)}"
    yield f"nobody focus={setting.before is not None}"
    for cue in view.cues or ("none",):
        yield f"nobody cue={cue}"


def _of_somebody(side: str, view: View) -> Iterator[str]:
    setting, sides = view.setting, min(2, len(view.sides))
    measure = view.named.matter.is_measure
    yield "side"
    if side in view.sides:
        yield from _of_named(side, view)
    else:
        yield "absent"
        yield f"absent sides={sides}"
    if any(user.party == side for user in setting.users):
        yield f"user measure={measure}"
    if view.speaker is not None:
        yield f"speaker quoted={view.quoted} {view.speaker.party == side}"
    if any(each is not None and each.party for each in setting.sides):
        yield f"speaks {any(each is not None and each.party == side for each in setting.sides)}"
    if setting.scene is not None:
        yield f"scene sides={sides} {setting.scene == side}"
    for name, focus in (("before", setting.before), ("person", setting.person)):
        if focus is not None:
            yield f"{name} {focus.party == side}"
            yield f"{name} sides={sides} {focus.party == side}"
    if setting.titled is not None:
        yield f"titled sides={sides} {setting.titled.party == side}"
    yield f"long {view.named.long_stance_of(side)} measure={measure}"
    yield f"outsider {side == 'other'}"


def _of_named(side: str, view: View) -> Iterator[str]:
    """How a side is named in the sentence."""
    setting, place = view.setting, view.named.span
    yield f"only {len(view.sides) == 1}"
    before = [holder for holder in setting.holders if holder.span.end <= place.start]
    if before:
        yield f"nearest {before[-1].party == side}"
    if setting.holders:
        yield f"first {setting.holders[0].party == side}"
    for holder in setting.holders:
        if holder.party == side:
            start, end = sorted((holder.span, place))
            words = len(setting.folded[start.end : end.start].split())
            order = "before" if holder.span.start < place.start else "behind"
            here = setting.clause_of(holder.span.start) == view.clause
            yield f"{order} {_distance(words)}"
            yield f"{order} {'here' if here else 'elsewhere'}"
            if order == "before" and here:
                yield f"before {'oblique' if is_oblique(holder, setting) else 'direct'}"
            yield f"person {holder.is_person}"
            yield f"sign {holder.is_sign}"


def _distance(words: int) -> str:
    return next((name for name, most in _DISTANCES if words <= most), "far")


def of_stance(side: str | None, view: View) -> Iterator[str]:
    """What speaks for one stance or another of *side* on the matter."""
    named, position = view.named, view.given.get(side)
    measure = named.matter.is_measure
    given = position.stance if position else None
    long = named.long_stance_of(side) if side else None
    yield "always"
    yield f"given {given}"
    yield f"measure={measure} given {given}"
    yield f"long {long} given {given}"
    yield f"long {long} measure={measure}"
    yield f"side={side is not None} measure={measure}"
    yield f"quoted={view.quoted}"
    if any(user.party == side for user in view.setting.users):
        yield "user"
    if view.speaker is not None and side:
        yield f"speaker {view.speaker.party == side}"
    for cue in view.cues or ("none elsewhere",):
        yield f"cue={cue}"
        yield f"cue={cue.rpartition(' ')[0]}"
