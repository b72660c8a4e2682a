"""Pieces of one statement found in different sentences, made one."""

from collections.abc import Sequence

from extractors.quotes.found import Found
from extractors.quotes.tokens import Kind
from extractors.quotes.units import Unit


def join(found: Sequence[Found], units: Sequence[Unit]) -> list[Found]:
    """*found* with every stretch used once and broken-off quotations put together."""
    statements: list[Found] = []
    owners: dict[int, Found] = {}
    for item in found:
        owner = next((owners[s] for s in item.stretches if s in owners), None)
        if owner:
            _merge(owner, item, owners)
            continue
        last = statements[-1] if statements else None
        if last and _goes_on(last, item, units):
            _merge(last, item, owners)
            continue
        statements.append(item)
        owners.update(dict.fromkeys(item.stretches, item))
    return statements


def _merge(owner: Found, item: Found, owners: dict[int, Found]) -> None:
    """Add to *owner* what *item* has more; a stretch over two paragraphs is met in both."""
    for stretch in item.stretches:
        owners.setdefault(stretch, owner)
        if stretch not in owner.stretches:
            owner.stretches.append(stretch)
    owner.spans.extend(span for span in item.spans if span not in owner.spans)
    if owner.cue is None and item.cue is not None:
        owner.cue, owner.rule, owner.confidence = item.cue, item.rule, item.confidence
        owner.unit, owner.tail = item.unit, item.tail


def _goes_on(last: Found, item: Found, units: Sequence[Unit]) -> bool:
    """Whether *item* is the next sentence of what *last* quotes: only its attribution between."""
    if last.rule != "after" or last.cue is None or item.cue is not None or item.rule != "none":
        return False
    before, unit = units[last.unit], units[item.unit]
    if item.unit != last.unit + 1 or before.paragraph != unit.paragraph or item.lead > 0:
        return False
    rest = before.tokens[last.tail :]
    return len(rest) <= 30 and all(token.kind is not Kind.QUOTE for token in rest)
