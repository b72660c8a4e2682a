"""The kind of a deadline by all that speaks for each, where the rules look at the loudest word.

A small log-linear model: each thing that the text says around a date (its words' kinds, limit,
modality, what begins or ends, the form of the date) has a weight for each kind. The weights stand
in ``kinds.toml``; ``benchmarks/fit_kinds.py`` makes them from labelled text. The kind that the
rules give has a bonus, so that the model overrules them only where much else speaks for another.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from operator import add

from extractors.deadlines.context import Context
from extractors.deadlines.milestones import kind_on
from extractors.deadlines.place import Place
from extractors.deadlines.topics import happening
from extractors.deadlines.weighing import Reason, weighed
from extractors.types import DeadlineKind

# What may be chosen; a clock is told by its form alone.
KINDS = tuple(kind for kind in DeadlineKind if kind is not DeadlineKind.CLOCK)
_BY_WORD = {kind: f"word={kind}" for kind in DeadlineKind}
# What is always there: how frequent a kind is.
PRIOR = "prior"
# How much more likely, as a logarithm, the kind of the rules is.
_BONUS = 1.0
# A word right beside the date weighs no more than this.
_MOST = 1.2
_LISTS = (
    "obligation",
    "hopes",
    "negative",
    "ifs",
    "granted",
    "limit_nouns",
    "target_nouns",
    "probable",
    "conditional",
    "legislature",
    "denied",
    "superseded",
)


def chosen(place: Place, reason: Reason, context: Context) -> Reason:
    """*reason*, or another kind for its date where more speaks for that."""
    scores = _scored(_form(place, context.reading.lang))
    known = weights()
    for name, value in _said(place, context).items():
        own = known.get(name)
        if own is None:
            continue
        if value == 1.0:
            scores = list(map(add, scores, own))
        else:
            scores = [score + weight * value for score, weight in zip(scores, own, strict=True)]
    kind = best(scores, reason.kind)
    if kind is reason.kind:
        return reason
    return Reason(kind, reason.weight, f"outweighed {reason.rule}")


@lru_cache(maxsize=4096)
def _scored(names: tuple[str, ...]) -> Sequence[float]:
    """What the facts called *names* weigh together; few dates differ in their form."""
    scores = [0.0] * len(KINDS)
    for name in names:
        own = weights().get(name, [0.0] * len(KINDS))
        scores = [score + weight for score, weight in zip(scores, own, strict=True)]
    return scores


def best(scores: Sequence[float], given: DeadlineKind) -> DeadlineKind:
    """The likeliest kind by *scores* in the order of ``KINDS``, *given* being that of the rules."""
    raised = [
        score + _BONUS if kind is given else score
        for kind, score in zip(KINDS, scores, strict=True)
    ]
    return KINDS[raised.index(max(raised))]


def evidence(place: Place, context: Context) -> dict[str, float]:
    """What speaks for one kind or another, by name, each with how much of it there is."""
    form = dict.fromkeys(_form(place, context.reading.lang), 1.0)
    return {**form, **_said(place, context)}


def _form(place: Place, lang: str) -> tuple[str, ...]:
    """What is true of every date in one way or another: its form, limit and what happens on it."""
    return (
        PRIOR,
        f"lang={lang}",
        f"limit={_limit(place)}",
        f"precision={place.time.precision}",
        f"form={place.time.rule}",
        f"happening={happening(place)}",
    )


def _said(place: Place, context: Context) -> dict[str, float]:
    """What is said of a date, by name, each with how much of it there is."""
    known = kind_on(place, context.knowledge)
    found = dict.fromkeys(_facts(place), 1.0)
    found[f"pack={known}"] = 1.0
    for reason in weighed(place, known):
        name, weight = _BY_WORD[reason.kind], min(reason.weight, _MOST)
        if weight > found.get(name, 0.0):
            found[name] = weight
    return found


def _facts(place: Place) -> Iterator[str]:
    """What is true of a date, or is not."""
    if place.threatens:
        yield "threatens"
    for name in place.said.those_of(_LISTS):
        if place.says(name):
            yield f"says={name}"
            if place.says_before(name):
                yield f"before={name}"
    for topic, _ in place.said.topics(place.clause):
        yield f"topic={topic}"
    for aspect, _ in place.said.aspects(place.clause):
        yield f"aspect={aspect}"


def _limit(place: Place) -> str:
    """Of which sort the limit word before the date is: "until", "before", "by", or none."""
    if not place.limit:
        return "none"
    for name in ("lasting", "exclusive"):
        if place.words.words[name].fullmatch(place.limit):
            return name
    return "by"


@cache
def weights() -> Mapping[str, Sequence[float]]:
    """The weights of each piece of evidence, in the order of ``KINDS``."""
    source = files("extractors.deadlines").joinpath("kinds.toml")
    table: Mapping[str, Sequence[float]] = tomllib.loads(source.read_text(encoding="utf-8"))[
        "weights"
    ]
    return table
