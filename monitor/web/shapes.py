"""The shapes of answers that are no rows of a view, for ``/openapi.json``."""

from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_TIME: Schema = {"type": "string", "format": "date-time"}
_MAYBE_TIME: Schema = {"type": ["string", "null"], "format": "date-time"}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def _all_of(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "required": [*properties], "properties": properties}


def _list_of(item: Schema) -> Schema:
    return _all_of({"items": {"type": "array", "items": item}, "next": _MAYBE})


PROBLEM: Schema = _all_of(
    {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": _TEXT,
    }
)
ENDPOINT: Schema = _all_of(
    {
        "endpoint_id": _TEXT,
        "url": {"type": "string", "description": "Scheme and host; the rest may be secret."},
        "filters": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
        "state": {"type": "string", "enum": ["active", "disabled"]},
        "reason": _MAYBE,
        "added_at": _TIME,
        "cursor": {"type": "integer", "description": "The last seq laid out for delivery."},
        "failures": {"type": "integer", "description": "In a row."},
        "failing_since": _MAYBE_TIME,
        "paused_until": _MAYBE_TIME,
        "last_ok_at": _MAYBE_TIME,
    }
)
ENDPOINTS = _list_of(ENDPOINT)
DELIVERIES = _list_of(
    _all_of(
        {
            "delivery": {"type": "integer"},
            "seq": {"type": "integer"},
            "topic": _TEXT,
            "event_id": _MAYBE,
            "state": {"type": "string", "enum": ["pending", "delivered", "dead", "cancelled"]},
            "attempts": _COUNT,
            "next_at": _MAYBE_TIME,
            "delivered_at": _MAYBE_TIME,
            "status": {"type": ["integer", "null"]},
            "error": _MAYBE,
            "milliseconds": {"type": ["integer", "null"]},
        }
    )
)
SECRET: Schema = {
    **_all_of({"endpoint_id": _TEXT, "secret": {"type": "string", "pattern": "^whsec_"}}),
    "description": "The secret is shown this once.",
}
TESTED = _all_of(
    {
        "endpoint_id": _TEXT,
        "delivered": {"type": "boolean"},
        "said": {"type": "string", "description": "How that went."},
    }
)
REPLAYED = _all_of({"replayed": _COUNT})
EVIDENCE: Schema = {
    "type": "array",
    "items": _all_of(
        {
            "article_id": _TEXT,
            "occurrence": _COUNT,
            "revision": _COUNT,
            "url": _TEXT,
            "title": _MAYBE,
            "outlet": _MAYBE,
            "lang": _MAYBE,
            "published_at": _MAYBE_TIME,
            "seen_at": _TIME,
            "spans": {
                "type": "array",
                "items": _all_of({"start": _COUNT, "end": _COUNT, "text": _TEXT}),
            },
            "passage": _all_of(
                {
                    "before": _TEXT,
                    "evidence": _TEXT,
                    "after": _TEXT,
                    "parts": {
                        "type": "array",
                        "items": _all_of({"text": _TEXT, "marked": {"type": "boolean"}}),
                    },
                }
            ),
        }
    ),
}
JSON_FEED: Schema = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"type": "string", "enum": ["https://jsonfeed.org/version/1.1"]},
        "title": _TEXT,
        "home_page_url": _TEXT,
        "feed_url": _TEXT,
        "next_url": _TEXT,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "content_text", "date_published"],
                "properties": {
                    "id": _TEXT,
                    "url": _TEXT,
                    "external_url": _TEXT,
                    "title": _TEXT,
                    "content_text": _TEXT,
                    "date_published": _TIME,
                    "date_modified": _TIME,
                    "language": _TEXT,
                    "tags": {"type": "array", "items": _TEXT},
                    "authors": {"type": "array", "items": _all_of({"name": _TEXT})},
                },
            },
        },
    },
}
