"""One event with everything that proves it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, select

from storage.columns import UtcDateTime, storable
from storage.models import Article, Event, Revision, Sighting
from storage.view_tables import EVENT_VIEWS, decoded, view_table

_PASSAGE = 320


def event_detail(connection: Connection, event_id: str) -> dict[str, Any] | None:
    """Everything about one event: its view's row, its type, and every sighting with its passage.

    ``evidence`` holds one entry an occurrence: the article (id, revision, address, title,
    outlet, time), ``spans`` and a ``passage`` {before, evidence, after, parts}, where parts are
    the evidence in pieces, marked or not. None where there is no such event.
    """
    event_id = storable(event_id)
    type_ = connection.scalar(select(Event.type).where(Event.event_id == event_id))
    if type_ not in EVENT_VIEWS:
        return None
    view = view_table(EVENT_VIEWS[type_])
    row = connection.execute(select(view).where(view.c.event_id == event_id)).mappings().first()
    if row is None:
        return None
    evidence = _evidence(connection, event_id)
    return {"type": type_} | decoded(dict(row)) | {"evidence": evidence}


def _evidence(connection: Connection, event_id: str) -> list[dict[str, Any]]:
    query = (
        select(
            Article.article_id,
            Sighting.occurrence,
            Sighting.revision,
            func.coalesce(Article.canonical, Article.url).label("url"),
            Article.title,
            Article.outlet,
            Article.lang,
            Article.published_at,
            Sighting.seen_at,
            Sighting.start_offset,
            Sighting.end_offset,
            Sighting.text,
            Revision.text.label("body"),
        )
        .join(Event, Event.id == Sighting.event_id)
        .join(Article, Article.id == Sighting.article_id)
        .join(
            Revision,
            and_(Revision.article_id == Article.id, Revision.number == Sighting.revision),
            isouter=True,
        )
        .where(Event.event_id == event_id)
        .order_by(
            func.coalesce(Article.published_at, Sighting.seen_at, type_=UtcDateTime()),
            Article.article_id,
            Sighting.occurrence,
            Sighting.part,
        )
    )
    occurrences: dict[tuple[str, int], dict[str, Any]] = {}
    for found in connection.execute(query).mappings():
        row = dict(found)
        span = {"start": row.pop("start_offset"), "end": row.pop("end_offset")}
        span["text"] = row.pop("text")
        key = (row["article_id"], row["occurrence"])
        occurrences.setdefault(key, row | {"spans": []})["spans"].append(span)
    return [
        item | {"passage": passage(item.pop("body"), item["spans"])}
        for item in occurrences.values()
    ]


def passage(body: str | None, spans: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The evidence in its surroundings; alone where that text is no longer kept."""
    if body is None or any(body[span["start"] : span["end"]] != span["text"] for span in spans):
        parts = [{"text": span["text"], "marked": True} for span in spans]
        evidence = " ".join(span["text"] for span in spans)
        return {"before": "", "evidence": evidence, "after": "", "parts": parts}
    start, end = min(s["start"] for s in spans), max(s["end"] for s in spans)
    return {
        "before": _before(body[:start]),
        "evidence": body[start:end],
        "after": _after(body[end:]),
        "parts": marked_parts(body, [(s["start"], s["end"]) for s in spans], start, end),
    }


def marked_parts(
    text: str, spans: Sequence[tuple[int, int]], start: int = 0, end: int | None = None
) -> list[dict[str, Any]]:
    """``text[start:end]`` in pieces, each marked or not; what overlaps is marked once."""
    stop = len(text) if end is None else end
    parts: list[dict[str, Any]] = []
    place = start
    for first, last in sorted(spans):
        left, right = max(first, place), min(last, stop)
        if right <= left:
            continue
        if left > place:
            parts.append({"text": text[place:left], "marked": False})
        parts.append({"text": text[left:right], "marked": True})
        place = right
    if place < stop:
        parts.append({"text": text[place:stop], "marked": False})
    return parts


def _before(text: str) -> str:
    """The end of *text*, from a word's start."""
    return text if len(text) <= _PASSAGE else "…" + text[-_PASSAGE:].partition(" ")[2]


def _after(text: str) -> str:
    """The start of *text*, to a word's end."""
    return text if len(text) <= _PASSAGE else text[:_PASSAGE].rpartition(" ")[0] + "…"
