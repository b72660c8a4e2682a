"""``nafta-monitor eval``: how well the extractors do on labelled text."""

import json
from collections.abc import Iterable
from typing import Any

import click

from monitor.cli.context import format_option, print_rows
from monitor.errors import UsageError


@click.command("eval")
@click.argument("files", nargs=-1, required=True, type=click.File("rb"), metavar="FILE…")
@click.option("--pack", "packs", multiple=True, help="Pack name or folder (default: nafta).")
@format_option
def eval_command(files: tuple[Iterable[bytes], ...], packs: tuple[str, ...], form: str) -> None:
    """Score the extractors on labelled JSONL.

    A line is a document as `extract --format jsonl` takes it, with the right answers beside it in
    the form in which that command gives them: "quotes", "dates", "deadlines" or "issues". Kinds
    that no line labels are not scored; items marked "optional" cost nothing either way.

    Example: nafta-monitor eval labelled.jsonl
    """
    from extractors.scoring import KINDS, Score

    scores: dict[str, Score] = {}
    documents = _score(files, packs, scores)
    if not scores:
        raise UsageError(f"No line labels any of {', '.join(KINDS)}; see `eval --help`.")
    rows = [_row(kind, scores[kind]) for kind in KINDS if kind in scores]
    print_rows(rows, "kind found missed wrong precision recall f1 details".split(), form)
    click.echo(f"{documents} documents.", err=True)


def _score(files: Iterable[Iterable[bytes]], packs: tuple[str, ...], scores: dict[str, Any]) -> int:
    from config.packs import load_packs
    from extractors.extraction import extract
    from extractors.jsonl import document_from_json, extraction_to_json
    from extractors.reading import prepare
    from extractors.scoring import KINDS, Score, score

    knowledge = prepare(load_packs(packs or ("nafta",)))
    documents = 0
    for file in files:
        for number, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            try:
                line = json.loads(raw)
                id, document = document_from_json(line)
            except ValueError as error:
                name = getattr(file, "name", "the input")
                raise UsageError(f"{name}:{number}: {error}.") from error
            given = extraction_to_json(id, document.text, extract(document, knowledge))
            documents += 1
            for kind in KINDS:
                if kind in line:
                    score(kind, line[kind], given[kind], scores.setdefault(kind, Score()))
    return documents


def _row(kind: str, result: Any) -> dict[str, Any]:
    details = {name: round(result.accuracy(name), 3) for name in result.asked}
    return {
        "kind": kind,
        "found": result.found,
        "missed": result.missed,
        "wrong": result.wrong,
        "precision": round(result.precision, 3),
        "recall": round(result.recall, 3),
        "f1": round(result.f1, 3),
        "details": ", ".join(f"{name} {value}" for name, value in details.items()),
    }
