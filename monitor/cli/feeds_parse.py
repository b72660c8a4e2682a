"""``nafta-monitor feeds parse``: what the fetcher would make of feed files."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click

from monitor.feeds import NotAFeedError, ParsedEntry, ParsedFeed, parse_feed

Json = dict[str, Any]


@click.command(
    "parse", epilog="Example: nafta-monitor feeds parse --base-url https://paper.example/rss a.xml"
)
@click.argument("files", nargs=-1, type=click.File("rb"), metavar="FILE…|-", required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help='json: a FILE is a feed; jsonl: lines name feeds {"id", "path", "base_url", "headers"}.',
)
@click.option("--base-url", metavar="URL", help="The address that the feed came from.")
def parse_command(files: tuple[IO[bytes], ...], form: str, base_url: str | None) -> int:
    """Show what feed files hold, as JSON; no database and no network is used."""
    if form == "jsonl":
        failed = False
        for answer in (answer for file in files for answer in _answer_lines(file)):
            click.echo(json.dumps(answer, ensure_ascii=False))
            failed = failed or "error" in answer
        return int(failed)
    documents = [_describe(None, file.read(), base_url, {}) for file in files]
    shown: object = documents[0] if len(documents) == 1 else documents
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    return int(any("error" in document for document in documents))


def _answer_lines(lines: Iterable[bytes]) -> Iterator[Json]:
    for raw in lines:
        if raw.strip():
            yield _answer_line(raw)


def _answer_line(raw: bytes) -> Json:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"The line is no JSON: {error}."}
    if not isinstance(line, dict):
        return {"id": None, "error": "A line must hold one JSON object."}
    id, path, base_url = line.get("id"), line.get("path"), line.get("base_url")
    headers = line.get("headers") or {}
    if not isinstance(path, str):
        return {"id": id, "error": '"path" must be the path of a file.'}
    if not isinstance(headers, dict) or not isinstance(base_url, str | None):
        return {"id": id, "error": '"headers" must be an object, "base_url" a string.'}
    try:
        body = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        return {"id": id, "error": f"{path} cannot be read: {error}."}
    texts = {str(name): str(value) for name, value in headers.items()}
    return _describe(id, body, base_url, texts)


def _describe(id: object, body: bytes, base_url: str | None, headers: Mapping[str, str]) -> Json:
    try:
        feed = parse_feed(body, url=base_url, headers=headers)
    except NotAFeedError as error:
        return {"id": id, "error": str(error)}
    return _feed_json(id, feed)


def _feed_json(id: object, feed: ParsedFeed) -> Json:
    return {
        "id": id if id is not None else feed.id,
        "title": feed.title,
        "link": feed.link,
        "language": feed.language,
        "format": feed.format,
        "ttl_seconds": feed.ttl_seconds,
        **({"sitemaps": list(feed.parts)} if feed.parts else {}),
        "entries": [_entry_json(entry) for entry in feed.entries],
    }


def _entry_json(entry: ParsedEntry) -> Json:
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "published": _iso(entry.published),
        "updated": _iso(entry.updated),
        "summary": entry.summary,
        "content": entry.content,
        "author": entry.author,
    }


def _iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
