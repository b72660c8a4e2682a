"""Times as feeds and pages write them for machines, or almost for machines."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.articles.clocks import with_plain_clock
from monitor.articles.month_names import month_number

_BLANK_BEFORE_ZONE = re.compile(r"(?<=\d)\s+(?=[+-]\d)")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_DAY = re.compile(r"(?:1[89]|20)\d\d-?[01]\d-?[0-3]\d")
_SECONDS = re.compile(r"1\d{9}(?:\.\d+)?|1\d{12}")
_CLOCK = r"(?:[\s,-]+(?:at |à |a las )?(?P<clock>\d\d:\d\d:\d\d)(?P<zone> [+-]\d{4})?)?"
_IN_WORDS = (
    re.compile(
        r"(?P<day>\d{1,2})(?:er|º|ro)?\s+(?:de )?(?P<month>[^\W\d]{3,10})\.?,?\s+(?:del? )?"
        r"(?P<year>\d{4})\b" + _CLOCK,
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<month>[^\W\d]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b"
        + _CLOCK,
        re.IGNORECASE,
    ),
)
_HYPHENS = re.compile(r"(?<=\d)-(?=[^\W\d])|(?<=[^\W\d])-(?=\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEARS = range(1900, 2100)
_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """An aware time in UTC; *precision* is ``day`` where no clock time with a zone was written.

    A clock time without a zone stays in *at* as it was read; only its day is sure.
    """

    at: datetime
    precision: str


def read_time(written: object) -> WrittenTime | None:
    """The time that *written* says in ISO 8601, RFC 5322, seconds of the epoch or words.

    Words are those of the languages that we read: ``28 mars 2018``, ``March 28, 2018 5:00 PM``.
    """
    if not isinstance(written, str | int | float) or isinstance(written, bool):
        return None
    text, later = with_plain_clock(str(written).strip()[:64])
    for read in (_from_iso, _from_mail, _from_epoch, _from_words, _from_numbers):
        try:
            time = read(text)
        except (ValueError, OverflowError, TypeError, IndexError, OSError):
            continue
        if time is not None and time.year in YEARS:
            return _written(time + later, day_only=bool(_DAY.fullmatch(text)))
    return None


def _from_iso(text: str) -> datetime | None:
    if not text[:4].isdigit() or _SECONDS.fullmatch(text):
        return None
    text = _YEAR_FIRST.sub(lambda day: f"{day[1]}-{int(day[3]):02}-{int(day[4]):02}", text, count=1)
    return datetime.fromisoformat(_BLANK_BEFORE_ZONE.sub("", text).replace(", ", " "))


def _from_mail(text: str) -> datetime | None:
    if ":" not in text or text[:4].isdigit():
        return None
    return parsedate_to_datetime(text)


def _from_epoch(text: str) -> datetime | None:
    if not _SECONDS.fullmatch(text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)


def _from_words(text: str) -> datetime | None:
    text = _HYPHENS.sub(" ", text)
    found = next((match for form in _IN_WORDS if (match := form.search(text))), None)
    month = month_number(found["month"]) if found else None
    if found is None or month is None:
        return None
    day = f"{found['day']} {_MONTHS[month - 1]} {found['year']}"
    return parsedate_to_datetime(f"{day} {found['clock'] or '00:00:00'}{found['zone'] or ''}")


def _from_numbers(text: str) -> datetime | None:
    """A day of numbers alone with its year last; slashes that could mean either order, neither."""
    found = _YEAR_LAST.match(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if found[2] == "/" and first != second and max(first, second) <= _MOST_MONTHS:
        return None
    day, month = (second, first) if second > _MOST_MONTHS else (first, second)
    return _from_iso(f"{found[4]}-{month:02}-{day:02}{text[found.end() :].replace(',', '')}")


def _written(time: datetime, *, day_only: bool) -> WrittenTime:
    if time.tzinfo is None:
        return WrittenTime(time.replace(tzinfo=UTC), "day")
    return WrittenTime(time.astimezone(UTC), "day" if day_only else "second")
