"""What each key of a pack's files may hold, and how it becomes a value.

A reader takes a TOML value and returns ours, or raises :class:`WrongValueError` with one sentence
and the path, below the key, of what it is about.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from config.packs.types import (
    ClockRule,
    FeedSource,
    Issue,
    Milestone,
    Office,
    Organisation,
    Party,
    Person,
)

Reader = Callable[[Any], Any]

GROUPS = ("substance", "pressure", "process")
MILESTONE_KINDS = (
    "event",
    "deadline",
    "target",
    "expiry",
    "effective",
    "vote",
    "meeting",
    "election",
    "clock",
    "horizon",
)
# What one text with {a|b} may stand for: more is a slip, and would fill the memory.
MOST_FORMS = 2000
UNITS = ("calendar-days", "working-days", "session-days", "weeks", "months", "years")


class WrongValueError(Exception):
    """A value is not what its key may hold."""

    def __init__(self, message: str, *below: str | int) -> None:
        super().__init__(message)
        self.below = below


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one kind of table: what it becomes and how each key is read."""

    value: Callable[..., Any]
    readers: Mapping[str, Reader]
    required: frozenset[str]


def shape_of(value: type[Any], readers: Mapping[str, Reader], optional: str = "") -> Shape:
    """The shape of a dataclass's table; a field without a default is required, save *optional*."""
    required = {f.name for f in fields(value) if f.default is MISSING and f.name != optional}
    return Shape(value, readers, frozenset(required))


def text(value: Any) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise WrongValueError("must be a text, and not an empty one")
    return value.strip()


def identifier(value: Any) -> str:
    """A name for reference: letters, digits and hyphens."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", value):
        raise WrongValueError("must be made of letters A to Z, digits and single hyphens")
    return value


def one_of(*choices: str) -> Reader:
    """One word of a closed list."""

    def read(value: Any) -> str:
        if value not in choices:
            raise WrongValueError(f"must be one of {', '.join(choices)}")
        return str(value)

    return read


def positive(value: Any) -> int:
    """A whole number from 1 on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise WrongValueError("must be a whole number, 1 or more")
    return value


def zone(value: Any) -> str:
    """A time zone of the IANA list."""
    try:
        return ZoneInfo(text(value)).key
    except (KeyError, ValueError, OSError) as error:
        raise WrongValueError("must name a time zone such as America/Toronto") from error


def url(value: Any) -> str:
    """An address on the web."""
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise WrongValueError("must be an address that begins with http:// or https://")
    return value


def first_day(value: Any) -> date:
    """The first day of what is written: a day, a month or a year."""
    return _period(value)[0]


def last_day(value: Any) -> date:
    """The last day of what is written: a day, a month or a year."""
    return _period(value)[1]


def _period(value: Any) -> tuple[date, date]:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value, value
    parts = (
        re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value) if isinstance(value, str) else None
    )
    try:
        if parts is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in parts.groups())
        assert year is not None
        if day is not None and month is not None:
            return (exact := date(year, month, day)), exact
        until = month or 12
        return date(year, month or 1, 1), date(year, until, calendar.monthrange(year, until)[1])
    except (ValueError, IndexError) as error:
        raise WrongValueError(
            'must be a date, "2018-05-17", "2018-05" or "2018", that the calendar has'
        ) from error


def language(value: Any) -> str:
    """An ISO 639-1 code."""
    if not isinstance(value, str) or not re.fullmatch("[a-z]{2}", value):
        raise WrongValueError("must be a language's code of two letters")
    return value


def tables(value: Any) -> list[dict[str, Any]]:
    """A list of tables, read later."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise WrongValueError("must be a list of tables, such as [{ … }, { … }]")
    return value


def by_language(read: Reader) -> Reader:
    """A table of language codes, each with what *read* makes of its value."""

    def read_all(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise WrongValueError('must be given by language, such as { en = "…", fr = "…" }')
        found = {}
        for lang, entry in value.items():
            if not re.fullmatch("[a-z]{2}", lang):
                raise WrongValueError(f"{lang!r} is not a language's code of two letters", lang)
            try:
                found[lang] = read(entry)
            except WrongValueError as wrong:
                raise WrongValueError(str(wrong), lang, *wrong.below) from wrong
        return found

    return read_all


def each(read: Reader) -> Reader:
    """A list of what *read* takes."""

    def read_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise WrongValueError('must be a list, such as ["…", "…"]')
        found = []
        for index, item in enumerate(value):
            try:
                found.append(read(item))
            except WrongValueError as wrong:
                raise WrongValueError(str(wrong), index, *wrong.below) from wrong
        return tuple(found)

    return read_all


def forms(value: Any) -> tuple[str, ...]:
    """A list of forms of words, with ``{a|b}`` written out."""
    spelt = (form for forms_of_one in each(_alternatives)(value) for form in forms_of_one)
    return tuple(dict.fromkeys(spelt))


def _alternatives(value: Any) -> list[str]:
    """All forms that ``{a|b}`` in a text stands for; braces may hold braces."""
    written = text(value)
    if "{" not in written and "}" not in written:
        return [" ".join(written.split())]
    tokens = re.findall(r"[{}|]|[^{}|]+", written)
    found = [" ".join(form.split()) for form in _spelt_out(tokens[::-1], is_inside=False)]
    if not all(found):
        raise WrongValueError("leaves nothing when every {…} is left out")
    return found


def _spelt_out(tokens: list[str], *, is_inside: bool) -> list[str]:
    """The forms of the tokens (the next one last) up to the closing brace, or to the end."""
    finished: list[str] = []
    begun = [""]
    while tokens:
        piece = tokens.pop()
        if piece == "}":
            if is_inside:
                return finished + begun
            break
        if piece == "{":
            inner = _spelt_out(tokens, is_inside=True)
            begun = [form + choice for form in begun for choice in inner]
        elif piece == "|" and is_inside:
            finished += begun
            begun = [""]
        else:
            begun = [form + piece for form in begun]
        if len(begun) > MOST_FORMS:
            raise WrongValueError(f"stands for more than {MOST_FORMS} forms; write fewer {{…}}")
    else:
        if not is_inside:
            return begun
    raise WrongValueError("has a brace without its other half")


def pattern(value: Any) -> str:
    """A regular expression that can match folded text."""
    written = text(value)
    try:
        re.compile(written)
    except re.error as error:
        raise WrongValueError(f"is no regular expression: {error}") from error
    plain = re.sub(r"\\.", "", written)
    if plain != plain.lower() or unicodedata.normalize("NFD", plain) != plain:
        raise WrongValueError("must be in lower case and without accents, as folded text is")
    return written


def flag(value: Any) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise WrongValueError("must be true or false")
    return value


texts = by_language(text)
term_lists = by_language(forms)
pattern_lists = by_language(each(pattern))

PARTY = shape_of(
    Party,
    {
        "id": identifier,
        "names": texts,
        "terms": term_lists,
        "zone": zone,
        "signs": term_lists,
        "spellings": term_lists,
        "outside": flag,
    },
)
ORGANISATION = shape_of(
    Organisation, {"id": identifier, "names": texts, "party": identifier, "terms": term_lists}
)
ISSUE = shape_of(
    Issue,
    {
        "id": identifier,
        "group": one_of(*GROUPS),
        "names": texts,
        "terms": term_lists,
        "weak": term_lists,
        "unless": pattern_lists,
        "measure": flag,
        "narrows_to": identifier,
        "general": flag,
        "kept_by": each(identifier),
        "resisted_by": each(identifier),
    },
)
MILESTONE = shape_of(
    Milestone,
    {
        "id": identifier,
        "kind": one_of(*MILESTONE_KINDS),
        "start": first_day,
        "end": last_day,
        "what": texts,
        "terms": term_lists,
    },
    optional="end",
)
CLOCK = shape_of(
    ClockRule,
    {
        "id": identifier,
        "names": texts,
        "length": positive,
        "unit": one_of(*UNITS),
        "anchor": texts,
        "direction": one_of("after", "before"),
        "source": text,
        "terms": term_lists,
        "note": text,
    },
)
FEED = shape_of(
    FeedSource,
    {
        "url": url,
        "outlet": text,
        "lang": language,
        "party": identifier,
        "zone": zone,
        "folder": text,
    },
)
PERSON = shape_of(
    Person,
    {
        "id": identifier,
        "name": text,
        "party": identifier,
        "offices": tables,
        "variants": forms,
        "gender": one_of("f", "m"),
    },
    optional="party",
)
OFFICE = shape_of(
    Office,
    {
        "title": texts,
        "start": first_day,
        "end": last_day,
        "organisation": identifier,
        "nouns": term_lists,
    },
)
# A post is an office without its days and its holder, kept by its id.
POST = Shape(
    dict,
    {"id": identifier, "title": texts, "organisation": identifier, "nouns": term_lists},
    frozenset({"id", "title"}),
)
HEAD = Shape(
    dict,
    {
        "name": identifier,
        "version": positive,
        "title": texts,
        "agreements": term_lists,
        "ignored": term_lists,
    },
    frozenset({"name", "version", "title", "agreements"}),
)
