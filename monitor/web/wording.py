"""Dates and words as a reader wants them, in their language."""

from datetime import date, datetime
from urllib.parse import urlsplit

from monitor.web.interface import ENGLISH, Texts

_MARKS = {"fr": ("« ", " »"), "es": ("«", "»")}


def quoted(text: str, lang: str | None) -> str:
    """*text* in the quotation marks of its language."""
    left, right = _MARKS.get(lang or "", ("“", "”"))
    return f"{left}{text}{right}"


def speaker_words(
    name: str | None, role: str | None, organisation: str | None, texts: Texts = ENGLISH
) -> tuple[str, str]:
    """Who spoke, and in what capacity (or ""): the best name there is, and what that leaves out."""
    known = [words for words in (name, role, organisation) if words]
    if not known:
        return texts("item.unnamed"), ""
    first = known[0] if name else known[0][:1].upper() + known[0][1:]
    return first, known[1] if len(known) > 1 and name else ""


def day_words(day: date, texts: Texts = ENGLISH) -> str:
    """A day such as "31 March 2018"."""
    figure = texts("dates.first_day") if day.day == 1 else str(day.day)
    return texts("dates.day", day=figure, month=texts.months[day.month - 1], year=day.year)


def time_words(moment: datetime, texts: Texts = ENGLISH) -> str:
    """A time such as "31 March 2018, 12:00 UTC"."""
    return texts("dates.time", day=day_words(moment.date(), texts), time=f"{moment:%H:%M}")


def due_words(
    due: date | None, end: date | None, precision: str | None, text: str, texts: Texts = ENGLISH
) -> str:
    """When something is due, as exactly as it is known; an open start is "by" the end."""
    if due is None:
        return texts("dates.by", day=day_words(last_day(end), texts)) if end else text
    match precision:
        case "month":
            return texts("dates.month", month=texts.months[due.month - 1], year=due.year)
        case "quarter":
            return texts("dates.quarter", number=(due.month + 2) // 3, year=due.year)
        case "year":
            return str(due.year)
        case "week":
            return texts("dates.week", day=day_words(due, texts))
    last = last_day(end) if end else due
    if last <= due:
        return day_words(due, texts)
    return texts("dates.range", first=day_words(due, texts), last=day_words(last, texts))


def days_left(due: date | None, end: date | None, today: date, texts: Texts = ENGLISH) -> str:
    """How far off something is: "today", "in 12 days", "4 days left" of a span, "3 days ago"."""
    first = due or (last_day(end) if end else None)
    if first is None:
        return ""
    last = max(first, last_day(end)) if end else first
    left, gone = (first - today).days, (today - last).days
    if left > 0:
        ahead = texts("dates.ahead", span=texts.count("dates.days", left))
        return texts("dates.tomorrow") if left == 1 else ahead
    if gone > 0:
        ago = texts("dates.ago", span=texts.count("dates.days", gone))
        return texts("dates.yesterday") if gone == 1 else ago
    ends = (last - today).days
    return texts.count("dates.left", ends) if ends else texts("dates.today")


def next_due(due: date | None, end: date | None, today: date) -> date:
    """The day that counts now: the start, or once that is over the last day."""
    if due is not None and due >= today:
        return due
    return last_day(end) if end else due or date.max


def is_past(due: date | None, end: date | None, today: date) -> bool:
    """Whether the last day of what was due is over."""
    last = last_day(end) if end else due
    return last is not None and max(last, due or last) < today


def last_day(end: date) -> date:
    """The last day before an exclusive *end*."""
    return date.fromordinal(max(1, end.toordinal() - 1))


def ago_words(moment: datetime, now: datetime, texts: Texts = ENGLISH) -> str:
    """How long ago *moment* was, roughly."""
    seconds = (now - moment).total_seconds()
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        count = int(abs(seconds) // size)
        if count:
            span = texts.count(f"dates.{unit}", count)
            return texts("dates.ago" if seconds > 0 else "dates.ahead", span=span)
    return texts("dates.just_now")


def web_link(url: object) -> str | None:
    """*url* where it is an http(s) address: nothing else becomes a link."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
