"""``nafta-monitor extract``: the extractors on files, without a database."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO

import click

from extractors.jsonl import (
    InvalidLineError,
    Json,
    document_from_json,
    extraction_to_json,
    parse_published,
)
from extractors.reading import Knowledge
from extractors.types import Document
from monitor.errors import UsageError


@click.command("extract")
@click.argument("source", type=click.File("rb"), default="-", metavar="[FILE|-]")
@click.option("--html", is_flag=True, help="The input is a web page: extract its article first.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    help="text: one document, a readable answer; jsonl: a document a line, JSON out.",
)
@click.option("--published", metavar="DATE", help="Publication date or time (ISO 8601).")
@click.option("--lang", metavar="CODE", help="Language of the text: en, fr or es.")
@click.option("--explain", is_flag=True, help="Say which rule gave each item.")
@click.option("--pack", "packs", multiple=True, help="Pack name or folder (default: nafta).")
def extract_command(
    source: IO[bytes],
    html: bool,
    form: str,
    published: str | None,
    lang: str | None,
    explain: bool,
    packs: tuple[str, ...],
) -> int:
    """Find quotes, dates, deadlines and issues in a text; no database is used.

    Example: nafta-monitor extract --published 2018-03-28 article.txt
    """
    from config.packs import load_packs
    from extractors.reading import prepare

    try:
        day = parse_published(published)
    except InvalidLineError as error:
        raise UsageError(str(error).replace('"published"', "--published")) from error
    knowledge = prepare(load_packs(packs or ("nafta",)))
    if form == "jsonl":
        return _extract_lines(source, knowledge, day, lang, explain)
    text = source.read().decode("utf-8", errors="replace")
    document = _document_of_page(text, day, lang) if html else Document(text, day, lang)
    if not document.text.strip():
        raise UsageError(f"{source.name} holds no text; give a file with an article in it.")
    _print_readable(document, knowledge, explain)
    return 0


def _document_of_page(page: str, published: date | None, lang: str | None) -> Document:
    from monitor.articles import read_article

    article = read_article(page.encode(), url=None)
    return Document(article.text, published or article.published, lang or article.lang)


def _extract_lines(
    lines: Iterable[bytes],
    knowledge: Knowledge,
    published: date | None,
    lang: str | None,
    explain: bool,
) -> int:
    """One JSON line out for each line in; 1 where a line was not valid, else 0."""
    failed = False
    for answer in _answers(lines, knowledge, published, lang, explain):
        failed = failed or "error" in answer
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return int(failed)


def _answers(
    lines: Iterable[bytes],
    knowledge: Knowledge,
    published: date | None,
    lang: str | None,
    explain: bool,
) -> Iterator[Json]:
    from extractors.extraction import extract

    for raw in lines:
        if not raw.strip():
            continue
        line: object = None
        try:
            line = json.loads(raw)
            id, document = document_from_json(line)
        except (ValueError, RecursionError) as error:
            yield {"id": line.get("id") if isinstance(line, dict) else None, "error": str(error)}
            continue
        document = Document(document.text, document.published or published, document.lang or lang)
        yield extraction_to_json(id, document.text, extract(document, knowledge), explain=explain)


def _print_readable(document: Document, knowledge: Knowledge, explain: bool) -> None:
    from extractors.extraction import extract
    from monitor.cli.readable import describe_extraction

    for line in describe_extraction(document, extract(document, knowledge), explain=explain):
        click.echo(line)
