"""Write the JSON Schema of each webhook's body into ``docs/schemas``.

    .venv/bin/python docs/make_schemas.py

One file a topic, each complete in itself. Values that are closed sets come from the code.
"""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from extractors.types import Certainty, DeadlineKind, Precision, QuoteKind, Stance

FOLDER = Path(__file__).parent / "schemas"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_TIME: Schema = {"type": "string", "format": "date-time"}
_TIME_OR_NULL: Schema = {"type": ["string", "null"], "format": "date-time"}
_DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def _values(kind: type[StrEnum]) -> Schema:
    return {"enum": [member.value for member in kind]}


def _object(told: str, properties: Schema, optional: Sequence[str] = ()) -> Schema:
    """An object that has all *properties* but the *optional* ones always, and may have more."""
    return {
        "type": "object",
        "description": told,
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_SPAN = _object(
    "Characters of the article's text, as code points; `end` is exclusive.",
    {"start": _COUNT, "end": _COUNT, "text": _TEXT},
)
_EVIDENCE = _object(
    "An article that carries the event, and where.",
    {
        "article_id": _TEXT,
        "url": _TEXT,
        "title": _TEXT_OR_NULL,
        "outlet": _TEXT_OR_NULL,
        "published_at": _TIME_OR_NULL,
        "revision": {"type": "integer", "minimum": 1},
        "spans": {"type": "array", "items": _SPAN, "minItems": 1},
    },
)
_EVENT: Schema = {
    "id": {"type": "string", "description": "The event's id, the same for ever."},
    "seq": {**_COUNT, "description": "The change's number; later changes have greater ones."},
    "type": {"enum": ["quote", "deadline", "issue_mention"]},
    "status": {"enum": ["active", "passed", "withdrawn"]},
    "lang": {"type": "string", "minLength": 2},
    "issues": {**_TEXTS, "description": "Ids of the pack's issues."},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "published_at": {**_TIME, "description": "When its first article was published."},
    "first_seen_at": _TIME,
    "last_seen_at": _TIME,
    "sightings": _COUNT,
    "outlets": _COUNT,
    "stories": _COUNT,
    "evidence": {"type": "array", "items": _EVIDENCE, "description": "The earliest articles."},
    "truncated": {"type": "boolean", "description": "Whether something was cut to keep it short."},
    "more": {"type": "string", "description": "Of a shortened body: the event's path in the API."},
    "merged_into": {"type": "string", "description": "Of a withdrawn event: where it lives on."},
}
_ALWAYS_OPTIONAL = ("truncated", "more", "merged_into")

_WHO: Schema = {"actor": _TEXT_OR_NULL, "party": _TEXT_OR_NULL}
_SPEAKER = _object(
    "Who said it; null where that is not certain.",
    {
        "name": _TEXT_OR_NULL,
        "mention": {"type": ["string", "null"], "description": "As the text writes it."},
        **_WHO,
        "role": _TEXT_OR_NULL,
        "organisation": _TEXT_OR_NULL,
    },
)
_QUOTE: Schema = {
    "text": _TEXT,
    "kind": _values(QuoteKind),
    "speaker": _or_null(_SPEAKER),
    "cue": _TEXT_OR_NULL,
    "context": _TEXT,
}

_DUE = _object(
    "When: `from` to `to`, which is the day after the last one.",
    {
        "from": _DAY_OR_NULL,
        "to": _DAY_OR_NULL,
        "precision": {"enum": [*(member.value for member in Precision), None]},
        "text": {"type": ["string", "null"], "description": "As the text writes it."},
    },
)
_PAST = _object(
    "A date that it had before; `at` is when that was published.",
    {
        "due": _DUE,
        "at": _TIME,
        "article_id": _TEXT,
        "context": _TEXT,
        "seq": {"type": ["integer", "null"]},
    },
)
_CLOCK = _object(
    "A length of time laid down by law from which the date was reckoned.",
    {
        "length": _TEXT,
        "anchor": _TEXT_OR_NULL,
        "rule": _TEXT_OR_NULL,
        "computed": {"type": "boolean"},
    },
)
_DEADLINE: Schema = {
    "what": _TEXT,
    "due": _DUE,
    "kind": _values(DeadlineKind),
    "certainty": _values(Certainty),
    "set_by": _or_null(_object("Who set it.", {**_WHO, "text": _TEXT})),
    "consequence": _TEXT_OR_NULL,
    "clock": _or_null(_CLOCK),
    "milestone": _TEXT_OR_NULL,
    "history": {"type": "array", "items": _PAST},
    "context": _TEXT,
}

_MENTION: Schema = {
    "issue": _TEXT,
    "issue_name": _TEXT,
    **_WHO,
    "stance": _values(Stance),
    "text": _TEXT,
}
_DAYS_LEFT: Schema = {"type": "integer", "minimum": 0, "description": "Until the day that counts."}
_POSITION = _object(
    "The party's stance on the issue, now and before.",
    {"stance": _values(Stance), "previous": _values(Stance)},
)
_FEED: Schema = {
    "seq": _COUNT,
    "feed_url": _TEXT,
    "title": _TEXT_OR_NULL,
    "state": {"enum": ["active", "paused", "failing", "gone"]},
    "last_error": _TEXT_OR_NULL,
    "failures": _COUNT,
}


def _event(kind: str, data: Schema, **more: Schema) -> Schema:
    properties = _EVENT | {"type": {"const": kind}} | data | more
    return _object(f"The {kind} as it was at this change.", properties, _ALWAYS_OPTIONAL)


def schemas() -> dict[str, Schema]:
    """The schema of each topic's body."""
    quote, deadline = _event("quote", _QUOTE), _event("deadline", _DEADLINE)
    mention = _event("issue_mention", _MENTION)
    feed = _object("The feed as it was then.", _FEED)
    data = {
        "quote.new": quote,
        "quote.updated": quote,
        "quote.withdrawn": quote,
        "deadline.new": deadline,
        "deadline.updated": deadline,
        "deadline.moved": deadline,
        "deadline.approaching": _event("deadline", _DEADLINE, days_left=_DAYS_LEFT),
        "deadline.passed": deadline,
        "deadline.withdrawn": deadline,
        "issue.new": mention,
        "issue.updated": mention,
        "issue.withdrawn": mention,
        "position.changed": _event("issue_mention", _MENTION, position=_POSITION),
        "sighting.new": {"anyOf": [quote, deadline, mention]},
        "feed.failing": feed,
        "feed.recovered": feed,
        "endpoint.test": _object("A test message.", {"endpoint_id": _TEXT, "seq": {"const": 0}}),
    }
    return {topic: _body(topic, schema) for topic, schema in data.items()}


def _body(topic: str, data: Schema) -> Schema:
    told = f"The body of a webhook of the topic {topic}."
    properties = {"type": {"const": topic}, "timestamp": _TIME, "data": data}
    return {"$schema": _DIALECT, "title": topic, **_object(told, properties)}


def rendered(schema: Schema) -> str:
    """A schema as its file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write all files, and remove those of topics that are no more."""
    FOLDER.mkdir(exist_ok=True)
    made = schemas()
    for old in FOLDER.glob("*.json"):
        if old.stem not in made:
            old.unlink()
    for topic, schema in made.items():
        (FOLDER / f"{topic}.json").write_text(rendered(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
