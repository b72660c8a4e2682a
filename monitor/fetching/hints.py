"""What an answer's headers say about when to ask again (RFC 9110 §10.2.3, RFC 9111 §5)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
# Statuses with which a host says that it has enough for now.
HAS_ENOUGH = frozenset({429, 503})
_LONGEST = 10 * 365 * 86400.0


def parse_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait by ``Retry-After`` (a number or a date), or None."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), _LONGEST)
    return _seconds_until(value, now)


def freshness(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds for which the answer says that it stays fresh (``max-age``, else ``Expires``)."""
    control = headers.get("cache-control", "")
    if found := _MAX_AGE.search(control):
        return float(found[1])
    if re.search(r"no-(cache|store)", control, re.IGNORECASE):
        return None
    return _seconds_until(headers.get("expires", ""), now)


def _seconds_until(value: str, now: datetime) -> float | None:
    if not value or value == "0":
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - now).total_seconds()
    return min(seconds, _LONGEST) if seconds > 0 else None
