"""Small values of feeds: one line of text, a web link, a time."""

import re
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from monitor.articles.times import read_time

# C0 and C1 controls but tab, line feed and return, which are blanks; noncharacters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Halves of letters, which JSON can write and no encoding can.
_HALF = re.compile("[\ud800-\udfff]")
_BLANKS_IN_URL = re.compile(r"[\t\n\r]+")


def clean(text: object) -> str | None:
    """*text* without control characters and surrounding blanks; None where nothing is left."""
    if not isinstance(text, str):
        return None
    return _HALF.sub("\ufffd", _CONTROL.sub("", text)).strip() or None


def one_line(text: object) -> str | None:
    """*text* on one line, without control characters."""
    cleaned = clean(text)
    return " ".join(cleaned.split()) if cleaned else None


def web_link(link: object, base: str | None = None) -> str | None:
    """*link* made absolute against *base*, where that gives an http or https address."""
    if not isinstance(link, str) or _HALF.search(link):
        return None
    link = _BLANKS_IN_URL.sub("", link).strip()
    if not link:
        return None
    try:
        absolute = urljoin(base, link) if base else link
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in {"http", "https"} and parts.netloc else None


def written_time(text: object) -> datetime | None:
    """The time that *text* says, in UTC and whole seconds; one without a zone is taken for UTC."""
    time = read_time(text)
    return time.at.replace(microsecond=0) if time else None


def precision_of(text: object) -> str:
    """How exact the time in *text* is: ``day`` where it says no clock time with a zone.

    Midnight sharp in UTC is what programs write that know the day alone.
    """
    time = read_time(text)
    if time is None:
        return "second"
    at_midnight = time.at.hour == time.at.minute == time.at.second == 0
    return "day" if at_midnight else time.precision
