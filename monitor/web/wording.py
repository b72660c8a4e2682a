"""Dates and words as a reader wants them."""

import calendar
from datetime import date, datetime
from urllib.parse import urlsplit

_MARKS = {"fr": ("« ", " »"), "es": ("«", "»")}


def quoted(text: str, lang: str | None) -> str:
    """*text* in the quotation marks of its language."""
    left, right = _MARKS.get(lang or "", ("“", "”"))
    return f"{left}{text}{right}"


def speaker_words(name: str | None, role: str | None, organisation: str | None) -> tuple[str, str]:
    """Who spoke, and in what capacity (or ""): the best name there is, and what that leaves out."""
    known = [words for words in (name, role, organisation) if words]
    if not known:
        return "Unnamed speaker", ""
    first = known[0] if name else known[0][:1].upper() + known[0][1:]
    return first, known[1] if len(known) > 1 and name else ""


def day_words(day: date) -> str:
    """A day such as "31 March 2018"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def time_words(moment: datetime) -> str:
    """A time such as "31 March 2018, 12:00 UTC"."""
    return f"{day_words(moment.date())}, {moment:%H:%M} UTC"


def due_words(due: date | None, end: date | None, precision: str | None, text: str) -> str:
    """When something is due, as exactly as it is known; an open start is "by" the end."""
    if due is None:
        return f"by {day_words(_last(end))}" if end else text
    match precision:
        case "month":
            return f"{calendar.month_name[due.month]} {due.year}"
        case "quarter":
            return f"quarter {(due.month + 2) // 3} of {due.year}"
        case "year":
            return str(due.year)
        case "week":
            return f"week of {day_words(due)}"
    last = _last(end) if end else due
    return day_words(due) if last <= due else f"{day_words(due)} to {day_words(last)}"


def days_left(due: date | None, end: date | None, today: date) -> str:
    """How far off something is: "today", "in 12 days", "now" within a longer span, "3 days ago"."""
    first = due or (_last(end) if end else None)
    if first is None:
        return ""
    last = max(first, _last(end)) if end else first
    left, gone = (first - today).days, (today - last).days
    if left > 0:
        return "tomorrow" if left == 1 else f"in {left:,} days"
    if gone > 0:
        return "yesterday" if gone == 1 else f"{gone:,} days ago"
    return "today" if first == last else "now"


def next_due(due: date | None, end: date | None, today: date) -> date:
    """The day that counts now: the start, or once that is over the last day."""
    if due is not None and due >= today:
        return due
    return _last(end) if end else due or date.max


def _last(end: date) -> date:
    """The last day before an exclusive *end*."""
    return date.fromordinal(max(1, end.toordinal() - 1))


def ago_words(moment: datetime, now: datetime) -> str:
    """How long ago *moment* was, roughly."""
    seconds = (now - moment).total_seconds()
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        count = int(abs(seconds) // size)
        if count:
            words = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


def web_link(url: object) -> str | None:
    """*url* where it is an http(s) address: nothing else becomes a link."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
