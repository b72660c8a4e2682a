"""Pieces of one statement found in different sentences, made one."""

from collections.abc import Sequence

from extractors.quotes.found import Found
from extractors.quotes.units import Unit

_LONGEST_ATTRIBUTION = 60  # tokens between two pieces of a quotation


def join(found: Sequence[Found], units: Sequence[Unit]) -> list[Found]:
    """*found* with every stretch used once and broken-off quotations put together."""
    statements: list[Found] = []
    owners: dict[int, Found] = {}
    for item in found:
        owner = next((owners[s] for s in item.stretches if s in owners), None)
        if owner and not _is_parted(owner, item):
            _merge(owner, item, owners)
            continue
        last = statements[-1] if statements else None
        if owner is None and last and _goes_on(last, item, units):
            _merge(last, item, owners)
            continue
        if item.title:
            continue
        statements.append(item)
        owners.update(dict.fromkeys(item.stretches, item))
    return statements


def _is_parted(owner: Found, item: Found) -> bool:
    """Whether *item* is a statement of its own that goes on *owner*'s in the next paragraph.

    That is so where both paragraphs tell who speaks; each then keeps its parts of the stretch.
    """
    if owner.cue is None or item.cue is None or owner.cue is item.cue:
        return False
    if item.unit <= owner.unit or item.rule != "after":
        return False
    before = [span for span in owner.spans if span.end <= item.cue.span.start]
    if len(before) < 2:
        return False
    parted = max(span.start for span in before)
    owner.spans = [span for span in owner.spans if span.start < parted]
    item.spans = [span for span in item.spans if span.start >= parted]
    return True


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
    return len(rest) <= _LONGEST_ATTRIBUTION
