"""Extractions as the JSON of the public contract (``nafta-monitor extract --format jsonl``)."""

from datetime import date, datetime
from typing import Any

from extractors.dates import whole_period
from extractors.types import (
    Clock,
    Deadline,
    Document,
    Extraction,
    IssueMention,
    Quote,
    Span,
    Speaker,
    TimeExpression,
)

Json = dict[str, Any]


class InvalidLineError(ValueError):
    """A line of input is not a document; the message says what is wrong with it."""


def document_from_json(line: object) -> tuple[object, Document]:
    """The id and the document of one decoded line; unknown keys are ignored.

    Raises :class:`InvalidLineError` where the line has no usable text, time or language.
    """
    if not isinstance(line, dict):
        raise InvalidLineError("a line must hold one JSON object")
    text, lang = line.get("text"), line.get("lang")
    if not isinstance(text, str):
        raise InvalidLineError('"text" must be a string')
    if lang is not None and not (isinstance(lang, str) and len(lang) >= 2):
        raise InvalidLineError('"lang" must be a language code such as "en"')
    return line.get("id"), Document(text, parse_published(line.get("published")), lang)


def parse_published(value: object) -> date | None:
    """A ``YYYY-MM-DD`` or ISO 8601 time as a date or datetime; None stays None.

    Raises :class:`InvalidLineError` for anything else.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            pass
    raise InvalidLineError(f'"published" must be a date or time in ISO 8601, not {value!r}')


def extraction_to_json(id: object, text: str, found: Extraction, *, explain: bool = False) -> Json:
    """One output line; with *explain*, every item also says which rule gave it."""
    return {
        "id": id,
        "lang": found.lang,
        "quotes": [_quote(text, quote, explain=explain) for quote in found.quotes],
        "dates": [
            _time_expression(text, whole_period(item), explain=explain) for item in found.dates
        ],
        "deadlines": [_deadline(text, item, explain=explain) for item in found.deadlines],
        "issues": [_issue(text, item, explain=explain) for item in found.issues],
        "relevance": {"score": found.relevance.score, "reason": found.relevance.reason},
    }


def _mention(text: str, span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _rule(rule: str, explain: bool) -> Json:
    return {"rule": rule} if explain else {}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _quote(text: str, quote: Quote, *, explain: bool) -> Json:
    return {
        "spans": [[span.start, span.end] for span in quote.spans],
        "text": quote.text_in(text),
        "type": quote.kind.value,
        "cue": _mention(text, quote.cue) if quote.cue else None,
        "speaker": _speaker(text, quote.speaker) if quote.speaker else None,
        "context": _mention(text, quote.context),
        "issues": list(quote.issues),
        "confidence": quote.confidence,
        **_rule(quote.rule, explain),
    }


def _speaker(text: str, speaker: Speaker) -> Json:
    place = speaker.mention
    return {
        "start": place.start if place else None,
        "end": place.end if place else None,
        "text": place.of(text) if place else None,
        "name": speaker.name,
        "actor": speaker.actor,
        "role": speaker.role,
        "organisation": speaker.organisation,
        "party": speaker.party,
        "confidence": speaker.confidence,
        "alternatives": [
            {"name": other.name, "actor": other.actor, "confidence": other.confidence}
            for other in speaker.alternatives
        ],
    }


def _time_expression(text: str, item: TimeExpression, *, explain: bool) -> Json:
    return {
        **_mention(text, item.span),
        "type": item.type.value,
        "value": item.value,
        "from": _day(item.start),
        "to": _day(item.end),
        **_rule(item.rule, explain),
    }


def _deadline(text: str, item: Deadline, *, explain: bool) -> Json:
    who = item.set_by
    return {
        **_mention(text, item.span),
        "kind": item.kind.value,
        "from": _day(item.start),
        "to": _day(item.end),
        "precision": item.precision.value if item.precision else None,
        "what": item.what,
        "set_by": {"actor": who.actor, "party": who.party, "text": who.text} if who else None,
        "consequence": item.consequence,
        "certainty": item.certainty.value,
        "clock": clock_to_json(item.clock),
        "milestone": item.milestone,
        "issues": list(item.issues),
        "confidence": item.confidence,
        **_rule(item.rule, explain),
    }


def clock_to_json(clock: Clock | None) -> Json | None:
    """A legal clock as the contract has it, or None."""
    if clock is None:
        return None
    return {
        "length": clock.length,
        "anchor": clock.anchor,
        "rule": clock.rule,
        "computed": clock.computed,
    }


def _issue(text: str, item: IssueMention, *, explain: bool) -> Json:
    return {
        **_mention(text, item.span),
        "issue": item.issue,
        "stance": item.stance.value,
        "actor": item.actor,
        "party": item.party,
        "confidence": item.confidence,
        **_rule(item.rule, explain),
    }
