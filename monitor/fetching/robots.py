"""robots.txt (RFC 9309): what it allows, kept for a day."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

MAX_BYTES = 500 * 1024
_KEEP_SECONDS = 86_400.0
_KEEP_ERROR_SECONDS = 600.0
_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin's robots.txt says, and until when we believe it (monotonic time)."""

    parsed: Protego | None  # None: there are none, everything is allowed
    known: bool
    until: float

    def allows(self, url: str, agent: str) -> bool:
        """Whether *agent* may fetch *url*."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, agent))

    def crawl_delay(self, agent: str) -> float | None:
        """Seconds between requests that the host wishes."""
        delay = None if self.parsed is None else self.parsed.crawl_delay(agent)
        return None if delay is None else float(delay)


def rules_of(status: int, body: bytes) -> Rules:
    """The rules that an answer stands for: 4xx allows everything, 5xx nothing for now."""
    now = time.monotonic()
    if 200 <= status < 300:
        text = body.decode("utf-8", errors="replace").lstrip("\ufeff")
        return Rules(Protego.parse(text), True, now + _KEEP_SECONDS)
    if 400 <= status < 500 and status != 429:
        return Rules(None, True, now + _KEEP_SECONDS)
    return Rules(None, False, now + _KEEP_ERROR_SECONDS)


class RobotsCache:
    """Rules by origin."""

    def __init__(self) -> None:
        self._rules: dict[str, Rules] = {}

    def get(self, origin: str) -> Rules | None:
        """The rules of *origin*, while they are fresh."""
        rules = self._rules.get(origin)
        return rules if rules and rules.until > time.monotonic() else None

    def put(self, origin: str, rules: Rules) -> None:
        """Keep the rules of *origin*."""
        if len(self._rules) >= _MOST_KEPT:
            self._rules.clear()
        self._rules[origin] = rules


def origin_of(url: str) -> str:
    """Scheme, host and port of *url*."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
