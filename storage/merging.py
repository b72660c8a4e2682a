"""An event's data, made of all its occurrences. Pure, and blind to the order of arrival."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.identity_deadlines import same_date
from storage.items import dump
from storage.translations import gist_of

Values = dict[str, Any]

_SURENESS = {"conditional": 0, "proposed": 1, "expected": 2, "fixed": 3}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An item with where and when it was published.

    ``told_at`` is the time of the story's first copy: an old text printed again is no news.
    """

    data: Mapping[str, Any]
    article: int
    article_id: str
    told_at: datetime
    published_at: datetime
    occurrence: int

    @property
    def order(self) -> tuple[datetime, datetime, str, int]:
        """The order of publication, the same wherever the article came in."""
        return (self.told_at, self.published_at, self.article_id, self.occurrence)


@dataclass(frozen=True, slots=True)
class Tally:
    """The occurrence of an event that was published first, and counts of all."""

    first: Occurrence
    sightings: int
    outlets: int
    stories: int
    first_seen_at: datetime
    last_seen_at: datetime
    last_published_at: datetime


@dataclass(frozen=True, slots=True)
class Merged:
    """Columns of the event's row and of its type's row."""

    event: Values
    data: Values


def merge(type: str, occurrences: Sequence[Occurrence], tally: Tally, today: date) -> Merged:
    """The data of an event.

    *occurrences* are the first of each wording at least (one is enough: what is repeated word for
    word says nothing new), *tally* counts all.
    """
    ordered = sorted(occurrences, key=lambda o: o.order)
    data = _MERGERS[type](ordered)
    if type == "issue_mention":
        data["told_at"] = tally.first.published_at
    if type == "quote":
        data["gist"] = gist_of(data["actor"], data["kind"], data["text"], tally.first.published_at)
    event = {
        "type": type,
        "status": status_of(type, data, today),
        "lang": tally.first.data["lang"],
        "first_seen_at": tally.first_seen_at,
        "last_seen_at": tally.last_seen_at,
        "first_published_at": tally.first.published_at,
        "last_published_at": tally.last_published_at,
        "sightings": tally.sightings,
        "outlets": tally.outlets,
        "stories": tally.stories,
        "first_article_id": tally.first.article,
        "issues": dump(list(dict.fromkeys(i for o in ordered for i in o.data["issues"]))),
        "confidence": max(o.data["confidence"] for o in ordered),
    }
    return Merged(event, data)


def status_of(type: str, data: Values, today: date) -> str:
    """The status of an event of this *type* and *data*: a deadline passes."""
    over = type == "deadline" and data["due_to"] is not None and data["due_to"] <= today
    return "passed" if over else "active"


def _quote(ordered: Sequence[Occurrence]) -> Values:
    """The longest wording is the statement; the best informed occurrence names its speaker."""
    best = max(ordered, key=lambda o: len(o.data["text"].split()))  # the first of the longest
    speakers = [best.data["speaker"], *(o.data["speaker"] for o in ordered)]
    speaker = max(speakers, key=_informed) or {}
    return {
        "text": best.data["text"],
        "kind": best.data["kind"],
        "speaker_name": speaker.get("name"),
        "speaker_mention": speaker.get("mention"),
        "actor": speaker.get("actor"),
        "role": speaker.get("role"),
        "organisation": speaker.get("organisation"),
        "party": speaker.get("party"),
        "cue": best.data["cue"],
        "context": best.data["context"],
    }


def _informed(speaker: Mapping[str, Any] | None) -> tuple[bool, int, bool]:
    if speaker is None:
        return (False, 0, False)
    name = speaker["name"] or ""
    return (speaker["actor"] is not None, len(name.split()), bool(speaker["mention"]))


def _deadline(ordered: Sequence[Occurrence]) -> Values:
    """The newest date that is no weaker than the one before it holds; each change is a move.

    A date takes its place when it is first told: an old one that is repeated moves nothing back.
    """
    current, history = ordered[0], list[Values]()
    told: list[Occurrence] = []
    for occurrence in ordered[1:]:
        if not _dated(occurrence):
            continue
        if not _dated(current) or same_date(current.data, occurrence.data):
            current = _more_exact(current, occurrence)
        elif not any(same_date(old.data, occurrence.data) for old in told) and (
            _sureness(occurrence) >= _sureness(current)
        ):
            history.append(_past(current))
            told.append(current)
            current = occurrence
    agreeing = [current, *(o for o in ordered if same_date(o.data, current.data))]
    due, who = current.data["due"], _first(agreeing, "set_by")
    return {
        "what": current.data["what"],
        "kind": current.data["kind"],
        "due_from": _day(due["from"]),
        "due_to": _day(due["to"]),
        "due_precision": due["precision"],
        "due_text": due["text"],
        "certainty": current.data["certainty"],
        "set_by": who["text"] if who else None,
        "set_by_actor": who["actor"] if who else None,
        "set_by_party": who["party"] if who else None,
        "consequence": _first(agreeing, "consequence"),
        "clock": dump(clock) if (clock := _first(agreeing, "clock")) else None,
        "milestone": current.data["milestone"],
        "context": current.data["context"],
        "moves": len(history),
        "previous_due_from": _day(history[-1]["due"]["from"]) if history else None,
        "history": dump(history),
    }


def _dated(occurrence: Occurrence) -> bool:
    due = occurrence.data["due"]
    return bool(due["from"] or due["to"])


def _sureness(occurrence: Occurrence) -> int:
    return _SURENESS[occurrence.data["certainty"]]


def _more_exact(one: Occurrence, other: Occurrence) -> Occurrence:
    """Of two that agree, the more exact one, of equals the surer, of these the earlier."""

    def width(occurrence: Occurrence) -> int:
        due = occurrence.data["due"]
        start, end = _day(due["from"]), _day(due["to"])
        return (end - start).days if start and end else 100_000

    if width(other) != width(one):
        return other if width(other) < width(one) else one
    return other if _sureness(other) > _sureness(one) else one


def _past(occurrence: Occurrence) -> Values:
    return {
        "due": dict(occurrence.data["due"]),
        "at": occurrence.published_at.isoformat(),
        "article_id": occurrence.article_id,
        "context": occurrence.data["context"],
    }


def _first(occurrences: Sequence[Occurrence], key: str) -> Any:
    return next((o.data[key] for o in occurrences if o.data[key]), None)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _issue_mention(ordered: Sequence[Occurrence]) -> Values:
    data = ordered[0].data
    return {key: data[key] for key in ("issue", "issue_name", "party", "actor", "stance", "text")}


_MERGERS = {"quote": _quote, "deadline": _deadline, "issue_mention": _issue_mention}
