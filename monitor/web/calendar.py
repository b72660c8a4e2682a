"""Deadlines as a calendar (RFC 5545)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from monitor.web.wording import web_link
from storage.engine import Database
from storage.queries import MAX_LIMIT, changes_shown

_FOLD_OCTETS = 75
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DAY = timedelta(days=1)
_STATUS = {"fixed": "CONFIRMED"}
_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//nafta-monitor//deadlines//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:Negotiation deadlines",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
)


def calendar_text(
    rows: Iterable[Mapping[str, Any]], *, link: str | None = None, alarm: int | None = None
) -> str:
    """The calendar of *rows* of the view ``deadlines``; those without a date are left out.

    *link* is the address of an event's page up to its id; *alarm* asks for a reminder so many days
    before each that is not withdrawn. A deadline keeps its UID when its date moves and its SEQUENCE
    rises, so a subscriber's entry moves with it. The SEQUENCE is the row's ``sequence`` (see
    :func:`with_sequence`), or without one its moves.
    """
    return "".join(calendar_lines(rows, link=link, alarm=alarm))


def calendar_lines(
    rows: Iterable[Mapping[str, Any]], *, link: str | None = None, alarm: int | None = None
) -> Iterator[str]:
    """The lines of :func:`calendar_text` one after the other, for as many rows as there are."""
    yield from (f"{line}\r\n" for line in _HEAD)
    for row in rows:
        if row["due_from"] or row["due_to"]:
            yield from (f"{_folded(line)}\r\n" for line in _event(row, link, alarm))
    yield "END:VCALENDAR\r\n"


def sequenced(database: Database, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The *rows* of the view ``deadlines`` as :func:`with_sequence` has them, however many."""
    remaining = iter(rows)
    while some := list(islice(remaining, MAX_LIMIT)):
        with database.read() as connection:
            numbered = with_sequence(connection, some)
        yield from numbered


def with_sequence(
    connection: Connection, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The *rows* of the view ``deadlines``, each with the ``sequence`` of its entry."""
    times: dict[str, int] = {}
    for first in range(0, len(rows), MAX_LIMIT):
        ids = [row["event_id"] for row in rows[first : first + MAX_LIMIT]]
        times |= changes_shown(connection, ids)
    return [{**row, "sequence": times.get(row["event_id"], 0)} for row in rows]


def _event(row: Mapping[str, Any], link: str | None, alarm: int | None) -> Iterator[str]:
    start: date = row["due_from"] or row["due_to"] - _DAY
    end: date = max(row["due_to"] or start, start + _DAY)
    withdrawn = row["status"] == "withdrawn"
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(row['event_id'])}@nafta-monitor"
    yield f"DTSTAMP:{_moment(row['last_seen_at'])}"
    yield f"CREATED:{_moment(row['first_seen_at'])}"
    yield f"LAST-MODIFIED:{_moment(row['last_seen_at'])}"
    yield f"SEQUENCE:{row.get('sequence', row['moves'])}"
    yield f"DTSTART;VALUE=DATE:{_day(start)}"
    yield f"DTEND;VALUE=DATE:{_day(end)}"
    yield f"SUMMARY:{_text(row['what'])}"
    yield f"DESCRIPTION:{_text(_description(row))}"
    yield f"STATUS:{'CANCELLED' if withdrawn else _STATUS.get(row['certainty'], 'TENTATIVE')}"
    yield "TRANSP:TRANSPARENT"
    tags = [row["kind"], *row["issues"]]
    yield f"CATEGORIES:{','.join(map(_text, tags))}"
    address = f"{link}{row['event_id']}" if link else web_link(row["url"])
    if address:
        yield f"URL:{_CONTROLS.sub('', address)}"
    if alarm is not None and not withdrawn:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(row['what'])}"
        yield f"TRIGGER:-P{alarm}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _description(row: Mapping[str, Any]) -> str:
    lines = [f"{row['certainty']} {row['kind']}, as written: {row['due_text']}"]
    if row["set_by"]:
        lines.append(f"Set by: {row['set_by']}")
    if row["consequence"]:
        lines.append(f"If missed: {row['consequence']}")
    if row["moves"]:
        lines.append(f"Moved {row['moves']} times; before: {row['previous_due_from']}")
    lines.append(f"Source: {row['outlet'] or ''} {row['url']}")
    return "\n".join(lines)


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """The value as TEXT: what means more is escaped, what cannot stand is left out."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lined = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return _CONTROLS.sub("", lined)


def _folded(line: str) -> str:
    """The *line* in pieces of at most 75 octets, none of which cuts a character."""
    if len(line) <= _FOLD_OCTETS and line.isascii():
        return line
    pieces: list[str] = []
    piece, size, room = "", 0, _FOLD_OCTETS
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > room:
            pieces.append(piece)
            piece, size, room = "", 0, _FOLD_OCTETS - 1
        piece += character
        size += octets
    return "\r\n ".join([*pieces, piece])
