"""What one article says, as values that can be stored, compared and merged.

An item is one occurrence in one article: a statement, a deadline, a position. Items are kept as
JSON beside their sightings; an event's data is made of its items, whatever their order.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.types import Deadline, Extraction, IssueMention, Quote, Span

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One occurrence: its type, evidence (spans and their very characters), and data (JSON)."""

    type: str  # quote | deadline | issue_mention
    spans: tuple[Span, ...]
    evidence: tuple[str, ...]
    data: Mapping[str, Any]


def items_of(extraction: Extraction, text: str, names: Mapping[str, str]) -> list[Item]:
    """The items of an extraction in the order of the text; *names* are the issues' names by id."""
    items = [
        *(_quote(quote, text, extraction.lang) for quote in extraction.quotes),
        *(_deadline(deadline, text, extraction.lang) for deadline in extraction.deadlines),
        *(_mention(mention, text, extraction.lang, names) for mention in extraction.issues),
    ]
    return sorted(items, key=lambda item: (item.spans[0].start, item.spans[0].end, item.type))


def _item(type: str, spans: tuple[Span, ...], text: str, data: Json) -> Item:
    return Item(type, spans, tuple(span.of(text) for span in spans), data)


def _words(span: Span | None, text: str) -> str | None:
    return " ".join(span.of(text).split()) if span else None


def _quote(quote: Quote, text: str, lang: str) -> Item:
    speaker = quote.speaker
    data = {
        "text": " ".join(quote.text_in(text).split()),
        "kind": quote.kind.value,
        "speaker": None
        if speaker is None
        else {
            "name": speaker.name,
            "mention": _words(speaker.mention, text),
            "actor": speaker.actor,
            "role": speaker.role,
            "organisation": speaker.organisation,
            "party": speaker.party,
        },
        "cue": _words(quote.cue, text),
        "context": quote.context.of(text),
        "issues": list(quote.issues),
        "lang": lang,
        "confidence": round(quote.confidence, 3),
    }
    return _item("quote", quote.spans, text, data)


def _deadline(deadline: Deadline, text: str, lang: str) -> Item:
    who, clock = deadline.set_by, deadline.clock
    data = {
        "what": deadline.what,
        "kind": deadline.kind.value,
        "due": {
            "from": deadline.start.isoformat() if deadline.start else None,
            "to": deadline.end.isoformat() if deadline.end else None,
            "precision": deadline.precision.value if deadline.precision else None,
            "text": _words(deadline.span, text),
        },
        "set_by": {"actor": who.actor, "party": who.party, "text": who.text} if who else None,
        "consequence": deadline.consequence,
        "certainty": deadline.certainty.value,
        "clock": None
        if clock is None
        else {
            "length": clock.length,
            "anchor": clock.anchor,
            "rule": clock.rule,
            "computed": clock.computed,
        },
        "milestone": deadline.milestone,
        "context": (deadline.sentence or deadline.span).of(text),
        "issues": list(deadline.issues),
        "lang": lang,
        "confidence": round(deadline.confidence, 3),
    }
    return _item("deadline", (deadline.span,), text, data)


def _mention(mention: IssueMention, text: str, lang: str, names: Mapping[str, str]) -> Item:
    data = {
        "issue": mention.issue,
        "issue_name": names.get(mention.issue, mention.issue),
        "party": mention.party,
        "actor": mention.actor,
        "stance": mention.stance.value,
        "text": mention.sentence.of(text),
        "issues": [mention.issue],
        "lang": lang,
        "confidence": round(mention.confidence, 3),
    }
    return _item("issue_mention", (mention.span,), text, data)


def dump(value: Any) -> str:
    """JSON as it is stored: one form for one value, so that equal values are equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_item(type: str, spans: Sequence[Span], evidence: Sequence[str], stored: str) -> Item:
    """An item as it was stored."""
    return Item(type, tuple(spans), tuple(evidence), json.loads(stored))
