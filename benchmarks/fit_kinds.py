"""Fits the weights by which the kind of a deadline is chosen, and says how well they do.

    .venv/bin/python benchmarks/fit_kinds.py [--write] [LABELLED.jsonl …]

Learns from the labelled articles, passages and sentences of the tests and from the files given
(in the form of docs/evaluation.md). Prints for each set how many kinds the rules get right, and
how many the weights learned from all other sets do; with ``--write`` the weights learned from all
of them go into ``extractors/deadlines/kinds.toml``. The sets that are for measuring only are not
read.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

from benchmarks import loglinear
from benchmarks.loglinear import Seen, Weights
from config.packs import load_packs
from extractors.deadlines import choosing, finding
from extractors.deadlines.choosing import KINDS, evidence
from extractors.deadlines.context import Context
from extractors.deadlines.place import Place
from extractors.deadlines.weighing import Reason
from extractors.extraction import extract
from extractors.languages import SUPPORTED
from extractors.reading import Knowledge, prepare
from extractors.types import DeadlineKind, Document, Span
from tests.extractors.deadlines.passages import passages, sentences

_ROOT = Path(__file__).parents[1]
_ARTICLES = _ROOT / "tests" / "data" / "negotiation"
_TARGET = _ROOT / "extractors" / "deadlines" / "kinds.toml"
_ROUNDS, _DECAY, _FEWEST = 150, 1.0, 2
_COMMENT = (
    "What each piece of evidence weighs for each kind of deadline, in this order:",
    f"{', '.join(KINDS)}.",
    "Made by benchmarks/fit_kinds.py; not to be edited by hand.",
)


@dataclass(frozen=True, slots=True)
class Example:
    """What speaks around a date, the kind that the rules gave it and the right one."""

    evidence: Mapping[str, float]
    given: DeadlineKind
    right: DeadlineKind
    counts: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its deadlines: where, of which kind, and whether they may be left out."""

    document: Document
    deadlines: Sequence[tuple[Span, str, bool]]


def main() -> None:
    """Fit the sets that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    parser.add_argument("files", nargs="*", type=Path)
    chosen = parser.parse_args()
    knowledge = prepare(load_packs(["nafta"]))
    sets = {name: list(_examples(texts, knowledge)) for name, texts in _sets(chosen.files).items()}
    for name, examples in sets.items():
        others = [e for other, found in sets.items() if other != name for e in found]
        fitted = fit(others)
        shares = [_right(examples, pick) for pick in (_given, lambda e, w=fitted: _best(e, w))]
        print(f"{name:24} {len(examples):4} rules {shares[0]:5.1f}  weights {shares[1]:5.1f}")
    if chosen.write:
        learned = fit([e for examples in sets.values() for e in examples])
        loglinear.save(_TARGET, _COMMENT, {"weights": learned})


def _sets(files: Sequence[Path]) -> dict[str, list[Labelled]]:
    articles = sorted(_ARTICLES.glob("open*.jsonl"))
    sets = {path.stem: list(_from_lines(path)) for path in [*files, *articles]}
    marked = [p for lang in SUPPORTED for p in passages(lang)]
    told = [s for lang in SUPPORTED for part in ("learn", "second") for s in sentences(lang, part)]
    for name, texts in (("passages", marked), ("sentences", told)):
        sets[name] = [
            Labelled(
                Document(p.text, p.published, p.lang),
                [(e.span, e.kind, e.optional) for e in p.expected],
            )
            for p in texts
        ]
    return sets


def _from_lines(path: Path) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        yield Labelled(
            Document(item["text"], date.fromisoformat(item["published"][:10]), item["lang"]),
            [
                (Span(d["start"], d["end"]), d["kind"], bool(d.get("optional")))
                for d in item["deadlines"]
            ],
        )


def _examples(texts: Sequence[Labelled], knowledge: Knowledge) -> Iterator[Example]:
    """What is asked of :func:`chosen` for the labelled deadlines that are found."""
    asked: list[tuple[Span, Mapping[str, float], DeadlineKind]] = []

    def record(place: Place, reason: Reason, context: Context) -> Reason:
        asked.append((place.time.span, evidence(place, context), reason.kind))
        return reason

    for text in texts:
        asked.clear()
        with patch.object(finding, "chosen", record):
            extract(text.document, knowledge)
        for span, found, given in asked:
            label = next((d for d in text.deadlines if d[0].overlaps(span)), None)
            if label and label[1] != DeadlineKind.CLOCK:
                yield Example(found, given, DeadlineKind(label[1]), not label[2])


def fit(examples: Sequence[Example]) -> Weights:
    """Weights for each kind, learned from *examples*."""
    cases = [Seen(e.evidence, KINDS.index(e.right)) for e in examples]
    return loglinear.fit(cases, len(KINDS), rounds=_ROUNDS, decay=_DECAY, fewest=_FEWEST)


def _given(example: Example) -> DeadlineKind:
    return example.given


def _best(example: Example, weights: Weights) -> DeadlineKind:
    points = loglinear.scores(example.evidence, weights, len(KINDS))
    return choosing.best(points, example.given)


def _right(examples: Sequence[Example], pick: Callable[[Example], DeadlineKind]) -> float:
    """The share of the kinds that are right, of what may not be left out, per cent."""
    counted = [example for example in examples if example.counts]
    return 100 * sum(pick(e) == e.right for e in counted) / max(1, len(counted))


if __name__ == "__main__":
    main()
