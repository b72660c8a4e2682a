"""Times as feeds and pages write them for machines, or almost for machines."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.articles.month_names import month_number

_SHORT_ZONE = re.compile(r"([+-])(\d):?(\d\d)$")
_BLANK_BEFORE_ZONE = re.compile(r"(?<=\d)\s+(?=[+-]\d|Z$)")
_UTC_NAME = re.compile(r"(?<=\d)\s*(?:UTC|GMT)$")
_DAY = re.compile(r"(?:1[89]|20)\d\d-?[01]\d-?[0-3]\d")
_SECONDS = re.compile(r"1\d{9}(?:\.\d+)?|1\d{12}")
_HALF_DAY = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_CLOCK = (
    r"(?:[\s,-]+(?:at |à |a las )?(?P<hour>\d{1,2})[:h](?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?\s*(?P<zone>Z|[+-]\d\d:?\d\d|[A-Z]{2,4})?)?"
)
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
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEARS = range(1900, 2100)


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
    text = str(written).strip()[:64]
    for read in (_from_iso, _from_mail, _from_epoch, _from_words):
        try:
            time = read(text)
        except (ValueError, OverflowError, TypeError, IndexError, OSError):
            continue
        if time is not None and time.year in YEARS:
            return _written(time, day_only=bool(_DAY.fullmatch(text)))
    return None


def _from_iso(text: str) -> datetime | None:
    if not text[:4].isdigit() or _SECONDS.fullmatch(text):
        return None
    text = text.replace("/", "-", 2) if text[4:5] == "/" else text
    text = _UTC_NAME.sub("Z", _BLANK_BEFORE_ZONE.sub("", text))
    text = _SHORT_ZONE.sub(r"\g<1>0\2:\3", text) if ":" in text else text
    return datetime.fromisoformat(text)


def _from_mail(text: str) -> datetime | None:
    if ":" not in text or text[:4].isdigit() or _HALF_DAY.search(text):
        return None
    return parsedate_to_datetime(text)


def _from_epoch(text: str) -> datetime | None:
    if not _SECONDS.fullmatch(text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)


def _from_words(text: str) -> datetime | None:
    found = next((match for form in _IN_WORDS if (match := form.search(text))), None)
    month = month_number(found["month"]) if found else None
    if found is None or month is None:
        return None
    day = f"{found['day']} {_MONTHS[month - 1]} {found['year']}"
    if found["hour"] is None:
        return parsedate_to_datetime(f"{day} 00:00:00")
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    zone = (found["zone"] or "").replace(":", "")
    return parsedate_to_datetime(f"{day} {hour}:{found['minute']}:{found['second'] or 0} {zone}")


def _written(time: datetime, *, day_only: bool) -> WrittenTime:
    if time.tzinfo is None:
        return WrittenTime(time.replace(tzinfo=UTC), "day")
    return WrittenTime(time.astimezone(UTC), "day" if day_only else "second")
