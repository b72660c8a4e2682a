"""What a plain match of the pack's terms is worth, beside the extractors.

    .venv/bin/python benchmarks/term_match.py [--pack NAME] LABELLED.jsonl …

The baseline takes every issue term in a text for a mention, the longest of those that overlap,
neutral and without a party, or with the party whose name stands nearest in the sentence. It knows
no context: no exceptions, no weak terms, no stance. Prints, for each way, the F1 of issues by
document, precision, recall and F1 of mentions, and of the found the share with the right stance
and party, as ``nafta-monitor eval`` counts them.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from config.packs import load_packs
from extractors.extraction import extract
from extractors.jsonl import document_from_json, extraction_to_json
from extractors.reading import Knowledge, Reading, prepare, read
from extractors.scoring import Score, score
from extractors.terms import TermHit, TermKind
from extractors.types import Document

Items = list[dict[str, Any]]
Way = Callable[[Document, Knowledge], Items]


def matched(document: Document, knowledge: Knowledge) -> Items:
    """Every issue term, neutral, without a party."""
    return list(_matched(read(document, knowledge), lambda _reading, _hit: None))


def matched_with_party(document: Document, knowledge: Knowledge) -> Items:
    """Every issue term, neutral, with the party named nearest in the sentence."""
    return list(_matched(read(document, knowledge), _nearest_party))


def extracted(document: Document, knowledge: Knowledge) -> Items:
    """The issues of the whole extraction."""
    issues: Items = extraction_to_json(None, document.text, extract(document, knowledge))["issues"]
    return issues


def _matched(
    reading: Reading, party_of: Callable[[Reading, TermHit], str | None]
) -> Iterator[dict[str, Any]]:
    for hit in reading.hits:
        for issue in dict.fromkeys(hit.ids(TermKind.ISSUE)):
            place = {"start": hit.span.start, "end": hit.span.end}
            party = party_of(reading, hit)
            yield {**place, "issue": issue, "stance": "neutral", "party": party}


def _nearest_party(reading: Reading, hit: TermHit) -> str | None:
    sentence = reading.sentence_at(hit.span.start)
    if sentence is None:
        return None
    named = [other for other in reading.hits_in(sentence) if other.ids(TermKind.PARTY)]
    nearest = min(named, key=lambda other: abs(other.span.start - hit.span.start), default=None)
    return nearest.ids(TermKind.PARTY)[0] if nearest else None


WAYS: dict[str, Way] = {
    "term match": matched,
    "term match, nearest party": matched_with_party,
    "extraction": extracted,
}


def by_document(gold: Items, given: Items, into: Score) -> None:
    """Count the issues of one document, each once; those only optional in *gold* count nothing."""
    asked = {item["issue"] for item in gold if not item.get("optional")}
    known = {item["issue"] for item in gold}
    said = {item["issue"] for item in given}
    into.found += len(asked & said)
    into.missed += len(asked - said)
    into.wrong += len(said - known)


def main() -> None:
    """Score every way on the labelled files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pack", default="nafta")
    given = parser.parse_args()
    knowledge = prepare(load_packs([given.pack]))
    lines = [line for file in given.files for line in file.read_text("utf-8").splitlines()]
    labelled = [json.loads(line) for line in lines if line.strip()]
    print(f"{len(labelled)} documents")
    for name, way in WAYS.items():
        mentions, documents = Score(), Score()
        for line in labelled:
            found = way(document_from_json(line)[1], knowledge)
            score("issues", line["issues"], found, mentions)
            by_document(line["issues"], found, documents)
        print(
            f"{name:<26} document F1 {documents.f1:6.1%}   mentions P {mentions.precision:6.1%}"
            f" R {mentions.recall:6.1%} F1 {mentions.f1:6.1%}   of the found:"
            f" stance {mentions.accuracy('stance'):6.1%} party {mentions.accuracy('party'):6.1%}"
        )


if __name__ == "__main__":
    main()
