"""When a feed does not want to be asked (RSS 2.0, ``skipHours`` and ``skipDays``)."""

import re

_HEAD_BYTES = 64 * 1024
_SKIPPED = re.compile(rb"<skip(hours|days)\s*>(.{0,2000}?)</skip\1\s*>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour\s*>\s*(\d{1,2})\s*</hour", re.IGNORECASE)
_DAY = re.compile(rb"<day\s*>\s*([a-z]{3})[a-z]*\s*</day", re.IGNORECASE)
_DAYS = (b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun")


def skipped_times(body: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The hours (0 to 23, UTC) and weekdays (Monday is 0) that the feed *body* wants skipped.

    A feed that wants all of them skipped wants nothing that makes sense, and gets nothing.
    """
    hours: set[int] = set()
    days: set[int] = set()
    for kind, listed in _SKIPPED.findall(body[:_HEAD_BYTES]):
        if kind.lower() == b"hours":
            # Old feeds count from 1 to 24.
            hours |= {int(hour) % 24 for hour in _HOUR.findall(listed) if int(hour) <= 24}
        else:
            names = (day.lower() for day in _DAY.findall(listed))
            days |= {_DAYS.index(name) for name in names if name in _DAYS}
    return (
        tuple(sorted(hours)) if len(hours) < 24 else (),
        tuple(sorted(days)) if len(days) < 7 else (),
    )
