"""When are two occurrences the same event? Pure rules over what articles say.

An occurrence's *digest* stands for its wording, its speaker and its day: occurrences that share
it are one event. What has different digests is compared by :func:`related` and, with all that is
connected, divided into events by :func:`partition`: a function of the set of digests, so the
order in which articles come makes no difference.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storage import identity_deadlines as deadlines
from storage import identity_statements as statements
from storage.identity_speakers import person_of
from storage.identity_words import Data, Words, hash48, told_words
from storage.items import dump

CLASS_BITS = 48
CLASS_MASK = (1 << CLASS_BITS) - 1
_LATEST_DAY = (1 << 15) - 1
_MOST_KEYS = 96
_LEAST_SHARED = 0.25
_WINDOWS = {"quote": statements.WINDOW, "deadline": deadlines.WINDOW}
# Days that share a prefix of the index: at least twice the window, so that two prefixes reach.
_SPREADS = {"quote": 16, "deadline": 256}
# Deadlines are repeated for months: days are told apart by blocks of these only.
_BLOCKS = {"deadline": 30}
_POSITION = ("issue", "party", "actor", "stance")


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said in one wording on one day, in however many articles.

    A deadline's day is the first of a block of thirty.
    """

    type: str
    digest: int
    data: Data

    @property
    def day(self) -> int:
        """The day, counted from 1970."""
        return self.digest >> CLASS_BITS


def telling(type: str, data: Data, day: int, story: str, story_day: int) -> Telling:
    """The telling of an item published on *day* in an article of *story*, begun on *story_day*.

    A position, and short words of an unknown speaker, are one event in their story only.
    """
    bound = type == "issue_mention" or (type == "quote" and statements.is_short_and_unknown(data))
    parts = (_SIGNATURES[type](data), story if bound else None)
    at = min(max(0, story_day if bound else day), _LATEST_DAY)
    prefix = (at - at % _BLOCKS.get(type, 1)) << CLASS_BITS
    return Telling(type, prefix | hash48(type, dump(parts)), data)


def own_name(one: Telling) -> str | None:
    """A name that alone says which event this is, where there is one."""
    milestone = one.data["milestone"] if one.type == "deadline" else None
    return f"milestone {milestone}" if milestone else None


def is_compared(one: Telling) -> bool:
    """Whether events of other wordings may be the same as this one's."""
    if one.type == "quote":
        return not statements.is_short_and_unknown(one.data)
    return one.type == "deadline" and own_name(one) is None


def plain_keys(one: Telling) -> tuple[int, ...]:
    """What a telling shares with those that are related to it, whatever the day."""
    return _keys(one) if is_compared(one) else ()


def keys_of(one: Telling) -> list[int]:
    """Hashes under which a telling is found; two that are related share one."""
    return [_prefix(one.type, one.day) | key for key in plain_keys(one)]


def keys_near(one: Telling) -> list[int]:
    """The hashes under which those that are related to a telling are found."""
    keys = plain_keys(one)
    if not keys:
        return []
    window = _WINDOWS[one.type]
    days = (one.day - window, one.day, one.day + window)
    return [prefix | key for prefix in {_prefix(one.type, day) for day in days} for key in keys]


def days_near(one: Telling) -> tuple[int, int]:
    """The least digest and the first one beyond those that may be related to a telling."""
    window = _WINDOWS[one.type]
    return max(0, one.day - window) << CLASS_BITS, (one.day + window + 1) << CLASS_BITS


def shares_enough(one: Telling, count: int, fewer: int) -> bool:
    """Whether a telling that shares *count* keys with another is worth a look.

    *fewer* is the number of keys of the one that has fewer. Edited or contained statements share
    more than a quarter; a stock phrase that both begin with is less.
    """
    return one.type != "quote" or count >= _LEAST_SHARED * fewer


def related(one: Telling, other: Telling) -> bool:
    """Whether a telling may be one event with another one: then both are judged together."""
    if one.type != other.type or abs(one.day - other.day) > _WINDOWS.get(one.type, 0):
        return False
    if one.type == "quote":
        return statements.alike(one.data, other.data)
    if one.type != "deadline" or own_name(one) or own_name(other):
        return False
    here, there = (_due([each]) for each in (one, other))
    if here.subject and there.subject:
        return deadlines.likeness(here, there) > 0
    same = (here.lang, here.kind, here.start, here.end)
    return same == (there.lang, there.kind, there.start, there.end)


def alike(one: Telling, other: Telling) -> bool:
    """Whether the second may be what became of the first when its article was edited."""
    if one.type != other.type:
        return False
    if one.type == "issue_mention":
        return all(one.data[key] == other.data[key] for key in _POSITION)
    return related(one, other)


def partition(tellings: Iterable[Telling]) -> list[frozenset[int]]:
    """The digests of *tellings* in sets, one an event."""
    rest: dict[str, list[Telling]] = defaultdict(list)
    named: dict[str, set[int]] = defaultdict(set)
    for one in tellings:
        if is_compared(one):
            rest[one.type].append(one)
        else:
            named[own_name(one) or str(one.digest)].add(one.digest)
    groups = [frozenset(digests) for digests in named.values()]
    groups += statements.statement_clusters([_statement(run) for run in _runs(rest["quote"])])
    groups += deadlines.deadline_clusters([_due(run) for run in _runs(rest["deadline"])])
    return groups


def _runs(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """The days of each wording, divided where nobody printed it for longer than the window."""
    runs: list[list[Telling]] = []
    for one in sorted(tellings, key=lambda each: (each.digest & CLASS_MASK, each.day)):
        last = runs[-1][-1] if runs else None
        same = last is not None and (last.digest ^ one.digest) & CLASS_MASK == 0
        if last is not None and same and one.day - last.day <= _WINDOWS[one.type]:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


# --- what the types look at


def _quote_signature(data: Data) -> Sequence[object]:
    words = told_words(data["text"])
    return (words or data["text"], data["kind"], data["speaker"], data["issues"], data["lang"])


def _deadline_signature(data: Data) -> Sequence[object]:
    who, clock, due = data["set_by"], data["clock"], data["due"]
    return (
        data["milestone"] or (data["what"].casefold(), data["kind"]),
        (due["from"], due["to"], due["precision"]),
        (who["actor"], who["party"]) if who else None,
        data["certainty"],
        bool(data["consequence"]),
        clock["rule"] or clock["length"] if clock else None,
        data["issues"],
        data["lang"],
    )


def _mention_signature(data: Data) -> Sequence[object]:
    return tuple(data[key] for key in _POSITION)


_SIGNATURES = {
    "quote": _quote_signature,
    "deadline": _deadline_signature,
    "issue_mention": _mention_signature,
}


def _keys(one: Telling) -> tuple[int, ...]:
    data = one.data
    lang = str(data["lang"])
    if one.type == "quote":
        return _statement_keys(lang, told_words(data["text"]))
    due = data["due"]
    return _deadline_keys(lang, data["kind"], data["what"], due["from"], due["to"])


@lru_cache(maxsize=8192)
def _statement_keys(lang: str, words: Words) -> tuple[int, ...]:
    return _smallest("quote", lang, statements.statement_keys(words))


@lru_cache(maxsize=8192)
def _deadline_keys(
    lang: str, kind: str, what: str, start: str | None, end: str | None
) -> tuple[int, ...]:
    return _smallest("deadline", lang, deadlines.deadline_keys(lang, kind, what, start, end))


def _smallest(type: str, lang: str, keys: Iterable[Words]) -> tuple[int, ...]:
    """The smallest hashes, so that any two overlapping wordings sample alike."""
    return tuple(sorted({hash48(type, lang, *key) for key in set(keys)})[:_MOST_KEYS])


def _prefix(type: str, day: int) -> int:
    return (max(0, day) // _SPREADS[type]) << CLASS_BITS


def _statement(run: Sequence[Telling]) -> statements.Statement:
    data = run[0].data
    return statements.Statement(
        tuple(one.digest for one in run),
        told_words(data["text"]),
        person_of(data["speaker"]),
        data["lang"],
        run[0].day,
        run[-1].day,
    )


def _due(run: Sequence[Telling]) -> deadlines.Due:
    data = run[0].data
    return deadlines.Due(
        tuple(one.digest for one in run),
        deadlines.subject_of(data["what"]),
        data["what"],
        data["kind"],
        data["lang"],
        data["due"]["from"],
        data["due"]["to"],
        deadlines.party_of(data),
        run[0].day,
        run[-1].day,
    )
