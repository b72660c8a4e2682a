"""How well an extraction agrees with labels: pure counts, a kind of item at a time.

Items are those of the extraction contract (``extract --format jsonl``). Two items are a pair when
their characters overlap by at least half (intersection over union; for quotes four fifths, the
measure usual for quotations); the best pairs are taken first. A gold item marked ``optional``
costs nothing if it is missed and is no false find if it is found.

Several positions on the same words and issue are one item of several stances and parties, given
rightly where one of them is: who resists another's demand may be labelled with both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Item = Mapping[str, Any]
KINDS = ("quotes", "dates", "deadlines", "issues")


@dataclass(slots=True)
class Score:
    """Counts of one kind of item; ``right`` counts, of the found, each property that agrees."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        """The share of what was given that is in the gold."""
        return _share(self.found, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return _share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def accuracy(self, name: str) -> float:
        """Of the found, the share that has this property right."""
        return _share(self.right.get(name, 0), self.asked.get(name, 0))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def score(kind: str, gold: Sequence[Item], given: Sequence[Item], into: Score) -> None:
    """Add to *into* how the items *given* for one document agree with *gold*."""
    if kind == "issues":
        gold, given = _matters(gold), _matters(given)
    pairs = _pairs(gold, given, 0.8 if kind == "quotes" else 0.5)
    for number, item in enumerate(gold):
        partner = pairs.get(number)
        if item.get("optional"):
            continue
        if partner is None:
            into.missed += 1
            continue
        into.found += 1
        for name, look in _PROPERTIES[kind].items():
            wanted = look(item)
            if wanted is not None:
                into.asked[name] = into.asked.get(name, 0) + 1
                right = _agree(wanted, look(given[partner]))
                into.right[name] = into.right.get(name, 0) + right
    into.wrong += len(given) - len(pairs)


def _matters(items: Sequence[Item]) -> Sequence[Item]:
    """Named matters, each with the stances and parties of all positions on the same words."""
    found: dict[tuple[int, int, Any], list[Item]] = {}
    for item in items:
        found.setdefault((item["start"], item["end"], item.get("issue")), []).append(item)
    return [
        {
            "start": start,
            "end": end,
            "issue": issue,
            "optional": all(position.get("optional") for position in positions),
            "stance": frozenset(position.get("stance") for position in positions),
            "party": frozenset(position.get("party") for position in positions),
        }
        for (start, end, issue), positions in found.items()
    ]


def _agree(wanted: Any, found: Any) -> bool:
    """Whether a property is right: the same, or of several values one in common."""
    if isinstance(wanted, frozenset) and isinstance(found, frozenset):
        return not wanted.isdisjoint(found)
    return bool(wanted == found)


def _pairs(gold: Sequence[Item], given: Sequence[Item], least: float) -> dict[int, int]:
    """Gold numbers to given numbers, best overlaps first, of the same issue first, each once."""
    places = [[_characters(item) for item in items] for items in (gold, given)]
    rated = [
        (_overlap(one, other), gold[i].get("issue") != given[j].get("issue"), i, j)
        for i, one in enumerate(places[0])
        for j, other in enumerate(places[1])
        if one & other
    ]
    pairs: dict[int, int] = {}
    for value, _, i, j in sorted(rated, key=lambda rate: (-rate[0], *rate[1:])):
        if value >= least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _characters(item: Item) -> frozenset[int]:
    spans = item.get("spans") or [(item["start"], item["end"])]
    return frozenset(place for start, end in spans for place in range(start, end))


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)


def _values(item: Item, key: str) -> Any:
    """The values of a matter's positions; None where all are null."""
    values = item.get(key)
    return None if values == frozenset({None}) else values


def _speaker(item: Item, key: str) -> Any:
    value = (item.get("speaker") or {}).get(key)
    return value.casefold() if isinstance(value, str) else value


_PROPERTIES: dict[str, dict[str, Callable[[Item], Any]]] = {
    "quotes": {
        "type": lambda item: item.get("type"),
        "speaker": lambda item: _speaker(item, "text"),
        "name": lambda item: _speaker(item, "name"),
        "party": lambda item: _speaker(item, "party"),
    },
    "dates": {
        "type": lambda item: item.get("type"),
        "value": lambda item: item.get("value") or None,
    },
    "deadlines": {
        "kind": lambda item: item.get("kind"),
        "from": lambda item: item.get("from"),
        "to": lambda item: item.get("to"),
    },
    "issues": {
        "issue": lambda item: item.get("issue"),
        "stance": lambda item: _values(item, "stance"),
        "party": lambda item: _values(item, "party"),
    },
}
