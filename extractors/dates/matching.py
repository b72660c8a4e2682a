"""What the forms of a language match in a paragraph, and what their groups capture."""

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from extractors.dates.capture import Capture
from extractors.dates.forms import Form, openings_of
from extractors.dates.narrowing import widen
from extractors.dates.reader import Passage

# A form with its number, and what it matches.
Match = tuple[int, Form, re.Match[str]]


class Place(NamedTuple):
    """Where a match begins with the words before it and, as a negative number, ends.

    In their order the leftmost comes first, the longest first among those.
    """

    first: int
    after: int
    order: int
    part: str
    form: Form
    match: re.Match[str]


def matches_in(signs: str, lang: str) -> list[Match]:
    """Everything that a form matches in the signs of a paragraph.

    What one form matches does not overlap.
    """
    found: list[Match] = []
    reached: dict[int, int] = {}
    for at, number, form in openings_of(lang).places(signs):
        if at >= reached.get(number, 0):
            match = form.regex.match(signs, at)
            if match is not None:
                reached[number] = match.end()
                found.append((number, form, match))
    return found


def places_of(matches: Sequence[Match], passage: Passage, lang: str) -> list[Place]:
    """Where the *matches* stand, in order, with the words before them that belong to them."""
    found: list[Place] = []
    for order, form, match in matches:
        core, after = match.span()
        first, part = widen(passage, form.rule, core, lang)
        found.append(Place(first, -after, order, part, form, match))
        if first < core:
            found.append(Place(core, -after, order, "", form, match))
    found.sort(key=itemgetter(0, 1, 2))
    return found


def capture_of(passage: Passage, place: Place) -> Capture:
    """What a match captures of *passage*."""
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    match, words = place.match, passage.words
    for number, _, _, classes in place.form.groups:
        at = match.start(number)
        if at < 0:
            continue
        meaning = words[at].classes
        for class_name, names in classes:
            value = meaning.get(class_name)
            if value is not None:
                for name in names:
                    values.setdefault(name, value)
                    places.setdefault(name, at)
                break
    last = -place.after - 1
    return Capture(
        passage, place.form.rule, place.first, match.start(), last, place.part, values, places
    )
