"""Fits the weights by which whose position and which stance are chosen, and tells how they do.

    .venv/bin/python benchmarks/fit_positions.py [--write] [LABELLED.jsonl …]

Learns from the labelled articles of the tests and from the files given (in the form of
docs/evaluation.md). Prints for each set how many parties and stances the rules get right, and how
many the weights learned from all other sets do, and how many of the positions are right that are
told with some confidence; with ``--write`` the weights learned from all of them go into
``extractors/issues/weights.toml``. The sets that are for measuring only are not read.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from unittest.mock import patch

from benchmarks.loglinear import Seen, Weights, fit, save
from config.packs import load_packs
from extractors.extraction import extract
from extractors.issues import choosing, evidence
from extractors.issues.choosing import Scale
from extractors.issues.evidence import Group
from extractors.issues.holding import Position
from extractors.issues.mentions import Named
from extractors.issues.setting import Setting
from extractors.reading import Knowledge, prepare
from extractors.types import Document, Span, Stance
from tests.extractors.issues.marked import Label, Labelled, articles

_ROOT = Path(__file__).parents[1]
_DATA = _ROOT / "tests" / "data"
_TARGET = _ROOT / "extractors" / "issues" / "weights.toml"
_ROUNDS, _DECAY, _FEWEST = 80, 8.0, 4
_YES, _NO = 1, 0
_BANDS = (0.5, 0.65, 0.8)
_COMMENT = (
    "What each piece of evidence weighs: for a side having a position on a matter, and for",
    f"its stances, in this order: {', '.join(choosing.STANCES)}.",
    "Made by benchmarks/fit_positions.py; not to be edited by hand.",
)

Positions = frozenset[tuple[Stance, str | None]]


@dataclass(frozen=True, slots=True)
class Case:
    """A matter that was found: what the rules gave, the evidence for each side, and what is right.

    ``stances`` holds, for each side that may stand on it, the stance of the rules and the evidence.
    """

    right: Positions
    given: Positions
    seen: frozenset[str | None]
    silent: bool
    measure: bool
    counts: bool
    sides: Mapping[str | None, Sequence[Group]]
    stances: Mapping[str | None, tuple[Stance | None, Sequence[Group]]]


def main() -> None:
    """Fit the sets that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    parser.add_argument("files", nargs="*", type=Path)
    chosen = parser.parse_args()
    sets = _sets(chosen.files)
    with Pool() as pool:
        tried = {name: [c for n, s in sets.items() if n != name for c in s] for name in sets}
        fitted = pool.map(learn, tried.values())
        for (name, cases), weights in zip(sets.items(), fitted, strict=True):
            scales = choosing.scales_of(weights)
            by_rules = _told(cases, (case.given for case in cases))
            by_weights = _told(cases, (choice(case, scales) for case in cases))
            print(f"{name:18} {len(cases):4}  rules {by_rules}  weights {by_weights}", flush=True)
            print(f"{'':24} right by confidence {_trusted(cases, scales)}", flush=True)
    if chosen.write:
        learned = learn([case for cases in sets.values() for case in cases])
        save(_TARGET, _COMMENT, learned)


def _sets(files: Sequence[Path]) -> dict[str, list[Case]]:
    knowledge = prepare(load_packs(["nafta"]))
    texts = {
        path.stem: list(articles(path)) for path in sorted((_DATA / "positions").glob("*.txt"))
    }
    texts["open"] = [
        labelled
        for path in sorted((_DATA / "negotiation").glob("open*.jsonl"))
        for labelled in _from_lines(path)
    ]
    texts |= {path.stem: list(_from_lines(path)) for path in files}
    return {name: list(cases(found, knowledge)) for name, found in texts.items()}


def _from_lines(path: Path) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        day = date.fromisoformat(item["published"][:10])
        labels: dict[tuple[int, int, str], Label] = {}
        for entry in item["issues"]:
            key = entry["start"], entry["end"], entry["issue"]
            position = Stance(entry["stance"]), entry["party"]
            optional = bool(entry.get("optional"))
            known = labels.get(key)
            labels[key] = Label(
                Span(*key[:2]),
                key[2],
                (*(known.positions if known else ()), position),
                optional and (known is None or known.optional),
            )
        document = Document(item["text"], day, item["lang"])
        yield Labelled(document, item.get("outlet") or "", tuple(labels.values()))


def cases(texts: Iterable[Labelled], knowledge: Knowledge) -> Iterator[Case]:
    """What is asked of :func:`choosing.chosen` for the labelled matters that are found."""
    asked: list[tuple[Named, list[Position], Setting]] = []

    def record(named: Named, given: list[Position], setting: Setting) -> list[Position]:
        asked.append((named, given, setting))
        return given

    for text in texts:
        asked.clear()
        with patch("extractors.issues.positions.chosen", record):
            extract(text.document, knowledge)
        for named, given, setting in asked:
            fitting = [
                label
                for label in text.labels
                if label.issue == named.issue and label.span.overlaps(named.span)
            ]
            label = min(fitting, key=lambda label: label.optional, default=None)
            if label is not None:
                yield _case(label, named, given, setting)


def _case(label: Label, named: Named, given: list[Position], setting: Setting) -> Case:
    view = evidence.view_of(named, given, setting)
    standing = evidence.candidates(view)
    return Case(
        right=frozenset(label.positions),
        given=frozenset((each.stance, side) for side, each in view.given.items()),
        seen=view.seen,
        silent=view.is_silent,
        measure=named.matter.is_measure,
        counts=not label.optional,
        sides={side: evidence.of_side(side, view) for side in standing},
        stances={side: (view.given_to(side), evidence.of_stance(side, view)) for side in standing},
    )


def learn(cases: Sequence[Case]) -> dict[str, Weights]:
    """Weights for sides and for stances, learned from *cases*."""
    fitting = partial(fit, rounds=_ROUNDS, decay=_DECAY, fewest=_FEWEST)
    sides, stances = [], []
    for case in cases:
        standing = {side for _, side in case.right}
        for side, found in case.sides.items():
            sides.append(Seen(_alone(found), _YES if side in standing else _NO))
        for side in standing & case.stances.keys():
            right = [choosing.STANCES.index(stance) for stance, who in case.right if who == side]
            _, found = case.stances[side]
            stances += [Seen(_alone(found), number, 1 / len(right)) for number in right]
    both = fitting(sides, 2)
    return {
        "sides": {name: [row[_YES] - row[_NO]] for name, row in both.items()},
        "stances": fitting(stances, len(choosing.STANCES)),
    }


def _alone(groups: Iterable[Group]) -> dict[str, float]:
    """Each piece of evidence of some groups by itself."""
    return {name: 1.0 for group in groups for name in group}


def choice(case: Case, scales: Mapping[str, Scale]) -> Positions:
    """The positions that *scales* choose for a case."""
    return frozenset(likely(case, scales)) or case.given


def likely(case: Case, scales: Mapping[str, Scale]) -> dict[tuple[Stance, str | None], float]:
    """The positions that *scales* tell, each with how likely it is."""
    told = choosing.likeliest(
        case.sides,
        case.stances.__getitem__,
        scales,
        seen=case.seen,
        silent=case.silent,
        measure=case.measure,
    )
    return {(stance, side): sure for side, stance, sure in told}


def _trusted(cases: Sequence[Case], scales: Mapping[str, Scale]) -> str:
    """How many sides' positions are right of those told with some confidence, by bands of it."""
    told = [
        (sure, position in case.right)
        for case in cases
        if case.counts
        for position, sure in likely(case, scales).items()
        if position[1] is not None
    ]
    bands = []
    for low, high in zip(_BANDS, (*_BANDS[1:], 1.01), strict=True):
        right = [is_right for sure, is_right in told if low <= sure < high]
        bands.append(f"{low:.2f}: {100 * sum(right) / max(1, len(right)):3.0f} of {len(right):3}")
    return "  ".join(bands)


def _told(cases: Sequence[Case], told: Iterable[Positions]) -> str:
    """The shares of right parties, stances, and of both, per cent of what may not be left out."""
    counted = [(case.right, each) for case, each in zip(cases, told, strict=True) if case.counts]
    shares = (
        sum(bool({p for _, p in right} & {p for _, p in each}) for right, each in counted),
        sum(bool({s for s, _ in right} & {s for s, _ in each}) for right, each in counted),
        sum(bool(right & each) for right, each in counted),
    )
    return " ".join(f"{100 * share / max(1, len(counted)):5.1f}" for share in shares)


if __name__ == "__main__":
    main()
