"""What a sentence shows of whose position on a matter it gives, and of which stance.

The rules look for one reason; here all that may be one is listed by name, for the weights of
:mod:`extractors.issues.choosing`. The names come in groups that are the same for all sentences
alike, so that a group has to be named and weighed once; no name is in two groups of a side.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.issues.holders import Holder
from extractors.issues.holding import Position
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.issues.subjects import is_oblique
from extractors.types import Span, Stance

# A rule that is surer than this saw a word for it.
_SEEN = 0.5
# So many words apart, or fewer, is "at" a matter, "near" it, or "off" it; more is "far" from it.
_DISTANCES = (("at", 2), ("near", 6), ("off", 14))

Group = tuple[str, ...]


@dataclass(slots=True)
class View:
    """What holds for all who may stand on a matter in its sentence; no value changes.

    ``given`` is what the rules found for each side, ``sides`` are the parties that the sentence
    names, ``users`` those whose names are a part of the matter's; ``stated`` is what the stance
    words of the sentence say of the stance, ``unsided`` what they say of its being nobody's.
    """

    named: Named
    setting: Setting
    given: Mapping[str | None, Position]
    sides: frozenset[str]
    users: frozenset[str | None]
    speaker: Holder | None
    quoted: bool
    told: bool
    clause: Span
    stated: Group
    unsided: Group

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
    place = named.span
    clause = setting.clauses[setting.clause_of(place.start)]
    words = [
        _of_cue(cue.form, cue.stance, cue.negated, clause.start <= cue.span.start < clause.end)
        for cue in setting.cues
    ]
    return View(
        named=named,
        setting=setting,
        given={each.holder.party if each.holder else None: each for each in given},
        sides=frozenset([h.party for h in (*setting.holders, *setting.users) if h.party]),
        users=frozenset([user.party for user in setting.users]),
        speaker=setting.speaker_at(place),
        quoted=setting.quoted_at(place) is not None,
        told=any(span.covers(place) for quote in setting.quotes for span in quote.spans),
        clause=clause,
        stated=tuple(dict.fromkeys([each for _, says in words for each in says])),
        unsided=tuple(dict.fromkeys([nobody for nobody, _ in words])),
    )


def candidates(view: View) -> dict[str | None, Holder | None]:
    """Everybody who may stand on the matter, by side, with who stands for it; None is nobody."""
    setting, place = view.setting, view.named.span
    found: dict[str | None, Holder | None] = {None: None}
    for side, position in view.given.items():
        found[side] = position.holder
    near = sorted((*setting.holders, *setting.users), key=lambda h: abs(h.span.start - place.start))
    around = (
        view.speaker,
        *near,
        *setting.sides,
        setting.focus.before,
        setting.focus.person,
        setting.focus.titled,
    )
    for holder in around:
        if holder is not None and holder.party is not None and holder.party not in found:
            found[holder.party] = holder
    if setting.scene is not None:
        found.setdefault(setting.scene, Holder(place, setting.scene, None))
    return found


def of_side(side: str | None, view: View) -> list[Group]:
    """What speaks for, or against, *side* having a position on the matter."""
    setting, measure = view.setting, view.named.matter.is_measure
    if side is None:
        before, speaker = setting.focus.before is not None, view.speaker is not None
        count = min(3, len(view.sides))
        found = [
            _around_nobody(count, speaker, view.told, view.quoted, measure, before),
            view.unsided or ("nobody cue=none",),
        ]
    else:
        named = side in view.sides
        found = [
            _around_somebody(
                view.named.long_stance_of(side),
                measure,
                min(2, len(view.sides)),
                named,
                side in view.users,
                view.quoted,
                _is_of(side, view.speaker),
                None if setting.scene is None else setting.scene == side,
                _is_of(side, setting.focus.before),
                _is_of(side, setting.focus.person),
            )
        ]
        if named:
            found.append(tuple(dict.fromkeys(_of_named(side, view))))
    position = view.given.get(side)
    if position is not None:
        by_person = position.holder.is_person if side is None and position.holder else None
        found.append(
            _given(side is None, position.stance, int(10 * position.confidence), by_person)
        )
    return found


def _is_of(side: str, holder: Holder | None) -> bool | None:
    return None if holder is None else holder.party == side


@cache
def _given(nobody: bool, stance: Stance, tenths: int, by_person: bool | None) -> Group:
    """That the rules gave a side, or nobody, a stance, and how surely."""
    whose = "nobody" if nobody else "side"
    found = f"{whose} given", f"{whose} given {stance} {tenths}"
    if by_person is None:
        return found
    return (*found, "nobody given one" if by_person else "nobody given joint")


@cache
def _around_nobody(
    sides: int, speaker: bool, told: bool, quoted: bool, measure: bool, before: bool
) -> Group:
    """What holds of a matter on which nobody may have a position."""
    return (
        "nobody",
        f"nobody sides={sides}",
        f"nobody speaker={speaker}",
        f"nobody told={told}",
        f"nobody quoted={quoted}",
        f"nobody measure={measure}",
        f"nobody focus={before}",
    )


@cache
def _of_cue(
    form: Form, stance: Stance | None, negated: bool, here: bool
) -> tuple[str, tuple[str, str]]:
    """What a stance word says of nobody's having a position, and of the stance."""
    word = f"cue={form} {stance}{' not' if negated else ''}"
    placed = f"{word} {'here' if here else 'elsewhere'}"
    return f"nobody {placed}", (placed, word)


@cache
def _around_somebody(
    long: Stance | None,
    measure: bool,
    sides: int,
    named: bool,
    user: bool,
    quoted: bool,
    speaks: bool | None,
    at_home: bool | None,
    before: bool | None,
    person: bool | None,
) -> Group:
    """What holds of a side, wherever it is named; None where there is nobody to compare it with."""
    found = ["side", f"long {long} measure={measure}"]
    if not named:
        found.append(f"absent sides={sides}")
    if user:
        found.append(f"user measure={measure}")
    if speaks is not None:
        found.append(f"speaker quoted={quoted} {speaks}")
    if at_home is not None:
        found.append(f"scene sides={sides} {at_home}")
    if before is not None:
        found.append(f"before sides={sides} {before}")
    if person is not None:
        found.append(f"person sides={sides} {person}")
    return tuple(found)


def _of_named(side: str, view: View) -> Iterator[str]:
    """How a side is named in the sentence."""
    setting, place, clause = view.setting, view.named.span, view.clause
    yield "only" if len(view.sides) == 1 else "not only"
    nearest = True  # of all who stand before the matter
    for holder in reversed(setting.holders):
        own = holder.span
        before = own.end <= place.start
        if holder.party == side:
            start, end = (own.end, place.start) if before else (place.end, own.start)
            between = setting.folded[start:end]
            order = "before" if before else "behind"
            here = clause.start <= own.start < clause.end
            yield f"{order} {_distance(len(between.split()))}"
            yield f"{order} {'here' if here else 'elsewhere'}"
            if before:
                if here:
                    yield "oblique" if is_oblique(holder, setting) else "direct"
                yield "nearest" if nearest else "not nearest"
                return
        nearest = nearest and not before


def _distance(words: int) -> str:
    return next((name for name, most in _DISTANCES if words <= most), "far")


def of_stance(side: str | None, view: View) -> list[Group]:
    """What speaks for one stance or another of *side* on the matter."""
    return [
        _around_stance(
            view.given_to(side),
            view.named.matter.is_measure,
            view.named.long_stance_of(side) if side else None,
            side is not None,
            view.quoted,
            view.setting.is_evil(view.named),
            side in view.users,
            _is_of(side, view.speaker) if side else None,
        ),
        view.stated or ("cue=none",),
    ]


@cache
def _around_stance(
    given: Stance | None,
    measure: bool,
    long: Stance | None,
    somebody: bool,
    quoted: bool,
    evil: bool,
    user: bool,
    speaks: bool | None,
) -> Group:
    """What holds of the stance of a side, or of nobody, beside the stance words."""
    found = [
        "always",
        f"given {given}",
        f"measure={measure} given {given}",
        f"long {long} given {given}",
        f"long {long} measure={measure}",
        f"side={somebody} measure={measure}",
        f"quoted={quoted}",
    ]
    if evil:
        found += ("evil", f"evil given {given}")
    if user:
        found.append("user")
    if speaks is not None:
        found.append("speaker" if speaks else "other speaker")
    return tuple(found)
