"""What a sentence shows of whose position on a matter it gives, and of which stance.

The rules look for one reason; here all that may be one is listed by name, for the weights of
:mod:`extractors.issues.choosing`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.issues.cues import Cue, Form
from extractors.issues.holders import Holder
from extractors.issues.holding import Position
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.issues.subjects import is_oblique
from extractors.types import Stance

# A rule that is surer than this saw a word for it.
_SEEN = 0.5
# So many words apart, or fewer, is "at" a matter, "near" it, or "off" it; more is "far" from it.
_DISTANCES = (("at", 2), ("near", 6), ("off", 14))


@dataclass(slots=True)
class View:
    """What holds for all who may stand on a matter in its sentence; no value changes.

    ``given`` is what the rules found for each side, ``sides`` are the parties that the sentence
    names, ``users`` those whose names are a part of the matter's, ``cues`` its stance words, each
    with whether it stands in the clause of the matter.
    """

    named: Named
    setting: Setting
    given: Mapping[str | None, Position]
    sides: frozenset[str]
    users: frozenset[str | None]
    speaker: Holder | None
    quoted: bool
    told: bool
    clause: int
    cues: Sequence[tuple[Cue, bool]]

    def given_to(self, side: str | None) -> Stance | None:
        """The stance that the rules give a side, or nobody, so that it may be the side's."""
        position = self.given.get(side) or self.given.get(None)
        return position.stance if position else None

    @property
    def seen(self) -> frozenset[str | None]:
        """The sides for whose stance the rules saw a word."""
        return frozenset(side for side, each in self.given.items() if each.confidence > _SEEN)

    @property
    def is_silent(self) -> bool:
        """Whether the rules found nobody's stance."""
        return all(each.stance is Stance.NEUTRAL for each in self.given.values())


def view_of(named: Named, given: Iterable[Position], setting: Setting) -> View:
    """Look at the sentence of *named*, for which the rules have *given* positions."""
    clause = setting.clause_of(named.span.start)
    return View(
        named=named,
        setting=setting,
        given={each.holder.party if each.holder else None: each for each in given},
        sides=frozenset(h.party for h in (*setting.holders, *setting.users) if h.party),
        users=frozenset(user.party for user in setting.users),
        speaker=setting.speaker_at(named.span),
        quoted=setting.quoted_at(named.span) is not None,
        told=any(span.covers(named.span) for quote in setting.quotes for span in quote.spans),
        clause=clause,
        cues=[(cue, setting.clause_of(cue.span.start) == clause) for cue in setting.cues],
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


def of_side(side: str | None, view: View) -> list[str]:
    """What speaks for, or against, *side* having a position on the matter, each thing once."""
    found = _of_nobody(view) if side is None else _of_somebody(side, view)
    whose = "nobody" if side is None else "side"
    position = view.given.get(side)
    if position is not None:
        found += (
            f"{whose} given",
            f"{whose} given {position.stance} {int(10 * position.confidence)}",
        )
        if side is None and position.holder is not None:
            found.append("nobody given one" if position.holder.is_person else "nobody given joint")
    return list(dict.fromkeys(found))


def _of_nobody(view: View) -> list[str]:
    setting = view.setting
    return [
        "nobody",
        f"nobody sides={min(3, len(view.sides))}",
        f"nobody speaker={view.speaker is not None}",
        f"nobody told={view.told}",
        f"nobody quoted={view.quoted}",
        f"nobody measure={view.named.matter.is_measure}",
        f"nobody focus={setting.before is not None}",
        *(_of_cue(cue.form, cue.stance, cue.negated, here)[0] for cue, here in view.cues),
        *(() if view.cues else ("nobody cue=none",)),
    ]


@cache
def _of_cue(
    form: Form, stance: Stance | None, negated: bool, here: bool
) -> tuple[str, tuple[str, str]]:
    """What a stance word says of nobody's having a position, and of the stance."""
    word = f"cue={form} {stance}{' not' if negated else ''}"
    placed = f"{word} {'here' if here else 'elsewhere'}"
    return f"nobody {placed}", (placed, word)


def _of_somebody(side: str, view: View) -> list[str]:
    setting, sides = view.setting, min(2, len(view.sides))
    measure = view.named.matter.is_measure
    found = ["side", f"long {view.named.long_stance_of(side)} measure={measure}"]
    if side in view.sides:
        found += _of_named(side, view)
    else:
        found.append(f"absent sides={sides}")
    if side in view.users:
        found.append(f"user measure={measure}")
    if view.speaker is not None:
        found.append(f"speaker quoted={view.quoted} {view.speaker.party == side}")
    if setting.scene is not None:
        found.append(f"scene sides={sides} {setting.scene == side}")
    if setting.before is not None:
        found.append(f"before sides={sides} {setting.before.party == side}")
    if setting.person is not None:
        found.append(f"person sides={sides} {setting.person.party == side}")
    return found


def _of_named(side: str, view: View) -> Iterator[str]:
    """How a side is named in the sentence."""
    setting, place = view.setting, view.named.span
    yield "only" if len(view.sides) == 1 else "not only"
    nearest = True  # of all who stand before the matter
    for holder in reversed(setting.holders):
        before = holder.span.end <= place.start
        if holder.party == side:
            start, end = (holder.span, place) if before else (place, holder.span)
            words = len(setting.folded[start.end : end.start].split())
            order = "before" if before else "behind"
            here = setting.clause_of(holder.span.start) == view.clause
            yield f"{order} {_distance(words)}"
            yield f"{order} {'here' if here else 'elsewhere'}"
            if before:
                if here:
                    yield "oblique" if is_oblique(holder, setting) else "direct"
                yield "nearest" if nearest else "not nearest"
                return
        nearest = nearest and not before


def _distance(words: int) -> str:
    return next((name for name, most in _DISTANCES if words <= most), "far")


def of_stance(side: str | None, view: View) -> list[str]:
    """What speaks for one stance or another of *side* on the matter, each thing once."""
    given, measure = view.given_to(side), view.named.matter.is_measure
    long = view.named.long_stance_of(side) if side else None
    found = [
        "always",
        f"given {given}",
        f"measure={measure} given {given}",
        f"long {long} given {given}",
        f"long {long} measure={measure}",
        f"side={side is not None} measure={measure}",
        f"quoted={view.quoted}",
    ]
    if view.setting.is_evil(view.named):
        found += ("evil", f"evil given {given}")
    if side in view.users:
        found.append("user")
    if view.speaker is not None and side:
        found.append("speaker" if view.speaker.party == side else "other speaker")
    for cue, here in view.cues:
        found += _of_cue(cue.form, cue.stance, cue.negated, here)[1]
    if not view.cues:
        found.append("cue=none")
    return list(dict.fromkeys(found))
