"""``nafta-monitor article``: what the article stage makes of a page."""

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from monitor.articles import Article, read_article
from monitor.cli.context import settings_of
from monitor.errors import MonitorError, UsageError

Json = dict[str, Any]


@click.command(
    "article", epilog="Example: nafta-monitor article --format json https://paper.example/news/1"
)
@click.argument("sources", nargs=-1, metavar="FILE…|URL|-", required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help='text or json: a source is a page; jsonl: its lines name pages {"id", "path", "url"}.',
)
@click.option("--url", metavar="URL", help="The address that a page given as a file came from.")
@click.pass_context
def article_command(
    ctx: click.Context, sources: tuple[str, ...], form: str, url: str | None
) -> int:
    """Show the article of a page: its text, title, byline, outlet, language and time."""
    if form == "jsonl":
        return _answer_files(sources)
    failed = False
    for source in sources:
        try:
            answer = _article_json(source, _read_source(ctx, source, url))
        except MonitorError as error:
            if isinstance(error, UsageError):
                raise
            answer, failed = {"id": source, "error": str(error)}, True
        _show(answer, form)
    return int(failed)


def _read_source(ctx: click.Context, source: str, url: str | None) -> Article:
    if source.startswith(("http://", "https://")):
        return asyncio.run(_fetch(ctx, source))
    return read_article(_bytes_of(source), url=url)


async def _fetch(ctx: click.Context, url: str) -> Article:
    from monitor.daemon import fetch_policy
    from monitor.fetching import Fetcher

    async with Fetcher(fetch_policy(settings_of(ctx))) as fetcher:
        response = await fetcher.get(url)
    if not 200 <= response.status < 300:
        raise MonitorError(f"{url} answered with HTTP status {response.status}; check the address.")
    return read_article(response.body, url=response.url, headers=dict(response.headers))


def _bytes_of(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{source} cannot be read ({error}); give a file or an address."
        ) from error


def _answer_files(sources: Iterable[str]) -> int:
    failed = False
    for source in sources:
        for answer in _answer_lines(_bytes_of(source).splitlines()):
            _show(answer, "jsonl")
            failed = failed or "error" in answer
    return int(failed)


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
    id, path, url = line.get("id"), line.get("path"), line.get("url")
    if not isinstance(path, str) or not isinstance(url, str | None):
        return {"id": id, "error": '"path" must be the path of a file, "url" an address.'}
    try:
        body = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        return {"id": id, "error": f"{path} cannot be read: {error}."}
    return _article_json(id, read_article(body, url=url))


def _article_json(id: object, article: Article) -> Json:
    published = article.published
    if published is not None and article.published_precision == "day":
        when: str | None = published.date().isoformat()
    else:
        when = published.isoformat() if published else None
    return {
        "id": id,
        "url": article.url,
        "canonical": article.canonical,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "lang": article.lang,
        "published": when,
        "published_source": article.published_source,
        "kind": article.kind.value,
        "text": article.text,
        "reason": article.reason,
    }


def _show(answer: Mapping[str, Any], form: str) -> None:
    if form == "jsonl":
        click.echo(json.dumps(answer, ensure_ascii=False))
    elif form == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    elif "error" in answer:
        click.echo(f"Error: {answer['error']}", err=True)
    else:
        _show_text(answer)


def _show_text(answer: Mapping[str, Any]) -> None:
    for name in ("title", "byline", "outlet", "lang", "published", "kind", "reason"):
        if answer[name]:
            click.echo(f"{name.capitalize()}: {answer[name]}")
    click.echo(f"\n{answer['text']}" if answer["text"] else "")
