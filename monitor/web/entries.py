"""Events as entries of a feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.web.wording import due_words, quoted, speaker_words


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One event as a feed reader shows it."""

    id: str
    title: str
    url: str  # the evidence
    article_url: str | None
    text: str
    author: str | None
    published: datetime
    updated: datetime
    lang: str | None
    tags: tuple[str, ...] = ()


def quote_entry(row: Mapping[str, Any], link: str) -> FeedEntry:
    """A row of the view ``quotes`` as an entry; *link* is an event's address up to its id."""
    who, role = speaker_words(row["speaker_name"], row["role"], row["organisation"])
    said = quoted(row["text"], row["lang"]) if row["kind"] != "indirect" else row["text"]
    text = f"{said}\n— {who}{f' ({role})' if role else ''}, {_source(row)}"
    return _entry(row, link, f"{who}: {said}", text, row["speaker_name"], row["first_seen_at"])


def deadline_entry(row: Mapping[str, Any], link: str) -> FeedEntry:
    """A row of the view ``deadlines`` as an entry."""
    due = due_words(row["due_from"], row["due_to"], row["due_precision"], row["due_text"])
    lines = [f"{row['what']}: {due} ({row['certainty']} {row['kind']}).", row["context"]]
    if row["moves"]:
        before = row["previous_due_from"]
        lines.insert(1, f"Moved {row['moves']} times; before: {before or 'unknown'}.")
    if row["consequence"]:
        lines.append(f"If missed: {row['consequence']}")
    lines.append(_source(row))
    # Another sighting is no news to a reader; another date is.
    updated = row["last_seen_at"] if row["moves"] else row["first_seen_at"]
    title = f"{due}: {row['what']}"
    return _entry(row, link, title, "\n".join(lines), row["set_by"], updated)


def position_entry(row: Mapping[str, Any], link: str, names: Mapping[str, str]) -> FeedEntry:
    """A row of the view ``positions`` as an entry; *names* are the issue's, by language."""
    issue = names.get("en", row["issue"])
    was = f" (was: {row['previous_stance']})" if row["previous_stance"] else ""
    return FeedEntry(
        # Another position is another entry, so that a reader is told of it.
        id=f"urn:nafta-monitor:position:{row['issue']}:{row['party']}:{row['event_id']}",
        title=f"{row['party']} {row['stance']}{was}: {issue}",
        url=f"{link}{row['event_id']}",
        article_url=row["url"],
        text=row["text"],
        author=None,
        published=row["since"],
        updated=row["since"],
        lang=None,
        tags=(row["issue"], row["party"]),
    )


def event_entry(row: Mapping[str, Any], link: str) -> FeedEntry:
    """A row of ``events`` as an entry."""
    text, who = row["text"], row["speaker"]
    if row["type"] == "quote":
        title = f"{who or 'Unnamed speaker'}: {quoted(text, row['lang'])}"
    elif row["type"] == "deadline":
        title = f"{row['due_from']}: {text}" if row["due_from"] else text
    else:
        title = f"{row['party'] or 'Somebody'} {row['stance']}: {', '.join(row['issues'])}"
    return _entry(row, link, title, f"{text}\n{_source(row)}", who, row["first_seen_at"])


def _entry(
    row: Mapping[str, Any], link: str, title: str, text: str, author: str | None, updated: datetime
) -> FeedEntry:
    issues = row["issues"] or ()
    return FeedEntry(
        id=f"urn:nafta-monitor:event:{row['event_id']}",
        title=" ".join(title.split())[:200],
        url=f"{link}{row['event_id']}",
        article_url=row["url"],
        text=text,
        author=author,
        published=row["published_at"] or row["first_seen_at"],
        updated=updated,
        lang=row["lang"],
        tags=(*issues, *filter(None, (row.get("party") or row.get("set_by_party"),))),
    )


def _source(row: Mapping[str, Any]) -> str:
    more = row["outlets"] - 1
    also = f" and {more} more" if more > 0 else ""
    return f"{row['outlet'] or row['url']}{also}"
