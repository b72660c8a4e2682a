"""Which dated fact of a pack a deadline is, where its date says so for certain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from config.packs.types import Milestone
from extractors.deadlines.context import Context
from extractors.deadlines.place import Place
from extractors.reading import Knowledge
from extractors.terms import TermKind
from extractors.types import DeadlineKind, Precision

_ONE_DAY = timedelta(days=1)
_DAY = Precision.DAY
_KINDS = {kind.value: kind for kind in DeadlineKind}


def milestone_of(place: Place, kind: DeadlineKind, context: Context) -> str | None:
    """The id of the only milestone that the date and the words of *place* fit, else None.

    On its very day the kind must agree or the sentence name it; in a longer period (a month) both.
    """
    within = _within(place, context.knowledge)
    if not within:
        return None
    said, name = kind.value, TermKind.MILESTONE
    named = {id for hit in context.hits.within(place.scope) for id in hit.ids(name)}
    fitting = {m.id for m in _on_day(place, context.knowledge) if m.kind == said or m.id in named}
    if named and not fitting:
        fitting = {m.id for m in within if m.id in named and m.kind == said}
    return fitting.pop() if len(fitting) == 1 else None


def kind_on(place: Place, knowledge: Knowledge) -> DeadlineKind | None:
    """The kind that all milestones on the day of *place* share, else None."""
    milestones = _on_day(place, knowledge)
    if not milestones:
        return None
    kinds = {milestone.kind for milestone in milestones} - {DeadlineKind.CLOCK}
    return _KINDS.get(kinds.pop()) if len(kinds) == 1 else None


def _on_day(place: Place, knowledge: Knowledge) -> Sequence[Milestone]:
    """The milestones of one day that lie on the day of *place*."""
    time = place.time
    if time.precision is not _DAY or time.start is None or time.end is None:
        return ()
    by_day = knowledge.once(_by_day, lambda: _by_day(knowledge))
    return by_day.get(time.start, ()) if time.start < time.end else ()


def _by_day(knowledge: Knowledge) -> Mapping[date, Sequence[Milestone]]:
    """The milestones of one day, by that day."""
    found: dict[date, list[Milestone]] = defaultdict(list)
    for pack in knowledge.packs:
        for milestone in pack.milestones:
            if milestone.end - milestone.start <= _ONE_DAY:
                found[milestone.start].append(milestone)
    return dict(found)


def _within(place: Place, knowledge: Knowledge) -> list[Milestone]:
    """The milestones of one day that lie in the period of *place*."""
    start, end = place.time.start, place.time.end
    if start is None or end is None:
        return []
    return knowledge.once((_within, start, end), lambda: _between(start, end, knowledge))


def _between(start: date, end: date, knowledge: Knowledge) -> list[Milestone]:
    return [
        milestone
        for pack in knowledge.packs
        for milestone in pack.milestones
        if start <= milestone.start < end and milestone.end - milestone.start <= _ONE_DAY
    ]
