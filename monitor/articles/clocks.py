"""The clock time in a written time, brought to the one form that every reader knows."""

import re
from datetime import timedelta

# Offsets in minutes. Of names that mean several zones the one in the countries that we read.
_OFFSETS = {
    **dict.fromkeys(("z", "gmt", "utc", "ut", "wet", "etc/gmt", "etc/utc"), 0),
    **dict.fromkeys(("nst",), -210),
    **dict.fromkeys(("ndt",), -150),
    **dict.fromkeys(("ast", "edt", "clt"), -240),
    **dict.fromkeys(("adt", "art", "brt", "clst"), -180),
    **dict.fromkeys(("est", "et", "cdt", "cot", "pet"), -300),
    **dict.fromkeys(("cst", "ct", "mdt"), -360),
    **dict.fromkeys(("mst", "mt", "pdt"), -420),
    **dict.fromkeys(("pst", "pt", "akdt"), -480),
    **dict.fromkeys(("akst",), -540),
    **dict.fromkeys(("hst",), -600),
    **dict.fromkeys(("bst", "cet", "west"), 60),
    **dict.fromkeys(("cest", "eet", "sast"), 120),
    **dict.fromkeys(("eest", "msk"), 180),
    **dict.fromkeys(("hkt", "awst"), 480),
    **dict.fromkeys(("jst", "kst"), 540),
    **dict.fromkeys(("aest",), 600),
    **dict.fromkeys(("aedt",), 660),
    **dict.fromkeys(("nzst",), 720),
    **dict.fromkeys(("nzdt",), 780),
}
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?::|(?<=\d)h)(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?(?![\d:])"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"(?P<zone>\s*\(?(?:GMT|UTC?|Z)?\s*[+-]\d{1,2}(?::?\d\d)?(?!\d)|\s*\(?[a-z/]{1,7}\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?$")
# What stands behind an offset: its name again, and years as in the form of C's asctime.
_BEHIND = re.compile(r"^(?:\s*(?:\([^)]*\)?|\)|Z\b|[+-]0000\b))+", re.IGNORECASE)


def with_plain_clock(text: str) -> tuple[str, timedelta]:
    """*text* with its clock as ``hh:mm:ss`` and its zone as ``+hhmm``, and what is to be added.

    24:00 is the next day's midnight and a leap second the next minute: no clock shows them. What
    has no clock, or one of no sense, stays as it is.
    """
    found = _CLOCK.search(text)
    if found is None:
        return text, timedelta()
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    later = timedelta(seconds=second // 60)
    if hour == 24 and minute == second == 0:
        hour, later = 0, timedelta(days=1)
    clock = f"{hour:02}:{minute:02}:{min(second, 59):02}"
    zone, behind = _offset(found["zone"] or ""), text[found.end() :]
    if zone is None:
        zone, behind = "", f"{found['zone'] or ''}{behind}"
    else:
        behind = _BEHIND.sub("", behind)
    return f"{text[: found.start()]}{clock}{zone and f' {zone}'}{behind}".rstrip(), later


def _offset(written: str) -> str | None:
    """The zone in *written* as ``+hhmm``; "" where none is written, None where it is not known."""
    name = written.strip(" \t\n\r(")
    if not name:
        return ""
    number = _OFFSET.search(name)
    if number is not None:
        return f"{number[1]}{int(number[2]):02}{number[3] or '00'}"
    minutes = _OFFSETS.get(name.lower())
    if minutes is None:
        return None
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
