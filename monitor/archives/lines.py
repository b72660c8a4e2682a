"""Articles as JSON lines: what ``article`` and ``export articles`` write, or pages with HTML."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import IO, Any

from monitor.archives.types import Archived
from monitor.articles import Article, ArticleKind

_TIMES = ("published", "published_at", "date")
_LONGEST = 20_000_000


def read_lines(stream: IO[bytes], name: str, tell: Callable[[], int]) -> Iterator[Archived]:
    """The articles of *stream*, one JSON object a line; a line that is none has its reason."""
    number = 0
    while raw := stream.readline(_LONGEST):
        number += 1
        place = f"{name}, line {number}"
        if len(raw) == _LONGEST:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(_LONGEST)
            yield Archived(place, tell(), reason="too big")
        elif raw.strip():
            yield _read_line(raw, place, tell())


def _read_line(raw: bytes, place: str, position: int) -> Archived:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError):
        return Archived(place, position, reason="not a line of JSON")
    if not isinstance(line, dict) or not _text(line, "url"):
        return Archived(place, position, reason='not a JSON object with an "url"')
    url, html, text = _text(line, "url"), _text(line, "html"), _text(line, "text")
    if html:
        body = html.encode("utf-8", "surrogatepass")
        return Archived(place, position, url, body=body, at=_time(line)[0])
    if not text:
        return Archived(place, position, url, reason='without a "text" or "html"')
    return Archived(place, position, url, article=_article(line, url, text))


def _article(line: Mapping[str, Any], url: str | None, text: str) -> Article:
    at, precision = _time(line)
    return Article(
        url,
        ArticleKind.ARTICLE,
        text=text,
        canonical=_text(line, "canonical"),
        title=_text(line, "title"),
        byline=_text(line, "byline") or _text(line, "author"),
        outlet=_text(line, "outlet"),
        lang=_text(line, "lang"),
        published=at,
        published_source="archive" if at else None,
        published_precision=precision,
    )


def _time(line: Mapping[str, Any]) -> tuple[datetime | None, str | None]:
    written = next((found for name in _TIMES if (found := _text(line, name))), None)
    if written is None:
        return None, None
    try:
        at = datetime.fromisoformat(written.strip())
        is_day = len(written.strip()) <= len("2018-03-28")
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None, None
    return at, "day" if is_day else "second"


def _text(line: Mapping[str, Any], name: str) -> str | None:
    value = line.get(name)
    return value if isinstance(value, str) and value.strip() else None
